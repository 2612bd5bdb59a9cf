"""Do two languages of one version say the same? Figures, units, dates, verbs that bind, items, tables, and text left in the other
language.
"""

from collections.abc import Iterable

from consult.core.clause import Clause, Draft
from consult.core.parity.figures import read_figures
from consult.core.parity.modals import MODALS, count_modals, modal_words
from consult.core.parity.shape import Shape, looks_untranslated, read_shape
from consult.core.parity.terms import Pair, defines, term_pairs, terms_apart
from consult.core.problem import Problem

__all__ = ["RULES", "parity"]

RULES = 1
"""Number of what is found here and by `core.lag`: raised with every change of a rule, so that what was found before is found anew."""

NOTHING = "—"


def parity(prevailing: Draft, other: Draft, *, only: str | None = None) -> tuple[Problem, ...]:
    """Warnings where a translation seems to say something else than the prevailing text, clause by clause.

    Codes: `figures_differ`, `dates_differ`, `units_differ` (missing and extra quote the words), `modals_differ` (modal: shall, shall_not,
    should, should_not, may; counts of either side), `items_differ`, `notes_differ`, `table_differs`, `untranslated` (quoted words).
    `terms_differ` (term, missing: the word that the definition gives it in the other language). Params `there` and `here` quote the words on
    either side, one a line, where there are any.
    Known for en, fr and zh (table of verbs in three languages, facts 5.5); in other languages only figures and shape are compared.
    `only`: the number of the one clause to be looked at; terms are those of the whole. Clauses that one side lacks are not compared here. Each problem's `where` has file, language, number and line of the translation.
    """
    problems: list[Problem] = []
    known = {clause.number: clause for clause in prevailing.numbered}
    seen: set[str] = set()
    pairs = term_pairs(prevailing, other)
    for clause in other.numbered:
        if clause.number in known and clause.number not in seen and only in (None, clause.number):
            seen.add(clause.number)
            problems += _clause(prevailing, known[clause.number], other, clause, pairs)
    return tuple(problems)


def _clause(prevailing: Draft, theirs: Clause, other: Draft, ours: Clause, pairs: tuple[Pair, ...]) -> list[Problem]:
    where: dict[str, str | int] = {"language": other.language, "number": ours.number, "line": ours.line}
    if other.file:
        where = {"file": other.file, **where}
    shapes = read_shape(theirs.text), read_shape(ours.text)
    languages = prevailing.language[:2], other.language[:2]
    found = [
        *_figures(shapes, languages, (theirs.title, ours.title)),
        *_modals(shapes, languages),
        *_shape(shapes),
        *_untranslated(shapes, languages, (theirs.title, ours.title)),
    ]
    if pairs and not defines(theirs):
        apart = terms_apart(theirs, ours, languages, pairs)
        found += [("terms_differ", {"missing": here, "term": there, "there": there, "here": here}) for there, here in apart]
    params: dict[str, str | int] = {"label": ours.label, "prevails": prevailing.language}
    return [Problem(code, where, {**params, **more}, "warning") for code, more in found]


Finding = tuple[str, dict[str, str | int]]


def _figures(shapes: tuple[Shape, Shape], languages: tuple[str, str], titles: tuple[str, str]) -> list[Finding]:
    one, other = (
        read_figures(f"{title}\n{shape.text}", language) for title, shape, language in zip(titles, shapes, languages, strict=True)
    )
    found: list[Finding] = []
    dates = one.dates.keys() - other.dates.keys(), other.dates.keys() - one.dates.keys()
    if any(dates):
        words = _quoted([one.dates[date] for date in dates[0]], [other.dates[date] for date in dates[1]])
        found.append(("dates_differ", {**_missing_extra(dates), **words}))
    for value, unit in one.units.items():  # the same figure with another unit
        theirs, ours = unit - other.units.get(value, unit), other.units.get(value, unit) - unit
        if not (theirs and ours):
            continue
        found.append(
            (
                "units_differ",
                {
                    "figure": value,
                    "missing": _listed(theirs),
                    "extra": _listed(ours),
                    **_quoted([one.figures[value]], [other.figures[value]]),
                },
            )
        )
    missing = [words for value, words in one.figures.items() if value not in other.figures and value not in other.loose]
    extra = [words for value, words in other.figures.items() if value not in one.figures and value not in one.loose]
    if missing or extra:
        found.append(("figures_differ", {**_missing_extra((missing, extra)), **_quoted(missing, extra)}))
    return found


def _modals(shapes: tuple[Shape, Shape], languages: tuple[str, str]) -> list[Finding]:
    counts = [count_modals(shape.text, language) for shape, language in zip(shapes, languages, strict=True)]
    if counts[0] is None or counts[1] is None:
        return []
    one, other = counts[0], counts[1]
    swapped = _swapped(one, other)
    return [
        (
            "modals_differ",
            {
                "modal": modal,
                "expected": one[modal],
                "count": other[modal],
                **_quoted(*(modal_words(shape.text, language, modal) for shape, language in zip(shapes, languages, strict=True))),
            },
        )
        for modal in MODALS
        if modal in swapped or _apart(modal, one[modal], other[modal], other["may_loosely"])
    ]


def _swapped(one: dict[str, int], other: dict[str, int]) -> set[str]:
    """Verbs of which one side has fewer and the other more: "shall" that became "should" or "may", and the like."""
    shift = {modal: other[modal] - one[modal] for modal in (*MODALS, "may_loosely")}
    found = {modal for modal in ("should", "shall_not", "should_not") if shift["shall"] * shift[modal] < 0}
    weaker = shift["shall"] * shift["may_loosely"] < 0 or shift["shall"] * shift["may"] < 0
    return found | ({"shall"} if found or weaker else set())


def _apart(modal: str, theirs: int, ours: int, loosely: int) -> bool:
    """Languages repeat a verb where another leaves it out; a verb that is missing altogether, or a large difference, is worth a look."""
    if modal == "may":
        return theirs > 0 and loosely == 0
    if theirs == 0 or ours == 0:
        return theirs != ours
    return abs(theirs - ours) > max(1, max(theirs, ours) // 3)


def _shape(shapes: tuple[Shape, Shape]) -> list[Finding]:
    one, other = shapes
    found: list[Finding] = []
    if one.items != other.items:
        found.append(("items_differ", {"expected": len(one.items), "count": len(other.items)}))
    if one.notes != other.notes:
        found.append(("notes_differ", {"expected": one.notes, "count": other.notes}))
    if one.tables != other.tables:
        found.append(("table_differs", {"expected": _tables(one), "count": _tables(other)}))
    return found


def _tables(shape: Shape) -> str:
    return ", ".join(f"{rows} × {columns}" for rows, columns in shape.tables) or NOTHING


def _untranslated(shapes: tuple[Shape, Shape], languages: tuple[str, str], titles: tuple[str, str]) -> list[Finding]:
    if languages[0] == languages[1]:
        return []
    theirs = {*shapes[0].leaves, titles[0]}
    for text in (titles[1], *shapes[1].leaves):
        if looks_untranslated(text, languages, same=text in theirs):
            return [("untranslated", {"words": text[:80], **_quoted([], [text])})]
    return []


def _missing_extra(sides: tuple[object, object]) -> dict[str, str | int]:
    return {"missing": _listed(sides[0]), "extra": _listed(sides[1])}


def _quoted(there: Iterable[str], here: Iterable[str]) -> dict[str, str | int]:
    return {"there": "\n".join(sorted(there)), "here": "\n".join(sorted(here))}


def _listed(words: object) -> str:
    listed = list(words) if isinstance(words, list) else sorted(words)  # type: ignore[call-overload]
    return ", ".join(map(str, listed[:8])) or NOTHING
