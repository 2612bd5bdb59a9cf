"""Draft files on disk -> the versions they make up: languages of one version together, `clauses.yaml` beside them, versions after their baselines."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from consult.core.clause import Draft
from consult.core.draft import LIMIT_BYTES, Annotations, prevailing_language, read_annotations, read_draft
from consult.core.problem import Problem

ANNOTATIONS = "clauses.yaml"


@dataclass(frozen=True, slots=True)
class VersionFiles:
    """All files of one version; `files` language -> path as given."""

    standard: str
    version: str
    drafts: Mapping[str, Draft]
    annotations: Annotations | None
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def prevails(self) -> str:
        return prevailing_language(self.drafts)

    @property
    def main(self) -> Draft:
        return self.drafts[self.prevails]

    @property
    def data_sha256(self) -> str:
        """Of everything but the clauses: front matter of the prevailing file, titles in all languages, clauses.yaml. Not of how it is written."""
        titles = {language: draft.title for language, draft in self.drafts.items()}
        notes = None
        if self.annotations:
            clauses = {number: (each.applies, each.kind, each.reason, each.source) for number, each in self.annotations.clauses.items()}
            notes = (clauses, self.annotations.normative, self.annotations.effective, self.annotations.transition_until)
        written = json.dumps([self.main.meta, titles, notes], sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()

    @property
    def baselines(self) -> tuple[str, ...]:
        return tuple(self.main.meta.get("baselines") or ())


def draft_files(path: Path) -> tuple[Path, ...]:
    """The drafts meant by a path: the file itself; every Markdown file of a folder; below it those beside a clauses.yaml and those that say
    which standard they are of. Hidden ones are left out.
    """
    if not path.is_dir():
        return (path,)
    below = sorted(each for each in path.rglob("*.md") if not any(part.startswith(".") for part in each.relative_to(path).parts))
    return tuple(
        each for each in below if each.is_file() and (each.parent == path or (each.parent / ANNOTATIONS).is_file() or _names_standard(each))
    )


def _names_standard(path: Path) -> bool:
    source = read_source(path)
    head = b"" if isinstance(source, Problem) else source[:4096].removeprefix(b"\xef\xbb\xbf")
    return head.startswith(b"---") and b"\nstandard:" in head


def read_source(path: Path) -> bytes | Problem:
    """The bytes of a file, or `file_unreadable` or `too_large`: no more is read than a draft may have."""
    try:
        with path.open("rb") as file:
            source = file.read(LIMIT_BYTES + 1)
            size = max(len(source), os.fstat(file.fileno()).st_size)
    except OSError as error:
        return Problem("file_unreadable", {"file": str(path)}, {"why": error.strerror or type(error).__name__})
    if size > LIMIT_BYTES:
        return Problem("too_large", {"file": str(path)}, {"limit": LIMIT_BYTES, "size": size})
    return source


def read_versions(paths: Iterable[Path]) -> tuple[tuple[VersionFiles, ...], tuple[Problem, ...]]:
    """Versions in an order in which each comes after its baselines, and every problem of reading.

    Errors beside those of `read_draft`: `file_unreadable`, `language_twice`, `nothing_to_read` (a folder without drafts).
    """
    problems: list[Problem] = []
    files: dict[Path, None] = {}
    for path in paths:
        meant = draft_files(path)
        files.update(dict.fromkeys(meant))
        if not meant:
            problems.append(Problem("nothing_to_read", {"file": str(path)}))
    groups: dict[tuple[str, str], VersionFiles] = {}
    for path in files:
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
        drafts, named = {**group.drafts, draft.language: draft}, {**group.files, draft.language: str(path)}
        groups[key] = replace(group, drafts=drafts, files=named)
    return in_order(tuple(groups.values())), tuple(problems)


def _bytes(path: Path, problems: list[Problem]) -> bytes | None:
    source = read_source(path)
    if isinstance(source, Problem):
        problems.append(source)
        return None
    return source


def _group(path: Path, draft: Draft, problems: list[Problem]) -> VersionFiles:
    beside = path.parent / ANNOTATIONS
    annotations = None
    if beside.is_file() and (source := _bytes(beside, problems)) is not None:
        annotations, found = read_annotations(source, file=str(beside))
        problems += found
    return VersionFiles(draft.standard, draft.version, {}, annotations)


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
