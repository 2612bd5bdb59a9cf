"""The words of a correspondence table that people read: headings, cells and totals in one language."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext, pgettext

from consult.core.body import Body
from consult.core.change import KINDS
from consult.core.correspondence import CorrespondenceRow
from consult.wording.standards import version_title
from consult.wording.terms import N_, NP_, Translate, term

HEADINGS = {
    "old_number": NP_("column", "Old number"),
    "old_title": NP_("column", "Old title"),
    "new_number": NP_("column", "New number"),
    "new_title": NP_("column", "New title"),
    "kinds": NP_("column", "Change"),
    "score": NP_("column", "Probability"),
    "reason": NP_("column", "Known by"),
    "confirmed": NP_("column", "Confirmed"),
}
FLAGS = {True: NP_("flag", "yes"), False: NP_("flag", "no")}
SHEETS = {"summary": NP_("sheet", "Totals"), "table": NP_("sheet", "Correspondence")}
TITLE = N_("%(title)s: clauses of %(old)s and of %(new)s")
HOW = N_("To correct the table, change the numbers, leave the hidden second row as it is, and take the file in again in the office.")
PAIRS = N_("Pairs of clauses")


@dataclass(frozen=True, slots=True)
class CorrespondenceWords:
    title: str
    how: str
    body: str
    translate: Translate
    translate_in: Callable[[str, str], str]

    def sheet(self, name: str) -> str:
        return self.translate_in(*SHEETS[name])

    def heading(self, key: str) -> str:
        return self.translate_in(*HEADINGS[key])

    def cell(self, row: CorrespondenceRow, key: str) -> str:
        if key == "kinds":
            return ", ".join(term("kind", kind, self.translate) for kind in row.kinds)
        if key == "reason":
            return term("link_reason", row.reason, self.translate)
        if key == "confirmed":
            return self.translate_in(*FLAGS[row.confirmed])
        return str(getattr(row, key))

    def totals(self, rows: Sequence[CorrespondenceRow]) -> list[tuple[str, int]]:
        counts = Counter(kind for row in rows for kind in row.kinds)
        return [(self.translate(PAIRS), len(rows)), *((term("kind", kind, self.translate), counts[kind]) for kind in KINDS if counts[kind])]


def correspondence_words(title: str, old: str, new: str, body: Body) -> CorrespondenceWords:
    """In the language of the page."""
    told = {"title": title, "old": version_title(old, gettext), "new": version_title(new, gettext)}
    return CorrespondenceWords(gettext(TITLE) % told, gettext(HOW), body.name, gettext, pgettext)
