"""The words of files made of versions (PDF, DOCX, XLSX): titles, standing, keys and headings in the language of the file."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext, pgettext

from consult.core.body import Body
from consult.core.edition import Edition, EditionChanges, Noted
from consult.wording.dates import date_text, language_text, number_text
from consult.wording.standards import change_labels, listed, version_title
from consult.wording.terms import N_, NP_, Translate

TranslateIn = Callable[[str, str], str]
FORMAT_NAMES = {"pdf": "PDF", "docx": "Word", "md": "Markdown", "xlsx": "Excel"}
"""Names of products and formats, the same in every language."""
STANDING = {"draft": N_("Draft of %(date)s"), "adopted": N_("Edition of %(date)s"), "superseded": N_("Superseded edition of %(date)s")}
UNDATED = {"draft": N_("Draft"), "adopted": N_("Adopted edition"), "superseded": N_("Superseded edition")}
SWAPPED, BINDING = "swapped", "binding"
KIND_NAMES = {
    "modified": NP_("changes", "Reworded"),
    "renumbered": NP_("changes", "Renumbered"),
    SWAPPED: NP_("changes", "of them swapped"),
    "moved": NP_("changes", "Moved"),
    "split": NP_("changes", "Split"),
    "merged": NP_("changes", "Merged"),
    "added": NP_("changes", "Added"),
    "removed": NP_("changes", "No successor found"),
    BINDING: NP_("changes", "Binds others"),
    "unchanged": NP_("changes", "Unchanged"),
}
HEADINGS = {
    "old": NP_("changes", "Old number"),
    "new": NP_("changes", "New number"),
    "kinds": NP_("changes", "Change"),
    "title": NP_("changes", "Title"),
    "reason": NP_("changes", "Reason"),
    "old_title": NP_("changes", "Old title"),
    "new_title": NP_("changes", "New title"),
    "redline": NP_("changes", "Words changed"),
    "old_text": NP_("changes", "Old text"),
    "new_text": NP_("changes", "New text"),
    "activities": NP_("changes", "Activities bound"),
    "unsure": NP_("changes", "To be confirmed"),
    "characters_removed": NP_("changes", "Characters removed"),
    "characters_added": NP_("changes", "Characters added"),
}
CONTENTS, EVERY = NP_("file", "Contents"), NP_("activities", "all")
FLAGS = {True: NP_("flag", "yes"), False: NP_("flag", "no")}
SHEETS = {"totals": NP_("sheet", "Totals"), "changes": NP_("sheet", "Changes"), "long": NP_("sheet", "Long texts")}


@dataclass(frozen=True, slots=True)
class FileWords:
    """`language` of the file, the translators into it, the body that publishes it and what stands on each of its pages ("" for nothing)."""

    language: str
    translate: Translate
    translate_in: TranslateIn
    body: str
    notice: str
    activity: Callable[[str], str]

    def version(self, name: str) -> str:
        return version_title(name, self.translate)

    def title(self, edition: Edition) -> str:
        """Performance Standard, V3 draft 2."""
        told = {"title": edition.draft.title, "version": self.version(edition.draft.version)}
        return self.translate(N_("%(title)s, %(version)s")) % told

    def standing(self, edition: Edition) -> str:
        """Draft of 7 January 2022."""
        if edition.dated is None:
            return self.translate(UNDATED[edition.status])
        return self.translate(STANDING[edition.status]) % {"date": date_text(edition.dated, self.language)}

    def facts(self, edition: Edition) -> list[str]:
        """What a reader must know before the first clause: dates of use, which language prevails, what was corrected."""
        told = self._dates(edition)
        if not edition.normative:
            told.append(self.translate(N_("For information: this document sets no requirements.")))
        if edition.draft.language != edition.prevails:
            prevails = language_text(edition.prevails, self.language)
            told.append(
                self.translate(N_("Where translations differ, the text in this language prevails: %(language)s.")) % {"language": prevails}
            )
        for each in edition.corrections:
            labels = listed(each.labels, self.language) if each.labels else self.translate(N_("headings"))
            day = date_text(each.at.date(), self.language)
            sentence = self.translate(N_("Corrected on %(date)s (%(clauses)s): %(reason)s"))
            told.append(sentence % {"date": day, "clauses": labels, "reason": each.reason})
        return told

    def _dates(self, edition: Edition) -> list[str]:
        if edition.effective is None:
            return []
        days = {"version": self.version(edition.draft.version), "may": date_text(edition.effective, self.language)}
        sentence = N_("%(version)s is in use from %(may)s.")
        if edition.transition_until:
            days["until"] = date_text(edition.transition_until, self.language)
            sentence = N_("%(version)s may be used from %(may)s and must be used after %(until)s.")
        told = [self.translate(sentence) % days]
        return [*told, self.translate(N_("These dates hold if it is adopted."))] if edition.status == "draft" else told

    def contents(self) -> str:
        return self.translate_in(*CONTENTS)

    def heading(self, key: str) -> str:
        return self.translate_in(*HEADINGS[key])

    def sheet(self, key: str) -> str:
        return self.translate_in(*SHEETS[key])

    def changes_title(self, comparison: EditionChanges) -> str:
        old, new = (self.version(edition.draft.version) for edition in (comparison.old, comparison.new))
        return self.translate(N_("What changed from %(old)s to %(new)s")) % {"old": old, "new": new}

    def heading_of(self, comparison: EditionChanges) -> str:
        """Performance Standard: What changed from V2 to V3 draft 2."""
        told = {"title": comparison.new.draft.title, "changes": self.changes_title(comparison)}
        return self.translate(N_("%(title)s: %(changes)s")) % told

    def differing(self, comparison: EditionChanges) -> str:
        """12 of 74 clauses differ."""
        changed = sum(len(each.shown) for each in comparison.noted if each.is_change)
        return self.translate(N_("%(changed)s of %(total)s clauses differ.")) % {"changed": changed, "total": listed_clauses(comparison)}

    def chosen(self, comparison: EditionChanges) -> list[str]:
        """What was left out, and by what choice; nothing where all is there."""
        if not comparison.activities:
            return []
        names = listed([self.activity(code) for code in comparison.activities], self.language)
        left = comparison.total - listed_clauses(comparison)
        return [
            self.translate(N_("Only clauses that bind these activities: %(activities)s.")) % {"activities": names},
            self.translate(N_("Clauses left out: %(number)s.")) % {"number": self.number(left)},
        ]

    def counts(self, noted: Iterable[Noted]) -> list[tuple[str, int]]:
        """(kind in words, number of changes of that kind); one that is renumbered and reworded counts under both, and unchanged is only
        what binds the same activities too.
        """
        counts: Counter[str] = Counter()
        for each in noted:
            counts.update(kind for kind in each.change.link.kinds if kind != "unchanged" or not each.is_change)
            counts[SWAPPED] += each.swapped
            counts[BINDING] += each.binds_others
        return [(self.translate_in(*name), counts[kind]) for kind, name in KIND_NAMES.items() if counts[kind]]

    def kinds(self, noted: Noted, old: Sequence[str], new: Sequence[str]) -> str:
        """Renumbered from 5.2; Reworded, stricter; Now also binds: … A line each. `old` and `new` are printed numbers."""
        said = change_labels(
            noted.change.link.kinds, old, new, noted.swapped, self.language, self.translate, confirmed=noted.confirmed,
            meaning=noted.meaning,
        )  # fmt: skip
        shifted = [
            self.translate(sentence) % {"activities": self.activities(codes)}
            for sentence, codes in ((N_("Now also binds: %(activities)s"), noted.came), (N_("No longer binds: %(activities)s"), noted.went))
            if codes
        ]
        told = [sentence for kind, sentence in said if kind != "unchanged" or not shifted]
        return "\n".join([*told, *shifted])

    def activities(self, codes: Sequence[str]) -> str:
        return listed([self.activity(code) for code in codes], self.language) if codes else self.translate_in(*EVERY)

    def flag(self, value: bool) -> str:
        return self.translate_in(*FLAGS[value])

    def number(self, value: int) -> str:
        return number_text(value, self.language)

    def key(self) -> dict[str, str]:
        """How a printed redline is read."""
        framed = self.language.startswith("zh")
        removed = N_("Framed: removed.") if framed else N_("Struck through: removed.")
        return {
            "added": self.translate(N_("Underlined: added.")),
            "removed": self.translate(removed),
            "bar": self.translate(N_("A bar in the margin: the passage changed.")),
        }

    def texts(self) -> dict[str, str]:
        """Short words the typesetter needs."""
        return {
            "contents": self.contents(), "summary": self.translate(N_("Summary of changes")), "redline": self.translate(N_("The text with its changes")),
            "none": self.translate(N_("No clause differs.")),
        }  # fmt: skip


def listed_clauses(comparison: EditionChanges) -> int:
    return sum(len(each.shown) for each in comparison.noted)


def file_words(*, language: str, body: Body) -> FileWords:
    """By the catalogues that are in force (`language` is the one they speak)."""
    return FileWords(
        language=language, translate=gettext, translate_in=pgettext, body=body.name, notice=body.notice.get(language, ""),
        activity=lambda code: body.activity_name(code, language),
    )  # fmt: skip
