"""Fields: the code is hidden, the result is text; a table of contents is left out, for the headings say the same."""

import re
from dataclasses import dataclass, field

from consult.exchange.word_draft.ooxml import Element, W

_LEFT_OUT = ("TOC", "TOA", "RD", "TC", "XE", "TA", "INDEX")
_WITHOUT_RESULT = ("LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "EQ", "SYMBOL")
"""Word computes and shows these, but a file need not hold what it shows."""
_ADDRESS = re.compile(r'HYPERLINK\s+"([^"]+)"')


@dataclass(slots=True)
class _Open:
    code: str = ""
    in_code: bool = True


@dataclass(slots=True)
class Fields:
    """The fields open at a place in the text, outermost first. `unpaired` are field characters that have no partner: they mean nothing."""

    unpaired: set[Element] = field(default_factory=set)
    stack: list[_Open] = field(default_factory=list)

    def begin(self) -> None:
        self.stack.append(_Open())

    def separate(self) -> None:
        if self.stack:
            self.stack[-1].in_code = False

    def end(self) -> str:
        """The name of a field that shows something the file does not hold; "" for all others."""
        if not self.stack:
            return ""
        ended = self.stack.pop()
        name = field_name(ended.code)
        return name if ended.in_code and name in _WITHOUT_RESULT else ""

    def code(self, text: str) -> None:
        if self.stack and self.stack[-1].in_code:
            self.stack[-1].code += text

    @property
    def shows(self) -> bool:
        """Whether text at this place is seen."""
        return not any(each.in_code for each in self.stack) and not self.in_contents

    @property
    def in_contents(self) -> bool:
        return any(not each.in_code and is_left_out(each.code) for each in self.stack)

    @property
    def address(self) -> str:
        """Of the innermost link outside the file."""
        found = [match[1] for each in self.stack if not each.in_code and (match := _ADDRESS.search(each.code))]
        return found[-1] if found else ""


def field_name(code: str) -> str:
    return code.split(None, 1)[0].upper() if code.split() else ""


def is_left_out(code: str) -> bool:
    return field_name(code) in _LEFT_OUT


def unpaired(root: Element, absent: tuple[str, ...]) -> set[Element]:
    """Field characters without a partner among those that are not inside an element of these names (what tracked changes took away)."""
    begun: list[list[Element]] = []
    alone: set[Element] = set()
    for each in root.iter(W + "fldChar"):
        if any(True for _ in each.iterancestors(*absent)):
            continue
        kind = each.get(W + "fldCharType")
        if kind == "begin":
            begun.append([each])
        elif not begun:
            alone.add(each)
        elif kind == "end":
            begun.pop()
        else:
            begun[-1].append(each)
    return alone.union(*begun) if begun else alone
