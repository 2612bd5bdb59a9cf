"""Draft files on disk -> the versions they make up: languages of one version together, `clauses.yaml` beside them, versions after their baselines."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from consult.core.clause import Draft
from consult.core.draft import Annotations, prevailing_language, read_annotations, read_draft
from consult.core.problem import Problem

ANNOTATIONS = "clauses.yaml"


@dataclass(frozen=True, slots=True)
class VersionFiles:
    """All files of one version. `sha256` is over their bytes, language by language; `files` language -> path as given."""

    standard: str
    version: str
    drafts: Mapping[str, Draft]
    annotations: Annotations | None
    sha256: str
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def prevails(self) -> str:
        return prevailing_language(self.drafts)

    @property
    def main(self) -> Draft:
        return self.drafts[self.prevails]

    @property
    def baselines(self) -> tuple[str, ...]:
        return tuple(self.main.meta.get("baselines") or ())


def draft_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The Markdown files meant by files and folders: in a folder those of every version folder below it, hidden ones left out."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(p for p in path.rglob("*.md") if not any(part.startswith(".") for part in p.parts)) if path.is_dir() else [path]
        found.update(dict.fromkeys(inside))
    return tuple(found)


def read_versions(paths: Iterable[Path]) -> tuple[tuple[VersionFiles, ...], tuple[Problem, ...]]:
    """Versions in an order in which each comes after its baselines, and every problem of reading.

    Errors beside those of `read_draft`: `file_unreadable`, `language_twice`, `nothing_to_read`.
    """
    problems: list[Problem] = []
    groups: dict[tuple[str, str], VersionFiles] = {}
    for path in draft_files(paths):
        if (source := _bytes(path, problems)) is None:
            continue
        draft, found = read_draft(source, file=str(path))
        problems += found
        if draft is None:
            continue
        key = (draft.standard, draft.version)
        group = groups.get(key) or _group(path, draft, problems)
        if draft.language in group.drafts:
            problems.append(
                Problem("language_twice", {"file": str(path), "language": draft.language}, {"other": group.files[draft.language]})
            )
            continue
        drafts, files = {**group.drafts, draft.language: draft}, {**group.files, draft.language: str(path)}
        digest = hashlib.sha256(f"{group.sha256} {draft.language} {hashlib.sha256(source).hexdigest()}".encode()).hexdigest()
        groups[key] = replace(group, drafts=drafts, files=files, sha256=digest)
    if not groups and not problems:
        problems.append(Problem("nothing_to_read"))
    return in_order(tuple(groups.values())), tuple(problems)


def _bytes(path: Path, problems: list[Problem]) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        problems.append(Problem("file_unreadable", {"file": str(path)}, {"why": error.strerror or type(error).__name__}))
        return None


def _group(path: Path, draft: Draft, problems: list[Problem]) -> VersionFiles:
    beside = path.parent / ANNOTATIONS
    annotations, digest = None, ""
    if beside.is_file() and (source := _bytes(beside, problems)) is not None:
        annotations, found = read_annotations(source, file=str(beside))
        problems += found
        digest = hashlib.sha256(source).hexdigest()
    return VersionFiles(draft.standard, draft.version, {}, annotations, digest)


def in_order(versions: Sequence[VersionFiles]) -> tuple[VersionFiles, ...]:
    """Each version after its baselines; what waits for nothing, or for something that is not here, comes in the order given."""
    waiting, placed = list(versions), list[VersionFiles]()
    while waiting:
        names = {(v.standard, v.version) for v in waiting}
        ready = [v for v in waiting if not any((v.standard, b) in names for b in v.baselines if b != v.version)]
        for version in ready or waiting[:1]:  # a ring of baselines is an error that the check names
            placed.append(version)
            waiting.remove(version)
    return tuple(placed)
