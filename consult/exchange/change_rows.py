"""Changes as rows of a table in words: what the summary of a redline and the change list in a workbook have in common."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from consult.core.clause import Clause
from consult.core.edition import EditionChanges, Noted
from consult.wording.version_file import FileWords


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change. `old` and `new` are printed numbers, titles those of the clauses on either side, `reason` in `reason_language`."""

    noted: Noted
    old: tuple[Clause, ...]
    new: tuple[Clause, ...]
    kinds: str
    reason: str
    reason_language: str

    @property
    def title(self) -> str:
        return joined(self.new or self.old, "title")


def change_lines(comparison: EditionChanges, words: FileWords) -> Iterator[ChangeLine]:
    """All links in document order of the new version, unchanged ones too."""
    olds, news = _clauses(comparison.old.draft.numbered), _clauses(comparison.new.draft.numbered)
    for noted in comparison.noted:
        link = noted.change.link
        old, new = tuple(olds[number] for number in link.old), tuple(news[number] for number in link.new)
        told = noted.reasons
        texts = list(dict.fromkeys(told[number].text for number in noted.shown if number in told))
        language = next((told[number].language for number in noted.shown if number in told), words.language)
        yield ChangeLine(
            noted, old, new, words.kinds(noted, [each.label for each in old], [each.label for each in new]), "\n".join(texts), language
        )  # fmt: skip


def _clauses(numbered: tuple[Clause, ...]) -> Mapping[str, Clause]:
    return {clause.number: clause for clause in numbered}


def joined(clauses: tuple[Clause, ...], part: str) -> str:
    """Labels or titles of several clauses, a line each."""
    return "\n".join(dict.fromkeys(str(getattr(clause, part)) for clause in clauses))
