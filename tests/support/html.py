"""A strict reader of our own pages: a small tree, and every fault of its making that a lenient parser would forgive."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
UNSAID = frozenset(("script", "style", "template"))


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        ahead = [self]
        while ahead:
            yield (here := ahead.pop())
            ahead.extend(child for child in reversed(here.children) if not isinstance(child, str))

    def find(self, *tags: str) -> list["Element"]:
        return [each for each in self.walk() if each.tag in tags]

    def ancestors(self) -> Iterator["Element"]:
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    @property
    def unsaid(self) -> bool:
        return self.tag in UNSAID

    @property
    def text(self) -> str:
        """What is said, white space folded."""
        return " ".join("".join(self._pieces()).split())

    def _pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif not child.unsaid:
                yield from child._pieces()

    def __str__(self) -> str:
        shown = "".join(f' {name}="{self.attributes[name]}"' for name in ("id", "name", "type", "class", "href") if name in self.attributes)
        return f"<{self.tag}{shown}>"


class Page(HTMLParser):
    """`root` holds the tree, `faults` the tags that do not close."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.faults: list[str] = []
        self._open = self.root
        self.feed(source)
        self.close()
        self.faults += [f"not closed: {each}" for each in (self._open, *self._open.ancestors()) if each.tag]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.faults += [f"attribute twice: {name} on <{tag}>" for name in set(names) if names.count(name) > 1]
        self._end_of_option(tag == "option")
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.children.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open = self._open.parent or self.root

    def _end_of_option(self, ends: bool) -> None:
        """The next option ends one, or its list (HTML 13.1.2.4)."""
        if ends and self._open.tag == "option":
            self._open = self._open.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        self._end_of_option(tag in ("select", "datalist", "optgroup"))
        if self._open.tag == tag:
            self._open = self._open.parent or self.root
            return
        line, _ = self.getpos()
        self.faults.append(f"line {line}: </{tag}> closes nothing; open is {self._open}")
        for above in self._open.ancestors():
            if above.tag == tag:
                self._open = above.parent or self.root
                return

    def handle_data(self, data: str) -> None:
        self._open.children.append(data)
