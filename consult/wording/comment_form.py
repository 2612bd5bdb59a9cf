"""The words of a blank comment form in one language, and what stands prefilled in forms of any language."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from flask_babel import force_locale, gettext, pgettext

from consult.core.basket import Draft
from consult.core.body import Body
from consult.core.comment_form.blank import BlankForm, BlankRow, BlankSheet
from consult.core.comment_form.fill import SaidRow
from consult.core.comment_form.particulars import MadeFor, mark
from consult.core.comment_form.source import FormSource, SourceChange, SourceDocument
from consult.core.submission import CommentTarget
from consult.core.vocabulary import CAPACITIES, CHOICES, POSITIONS, TYPES
from consult.wording.countries import bare, countries
from consult.wording.dates import moment_text
from consult.wording.standards import change_labels, version_title
from consult.wording.terms import term

FREE_ROWS = 12
"""Empty rows at the end of a sheet."""


def blank_form(found: FormSource, *, language: str, body: Body, activities: Collection[str] = ()) -> BlankForm:
    """The form of a round, for the clauses that bind the chosen activities (none chosen: all). In the language of the running translation."""
    window = found.window
    closing = moment_text(window.closes, window.zone, language)
    title = _exact(found.title, gettext("round %(round)s", round=found.round))
    made = MadeFor(found.consultation, found.round, language, {each.standard: each.version for each in found.documents})
    return BlankForm(
        language=language,
        title=title,
        mark=mark(made),
        about_name=pgettext("sheet", "About you"),
        help=(
            gettext("The window closes on %(moment)s. Send the file before then: on the page of the consultation (“Send a filled form”), or to %(mail)s.", moment=closing, mail=body.contact),
            gettext("Write in the columns Comment, Proposed wording and Rationale, beside the clause you speak of. Leave rows empty where you have nothing to say."),
            gettext("Rows and columns may be added, moved or renamed: the form is read all the same, and you see what was understood before it counts."),
            gettext("Write in any language."),
        ),
        about=_about(language, body),
        sheets=tuple(_sheet(each, language, activities) for each in found.documents),
        positions=tuple(_titled("position", code) for code in POSITIONS),
        types=tuple(_titled("type", code) for code in TYPES),
        author=body.name,
    )  # fmt: skip


def form_name(found: FormSource, ending: str, activities: Collection[str], language: str) -> str:
    """performance-standard_v3-draft-2_form_fr.xlsx; a round with several documents is named instead, chosen activities are added."""
    only = found.documents[0] if len(found.documents) == 1 else None
    of = f"{only.standard}_{only.version}" if only else f"{found.consultation}_round-{found.round}"
    return f"{'_'.join([of, 'form', *activities, language])}.{ending}"


def headings() -> tuple[str, ...]:
    """The column headings in the order of FIELDS."""
    return (
        pgettext("form column", "Clause"), pgettext("form column", "Clause title"), pgettext("form column", "Current text"),
        pgettext("form column", "Change"), pgettext("form column", "Position"), pgettext("form column", "Type"),
        pgettext("form column", "Comment"), pgettext("form column", "Proposed wording"), pgettext("form column", "Rationale"),
    )  # fmt: skip


def _about(language: str, body: Body) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    classes = tuple(body.class_name(each.code, language) for each in body.classes)
    return (
        (pgettext("form field", "I comment"), gettext("as an individual, on behalf of an organisation, or as a facilitator who brings what a group has said"), tuple(_titled("capacity", code) for code in CAPACITIES)),
        (pgettext("form field", "Organisation"), gettext("only on behalf of an organisation"), ()),
        (pgettext("form field", "Name"), gettext("optional"), ()),
        (pgettext("form field", "E-mail address"), gettext("optional; for the receipt and the answer, never published"), ()),
        (pgettext("form field", "Class"), "", classes),
        (pgettext("form field", "Country"), gettext("country or territory"), ()),
        (pgettext("form field", "Publication"), gettext("what may be published with your words"), tuple(_titled("choice", code) for code in CHOICES)),
        *_group(),
    )  # fmt: skip


def _group() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """For a facilitator, in the order of `core.group_input.FIELDS`."""
    return (
        (pgettext("form field", "People in the group"), gettext("only for a facilitator: about how many people spoke"), ()),
        (pgettext("form field", "Group"), gettext("only for a facilitator; empty: not named"), ()),
        (pgettext("form field", "Language spoken"), gettext("only for a facilitator"), ()),
        (pgettext("form field", "How, where and when"), gettext("only for a facilitator: how the group said it; not published"), ()),
        (pgettext("form field", "Consent of the group"), gettext("only for a facilitator: how the group agreed that it is handed in"), ()),
        (pgettext("form field", "Conditions of the group"), gettext("only for a facilitator: under which it may be used"), ()),
    )


def _sheet(of: SourceDocument, language: str, activities: Collection[str]) -> BlankSheet:
    rows: list[BlankRow] = []
    parents = {each.parent for each in of.clauses if each.parent}
    for clause in of.clauses:
        if not clause.number:
            rows.append(BlankRow("group", title=clause.title))
        elif clause.number in parents and not clause.plain.strip():
            rows.append(BlankRow("group", title=f"{clause.label} {clause.title}"))
        elif clause.number in parents or not activities or not clause.applies or set(activities) & set(clause.applies):
            change = _change(of.changes.get(clause.number), clause.label, language)
            rows.append(BlankRow("clause", clause.label, clause.title, clause.plain, change))
    hint = gettext("Further comments: a clause number, “whole document”, or “new after 5.4” for a clause that is missing")
    free = [BlankRow("group", title=hint), *[BlankRow("free")] * FREE_ROWS]
    return BlankSheet(of.title, _exact(of.title, version_title(of.version, gettext)), headings(), (*rows, *free), of.standard)


def _change(change: SourceChange | None, label: str, language: str) -> str:
    if change is None:
        return ""
    return "; ".join(words for _, words in change_labels(change.kinds, change.old, [label], change.swapped, language, gettext))


def _exact(first: str, second: str) -> str:
    text: str = pgettext("a name and what makes it exact", "%(first)s, %(second)s", first=first, second=second)
    return text


def _titled(kind: str, code: str) -> str:
    word = term(kind, code, gettext)
    return word[:1].upper() + word[1:]


@dataclass(frozen=True, slots=True)
class UnsentDraft:
    """A draft beside the clause it speaks of: label, title and text as its author saw them, None without a clause."""

    target: CommentTarget
    draft: Draft
    label: str | None = None
    title: str | None = None
    text: str | None = None


def said_row(of: UnsentDraft) -> SaidRow:
    """A draft as a row of a form, in the language of the running translation; as a person would write it, so that it is read back the same."""
    target, draft = of.target, of.draft
    label = of.label or ""
    number = {
        "clause": label,
        "removed": label,
        "new": gettext("new after %(number)s", number=label) if label else gettext("new, at the beginning"),
        "document": gettext("whole document"),
        "process": gettext("consultation itself"),
    }[target.kind]
    if draft.further:
        number = f"{number}, {draft.further}"
    comment = [gettext("On the words: “%(words)s”", words=draft.quote)] if draft.quote else []
    cells = BlankRow(
        "free", number, of.title or "" if target.kind == "removed" else "", of.text or "" if target.kind == "removed" else "",
        term("target", "removed", gettext) if target.kind == "removed" else "",
        _titled("position", draft.position) if draft.position else "", _titled("type", draft.type) if draft.type else "",
        "\n".join([*comment, *([draft.text] if draft.text else [])]), "\n\n".join(filter(None, (draft.edited, draft.proposed))),
        "\n".join(filter(None, (draft.rationale, draft.evidence))),
    )  # fmt: skip
    return SaidRow(target.standard, label if target.kind == "clause" else None, cells)


def prefilled_words(form: BlankForm) -> Iterator[str]:
    """Everything that stands in a blank form besides clause texts: found again in a filled one, it is nobody's comment."""
    yield from (form.title, form.mark, form.about_name, *form.help)
    for label, hint, choices in form.about:
        yield from (label, hint)
        if choices:  # the Word form tells them in a line above its table
            yield from (f"{label}{colon}{' · '.join(choices)}" for colon in (": ", " : ", "："))
    for sheet in form.sheets:
        yield from (sheet.heading, *sheet.headings)
        for row in sheet.rows:
            yield from (row.title, row.change, row.head)


def class_of(words: str, body: Body, languages: Collection[str]) -> str | None:
    """The code of a stakeholder class as a form names it, in any of the languages."""
    return _code(
        words, {each.code: [each.code, *(body.class_name(each.code, language) for language in languages)] for each in body.classes}
    )


def country_of(words: str, languages: Collection[str]) -> str | None:
    """The code of a country by its name in any of the languages, or by its code."""
    names: dict[str, list[str]] = {}
    for language in languages:
        for code, name in countries(language):
            names.setdefault(code, [code]).append(name)
    return _code(words, names)


def code_in(kind: str, words: str, codes: Collection[str], languages: Collection[str]) -> str | None:
    """The code of a closed list (see `wording.terms`) as a form names it."""
    names: dict[str, list[str]] = {code: [code] for code in codes}
    for language in languages:
        with force_locale({"zh": "zh_Hans"}.get(language, language)):
            for code in codes:
                names[code].append(term(kind, code, gettext))
    return _code(words, names)


def _code(words: str, known: Mapping[str, Collection[str]]) -> str | None:
    """Accents, case, hyphens and apostrophes aside: people fill tables with what their keyboard has."""
    said = bare(words)
    return next((code for code, names in known.items() if said and said in {bare(name) for name in names}), None)
