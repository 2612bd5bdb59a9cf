"""How deep an item stands: by its indentation and its list, not by its mark."""

from dataclasses import dataclass, field

SLACK = 60
"""Twips (1/1440 inch) within which two indentations are one."""


@dataclass(slots=True)
class _Item:
    indent: int
    listed: str
    level: int


@dataclass(slots=True)
class Items:
    """The items open at a place, outermost first."""

    open: list[_Item] = field(default_factory=list)

    def clear(self) -> None:
        self.open.clear()

    def depth(self, label: str, indent: int, listed: str, level: int) -> int:
        """Depth of the next line (1 the outermost): an item with a label, else a paragraph, which goes on in an item where it is indented
        like it (0: it ends the list).
        """
        if not label:
            if not self.open or indent <= 0 or indent < self.open[0].indent - SLACK:
                self.clear()
                return 0
            while len(self.open) > 1 and indent < self.open[-1].indent - SLACK:
                self.open.pop()
            return len(self.open)
        here = _Item(indent, listed, level)
        while self.open and self._beside_or_above(self.open[-1], here):
            self.open.pop()
        self.open.append(here)
        return len(self.open)

    @staticmethod
    def _beside_or_above(last: _Item, here: _Item) -> bool:
        """Whether the last item open is not the parent of this one."""
        if here.listed and here.listed == last.listed:
            return here.level <= last.level
        return here.indent <= last.indent + SLACK
