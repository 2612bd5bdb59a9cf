"""Office files made by hand, whole and hostile, as bytes."""

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_RELATION}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_BOMB = 200 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def zipped(parts: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word_parts(body: str, **parts: str) -> dict[str, bytes | str]:
    """The parts of a Word file with this inner XML of its body; `numbering`, `styles`, `footnotes` … are the inner XML of those parts."""
    related = "".join(
        f'<Relationship Id="rId{name}" Type="{_RELATION}/{name}" Target="{name}.xml"/>' for name in parts if name != "relationships"
    ) + parts.pop("relationships", "")  # fmt: skip
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_PART}.{name}+xml"/>' for name in parts)
    return {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="{_DOCUMENT}"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{related}</Relationships>',
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": f"<w:{name} {NAMESPACES}>{inner}</w:{name}>" for name, inner in parts.items()},
    }  # fmt: skip


def word_file(body: str, **parts: str) -> bytes:
    """A Word file as bytes; see `word_parts`."""
    return zipped(word_parts(body, **parts))


def bomb() -> bytes:
    """200 KB that unpack to 200 MB."""
    return zipped({**word_parts(""), "word/media/a.bin": b"\0" * _BOMB})


def lying_bomb() -> bytes:
    """A part that inflates to far more than its entry says."""
    return bomb().replace(_BOMB.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
