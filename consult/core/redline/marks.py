"""Characters with their marks to HTML: runs of `<ins>` and `<del>`, with words for those who do not see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby

from consult.core.change import Mark
from consult.core.markup.draw import styled
from consult.core.markup.inline import Style


@dataclass(frozen=True, slots=True)
class RedlineWords:
    """What a screen reader says before and behind an addition or a removal, spaces included ("added: ", " end of addition").

    The `later` ones are for what came with the newest draft of a layered redline; empty: the same as the others.
    """

    added: str
    added_end: str
    removed: str
    removed_end: str
    added_later: str = ""
    removed_later: str = ""


@dataclass(frozen=True, slots=True)
class Inked:
    """A character as drawn: kept, removed or added; `since` the draft it came with ("" outside layered redlines); `passing`: in neither
    end.
    """

    mark: Mark
    char: str
    style: Style
    since: str = ""
    passing: bool = False

    @property
    def blank(self) -> bool:
        return self.char.isspace()


def settled(row: list[Inked]) -> list[Inked]:
    """A row without changes of mere white space, and with neighbouring replacements joined over the space between them."""
    stretches = [list(run) for _, run in groupby(row, key=lambda each: each.mark == "=")]
    quiet = [_quiet(stretch) for stretch in stretches]
    flat = [each for stretch in quiet for each in stretch]
    stretches = [list(run) for _, run in groupby(flat, key=lambda each: each.mark == "=")]
    done: list[list[Inked]] = []
    for stretch in stretches:
        if len(done) > 1 and _replaces(stretch) and len(done[-1]) == 1 and done[-1][0].blank and _replaces(done[-2]):
            space = done.pop()[0]
            before = done.pop()
            done.append(
                [
                    *(each for each in before if each.mark == "-"),
                    Inked("-", " ", ()),
                    *(each for each in stretch if each.mark == "-"),
                    *(each for each in before if each.mark == "+"),
                    Inked("+", space.char, space.style),
                    *(each for each in stretch if each.mark == "+"),
                ]
            )
        else:
            done.append(stretch)
    return [each for stretch in done for each in stretch]


def _quiet(stretch: list[Inked]) -> list[Inked]:
    if stretch[0].mark == "=":
        return stretch
    gone = [each for each in stretch if each.mark == "-"]
    come = [each for each in stretch if each.mark == "+"]
    if all(each.blank for each in gone):
        stretch = come
    if come and all(each.blank for each in come):
        kept = [Inked("=", each.char, each.style) for each in come]
        return [*(each for each in stretch if each.mark == "-"), *kept]
    return stretch


def _replaces(stretch: list[Inked]) -> bool:
    marks = {each.mark for each in stretch}
    return marks == {"-", "+"} and not any(each.since for each in stretch)


def inked(row: Iterable[Inked], words: RedlineWords) -> str:
    """HTML of a row of marked characters."""
    html = []
    for (mark, since, passing), run in groupby(row, key=lambda each: (each.mark, each.since, each.passing)):
        listed = list(run)
        if mark == "-":
            while listed and listed[-1].blank and all(each.blank for each in listed):
                listed.pop()
        text = styled((each.char, each.style) for each in listed)
        html.append(_marked(mark, text, since, passing, words) if mark != "=" and text else text)
    return "".join(html)


def _marked(mark: Mark, text: str, since: str, passing: bool, words: RedlineWords) -> str:
    later = since == "2"
    if mark == "-":
        tag, before, after = "del", (words.removed_later if later else "") or words.removed, words.removed_end
    else:
        tag, before, after = "ins", (words.added_later if later else "") or words.added, words.added_end
    attributes = (f' data-since="{since}"' if since else "") + (' data-passing="1"' if passing else "")
    return f"<{tag}{attributes}>{unseen(before)}{text}{unseen(after)}</{tag}>"


def unseen(words: str) -> str:
    """Words for screen readers only."""
    return f'<span class="unseen">{escape(words)}</span>' if words else ""
