"""Places of a source marked in what is drawn from it, so that they can be made links afterwards."""

import re
from collections.abc import Callable, Sequence

from consult.core.markup.inline import NOWHERE, Glyphs

Places = tuple[tuple[int, int], ...]
"""Half-open stretches of a Markdown source, in order, not overlapping."""

MARK = re.compile(r'<span class="place-(\d+)">(.*?)</span>', re.DOTALL)
"""The place of that index in HTML; nothing else stands inside of it but text."""


def mark(glyphs: Glyphs, places: Sequence[tuple[int, int]], kept: Callable[[int], bool] | None = None) -> None:
    """Gives the characters of each place a style of its own: `<span class="place-N">` when drawn.

    Left out are places that do not lie in one leaf and one style, and those with a character that is not `kept` (by its index).
    """
    where = {place: at for at, place in enumerate(glyphs.places) if place != NOWHERE} if places else {}
    for index, (start, end) in enumerate(places):
        first, last = where.get(start), where.get(end - 1)
        if first is None or last is None or last < first:
            continue
        run = range(first, last + 1)
        alike = len({glyphs.styles[at] for at in run}) == 1 and len({glyphs.leaf[at] for at in run}) == 1
        if alike and not any(_is_link(tag) for tag in glyphs.styles[first]) and (kept is None or all(kept(at) for at in run)):
            for at in run:
                glyphs.styles[at] = (*glyphs.styles[at], f"place-{index}")


def _is_link(tag: str) -> bool:
    return tag.startswith(("a:", "place-"))
