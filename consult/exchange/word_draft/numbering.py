"""Automatic numbers as Word shows them, from numbering.xml (ISO/IEC 29500-1, 17.9).

Counters belong to the abstract definition, so that several lists made of one go on counting; a list that overrides the start begins anew
where it is first used.
"""

import re
from dataclasses import dataclass, field

from consult.exchange.word_draft.formats import written
from consult.exchange.word_draft.ooxml import MC, Element, W, number, switch, value, whole
from consult.exchange.word_draft.styles import Styles

LEVELS = 9
_SLOT = re.compile(r"%([1-9])")
_BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list definition. `restart`: None after any higher level, 0 never, n after level n (1-based) or a higher one."""

    start: int = 1
    form: str = "decimal"
    sample: str = ""
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""
    indent: int | None = None
    font: str = ""


@dataclass(slots=True)
class _Definition:
    levels: dict[int, Level]
    style_link: str = ""
    counters: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _List:
    definition: str
    starts: dict[int, int]
    levels: dict[int, Level]


@dataclass(frozen=True, slots=True)
class Number:
    """What Word shows before a paragraph. `shape` is the level's pattern ("%1.%2"), `listed` names the definition, `indent` in twips.

    `outlined`: a deeper level of the same definition shows this one's counter in front of its own, as numbers of clauses do.
    """

    label: str
    level: int
    form: str
    shape: str
    listed: str
    indent: int | None
    outlined: bool
    unknown_form: str = ""


class Numbering:
    """The lists of a file, counting as paragraphs pass in document order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, _Definition] = {}
        self._lists: dict[str, _List] = {}
        self._used: set[tuple[str, int]] = set()
        for each in root.iterfind(W + "abstractNum") if root is not None else ():
            self._definitions[each.get(W + "abstractNumId") or ""] = _Definition(_levels(each), value(each, "numStyleLink") or "")
        for each in root.iterfind(W + "num") if root is not None else ():
            self._lists[each.get(W + "numId") or ""] = _list(each)

    def next(self, properties: Element | None, style: str) -> Number | None:
        """The number of the next paragraph with these properties and style; counts it. None for a paragraph without."""
        listed, level = self._place(properties, style)
        found = self._definition(listed)
        if listed is None or found is None:
            return None
        name, definition = found
        levels = {**definition.levels, **self._lists[listed].levels}
        if level not in levels:
            return None
        self._count(listed, level, definition, levels)
        return self._shown(level, definition, levels, name)

    def _place(self, properties: Element | None, style: str) -> tuple[str | None, int]:
        """List and level: each the paragraph's own, else the nearest style's; a style's level is the one that names the style."""
        own = properties.find(W + "numPr") if properties is not None else None
        listed, level, by_style = value(own, "numId"), number(own, "ilvl"), ""
        for each in self._styles.chain(style):
            of_style = each.paragraph.find(W + "numPr") if each.paragraph is not None else None
            if of_style is None:
                continue
            if listed is None and (listed := value(of_style, "numId")) is not None:
                by_style = each.identifier
            if level is None and listed is not None:
                level = number(of_style, "ilvl")
        if by_style and (found := self._definition(listed)) and number(own, "ilvl") is None:
            named = [at for at, each in found[1].levels.items() if each.style in (style, by_style)]
            exact = [at for at in named if found[1].levels[at].style == style]
            level = (exact or named)[0] if named else level
        return (None if listed in (None, "0") else listed), min(max(level or 0, 0), LEVELS - 1)

    def _definition(self, listed: str | None) -> tuple[str, _Definition] | None:
        """The definition behind a list, over links to a numbering style."""
        for _ in range(LEVELS):
            if listed not in self._lists:
                return None
            name = self._lists[listed].definition
            definition = self._definitions.get(name)
            if definition is None or not definition.style_link:
                return (name, definition) if definition else None
            style = next(self._styles.chain(definition.style_link), None)
            properties = style.paragraph.find(W + "numPr") if style is not None and style.paragraph is not None else None
            listed = value(properties, "numId")
        return None

    def _count(self, listed: str, level: int, definition: _Definition, levels: dict[int, Level]) -> None:
        starts, counters = self._lists[listed].starts, definition.counters
        if level in starts and (listed, level) not in self._used:
            counters[level] = starts[level]
        elif level in counters:
            counters[level] += 1
        else:
            counters[level] = levels[level].start
        self._used.add((listed, level))
        for deeper in [each for each in counters if each > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                del counters[deeper]

    def _shown(self, level: int, definition: _Definition, levels: dict[int, Level], name: str) -> Number:
        here, unknown = levels[level], ""

        def slot(found: re.Match[str]) -> str:
            nonlocal unknown
            at = int(found[1]) - 1
            if at > level or at not in levels:
                return ""
            counter = definition.counters.get(at, levels[at].start)
            form = "decimal" if here.legal and levels[at].form not in ("none", "bullet") else levels[at].form
            text = written(counter, form, levels[at].sample)
            if text is None:
                unknown = form
            return str(counter) if text is None else text

        label = here.text if here.form == "bullet" else _SLOT.sub(slot, here.text)
        if here.form == "bullet":
            label = _BULLET if label.strip() else ""
        own = f"%{level + 1}"
        outlined = any(at > level and own in each.text and f"%{at + 1}" in each.text for at, each in levels.items())
        return Number(label.strip(), level, here.form, here.text, name, here.indent, outlined, unknown)


def _levels(parent: Element) -> dict[int, Level]:
    found = {}
    for each in parent.iterfind(W + "lvl"):
        at = whole(each.get(W + "ilvl"))
        if at is not None and 0 <= at < LEVELS:
            found[at] = _level(each)
    return found


def _level(element: Element) -> Level:
    form = element.find(W + "numFmt")
    if form is None:  # newer formats stand in an alternative
        form = element.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    indents = element.find(f"{W}pPr/{W}ind")
    start = number(element, "start")
    fonts = element.find(f"{W}rPr/{W}rFonts")
    return Level(
        start=0 if start is None else start,
        form=(form.get(W + "val") or "decimal") if form is not None else "decimal",
        sample=(form.get(W + "format") or "") if form is not None else "",
        text=value(element, "lvlText") or "",
        restart=number(element, "lvlRestart"),
        legal=bool(switch(element, "isLgl")),
        style=value(element, "pStyle") or "",
        indent=whole(indents.get(W + "left") or indents.get(W + "start")) if indents is not None else None,
        font=(fonts.get(W + "ascii") or "") if fonts is not None else "",
    )


def _list(element: Element) -> _List:
    starts, levels = {}, {}
    for each in element.iterfind(W + "lvlOverride"):
        at = whole(each.get(W + "ilvl"))
        if at is None or not 0 <= at < LEVELS:
            continue
        if (start := number(each, "startOverride")) is not None:
            starts[at] = start
        if (level := each.find(W + "lvl")) is not None:
            levels[at] = _level(level)
    return _List(value(element, "abstractNumId") or "", starts, levels)
