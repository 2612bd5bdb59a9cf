"""One draft file on disk, whichever kind it is: Markdown with its front matter, or Word with what is known of it from elsewhere."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from consult.core.clause import Draft
from consult.core.draft import LIMIT_BYTES, read_draft
from consult.core.draft.front import plain
from consult.core.draft.strict_yaml import read_mapping
from consult.core.problem import Problem
from consult.exchange.office_package import FILE_BYTES
from consult.exchange.word_draft import Tracked, WordDraft, read_word_draft

OFFICE = (".docx", ".docm", ".dotx", ".doc", ".odt", ".rtf", ".pdf")
"""Endings that are never Markdown; only the first can be read, the others are told how to become it."""
FOR_ALL = "version.yaml"
_BY_NAME = re.compile(
    r"(?P<standard>[a-z0-9][a-z0-9.\-]*)_(?P<version>[a-z0-9][a-z0-9.\-]*)(?:_[a-z0-9.\-]+)*?(?:_(?P<language>[a-z]{2}))?"
)
_LANGUAGE = re.compile(r"(?:.*[._\-])?(?P<language>ar|de|en|es|fr|hi|id|it|ja|ko|nl|pl|pt|ru|tr|vi|zh)")


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody says of a Word file when calling: front matter that wins over all else, and how to take tracked changes.

    `guessing`: standard and version may be made of the file's name, for a comparison needs some and nobody reads them again.
    """

    standard: str = ""
    version: str = ""
    language: str = ""
    tracked: Tracked = "accepted"
    guessing: bool = False


NOTHING = Known()


def is_office(path: Path) -> bool:
    return path.suffix.lower() in OFFICE


def beside(path: Path) -> Path:
    """Where the front matter of a Word file stands: the same name ending in .yaml."""
    return path.with_suffix(".yaml")


def read_source(path: Path) -> bytes | Problem:
    """The bytes of a file, or `file_unreadable` or `too_large`: no more is read than a draft may have."""
    limit = FILE_BYTES if is_office(path) else LIMIT_BYTES
    try:
        with path.open("rb") as file:
            source = file.read(limit + 1)
            size = max(len(source), os.fstat(file.fileno()).st_size)
    except OSError as error:
        return Problem("file_unreadable", {"file": str(path)}, {"why": error.strerror or type(error).__name__})
    if size > limit:
        return Problem("too_large", {"file": str(path)}, {"limit": limit, "size": size})
    return source


def read_draft_file(path: Path, known: Known = NOTHING) -> tuple[Draft | None, tuple[Problem, ...]]:
    """The draft in a file and everything wrong in it; None only where it cannot be read at all."""
    if is_office(path):
        found = read_word_file(path, known)
        return found.draft, found.problems
    source = read_source(path)
    return (None, (source,)) if isinstance(source, Problem) else read_draft(source, file=str(path))


def read_word_file(path: Path, known: Known = NOTHING) -> WordDraft:
    """A Word draft with the front matter that is said of it: by the caller, in `<name>.yaml` beside it, in its folder's `version.yaml`, or
    by its name (`<standard>_<version>_<language>.docx`, `fr.docx`). `decisions:` there say how passages are read.
    """
    source = read_source(path)
    if isinstance(source, Problem):
        return WordDraft(None, problems=(source,))
    meta, problems = _beside(path)
    decisions = meta.pop("decisions", None)
    given = {"standard": known.standard, "version": known.version, "language": known.language}
    meta = {**_by_name(path, guessing=known.guessing), **meta, **{key: value for key, value in given.items() if value}}
    found = read_word_draft(
        source, meta=meta, tracked=known.tracked, decisions=decisions if isinstance(decisions, dict) else None, file=str(path)
    )
    return replace(
        found, problems=(*problems, *(_named(each, path) for each in found.problems if not (known.guessing and each.code == "key_missing")))
    )


def _beside(path: Path) -> tuple[dict[str, Any], list[Problem]]:
    meta: dict[str, Any] = {}
    problems: list[Problem] = []
    for file in (path.parent / FOR_ALL, beside(path)):
        if not file.is_file():
            continue
        source = read_source(file)
        text = source.decode("utf-8-sig", "replace") if isinstance(source, bytes) else ""
        read, found = read_mapping(text.replace("\r\n", "\n"), {"file": str(file)})
        problems += [source] if isinstance(source, Problem) else found
        meta |= plain(read) if read else {}
    return meta, problems


def _by_name(path: Path, *, guessing: bool) -> Mapping[str, str]:
    stem = path.stem.lower()
    named = _BY_NAME.fullmatch(stem)
    found = {key: value for key, value in named.groupdict().items() if value} if named else {}
    if "language" not in found and (language := _LANGUAGE.fullmatch(stem)):
        found["language"] = language["language"]
    if guessing:
        slug = re.sub(r"[^a-z0-9.]+", "-", stem).strip("-.")[:80] or "draft"
        found = {"standard": "draft", "version": slug, **found}
    return found


def _named(problem: Problem, path: Path) -> Problem:
    """A Word file has no front matter in which a key could be missing."""
    if problem.code != "key_missing":
        return problem
    return Problem("word_key_missing", problem.where, {**problem.params, "beside": beside(path).name}, problem.grade)
