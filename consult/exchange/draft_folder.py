"""Draft files on disk -> the versions they make up: languages of one version together, `clauses.yaml` beside them, versions after their
baselines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from consult.core.clause import Draft
from consult.core.draft import read_annotations
from consult.core.figure import LARGEST, figures, picture_type
from consult.core.problem import Problem
from consult.core.version_files import VersionFiles
from consult.exchange.draft_file import FOR_ALL, NOTHING, Known, beside, is_office, read_draft_file, read_word_file
from consult.exchange.draft_file import read_source as read_source

ANNOTATIONS = "clauses.yaml"


def draft_files(path: Path) -> tuple[Path, ...]:
    """The drafts meant by a path: the file itself; every Markdown file of a folder; below it those beside a clauses.yaml and those that say
    which standard they are of. Word files where something beside them says of what they are, or where a folder has nothing else. Hidden ones
    are left out.
    """
    if not path.is_dir():
        return (path,)
    files = sorted(each for ending in ("md", "docx") for each in path.rglob(f"*.{ending}") if _is_open(each, path))
    return tuple(
        each
        for each in files
        if (each.suffix == ".docx" and _is_word_draft(each, path))
        or (each.suffix == ".md" and (each.parent == path or (each.parent / ANNOTATIONS).is_file() or _names_standard(each)))
    )


def _is_open(file: Path, path: Path) -> bool:
    """Neither hidden nor the lock that Word puts beside an open file."""
    return file.is_file() and not any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)


def _is_word_draft(file: Path, path: Path) -> bool:
    if beside(file).is_file() or (file.parent / FOR_ALL).is_file() or len(file.stem) == len("en"):
        return True
    return file.parent == path and not any(each.suffix == ".md" for each in path.iterdir())


def _names_standard(path: Path) -> bool:
    source = read_source(path)
    head = b"" if isinstance(source, Problem) else source[:4096].removeprefix(b"\xef\xbb\xbf")
    return head.startswith(b"---") and b"\nstandard:" in head


def read_versions(paths: Iterable[Path], known: Known = NOTHING) -> tuple[tuple[VersionFiles, ...], tuple[Problem, ...]]:
    """Versions in an order in which each comes after its baselines, and every problem of reading. `known` is said of every Word file.

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
        draft, found, assets = _read(path, known)
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
        groups[key] = replace(group, drafts=drafts, files=named, assets={**assets, **group.assets})
    return in_order(tuple(groups.values())), tuple(problems)


def _read(path: Path, known: Known) -> tuple[Draft | None, tuple[Problem, ...], dict[str, bytes]]:
    """A draft with the figures its text names: those beside it, or inside a Word file. A figure that is not there is a warning."""
    if is_office(path):
        word = read_word_file(path, known)
        return word.draft, word.problems, dict(word.assets or {})
    draft, problems = read_draft_file(path, known)
    assets: dict[str, bytes] = {}
    missing: list[Problem] = []
    for clause in draft.clauses if draft else ():
        for figure in figures(clause.text):
            source = read_figure(path.parent / figure.path)
            if isinstance(source, bytes):
                assets[figure.path] = source
            else:
                missing.append(
                    Problem(
                        "figure_missing", {"file": str(path), "line": clause.line, "number": clause.label}, {"path": figure.path}, "warning"
                    )
                )
    return draft, (*problems, *missing), assets


def read_figure(path: Path) -> bytes | None:
    """The bytes of a picture that browsers draw; None where there is none, or it is too large."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError:
        return None
    return content if len(content) <= LARGEST and picture_type(content) else None


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
