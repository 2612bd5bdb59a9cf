"""What aligning needs to know of a draft: words, headings above, section and number of each numbered clause."""

from dataclasses import dataclass

from consult.core.clause import Clause, Draft
from consult.core.words import fold, language_of, plain_text, stems


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbered clauses of one draft, in document order; all lists run parallel to `clauses`.

    `title`, `words` are comparison words of title and of title with text, `path` those of the headings above;
    `key` is the folded title and text (equal keys: the same clause but for typography); `section` numbers the innermost heading above.
    """

    clauses: tuple[Clause, ...]
    title: list[list[str]]
    words: list[list[str]]
    path: list[list[str]]
    key: list[tuple[str, str]]
    section: list[int]

    def __len__(self) -> int:
        return len(self.clauses)


def read(draft: Draft) -> Reading:
    clauses = draft.numbered
    language = draft.language[:2] or language_of(" ".join(clause.text for clause in clauses[:20]))
    plain = [plain_text(clause.text) for clause in clauses]
    title = [stems(clause.title, language) for clause in clauses]
    sections: dict[tuple[str, ...], int] = {}
    return Reading(
        clauses=clauses,
        title=title,
        words=[head + stems(text, language) for head, text in zip(title, plain, strict=True)],
        path=[
            [word for heading in clause.path for word in stems(heading, language) if not any(c.isdigit() for c in word)]
            for clause in clauses
        ],
        key=[(fold(clause.title), fold(text)) for clause, text in zip(clauses, plain, strict=True)],
        section=[sections.setdefault(clause.path, len(sections)) for clause in clauses],
    )
