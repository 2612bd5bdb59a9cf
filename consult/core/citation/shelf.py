"""The standards that a text may refer to, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from consult.core.draft.number import address


@dataclass(frozen=True)
class Book:
    """One standard: its titles in the language, the numbers it has (in the order of the document) and its versions."""

    standard: str
    titles: tuple[str, ...]
    numbers: tuple[str, ...]
    versions: tuple[str, ...] = ()
    places: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {number: at for at, number in enumerate(self.numbers)})

    def number(self, written: str) -> str | None:
        """The number that a word means: `5.2`, `5.2(b)` (item b of 5.2), `AC-2(1)` where that is a clause of its own."""
        word = written.rstrip(".-‑–:")
        while word:
            if (found := address(word)) in self.places:
                return found
            head, bracket, _ = word.rpartition("(")
            if not bracket:
                return None
            word = head
        return None

    def between(self, first: str, last: str) -> tuple[str, ...]:
        """Numbers of the same depth behind the first and before the last: those that a range means without naming them."""
        start, end = self.places[first], self.places[last]
        depth = first.count(".")
        return tuple(number for number in self.numbers[start + 1 : end] if number.count(".") == depth and not number.startswith("annex"))


@dataclass(frozen=True)
class Shelf:
    """`own` is the version the text belongs to, `others` every other standard."""

    own: Book
    others: tuple[Book, ...] = ()
    parent: Book | None = field(init=False, repr=False, compare=False)
    """The standard that the title of `own` names ("Guidance to the Performance Standard"): it speaks of that standard's clauses and terms."""
    by_title: tuple[tuple[str, Book], ...] = field(init=False, repr=False, compare=False)
    """Titles with their standard, the longest first."""

    def __post_init__(self) -> None:
        titled = {title: book for book in (*self.others, self.own) for title in book.titles if title.strip()}
        object.__setattr__(self, "by_title", tuple(sorted(titled.items(), key=lambda each: (-len(each[0]), each[0]))))
        named = [book for title, book in self.by_title if book is not self.own and any(title in mine for mine in self.own.titles)]
        object.__setattr__(self, "parent", next(iter(named), None))

    @property
    def unnamed(self) -> tuple[Book, ...]:
        """Where to look for a number without a title: the own standard first."""
        return (self.own, self.parent) if self.parent else (self.own,)
