"""The words of an export that people read (XLSX, DOCX, PDF): headings, cells and totals in one language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext, pgettext

from consult.core.body import Body
from consult.core.export_row import COLUMNS, Column, ExportRow, Summary, Value
from consult.core.vocabulary import STATES
from consult.wording.countries import country_name
from consult.wording.dates import NBSP, date_text, number_text, time_text
from consult.wording.standards import version_title
from consult.wording.terms import N_, NP_, TERMS, Translate, term
from consult.wording.tongues import tongue_name

TranslateIn = Callable[[str, str], str]


HEADINGS: dict[str, tuple[str, str]] = {
    "reference": NP_("column", "Reference"),
    "round": NP_("column", "Round"),
    "received_at": NP_("column", "Received (UTC)"),
    "late": NP_("column", "Late"),
    "late_reason": NP_("column", "Reason of lateness"),
    "standard": NP_("column", "Standard"),
    "version": NP_("column", "Version"),
    "clause_number": NP_("column", "Clause"),
    "target": NP_("column", "Target"),
    "clause_text_language": NP_("column", "Clause read in"),
    "clause_text_revision": NP_("column", "Revision read"),
    "language": NP_("column", "Language of the comment"),
    "class": NP_("column", "Stakeholder class"),
    "country": NP_("column", "Country"),
    "capacity": NP_("column", "Capacity"),
    "group_people": NP_("column", "People in the group"),
    "group_name": NP_("column", "Group"),
    "group_language": NP_("column", "Spoken in"),
    "group_given": NP_("column", "How, where and when it was given"),
    "group_consent": NP_("column", "How the group agreed"),
    "group_conditions": NP_("column", "Conditions of the group"),
    "name": NP_("column", "Name"),
    "organisation": NP_("column", "Organisation"),
    "position": NP_("column", "Position"),
    "type": NP_("column", "Type"),
    "comment": NP_("column", "Comment"),
    "rationale": NP_("column", "Rationale"),
    "proposed_wording": NP_("column", "Proposed wording"),
    "attachments": NP_("column", "Files"),
    "answers": NP_("column", "Answers to the questions of the round"),
    "members_statement": NP_("column", "Members stated as"),
    "members": NP_("column", "Members who took part"),
    "member_names": NP_("column", "Members named"),
    "said_by_members": NP_("column", "Said by members"),
    "minority_views": NP_("column", "Minority views"),
    "moderation_state": NP_("column", "Moderation state"),
    "withheld_reason": NP_("column", "Withheld because"),
    "publication_choice": NP_("column", "Publication choice"),
    "theme": NP_("column", "Theme"),
    "endorsements": NP_("column", "Endorsements"),
    "endorsements_by_class": NP_("column", "Endorsements by class"),
    "endorsed_comment": NP_("column", "Endorses"),
    "counted": NP_("column", "Counted"),
    "nuance": NP_("column", "Nuance"),
    "without_comment": NP_("column", "Without a comment"),
    "question": NP_("column", "Question"),
    "answer": NP_("column", "Answer"),
    "nuance_withheld_reason": NP_("column", "Nuance withheld because"),
    "cluster": NP_("column", "Cluster"),
    "advice": NP_("column", "Advice"),
    "decision": NP_("column", "Decision"),
    "disposition": NP_("column", "Disposition"),
    "reason": NP_("column", "Reason"),
    "response": NP_("column", "Response"),
    "channel": NP_("column", "Channel"),
    "further_clauses": NP_("column", "Also applies to"),
    "anchor_text": NP_("column", "About these words"),
    "anchor_start": NP_("column", "Words from character"),
    "anchor_end": NP_("column", "Words to character"),
    "evidence": NP_("column", "Evidence"),
    "proposed_whole_clause": NP_("column", "Whole clause edited"),
    "mail": NP_("column", "E-mail"),
    "confirmation": NP_("column", "Confirmation of the e-mail address"),
}
FLAGS = {True: NP_("flag", "yes"), False: NP_("flag", "no")}
SHEETS = {
    "summary": NP_("sheet", "Totals"),
    "comments": NP_("sheet", "Comments"),
    "endorsements": NP_("sheet", "Endorsements"),
    "answers": NP_("sheet", "Answers"),
    "long": NP_("sheet", "Long texts"),
}
FILTER_COLUMNS = {"clause": "clause_number", "state": "moderation_state", "document": "standard"}
"""Filter -> the column it chooses by, where it has not its key."""


@dataclass(frozen=True, slots=True)
class SheetWords:
    """`language` of the reader, the two translators into it, names of the body and its classes, titles of the consultation and its standards."""

    language: str
    translate: Translate
    translate_in: TranslateIn
    body: str
    class_name: Callable[[str], str]
    consultation: str
    standards: Mapping[str, str]

    def heading(self, column: Column) -> str:
        return self.translate_in(*HEADINGS[column.key])

    def sheet(self, name: str) -> str:
        return self.translate_in(*SHEETS[name])

    def code(self, terms: str, code: str) -> str:
        """A code in words; one that is in no list of ours stays as it is."""
        if terms == "class":
            return self.class_name(code)
        if terms == "country":
            return country_name(code, self.language)
        return term(terms, code, self.translate) if code in TERMS[terms] else code

    def cell(self, column: Column, value: Value) -> str:
        """The value of a cell in words."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.translate_in(*FLAGS[value])
        if isinstance(value, datetime):
            return f"{date_text(value.date(), self.language)}{NBSP}{time_text(value, self.language)}"
        if isinstance(value, date):
            return date_text(value, self.language)
        if isinstance(value, int):
            return number_text(value, self.language)
        if column.kind == "language":
            return tongue_name(value, self.language)
        if column.key == "standard":
            return self.standards.get(value, value)
        if column.key == "version":
            return version_title(value, self.translate)
        return self.code(column.terms, value) if column.kind == "code" else value

    def cells(self, row: ExportRow) -> dict[str, str]:
        """A whole row in words, by key; empty cells left out."""
        worded = {column.key: self.cell(column, row.value(column)) for column in COLUMNS}
        return {key: words for key, words in worded.items() if words}

    @property
    def labels(self) -> dict[str, str]:
        return {column.key: self.heading(column) for column in COLUMNS}

    def title(self, summary: Summary) -> str:
        asked = {"consultation": self.consultation, "number": summary.round}
        return self.translate(N_("Comments on %(consultation)s, round %(number)s")) % asked

    def made_for(self, summary: Summary) -> str:
        """Who may read it: stands on every page of it."""
        return term("made_for", summary.viewer, self.translate)

    def totals(self, summary: Summary) -> list[tuple[str, int]]:
        """What was received, state by state, and how many rows are in this file: (words, number)."""
        states = [(term("state", state, self.translate), summary.by_state.get(state, 0)) for state in STATES]
        return [
            (self.translate(N_("Comments received in this round")), summary.received),
            *states,
            *([(self.translate(N_("Of these after closing, marked late")), summary.late)] if summary.late else []),
            (self.translate(N_("Copies among them")), summary.counts.copies),
            (self.translate(N_("Different texts")), summary.counts.distinct),
            (self.translate(N_("Signatories")), summary.counts.signatories),
            (self.translate(N_("Endorsements")), summary.counts.endorsements),
            *[
                (self.translate(N_("Endorsements of the class %(name)s")) % {"name": self.class_name(code)}, n)
                for code, n in sorted(summary.counts.endorsed_by.items())
            ],
            *([(self.translate(N_("Submissions with answers only")), summary.answers_only)] if summary.answers_only else []),
            (self.translate(N_("Rows in this file")), summary.listed),
        ]

    def filters(self, summary: Summary) -> list[tuple[str, str]]:
        """What the rows were chosen by: (filter, value in words); empty where all are here."""
        columns = {column.key: column for column in COLUMNS}
        chosen = [(columns[FILTER_COLUMNS.get(key, key)], value) for key, value in summary.filters.items()]
        return [(self.heading(column), self.cell(column, value)) for column, value in chosen]

    def stub(self, row: ExportRow) -> str:
        """The sentence that stands where a text may not be read; "" for a comment that can be."""
        if row.comment or row.rationale or row.proposed_wording:
            return ""
        if row.moderation_state == "cleared":
            return term("stub", "confidential" if row.publication_choice == "confidential" else "not_yet", self.translate)
        kept = {"pending": "in_moderation", "held": "in_moderation"}
        return term("stub", kept.get(row.moderation_state, row.moderation_state), self.translate)


def sheet_words(*, language: str, body: Body, titles: Mapping[str, str], standards: Mapping[str, Mapping[str, str]]) -> SheetWords:
    """The words for a reader of `language`, by the catalogues that are in force. `titles` of the consultation, and of standards by slug, by language."""
    return SheetWords(
        language=language, translate=gettext, translate_in=pgettext, body=body.name,
        class_name=lambda code: body.class_name(code, language), consultation=_nearest(titles, language, ""),
        standards={slug: _nearest(named, language, slug) for slug, named in standards.items()},
    )  # fmt: skip


def _nearest(titles: Mapping[str, str], language: str, otherwise: str) -> str:
    return titles.get(language) or titles.get("en") or next(iter(titles.values()), otherwise)
