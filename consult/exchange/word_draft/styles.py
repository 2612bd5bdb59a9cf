"""Styles: what a paragraph or a run inherits, and which styles are headings, titles, captions, tables of contents in any language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from consult.exchange.word_draft.ooxml import Element, W, number, switch, value

_HEADING = re.compile(
    r"(?:heading|titre|标题|標題|überschrift|título|titulo|titolo|kop|rubrik|заголовок|見出し|제목)[ _]?([1-9])", re.IGNORECASE
)
_ROLES = (
    (
        "contents",
        re.compile(r"(?:toc|tm|目录|verzeichnis)[ _]?\d|toc heading|contents heading|table of figures|en-tête de table des matières", re.I),
    ),
    ("title", re.compile(r"(?:sub)?title|(?:sous-)?titre|副?标题", re.I)),
    ("cover", re.compile(r"facts|cover(?: .*)?|author|auteur|date|version", re.I)),
    ("caption", re.compile(r"caption|légende|legende|题注|beschriftung", re.I)),
)
DEEPEST_CHAIN = 20
Property = bool | None


@dataclass(frozen=True, slots=True)
class Style:
    identifier: str
    name: str
    based_on: str | None
    paragraph: Element | None
    run: Element | None


class Styles:
    """The styles of a file by identifier; an empty one where it has none."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        self.defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if root is not None else None
        for each in root.iterfind(W + "style") if root is not None else ():
            identifier = each.get(W + "styleId") or ""
            style = Style(identifier, value(each, "name") or "", value(each, "basedOn"), each.find(W + "pPr"), each.find(W + "rPr"))
            self._styles[identifier] = style
            if each.get(W + "type") == "paragraph" and each.get(W + "default") in ("1", "true", "on"):
                self.default = identifier

    def chain(self, identifier: str | None) -> Iterator[Style]:
        """A style and those it is based on, nearest first; rings end."""
        seen: set[str] = set()
        while identifier in self._styles and identifier not in seen and len(seen) < DEEPEST_CHAIN:
            seen.add(identifier)
            yield self._styles[identifier]
            identifier = self._styles[identifier].based_on

    def outline(self, properties: Element | None, identifier: str) -> int | None:
        """Depth of a heading, 0 the highest; None for text. By outline level, direct or inherited, else by the name of a style."""
        levels = [number(each, "outlineLvl") for each in (properties, *(style.paragraph for style in self.chain(identifier)))]
        found = next((level for level in levels if level is not None), None)
        if found is not None:
            return found if 0 <= found <= 8 else None
        for style in self.chain(identifier):
            if named := _HEADING.fullmatch(style.name.strip()) or (not style.name and _HEADING.fullmatch(style.identifier)):
                return int(named[1]) - 1
        if identifier not in self._styles and (named := _HEADING.fullmatch(identifier)):
            return int(named[1]) - 1
        return None

    def role(self, identifier: str) -> str:
        """contents, title, cover (what stands around a title), caption, or "" for any other style."""
        for style in self.chain(identifier):
            for role, names in _ROLES:
                if names.fullmatch(style.name.strip()):
                    return role
        return ""

    def switched(self, name: str, run: Element | None, paragraph_style: str) -> bool:
        """A run's property that is on or off (b, i, vanish, strike): its own, its style's, its paragraph's, the file's."""
        own = switch(run, name)
        if own is not None:
            return own
        for identifier in (value(run, "rStyle"), paragraph_style):
            for style in self.chain(identifier):
                found = switch(style.run, name)
                if found is not None:
                    return found
        return bool(switch(self.defaults, name))

    def valued(self, name: str, run: Element | None) -> str:
        """A run's property with a value (vertAlign): its own or its style's."""
        own = value(run, name)
        if own is not None:
            return own
        return next((found for style in self.chain(value(run, "rStyle")) if (found := value(style.run, name)) is not None), "")

    def font(self, run: Element | None) -> str:
        fonts = run.find(W + "rFonts") if run is not None else None
        return (fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "") if fonts is not None else ""
