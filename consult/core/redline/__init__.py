"""Redlines: what changed between two texts, drawn from the spans of their source and never showing its markup (design, section 6).

`match` says which characters of the new text were there before, `place` where the removed ones belong in the new structure, `layers`
tells what
came with which draft, `marks` writes HTML. Whatever the spans say: without `del` a redline reads as the new text, without `ins` as the
old one.
"""

import logging
from collections.abc import Callable
from functools import lru_cache
from html import escape

from consult.core.change import Spans
from consult.core.markup.draw import draw, sanitised
from consult.core.markup.places import Places
from consult.core.redline.layers import Layers, drawn, marked
from consult.core.redline.marks import RedlineWords
from consult.core.redline.match import match, new_source, old_source
from consult.core.redline.sides import rows
from consult.core.render import plain_text, render

__all__ = ["RedlineWords", "clean_new", "clean_old", "layered", "new_source", "redline", "side_by_side"]

KEPT = 512
"""Redlines remembered, so that a page that many read is drawn once (a clause takes some milliseconds)."""

_log = logging.getLogger(__name__)


def redline(spans: Spans, language: str, words: RedlineWords, places: Places = ()) -> str:
    """Safe HTML of the new text with `<ins>` and `<del>`; removed paragraphs, items and rows stand as wholly removed blocks in their place.

    Changed blocks have the class `changed` (change bar), wholly new or removed ones `added` or `removed` besides. Changes of white space
    do not show. `language` is that of the text. Never fails: a structure that cannot be followed is shown as a whole replacement.
    The `places` of the new text that nothing changed in are marked (see `consult.core.markup.places`).
    """
    return _redline(_hashable(spans), words, places)


@lru_cache(maxsize=KEPT)
def _redline(spans: Spans, words: RedlineWords, places: Places) -> str:
    if all(mark == "=" for mark, _ in spans):
        return clean_new(spans, places)
    return _safely(lambda: draw(drawn(marked(Layers(match(spans)), places), words)), spans, words)


def layered(base_to_new: Spans, previous_to_new: Spans, language: str, words: RedlineWords, places: Places = ()) -> str:
    """A redline against the base in which each `ins` and `del` says with which draft it came: `data-since="1"` or, with the newest, `"2"`.

    Both spans lead to the same new text. What the draft before had added and this one struck again stands as `<del data-passing="1">`: it is
    in neither the base nor the new text. Where the two spans lead to different texts, the first one counts alone.
    """
    if new_source(base_to_new) != new_source(previous_to_new):
        return redline(base_to_new, language, words, places)
    return _layered(_hashable(base_to_new), _hashable(previous_to_new), words, places)


@lru_cache(maxsize=KEPT)
def _layered(base: Spans, previous: Spans, words: RedlineWords, places: Places) -> str:
    return _safely(lambda: draw(drawn(marked(Layers(match(base), match(previous)), places), words)), base, words)


def side_by_side(spans: Spans, language: str, words: RedlineWords) -> list[tuple[str, str]]:
    """Rows of safe HTML, old on the left with `<del>`, new on the right with `<ins>`; "" where one side has nothing to set against the
    other.
    """
    try:
        return [(sanitised(draw(old)), sanitised(draw(new))) for old, new in rows(match(spans), words)]
    except Exception:
        _log.exception("side by side: structure not followed")
        old, new = (_whole(tag, text(spans), words) for tag, text in (("del", old_source), ("ins", new_source)))
        return [(old, new)]


def clean_new(spans: Spans, places: Places = ()) -> str:
    """Safe HTML of the new text without marks of changes."""
    return render(new_source(spans), places)


def clean_old(spans: Spans) -> str:
    """Safe HTML of the old text without marks."""
    return render(old_source(spans))


def _hashable(spans: Spans) -> Spans:
    """As tuples, also where a store gave lists."""
    return tuple((mark, text) for mark, text in spans)


def _safely(make: Callable[[], str], spans: Spans, words: RedlineWords) -> str:
    try:
        return sanitised(make())
    except Exception:
        _log.exception("redline: structure not followed")
        return _whole("del", old_source(spans), words) + _whole("ins", new_source(spans), words)


def _whole(tag: str, source: str, words: RedlineWords) -> str:
    before, after = (words.removed, words.removed_end) if tag == "del" else (words.added, words.added_end)
    lines = escape(plain_text(source)).replace("\n", "<br>\n")
    inner = f'<span class="unseen">{escape(before)}</span>{lines}<span class="unseen">{escape(after)}</span>'
    return sanitised(f'<p class="changed"><{tag}>{inner}</{tag}></p>') if lines else ""
