"""Hostile, broken and foreign files are told apart before anything is parsed: in time, in little memory, with a remedy."""

import io
import time
import zipfile

import pytest

from consult.core.problem import Problem, Refused
from consult.exchange.limited import run_limited
from consult.exchange.office_package import FILE_BYTES, INFLATED_BYTES, MEMBERS, open_package, parse_xml
from consult.wording.problems import problem_sentence
from tests.support.office_files import OLE, bomb, lying_bomb, word_file, word_parts, zipped

OPEN = "tests.support.limited_work:opened"
DOCTYPE = '<!DOCTYPE w [<!ENTITY a "{}">]>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
GOOD = word_parts("<w:p/>")
MACRO = str(GOOD["[Content_Types].xml"]).replace(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
)
SHEET = str(GOOD["[Content_Types].xml"]).replace("wordprocessingml.document.main", "spreadsheetml.sheet.main")


def verdict(data: bytes, kind: str = "docx") -> Problem | None:
    """As the child gives it: what the whole machine sees is a problem, within ten seconds."""
    begun = time.monotonic()
    try:
        run_limited(OPEN, data, options={"kind": kind})
    except Refused as refused:
        assert time.monotonic() - begun < 10
        (problem,) = refused.problems
        return problem
    return None


def test_a_whole_file_is_opened_and_its_parts_read() -> None:
    assert verdict(word_file("<w:p/>")) is None
    package = open_package(word_file("<w:p/>"), "docx")
    assert "word/document.xml" in package
    assert "WORD/Document.xml" in package
    assert package.xml("word/document.xml").tag.endswith("}document")


@pytest.mark.parametrize(
    ("data", "code", "params"),
    [
        (b"", "file_empty", {}),
        (b"%PDF-1.7 ...", "wrong_type", {"found": "PDF", "expected": "DOCX"}),
        (b"{\\rtf1 x}", "wrong_type", {"found": "RTF", "expected": "DOCX"}),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", "wrong_type", {"found": "HTML", "expected": "DOCX"}),
        (b"5.1 The Entity shall", "not_readable", {"expected": "DOCX"}),
        (OLE + "WordDocument".encode("utf-16-le"), "wrong_type", {"found": "DOC", "expected": "DOCX"}),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", {}),
        (word_file("<w:p/>")[:-200], "truncated", {"expected": "DOCX"}),
        (word_file("<w:p/>")[:300], "truncated", {"expected": "DOCX"}),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "wrong_type", {"found": "ODT", "expected": "DOCX"}),
        (zipped({**GOOD, "[Content_Types].xml": SHEET}), "wrong_type", {"found": "XLSX", "expected": "DOCX"}),
        (zipped({"a.txt": "x"}), "wrong_type", {"found": "ZIP", "expected": "DOCX"}),
        (zipped({**GOOD, "[Content_Types].xml": MACRO}), "macro_enabled", {"expected": "DOCX"}),
        (zipped({f"word/{n}.bin": "" for n in range(MEMBERS + 1)}), "too_many_parts", {"count": MEMBERS + 1, "most": MEMBERS}),
        (zipped({**GOOD, "word/styles.xml": DOCTYPE.format("x") + "<w/>"}), "entities_refused", {}),
        (zipped({**GOOD, "word/a.xml": (DOCTYPE.format("x") + "<w/>").encode("utf-16")}), "entities_refused", {}),
        (zipped({**GOOD, "word/a.xml": f'<!DOCTYPE l [<!ENTITY l0 "ha">{LAUGHS}]><l>&l9;</l>'}), "entities_refused", {}),
        (zipped({**GOOD, "word/a.xml": '<!DOCTYPE l SYSTEM "file:///etc/passwd"><l/>'}), "entities_refused", {}),
        (zipped({**GOOD, "word/a.xml": b'<?xml version="1.0" encoding="utf-7"?><l/>'}), "entities_refused", {}),
        (zipped({**GOOD, "word/a.xml": "<a/>" * 1_500_000}), "too_much_inside", {"limit": 24 * 1024 * 1024}),
        (b"PK\x03\x04" + b"\0" * FILE_BYTES, "too_large", {"size": FILE_BYTES + 4, "limit": FILE_BYTES}),
    ],
)  # fmt: skip
def test_each_file_that_is_none_has_its_verdict(data: bytes, code: str, params: dict[str, object]) -> None:
    assert verdict(data) == Problem(code, {}, params)  # type: ignore[arg-type]


def test_bombs_are_refused_by_what_they_say_and_by_what_comes_out() -> None:
    assert len(bomb()) < 300_000
    assert verdict(bomb()) == Problem("too_much_inside", {}, {"limit": INFLATED_BYTES})
    assert verdict(lying_bomb()) == Problem("truncated", {}, {"expected": "DOCX"})
    many = zipped({**GOOD, **{f"word/media/{n}.bin": b"\0" * (20 * 1024 * 1024) for n in range(9)}})
    assert verdict(many) == Problem("too_much_inside", {}, {"limit": INFLATED_BYTES})


def test_two_parts_of_one_name_are_not_read() -> None:
    out = io.BytesIO(word_file("<w:p/>"))
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", "<other/>")
    assert verdict(out.getvalue()) == Problem("truncated", {}, {"expected": "DOCX"})


def test_xml_nested_too_deep_and_broken_xml_are_not_read() -> None:
    for source in (b"<a>" * 210 + b"</a>" * 210, b"<a>" * 100_000, b"<a><b></a>", b""):
        with pytest.raises(Refused) as caught:
            parse_xml(source)
        assert [problem.code for problem in caught.value.problems] == ["not_readable"]


def test_the_verdict_names_what_to_do() -> None:
    problem = verdict(OLE + "WordDocument".encode("utf-16-le"))
    assert problem
    assert problem_sentence(problem, str) == "This is a DOC file. Open it in Word or LibreOffice, save it as DOCX and try again."
