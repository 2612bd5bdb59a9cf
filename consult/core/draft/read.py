"""Reading one draft file."""

from consult.core.clause import Clause, Draft
from consult.core.draft.front import FLAT, Place, read_front
from consult.core.draft.number import address, annex_or_number, looks_numbered
from consult.core.draft.numbering import check_numbering
from consult.core.draft.outline import Section, sections
from consult.core.draft.source import read_text
from consult.core.problem import Problem

ODDITY_LIMIT = 20
"""More findings of one kind in one file are counted, not listed."""


def read_draft(source: bytes | str, *, file: str = "") -> tuple[Draft | None, tuple[Problem, ...]]:
    """A draft from its Markdown source, with everything wrong in it.

    The draft is None only when the file cannot be read at all (`too_large`, `not_utf8`, `control_character`). Faulty front matter gives a
    draft with what could be read, so that two drafts can be compared before they are fit for publication. `file` is repeated in each
    problem's `where`, beside `line` (1-based), `language` and `number` where known. Errors stop publication, warnings do not (design,
    section 5).
    """
    place: Place = {"file": file} if file else {}
    text, problems = read_text(source, place)
    if text is None:
        return None, tuple(problems)
    meta, key_lines, taken, front_problems = read_front(text, place)
    problems += front_problems
    if language := str(meta.get("language", "")):
        place = {**place, "language": language}
    parts, oddities = sections(text.split("\n")[taken:], taken + 1)
    problems += _limited([Problem(code, {**place, "line": line}, {}, "warning") for code, line in oddities], place)
    clauses = _clauses(parts, place, problems)
    problems += check_numbering(clauses, place)
    draft = Draft(
        standard=str(meta.get("standard", "")),
        version=str(meta.get("version", "")),
        language=language,
        title=str(meta.get("title", "")),
        clauses=tuple(clauses),
        meta=meta,
        file=file,
        key_lines=key_lines,
    )
    if not draft.numbered:
        problems.append(Problem("no_clauses", {**place, "line": taken + 1}))
    return draft, tuple(problems)


def correspondence(draft: Draft, baseline: str) -> dict[str, tuple[str, ...]] | None:
    """Recorded links to one baseline, new number -> old numbers (empty: known to be new); None when the draft records none for it.

    A flat map speaks of the first baseline, or of whatever the draft is compared with when it names none.
    """
    maps = draft.meta.get("correspondence") or {}
    baselines = draft.meta.get("baselines") or []
    if baseline in maps:
        return dict(maps[baseline])
    speaks = FLAT in maps and (not baselines or baselines[0] == baseline or baseline not in baselines)
    return dict(maps[FLAT]) if speaks else None


def _clauses(parts: list[Section], place: Place, problems: list[Problem]) -> list[Clause]:
    clauses: list[Clause] = []
    above: list[Clause] = []
    for part in parts:
        if part.level == 0:
            if not part.text:
                continue
            problems.append(Problem("text_before_heading", {**place, "line": part.line}, {}, "warning"))
        level = part.level or 6
        while above and above[-1].level >= level:
            above.pop()
        clause = _clause(part, level, len(clauses), above)
        if part.level:
            problems += _heading_problems(clause, place)
            above.append(clause)
        clauses.append(clause)
    return clauses


def _clause(part: Section, level: int, order: int, above: list[Clause]) -> Clause:
    known = annex_or_number(part.heading)
    label, title = known or ("", part.heading)
    if not known and title.startswith("\\") and annex_or_number(title[1:]):
        title = title[1:]
    return Clause(
        number=address(label) if known else "",
        label=label,
        title=title,
        text=part.text,
        level=level,
        order=order,
        line=part.line,
        path=tuple(" ".join(word for word in (each.label, each.title) if word) for each in above),
        parent=next((each.number for each in reversed(above) if each.number), None),
        kind="requirement" if known else "group",
    )


def _heading_problems(clause: Clause, place: Place) -> list[Problem]:
    where = {**place, "line": clause.line}
    if not clause.is_group:
        return []
    if not clause.title:
        return [Problem("heading_empty", where, {}, "warning")]
    if looks_numbered(clause.title) and not annex_or_number(clause.title):
        return [Problem("number_unclear", where, {"heading": clause.title[:80]}, "warning")]
    return []


def _limited(problems: list[Problem], place: Place) -> list[Problem]:
    kept: list[Problem] = []
    count: dict[str, int] = {}
    for problem in problems:
        count[problem.code] = count.get(problem.code, 0) + 1
        if count[problem.code] <= ODDITY_LIMIT:
            kept.append(problem)
    kept += [
        Problem("and_more", place, {"code": code, "count": total - ODDITY_LIMIT}, "warning")
        for code, total in count.items()
        if total > ODDITY_LIMIT
    ]
    return kept
