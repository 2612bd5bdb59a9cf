"""Labels of list items and how deep an item stands: `a)`, `(a)`, `a.`, `1)`, `ii)`, `-`."""

import re
from dataclasses import dataclass, field

DEEPEST = 8
"""Items nested deeper than this are drawn at this depth; no text is lost."""

_LABEL = r"(?:[a-z]|[ivx]{1,5}|\d{1,3})"
_ITEM = re.compile(
    rf"(?P<indent>[ \t]*)(?P<label>\({_LABEL}\)|（{_LABEL}）|{_LABEL}[.)）]|[A-Z]\)|\([A-Z]\)|[-*+•])(?P<gap>[ \t\u00a0\u3000]+|$)"
)
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Marker:
    """The head of an item line: label as printed, its indentation in columns, and where its text begins in the line."""

    label: str
    indent: int
    start: int

    @property
    def is_bullet(self) -> bool:
        return self.label in "-*+•"

    @property
    def word(self) -> str:
        return self.label.strip("().（）")

    @property
    def is_first(self) -> bool:
        return self.is_bullet or self.word in ("a", "A", "1", "i")


def read_marker(line: str) -> Marker | None:
    """The marker a line begins with, or None."""
    found = _ITEM.match(line)
    if not found:
        return None
    return Marker(found["label"], columns(found["indent"]), found.end())


def columns(space: str) -> int:
    """Width of white space at the beginning of a line; a tab counts four."""
    return sum(4 if each == "\t" else 1 for each in space)


@dataclass(slots=True)
class _Level:
    indent: int
    style: str
    value: int


@dataclass(slots=True)
class Nesting:
    """The lists open at a line, outermost first."""

    levels: list[_Level] = field(default_factory=list)

    def enter(self, marker: Marker) -> int:
        """Depth (1 = outermost) of the item with this marker. Deeper indentation nests; so does another style at the same indentation."""
        while self.levels and marker.indent < self.levels[-1].indent - 1:
            self.levels.pop()
        style, value = self._style(marker)
        deeper = not self.levels or marker.indent > self.levels[-1].indent + 1
        if not deeper and self.levels[-1].style != style:
            same = [i for i, level in enumerate(self.levels) if level.style == style and abs(level.indent - marker.indent) <= 1]
            deeper = not same
            if same:
                del self.levels[same[-1] + 1 :]
        if deeper and len(self.levels) < DEEPEST:
            self.levels.append(_Level(marker.indent, style, value))
        else:
            self.levels[-1].style, self.levels[-1].value = style, value
        return len(self.levels)

    def depth_of(self, indent: int) -> int:
        """Depth at which an unlabelled paragraph with this indentation continues an item; 0: it ends the list."""
        if indent < 2:
            return 0
        return sum(level.indent < indent for level in self.levels)

    def clear(self) -> None:
        self.levels.clear()

    def _style(self, marker: Marker) -> tuple[str, int]:
        if marker.is_bullet:
            return "bullet", 0
        word = marker.word
        frame = marker.label.replace(word, "", 1).replace("（", "(").replace("）", ")")
        if word.isdecimal():
            return f"1{frame}", int(word)
        letter, roman = (f"a{frame}", ord(word[0].lower())), (f"i{frame}", _roman(word))
        if word.isupper():
            return f"A{frame}", letter[1]
        if len(word) > 1:
            return roman
        if word not in _ROMAN:
            return letter
        open_levels = {level.style: level.value for level in self.levels}
        if open_levels.get(letter[0]) == letter[1] - 1:
            return letter
        return roman if word == "i" or roman[0] in open_levels else letter


def _roman(word: str) -> int:
    values = [_ROMAN.get(each, 0) for each in word]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
