"""A PDF without metadata: no properties, no XMP, no embedded files, no scripts or actions, no authors of annotations, no earlier revisions.

Written anew by qpdf: what nothing refers to any more (texts of earlier saves among it) does not come along.
"""

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from consult.core.problem import Problem, Refused
from consult.exchange.stripped_pictures import strip_picture

OBJECTS = 200_000
_EVERYWHERE = ("/Metadata", "/PieceInfo", "/LastModified", "/AA", "/AF", "/Thumb", "/JS", "/Measure", "/PtData")
"""Keys that hold no part of what is drawn: XMP, private data of programs, actions, attached files, geographic data."""
_ROOT = ("/OpenAction", "/Collection", "/Perms", "/Legal", "/SpiderInfo", "/Threads", "/DSS", "/URI", "/Extensions")
_NAMES = ("/EmbeddedFiles", "/JavaScript", "/Renditions", "/URLS", "/IDS", "/AlternatePresentations")
_ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/Projection", "/TrapNet"}
"""Kinds that carry a file or run something."""
_OF_AN_ANNOTATION = ("/T", "/M", "/CreationDate", "/NM", "/Subj", "/RC", "/A", "/PA")
"""Author, times and running numbers of a note; actions come back below where they lead somewhere harmless."""
_HARMLESS = {"/GoTo", "/URI", "/Named"}


def open_pdf(data: bytes) -> Pdf:
    """Raises Refused: `encrypted` (a password is needed), `not_readable`, `too_many_parts`."""
    try:
        pdf = pikepdf.open(io.BytesIO(data))
        if len(pdf.objects) > OBJECTS:
            raise Refused(Problem("too_many_parts", {}, {"count": len(pdf.objects), "most": OBJECTS}))
        if not len(pdf.pages):
            raise Refused(Problem("not_readable"))
    except pikepdf.PasswordError:
        raise Refused(Problem("encrypted")) from None
    except pikepdf.PdfError:
        raise Refused(Problem("not_readable")) from None
    return pdf


def strip_pdf(data: bytes) -> bytes:
    """The copy; raises Refused as `open_pdf`."""
    with open_pdf(data) as pdf:
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        _without(pdf.Root, _ROOT)
        if "/Names" in pdf.Root:
            _without(pdf.Root.Names, _NAMES)
        if "/AcroForm" in pdf.Root:
            _without(pdf.Root.AcroForm, ("/XFA", "/SigFlags"))
        for found in list(pdf.objects):
            _clean(found)
        for page in pdf.pages:
            _annotations(page.obj)
        out = io.BytesIO()
        pdf.remove_unreferenced_resources()
        pdf.save(out, deterministic_id=True, fix_metadata_version=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _clean(found: Any, depth: int = 0) -> None:
    """One object with the dictionaries that lie inside it; what it refers to is an object of its own."""
    if depth > 50:
        raise Refused(Problem("not_readable"))
    if isinstance(found, (Dictionary, Stream)):
        _without(found, _EVERYWHERE)
        if "/A" in found and not _harmless(found["/A"]):
            del found["/A"]
        if found.get("/FT") == Name.Sig and "/V" in found:  # who signed, when and where
            del found["/V"]
        if isinstance(found, Stream):
            _picture(found)
        for value in dict(found.stream_dict if isinstance(found, Stream) else found).values():
            _inside(value, depth)
    elif isinstance(found, Array):
        for value in list(found):
            _inside(value, depth)


def _inside(value: Any, depth: int) -> None:
    if isinstance(value, (Dictionary, Array)) and not value.is_indirect:
        _clean(value, depth + 1)


def _annotations(page: Dictionary) -> None:
    notes = page.get("/Annots")
    if not isinstance(notes, Array):
        return
    kept = [each for each in list(notes) if isinstance(each, Dictionary) and str(each.get("/Subtype")) not in _ANNOTATIONS]
    for each in kept:
        action = each.get("/A")
        field = str(each.get("/Subtype")) == "/Widget"  # its /T is the name of a field of the form, not a person
        _without(each, tuple(key for key in _OF_AN_ANNOTATION if not (field and key == "/T")))
        if action is not None and _harmless(action):
            each["/A"] = action
    page["/Annots"] = Array(kept)


def _harmless(action: Any) -> bool:
    """Leads within the file or to a page of the web; does nothing, and nothing after it."""
    if not isinstance(action, Dictionary) or str(action.get("/S")) not in _HARMLESS or "/Next" in action:
        return False
    return str(action.get("/S")) != "/URI" or str(action.get("/URI", "")).lower().startswith(("http://", "https://", "mailto:"))


def _picture(found: Stream) -> None:
    """A photograph inside keeps its own Exif data unless it is taken out."""
    filters = found.get("/Filter")
    name = filters[0] if isinstance(filters, Array) and len(filters) == 1 else filters
    if name == Name.DCTDecode:
        found.write(strip_picture(found.read_raw_bytes()), filter=Name.DCTDecode)


def _without(found: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in found:
            del found[key]
