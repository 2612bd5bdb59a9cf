"""The files of one version against each other: the same clauses in every language, and keys that do not contradict."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from consult.core.clause import Clause, Draft
from consult.core.draft.annotations import Annotations
from consult.core.problem import Problem

VERSION_KEYS = ("standard", "version", "status", "date", "baselines", "prevails", "correspondence")
"""Read from the prevailing language's file; others may repeat but not contradict them. Title and language are each file's own."""


def prevailing_language(drafts: Mapping[str, Draft]) -> str:
    """The language whose text prevails: as the files say by `prevails`, else English, else the first in alphabetical order."""
    named = [draft.meta["prevails"] for _, draft in sorted(drafts.items()) if draft.meta.get("prevails")]
    for language in (*named, "en"):
        if language in drafts:
            return str(language)
    return min(drafts, default="")


def check_version(
    drafts: Mapping[str, Draft],
    annotations: Annotations | None,
    known_versions: Collection[str],
    *,
    languages: Sequence[str] = (),
) -> tuple[Problem, ...]:
    """Problems that show only when the languages of one version (code -> draft) lie side by side.

    `known_versions` are the versions of the same standard that exist or come with this one; `languages` those the installation expects.
    Errors: `key_contradicts`, `language_contradicts`, `prevailing_missing`, `clause_missing` (language and number), `clause_surplus` (in a
    translation only), `baseline_unknown`. Warnings: `language_missing`, `clause_order_differs`, `clause_level_differs`, `groups_differ`,
    `annotation_without_clause`, `correspondence_unknown`. What is wrong inside one file (also `duplicate_number`) `read_draft` has said.
    """
    if not drafts:
        return ()
    problems: list[Problem] = []
    prevails = prevailing_language(drafts)
    main = drafts[prevails]
    named = main.meta.get("prevails")
    if named and named not in drafts:
        problems.append(Problem("prevailing_missing", _at(main, "prevails"), {"wanted": named}))
    for language in languages:
        if language not in drafts:
            problems.append(Problem("language_missing", {"language": language}, {"version": main.version}, "warning"))
    for language, draft in sorted(drafts.items()):
        if draft.language != language:
            problems.append(Problem("language_contradicts", _at(draft, "language"), {"expected": language, "value": draft.language}))
        if draft is not main:
            problems += _contradictions(main, draft)
            problems += _clauses(main, draft)
    problems += _references(main, known_versions)
    problems += _annotated(main, annotations)
    return tuple(problems)


def _at(draft: Draft, key: str = "", clause: Clause | None = None) -> dict[str, str | int]:
    where: dict[str, str | int] = {"language": draft.language}
    if draft.file:
        where = {"file": draft.file, **where}
    if clause:
        where |= {"number": clause.number, "line": clause.line}
    elif key in draft.key_lines:
        where["line"] = draft.key_lines[key]
    return where


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _contradictions(main: Draft, other: Draft) -> list[Problem]:
    return [
        Problem(
            "key_contradicts",
            _at(other, key),
            {
                "key": key,
                "value": _shown(other.meta[key])[:80],
                "prevailing": _shown(main.meta.get(key, "—"))[:80],
                "prevails": main.language,
            },
        )
        for key in VERSION_KEYS
        if key in other.meta and other.meta[key] != main.meta.get(key)
    ]


def _clauses(main: Draft, other: Draft) -> list[Problem]:
    problems: list[Problem] = []
    ours = {clause.number: clause for clause in main.numbered}
    theirs = {clause.number: clause for clause in other.numbered}
    file: dict[str, str | int] = {"file": other.file} if other.file else {}
    for number, clause in ours.items():
        if number not in theirs:
            where = {**file, "language": other.language, "number": number}
            problems.append(Problem("clause_missing", where, {"label": clause.label, "prevails": main.language}))
        elif theirs[number].level != clause.level:
            problems.append(Problem("clause_level_differs", _at(other, clause=theirs[number]), {"label": clause.label}, "warning"))
    for number, clause in theirs.items():
        if number not in ours:
            problems.append(Problem("clause_surplus", _at(other, clause=clause), {"label": clause.label, "prevails": main.language}))
    shared = [number for number in theirs if number in ours]
    for number, expected in zip(shared, (number for number in ours if number in theirs), strict=True):
        if number != expected:
            problems.append(Problem("clause_order_differs", _at(other, clause=theirs[number]), {"label": theirs[number].label}, "warning"))
            break
    groups = [sum(clause.is_group for clause in draft.clauses) for draft in (main, other)]
    if groups[0] != groups[1]:
        problems.append(Problem("groups_differ", _at(other), {"count": groups[1], "prevailing": groups[0]}, "warning"))
    return problems


def _references(main: Draft, known_versions: Collection[str]) -> list[Problem]:
    problems: list[Problem] = []
    for baseline in main.meta.get("baselines") or []:
        if baseline == main.version or baseline not in known_versions:
            problems.append(Problem("baseline_unknown", _at(main, "baselines"), {"baseline": baseline}))
    numbers = {clause.number for clause in main.numbered}
    for baseline, links in (main.meta.get("correspondence") or {}).items():
        if baseline and baseline not in (main.meta.get("baselines") or []):
            problems.append(Problem("baseline_unknown", _at(main, "correspondence"), {"baseline": baseline}))
        problems += [
            Problem("correspondence_unknown", {**_at(main, "correspondence"), "number": number}, {}, "warning")
            for number in links
            if number not in numbers
        ]
    return problems


def _annotated(main: Draft, annotations: Annotations | None) -> list[Problem]:
    if not annotations:
        return []
    numbers = {clause.number for clause in main.numbered}
    file: dict[str, str | int] = {"file": annotations.file} if annotations.file else {}
    return [
        Problem("annotation_without_clause", {**file, "line": each.line, "number": each.number}, {}, "warning")
        for each in annotations.clauses.values()
        if each.number not in numbers
    ]
