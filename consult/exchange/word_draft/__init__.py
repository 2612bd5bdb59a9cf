"""A draft in a Word file (.docx) -> the same Draft, and the same Markdown source, as a text file gives.

`read_word_draft` is the door. The file is read in a limited child process (`inside`): `styles` and `numbering` say what Word shows in front
of a paragraph, `runs` what stands in it, `blocks` walks the body, `structure` tells clauses, groups, items and text apart, `write` makes
Markdown of it. Nothing visible is lost in silence: what was left out or not understood is a problem with its words quoted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from consult.core.clause import Draft
from consult.core.draft import read_draft
from consult.core.problem import Problem, Refused
from consult.exchange.limited import run_limited
from consult.exchange.word_draft.front import front_matter

Tracked = Literal["accepted", "rejected"]
ReadAs = Literal["clause", "group", "item", "text", "table", "left_out"]
INSIDE = "consult.exchange.word_draft.inside:read"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the file that a reader sees, and how it was read.

    `paragraph` counts the paragraphs of the body from 1, those in tables too; `key` is made of its words and stays the same when the file
    is saved again or text is added elsewhere: either may be a key of `decisions`. `words` is its text with the number Word shows, cut at
    400 characters; `number` that of the clause it begins, or in which it stands ("" before the first). `doubt` is the code of the problem
    that asks about it, "" for none.
    """

    paragraph: int
    key: str
    words: str
    read_as: ReadAs
    number: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class WordDraft:
    """`draft` is None only where the file cannot be read at all. `source_markdown` is the whole text file with its front matter, for which
    `read_draft` gives `draft`; `assets` its figures by path ("assets/….png").

    `problems` holds all findings, those of `read_draft` too, with `paragraph` where the text file would have a line. `passages` are all
    visible paragraphs in order. `counts`: paragraphs, clauses, tables, pictures, notes, comments, insertions, deletions, hidden, left_out.
    """

    draft: Draft | None
    source_markdown: str = ""
    problems: tuple[Problem, ...] = ()
    passages: tuple[Passage, ...] = ()
    assets: Mapping[str, bytes] | None = None
    counts: Mapping[str, int] | None = None

    @property
    def not_understood(self) -> tuple[Passage, ...]:
        """The passages somebody should look at: "this is clause 5.2" goes into `decisions` under their key."""
        return tuple(passage for passage in self.passages if passage.doubt)


def read_word_draft(
    data: bytes,
    *,
    meta: Mapping[str, Any] | None = None,
    tracked: Tracked = "accepted",
    decisions: Mapping[str, str] | None = None,
    file: str = "",
) -> WordDraft:
    """Reads a .docx as a draft.

    `meta` is front matter (standard, version, language, title, status, date, baselines, prevails, correspondence); title and language are
    taken from the file where it does not give them. `tracked`: the text with all tracked changes accepted, or with all rejected.
    `decisions`: paragraph number or key of a passage -> "clause 5.2", "clause 5.2 Its title", "group", "text" or "left out". Never raises
    for what is in the file.
    """
    place: dict[str, str | int] = {"file": file} if file else {}
    try:
        answer = run_limited(INSIDE, data, options={"tracked": tracked, "decisions": dict(decisions or {})})
    except Refused as refused:
        return WordDraft(None, problems=tuple(_of_docx(replace(problem, where={**place, **problem.where})) for problem in refused.problems))
    found = answer.value
    front = front_matter(dict(meta or {}), title=found["title"], language=found["language"])
    source = front + found["markdown"]
    draft, problems = read_draft(source, file=file)
    before, lines = front.count("\n"), found["lines"]
    findings = [Problem(each["code"], {**place, **each["where"]}, each["params"], each["grade"]) for each in found["problems"]]
    return WordDraft(
        draft=draft,
        source_markdown=source,
        problems=(*findings, *(_in_paragraph(problem, before, lines) for problem in problems)),
        passages=tuple(Passage(**each) for each in found["passages"]),
        assets=answer.files,
        counts=found["counts"],
    )


def _of_docx(problem: Problem) -> Problem:
    """The limits of the child know no format; the remedy names ours."""
    return replace(problem, params={"expected": "DOCX", **problem.params})


def _in_paragraph(problem: Problem, before: int, lines: list[int]) -> Problem:
    """A line of the Markdown made is nothing its reader could look up: the paragraph it came from is. Front matter has no place in the file."""
    if not isinstance(line := problem.where.get("line"), int):
        return problem
    where = {key: value for key, value in problem.where.items() if key != "line"}
    at = line - before - 1
    if 0 <= at < len(lines) and lines[at]:
        where["paragraph"] = lines[at]
    params = dict(problem.params)
    if isinstance(first := params.get("first_line"), int) and 0 <= first - before - 1 < len(lines):
        params["first_line"] = lines[first - before - 1]
    return replace(problem, where=where, params=params)
