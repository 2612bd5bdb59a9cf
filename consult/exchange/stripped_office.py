"""An office file without metadata: no properties, no authors of comments and changes, no custom XML, no traces of the machine it was made on.

OOXML (ECMA-376) and OpenDocument 1.3. Words, comments and tracked changes stay; who made them and when does not. A part of a kind that is
not known to be free of metadata makes the whole file one without a copy.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable

from lxml import etree

from consult.core.problem import Problem, Refused
from consult.exchange.office_package import Kind, Package, open_package
from consult.exchange.stripped_pictures import strip_picture

AUTHOR = "Author"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DROPPED = re.compile(
    r"docProps/|customXml/|_xmlsignatures/|word/(?:people|commentsExtensible|commentsIds)\.xml$|word/webSettings|xl/revisions/|xl/printerSettings/"
    r"|xl/persons/|xl/threadedComments/|xl/userNames|ppt/printerSettings/|ppt/revisionInfo|ppt/changesInfos/|ppt/tags/|customUI/|userCustomization/", re.IGNORECASE
)  # fmt: skip
_PICTURES = (".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp")
_PLAIN = (".emf", ".wmf", ".bmp", ".odttf", ".fntdata")
"""Drawings and fonts that have no place for who made them."""
_UNSAFE = re.compile(r"xl/(?:connections\.xml|queryTables/|model/)|word/recipientData", re.IGNORECASE)
"""Ways to databases, with whose name opens them."""
_NAMES = {"author", "initials", "userId", "providerId", "userName", "lastModifiedBy", "refreshedBy", "lastEditedBy"}
_TIMES = {("cm", "dt"), ("pivotCacheDefinition", "refreshedDate")}
_MARKS = re.compile(r"rsid\w*|paraId|textId|durableId")
_ELEMENTS = {"rsids", "docVars", "attachedTemplate", "docId", "absPath", "fileSharing", "mailMerge"}
_PEOPLE = {"cmAuthor", "author"}
_MACROS = re.compile(r"vbaProject|^Basic/|^Scripts/|macros?/|activeX", re.IGNORECASE)
_ODF_KEPT = re.compile(r"mimetype$|content\.xml$|styles\.xml$|Pictures/|META-INF/manifest\.xml$|Fonts/")
_ODF_DROPPED = re.compile(
    r"meta\.xml$|settings\.xml$|Thumbnails/|Configurations2/|manifest\.rdf$|layout-cache$|META-INF/documentsignatures\.xml$"
)
_ODF_WHO = {
    "{http://purl.org/dc/elements/1.1/}creator": AUTHOR,
    "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}creator-initials": "A",
    "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}sender-initials": "A",
}
_ODF_WHEN = {"{http://purl.org/dc/elements/1.1/}date", "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}date-string"}


def refuse_macros(names: Iterable[str]) -> None:
    """Raises Refused `macro_enabled`."""
    if any(_MACROS.search(name) for name in names):
        raise Refused(Problem("macro_enabled"))


def strip_office(data: bytes, type: Kind, nested: bool = False) -> bytes | None:
    """The copy; None where a part might hold what must not be told. Raises Refused as `open_package`."""
    package = open_package(data, type)
    refuse_macros(package.names)
    made = _odf(package) if type in ("odt", "ods") else _ooxml(package, nested)
    return None if made is None else _zipped(made)


def _ooxml(package: Package, nested: bool) -> dict[str, bytes] | None:
    if any(_UNSAFE.match(name) for name in package.names):
        return None
    kept: dict[str, bytes] = {}
    dropped = {name.lower() for name in package.names if _DROPPED.search(name)}
    for name in package.names:
        low = name.lower()
        if low in dropped or name.endswith("/"):
            continue
        if low.endswith(".rels"):
            owner = posixpath.join(posixpath.dirname(posixpath.dirname(low)), posixpath.basename(low).removesuffix(".rels"))
            if owner not in dropped:
                kept[name] = _relations(package.xml(name), posixpath.dirname(owner), dropped)
        elif low == "[content_types].xml":
            kept[name] = _content_types(package.xml(name), dropped)
        elif low.endswith((".xml", ".vml")):
            kept[name] = _cleaned(package.xml(name))
        elif low.endswith(_PICTURES):
            kept[name] = strip_picture(package.read(name))
        elif low.endswith((".xlsx", ".docx", ".pptx")) and not nested:
            within = strip_office(package.read(name), low.rpartition(".")[2], nested=True)  # type: ignore[arg-type]
            if within is None:
                return None
            kept[name] = within
        elif low.endswith(_PLAIN):
            kept[name] = package.read(name)
        else:
            return None
    return kept


def _relations(root: etree._Element, folder: str, dropped: set[str]) -> bytes:
    """Without those to parts that are gone; addresses outside that are no page of the web lead nowhere."""
    for each in list(root):
        target = each.get("Target", "")
        if each.get("TargetMode") == "External":
            link = each.get("Type", "").endswith("/hyperlink") and target.lower().startswith(("http://", "https://", "mailto:"))
            if each.get("Type", "").endswith("/attachedTemplate"):
                root.remove(each)
            elif not link:
                each.set("Target", "about:blank")
        elif posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)).lower() in dropped:
            root.remove(each)
    return _written(root)


def _content_types(root: etree._Element, dropped: set[str]) -> bytes:
    for each in list(root):
        if each.get("PartName", "").lstrip("/").lower() in dropped:
            root.remove(each)
    return _written(root)


def _cleaned(root: etree._Element) -> bytes:
    for each in list(root.iter(etree.Element)):
        tag = etree.QName(each).localname
        parent = each.getparent()
        if tag in _ELEMENTS and parent is not None:
            parent.remove(each)
            continue
        if tag == "author" and each.text:  # of the comments of a spreadsheet
            each.text = AUTHOR
        if tag == "pageSetup":  # pointed at the settings of a printer
            each.attrib.pop(_ID, None)
        for key in list(each.attrib):
            name = etree.QName(key).localname
            if name in _NAMES or (tag in _PEOPLE and name == "name"):
                each.set(key, "A" if name == "initials" else AUTHOR)
            elif _MARKS.fullmatch(name) or (tag, name) in _TIMES or (name == "date" and etree.QName(key).namespace):
                del each.attrib[key]
    return _written(root)


def _odf(package: Package) -> dict[str, bytes] | None:
    kept: dict[str, bytes] = {}
    for name in package.names:
        if name.endswith("/") or _ODF_DROPPED.match(name):
            continue
        if not _ODF_KEPT.match(name):
            return None
        if name == "META-INF/manifest.xml":
            kept[name] = _manifest(package.xml(name))
        elif name.endswith(".xml"):
            kept[name] = _odf_cleaned(package.xml(name))
        elif name.lower().endswith(_PICTURES):
            kept[name] = strip_picture(package.read(name))
        elif name == "mimetype" or name.lower().endswith((*_PLAIN, ".ttf", ".otf")):
            kept[name] = package.read(name)
        else:
            return None
    return kept


def _manifest(root: etree._Element) -> bytes:
    for each in list(root):
        path = next((value for key, value in each.attrib.items() if etree.QName(key).localname == "full-path"), "")
        if _ODF_DROPPED.match(path) or (path.endswith("/") and path != "/"):
            root.remove(each)
    return _written(root)


def _odf_cleaned(root: etree._Element) -> bytes:
    for each in list(root.iter(etree.Element)):
        parent = each.getparent()
        if each.tag in _ODF_WHO:
            each.text = _ODF_WHO[each.tag]
        elif each.tag in _ODF_WHEN:
            each.text = "1980-01-01T00:00:00"
        elif etree.QName(each).localname in ("scripts", "event-listeners") and parent is not None:
            parent.remove(each)
    return _written(root)


def _written(root: etree._Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _zipped(parts: dict[str, bytes]) -> bytes:
    """The same bytes for the same parts: no times, no comments, nothing between."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()
