"""Files for attaching that hold what must not be published; each holds the word SECRET where its format keeps such things."""

import io
import zipfile

import pikepdf
from PIL import Image


def jpeg_with_place(trailing: bytes = b"") -> bytes:
    """A photograph that says where it was taken, by whom and which way up."""
    picture = Image.new("RGB", (32, 24), (180, 90, 40))
    exif = picture.getexif()
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (46.0, 12.0, 3.0), "SECRET"
    exif[0x0112], exif[0x013B] = 6, "SECRET photographer"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"SECRET comment")
    return out.getvalue() + trailing


def pdf_with_secrets() -> bytes:
    """Properties, XMP, an embedded file, a script on opening, the author of a note, and a photograph with its place."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    with pdf.open_metadata() as xmp:
        xmp["dc:creator"] = ["SECRET xmp"]
    pdf.docinfo["/Author"] = "SECRET author"
    pdf.attachments["SECRET.txt"] = b"SECRET embedded"
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="SECRET script")
    picture = pikepdf.Stream(pdf, b"")
    picture.write(jpeg_with_place(), filter=pikepdf.Name.DCTDecode)
    for key, value in {"/Type": "/XObject", "/Subtype": "/Image", "/ColorSpace": "/DeviceRGB"}.items():
        picture[key] = pikepdf.Name(value)
    picture.Width, picture.Height, picture.BitsPerComponent = 32, 24, 8
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
    page.Contents = pdf.make_stream(b"q 90 0 0 90 0 0 cm /Im Do Q")
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, T="SECRET reviewer", Contents="kept words")
    note.Rect = pikepdf.Array([0, 0, 9, 9])
    note.A = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="SECRET program")
    page.obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return out.getvalue()


def zipped(**parts: str) -> bytes:
    """A ZIP of texts; `__` in a name stands for a slash, and `_x_` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_x_", "."), text)
    return out.getvalue()
