"""What stands in one paragraph: text in its forms, breaks, symbols, fields, links, notes, equations; what is hidden or struck is told."""

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

from consult.exchange.word_draft.equations import equation_text
from consult.exchange.word_draft.fields import Fields, is_left_out
from consult.exchange.word_draft.ooxml import MC, Element, M, R, V, W, local, value
from consult.exchange.word_draft.passage import BREAK, TAB, NoteKind, Piece
from consult.exchange.word_draft.pictures import Pictures
from consult.exchange.word_draft.source import Source
from consult.exchange.word_draft.symbols import ORDINALS, lowered, raised, symbol

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"), None)
_SPACES = {**dict.fromkeys(map(ord, "\t\r\n\x0b\x0c\u2028\u2029"), " "), **_INVISIBLE}
_SHOWN = ("http://", "https://", "mailto:")
_TRACKED = {W + "ins": "insertions", W + "moveTo": "insertions", W + "del": "deletions", W + "moveFrom": "deletions"}
_WRAPPERS = ("smartTag", "customXml", "dir", "bdo", "sdtContent", "rubyBase", "ins", "del", "moveTo", "moveFrom")


class Runs:
    """Reads the content of paragraphs, one after the other; fields may stay open between them."""

    def __init__(self, source: Source, fields: Fields) -> None:
        self.source = source
        self.fields = fields
        self.pictures = Pictures(source)
        self._begin(0, "")

    def read(self, paragraph: Element, place: int, style: str) -> list[Piece]:
        """The visible pieces. After it `boxes` are the text boxes anchored here, `hidden` says whether hidden text was passed over,
        `in_contents` whether text of a table of contents was.
        """
        self._begin(place, style)
        self._walk(paragraph)
        tell = self.source.findings.tell
        if struck := "".join(self.struck).strip():
            tell("word_struck", place, struck)
        if hidden := "".join(self.hidden_words).strip():
            tell("word_hidden", place, hidden)
        return _joined(self.pieces)

    def _begin(self, place: int, style: str) -> None:
        self.place, self.style = place, style
        self.pieces: list[Piece] = []
        self.boxes: list[Element] = []
        self.struck: list[str] = []
        self.hidden_words: list[str] = []
        self.in_contents = False
        self.link = ""

    @property
    def hidden(self) -> bool:
        return bool(self.hidden_words)

    def _walk(self, parent: Element) -> None:
        for each in parent:
            tag = str(each.tag)
            if tag in _TRACKED:
                self.source.findings.counts[_TRACKED[tag]] += 1
            if tag in self.source.absent:
                continue
            name = local(each)
            if tag == W + "r":
                self._run(each)
            elif tag.startswith(M) and name in ("oMath", "oMathPara"):
                self._equation(each)
            elif tag == MC + "AlternateContent":
                self._walk(_chosen(each))
            elif name in _WRAPPERS:
                self._walk(each)
            elif name in _INSIDE:
                _INSIDE[name](self, each)

    def _hyperlink(self, element: Element) -> None:
        relation = self.source.relations.get(element.get(R + "id") or "")
        before, self.link = self.link, relation.target if relation and relation.is_external else self.link
        self._walk(element)
        self.link = before

    def _simple_field(self, element: Element) -> None:
        if is_left_out(element.get(W + "instr") or ""):
            self.in_contents = True
        else:
            self._walk(element)

    def _content_control(self, element: Element) -> None:
        if element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            words = "".join(each.text or "" for each in element.iter(W + "t"))
            if words.strip():
                self.source.findings.tell("word_placeholder", self.place, words)
            return
        self._walk(element)

    def _ruby(self, element: Element) -> None:
        self._walk(element)
        words = "".join(each.text or "" for each in element.iterfind(f"{W}rt//{W}t"))
        if words.strip():
            self._add(f"({words})", None)

    def _embedded(self, _element: Element) -> None:
        self.source.findings.tell("word_embedded", self.place)

    def _equation(self, element: Element) -> None:
        text, plain = equation_text(element)
        self._add(text, None)
        if not plain:
            self.source.findings.tell("word_equation", self.place, text)

    def _run(self, run: Element) -> None:
        properties = run.find(W + "rPr")
        if self.source.rejects and properties is not None and (change := properties.find(f"{W}rPrChange/{W}rPr")) is not None:
            properties = change
        for each in run:
            tag, name = str(each.tag), local(each)
            if tag == MC + "AlternateContent":
                for inner in _chosen(each):
                    self._drawn(inner)
            elif name in ("drawing", "pict", "object"):
                self._drawn(each)
            elif name in _IN_RUN:
                _IN_RUN[name](self, each, properties)

    def _text(self, element: Element, properties: Element | None) -> None:
        self._add(element.text or "", properties)

    def _symbol(self, element: Element, properties: Element | None) -> None:
        try:
            code = int(element.get(W + "char") or "", 16)
        except ValueError:
            return
        found = symbol(code, element.get(W + "font") or "")
        if found is None:
            self.source.findings.tell("word_symbol", self.place, font=element.get(W + "font") or "?", character=f"{code:04X}")
        self._add("\ufffd" if found is None else found, properties)

    def _field(self, element: Element, _properties: Element | None) -> None:
        if element in self.fields.unpaired:
            return
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self.fields.begin()
            box = element.find(f"{W}ffData/{W}checkBox")
            if box is not None and self.fields.stack[:-1] == []:
                ticked = value(box, "checked") or value(box, "default") or "0"
                self.pieces.append(Piece("☐" if ticked in ("0", "false") else "☒"))
        elif kind == "separate":
            self.fields.separate()
        elif kind == "end" and (name := self.fields.end()):
            self.source.findings.tell("word_field", self.place, name=name)

    def _note(self, element: Element, _properties: Element | None) -> None:
        kind: NoteKind = "footnote" if local(element) == "footnoteReference" else "endnote"
        if self.fields.shows:
            self.pieces.append(Piece("", note=(kind, element.get(W + "id") or "")))

    def _break(self, element: Element, properties: Element | None) -> None:
        self._add(" " if element.get(W + "type") in ("page", "column") else BREAK, properties, clean=False)

    def _drawn(self, element: Element) -> None:
        if not self.fields.shows:
            return
        self.pieces += self.pictures.read(element, self.place)
        self.boxes += [each for each in element.iter(W + "txbxContent") if not _inside_box(each, element)]
        for art in element.iter(V + "textpath"):
            self._add(art.get("string") or "", None)

    def _add(self, text: str, properties: Element | None, *, clean: bool = True) -> None:
        if not self.fields.shows:
            self.in_contents = self.in_contents or (self.fields.in_contents and bool(text.strip()))
            return
        styles = self.source.styles
        text = self._cleaned(text, styles.font(properties)) if clean else text
        if not text:
            return
        if styles.switched("vanish", properties, self.style):
            self.hidden_words.append(text)
            return
        if properties is not None and any(styles.switched(name, properties, self.style) for name in ("strike", "dstrike")):
            self.struck.append(text)
        position = styles.valued("vertAlign", properties) if properties is not None else ""
        if position in ("superscript", "subscript"):
            text = self._shifted(text, position)
        address = self.link or self.fields.address
        link = address if address.lower().startswith(_SHOWN) else ""
        bold, italic = (styles.switched(name, properties, self.style) for name in ("b", "i"))
        self.pieces.append(Piece(text, bold, italic, link))

    def _cleaned(self, text: str, font: str) -> str:
        text = text.translate(_SPACES)
        if text.isascii() or not any(0x80 <= ord(char) <= 0x9F or 0xE000 <= ord(char) <= 0xF8FF or ord(char) > 0xFFFD for char in text):
            return text
        return "".join(self._character(char, font) for char in text)

    def _character(self, char: str, font: str) -> str:
        """Characters of private meaning become those their font shows; codes of old code pages what they stood for."""
        code = ord(char)
        if 0x80 <= code <= 0x9F:
            return bytes((code,)).decode("cp1252", "replace")
        if not 0xE000 <= code <= 0xF8FF and code & 0xFFFE != 0xFFFE:
            return char
        found = symbol(code, font)
        if found is None:
            self.source.findings.tell("word_symbol", self.place, font=font or "?", character=f"{code:04X}")
        return found or "\ufffd"

    def _shifted(self, text: str, position: str) -> str:
        """Raised and lowered characters where Unicode has them (CO₂, m³); ordinals stay on the line; the rest is told."""
        small = (raised if position == "superscript" else lowered)(text)
        if small is None and text.strip().lower() not in ORDINALS and not text.isspace():
            self.source.findings.tell("word_raised", self.place, text)
        if small is None or text.strip().lower() in ORDINALS:
            return text
        return small


_IN_RUN: dict[str, Callable[[Runs, Element, Element | None], None]] = {
    "t": Runs._text,
    "delText": Runs._text,
    "tab": lambda runs, _, properties: runs._add(TAB, properties, clean=False),
    "ptab": lambda runs, _, properties: runs._add(TAB, properties, clean=False),
    "br": Runs._break,
    "cr": Runs._break,
    "noBreakHyphen": lambda runs, _, properties: runs._add("\u2011", properties),
    "sym": Runs._symbol,
    "fldChar": Runs._field,
    "instrText": lambda runs, element, _: runs.fields.code(element.text or ""),
    "footnoteReference": Runs._note,
    "endnoteReference": Runs._note,
    "ruby": lambda runs, element, _: runs._ruby(element),
}
_INSIDE: dict[str, Callable[[Runs, Element], None]] = {
    "hyperlink": Runs._hyperlink,
    "fldSimple": Runs._simple_field,
    "sdt": Runs._content_control,
    "subDoc": Runs._embedded,
}


def _chosen(alternatives: Element) -> Element:
    """The newer form of a drawing, the older one where there is none: never both."""
    choice = alternatives.find(MC + "Choice")
    fallback = alternatives.find(MC + "Fallback")
    return choice if choice is not None and len(choice) else fallback if fallback is not None else alternatives


def _inside_box(element: Element, root: Element) -> bool:
    """Whether it stands inside a text box below this root, or in the older form of what the newer one says."""
    for each in element.iterancestors():
        if each is root:
            return False
        if each.tag in (W + "txbxContent", MC + "Fallback"):
            return True
    return False


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Runs of one form as one piece: Word cuts sentences at every edit."""
    found = []
    for (bold, italic, link, picture, note), run in groupby(pieces, key=lambda p: (p.bold, p.italic, p.link, p.picture, p.note)):
        listed = list(run)
        if picture or note:
            found += listed
        else:
            found.append(replace(listed[0], text="".join(piece.text for piece in listed), bold=bold, italic=italic, link=link))
    return found
