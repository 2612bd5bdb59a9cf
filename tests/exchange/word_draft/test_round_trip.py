"""Our own files read back to the same clauses: clean and tracked, straight and through LibreOffice, in three languages."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consult.core.clause import Draft
from consult.core.compare import compare
from consult.core.draft import read_draft
from consult.core.render import plain_text
from consult.exchange.redline_docx import redline_docx
from consult.exchange.version_docx import version_docx
from consult.exchange.word_draft import read_word_draft
from consult.resources import resource
from consult.wording.problems import problem_sentence
from tests.editions import LANGUAGES, edition_of, words
from tests.support.languages import crossed
from tests.support.office import converted

VERSIONS = [(each.parent.name, each.name) for each in sorted(resource("content").glob("*/*")) if (each / "clauses.yaml").is_file()]


def draft_of(standard: str, version: str, language: str) -> Draft:
    draft, _ = read_draft((resource("content") / standard / version / f"{language}.md").read_bytes())
    assert draft
    return draft


def told(draft: Draft | None) -> Iterator[tuple[str, str, str, int]]:
    """Label, title, words and depth of every clause and group."""
    for clause in draft.clauses if draft else ():
        yield clause.label, clause.title, " ".join(plain_text(clause.text).split()), clause.level


@pytest.mark.parametrize(("standard", "version", "language"), crossed(VERSIONS))
def test_our_clean_word_file_reads_back_to_the_same_clauses(standard: str, version: str, language: str) -> None:
    draft = draft_of(standard, version, language)
    found = read_word_draft(version_docx(edition_of(draft), words(language)), meta={"standard": standard, "version": version})
    assert found.draft is not None
    assert list(told(found.draft)) == list(told(draft))
    assert (found.draft.title, found.draft.language) == (draft.title, language)
    assert {problem.code for problem in found.problems} <= {"word_title", "number_gap", "clause_empty"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_redline_reads_as_new_when_accepted_and_as_old_when_rejected(language: str) -> None:
    old, new = (draft_of("performance-standard", version, language) for version in ("v2", "v3-draft-2"))
    redline = redline_docx(old, new, compare(old, new), at=datetime(2026, 1, 5, tzinfo=UTC))
    for tracked, wanted in (("rejected", old), ("accepted", new)):
        found = read_word_draft(redline, meta={"standard": "s", "version": "v", "language": language}, tracked=tracked)  # type: ignore[arg-type]
        assert [each[:3] for each in told(found.draft)] == [each[:3] for each in told(wanted)]


def test_through_libreoffice_they_are_the_same(tmp_path: Path) -> None:
    files, wanted = [], []
    for language in LANGUAGES:
        wanted.append(draft_of("performance-standard", "v3-draft-2", language))
        files.append(tmp_path / f"{language}.docx")
        files[-1].write_bytes(version_docx(edition_of(wanted[-1]), words(language)))
    for draft, file in zip(wanted, converted("docx", *files), strict=True):
        found = read_word_draft(file.read_bytes(), meta={"standard": "s", "version": "v", "language": draft.language})
        assert list(told(found.draft)) == list(told(draft))


@pytest.mark.parametrize("ending", ["odt", *(pytest.param(each, marks=pytest.mark.long) for each in ("doc", "rtf"))])
def test_other_formats_say_what_to_do(tmp_path: Path, ending: str) -> None:
    file = tmp_path / "en.docx"
    file.write_bytes(version_docx(edition_of(draft_of("performance-standard", "v3-draft-2", "en")), words("en")))
    (other,) = converted(ending, file)
    found = read_word_draft(other.read_bytes(), file=other.name)
    assert found.draft is None
    assert [problem_sentence(problem, str) for problem in found.problems] == [
        f"{other.name}: This is a {ending.upper()} file. Open it in Word or LibreOffice, save it as DOCX and try again."
    ]
