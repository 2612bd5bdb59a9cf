"""What an upload is, by its content, and the copy of it without metadata; hostile files get a verdict."""

import io
import zipfile
import zlib

import docx
import openpyxl
import pikepdf
import pytest
from openpyxl.comments import Comment as Note
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from consult.core.problem import Refused
from consult.exchange.attachments import file_type, stripped, stripped_copy
from tests.support.attached import jpeg_with_place, pdf_with_secrets

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def verdict(data: bytes, name: str = "a.bin") -> str:
    try:
        return file_type(data, name)
    except Refused as refused:
        return refused.problems[0].code


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def unzipped(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(name.encode() + b"\0" + archive.read(name) for name in archive.namelist())


def saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def word_with_secrets() -> bytes:
    document = docx.Document()
    document.core_properties.author = document.core_properties.last_modified_by = "SECRET author"
    document.add_comment(document.add_paragraph("Kept words.").runs[0], text="Kept note.", author="SECRET reviewer", initials="SECRET")
    document.add_picture(io.BytesIO(jpeg_with_place()))
    return saved(document)


def book_with_secrets() -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = "SECRET author"
    book.active["A1"], book.active["A1"].comment = "Kept words.", Note("Kept note.", "SECRET reviewer")
    return saved(book)


def test_content_decides_not_the_name() -> None:
    told = {
        "jpeg": jpeg_with_place(), "pdf": pdf_with_secrets(), "docx": word_with_secrets(), "xlsx": book_with_secrets(), "txt": "é\n".encode(),
        "attachment_type": b"GIF89a\x01\x00", "attachment_damaged": jpeg_with_place()[:300], "attachment_empty": b"",
    }  # fmt: skip
    assert {expected: verdict(data, "report.html") for expected, data in told.items()} == {expected: expected for expected in told}


@pytest.mark.parametrize(
    "text", ["<svg/>", " <!DOCTYPE html>", "<?xml version='1.0'?><a/>", "{\\rtf1}", "%!PS", "a\0b", "a <script>b</script>"]
)
def test_texts_that_a_program_would_run_or_draw_are_none(text: str) -> None:
    assert verdict(text.encode(), "notes.txt") == "attachment_type"


def test_bombs_macros_passwords_and_other_archives_are_refused() -> None:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'
    bomb = zipped({"[Content_Types].xml": types, "word/document.xml": b" " * 30_000_000})
    macros = zipped(
        {"[Content_Types].xml": types.replace("document.main+xml", "document.macroEnabled.main+xml"), "word/document.xml": "<a/>"}
    )
    hidden = zipped({"[Content_Types].xml": types, "word/document.xml": "<a/>", "word/vbaProject.bin": b"x"})
    entities = zipped({"[Content_Types].xml": types, "word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_with_secrets())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert [verdict(each) for each in (bomb, macros, hidden, entities, out.getvalue(), zipped({"a.html": "<a>"}))] == [
        "attachment_bomb", "attachment_macros", "attachment_macros", "attachment_type", "attachment_locked", "attachment_type",
    ]  # fmt: skip


def test_what_hangs_behind_a_picture_is_not_in_its_copy() -> None:
    data = jpeg_with_place(trailing=b"<script>SECRET</script>" + zipped({"a.html": "SECRET"}))
    copy = stripped_copy(data, "jpeg")
    assert copy
    with Image.open(io.BytesIO(copy)) as picture, Image.open(io.BytesIO(data)) as original:
        assert (b"SECRET" in copy, dict(picture.getexif()), picture.tobytes()) == (False, {0x0112: 6}, original.tobytes())


def test_png_and_webp_keep_what_draws_alone() -> None:
    picture, exif, note, out = Image.new("RGBA", (9, 7), (1, 2, 3, 99)), Image.Exif(), PngInfo(), {}
    exif[0x013B] = "SECRET"
    note.add_text("Author", "SECRET")
    for kind, more in (("png", {"pnginfo": note}), ("webp", {"xmp": b"SECRET", "lossless": True})):
        file = io.BytesIO()
        picture.save(file, kind.upper(), exif=exif, **more)
        copy = stripped(file.getvalue(), type=kind)  # type: ignore[arg-type]
        assert copy
        with Image.open(io.BytesIO(copy)) as drawn:
            out[kind] = (b"SECRET" in file.getvalue(), b"SECRET" in copy, drawn.convert("RGBA").tobytes() == picture.tobytes())
    assert out == {"png": (True, False, True), "webp": (True, False, True)}


def test_a_damaged_png_is_refused() -> None:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    assert verdict(out.getvalue().replace(b"IDAT", b"IDAX")) == "attachment_damaged"
    assert zlib.crc32(b"") == 0


def test_a_pdf_keeps_pages_and_notes_and_nothing_of_its_makers() -> None:
    data = pdf_with_secrets()
    copy = stripped(data, type="pdf")
    assert copy == stripped(data, type="pdf")
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(copy or b"")) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
        assert len(pdf.pages) == 1
    assert (data.count(b"SECRET") > 5, b"SECRET" in out.getvalue(), b"kept words" in out.getvalue()) == (True, False, True)


def test_office_files_keep_words_and_notes_and_lose_who_wrote_them() -> None:
    for kind, data in (("docx", word_with_secrets()), ("xlsx", book_with_secrets())):
        copy = stripped(data, type=kind)  # type: ignore[arg-type]
        assert copy
        inside = unzipped(copy)
        assert (b"SECRET" in unzipped(data), b"SECRET" in inside, b"Kept words." in inside, b"Kept note." in inside) == (
            True,
            False,
            True,
            True,
        )
        assert verdict(copy) == kind
    document = docx.Document(io.BytesIO(stripped(word_with_secrets(), type="docx") or b""))
    assert [each.author for each in document.comments] == ["Author"]
    assert openpyxl.load_workbook(io.BytesIO(stripped(book_with_secrets(), type="xlsx") or b"")).active["A1"].comment.author == "Author"


def test_an_open_document_loses_its_properties_and_the_names_in_its_notes() -> None:
    names = 'xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="meta.xml"/></m:manifest>'
    )
    data = zipped({
        "mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": manifest, "meta.xml": "<a>SECRET</a>",
        "settings.xml": "<a>SECRET</a>", "content.xml": f"<o:a {names}><dc:creator>SECRET</dc:creator>Kept words.</o:a>",
    })  # fmt: skip
    copy = stripped(data, type="odt")
    assert copy
    inside = unzipped(copy)
    assert (b"SECRET" in inside, b"meta.xml" in inside, b"Kept words." in inside, verdict(copy)) == (False, False, True, "odt")


def test_what_might_hold_more_than_is_seen_has_no_copy() -> None:
    data = word_with_secrets()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert stripped(zipped(parts | {"word/embeddings/oleObject1.bin": b"\xd0\xcf SECRET"}), type="docx") is None
