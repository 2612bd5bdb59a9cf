"""From blocks to spans that read well: small kept islands go, pure insertions and deletions slide to where a reader would cut."""

from collections.abc import Container, Sequence

from consult.core.change import Mark, Span, Spans
from consult.core.diff.script import Block, gap, merge
from consult.core.words import content_word, tokens

_ISLANDS = {"zh": (2, 12, 3)}
_ISLANDS_ELSE = (6, 16, 1)
"""Characters up to which a kept island between two changes is always swallowed; up to which where the changes are large enough; how many
characters of island one character of the smaller change can swallow. Chosen for few hunks at a bounded share of marked characters."""
_NEVER = ("\n", "\r", "|")
"""Line ends and table cells hold their places whatever changes around them."""
_CLAUSE_MARKS = (",", ";", ":", "，", "；", "：", "。", "、")
_SENTENCE_END = frozenset(".;:!?。；：！？")


def tidy(blocks: list[Block], old: Sequence[str], new: Sequence[str], language: str, apart: Container[tuple[int, int]] = ()) -> Spans:
    """Returns the spans of blocks that cover both token runs. Changes that meet at a place in `apart` (a line end) stay two changes."""
    blocks = merge(swallow(merge(blocks, apart), old, new, language, apart), apart)
    blocks = merge([part for block in blocks for part in _trimmed(block, old, new)], apart)
    blocks = merge(_slide_all(blocks, old, new), apart)
    spans: list[Span] = []
    for block in blocks:
        kept = "".join(old[block.a0 : block.a1])
        _emit(spans, "=" if block.kept else "-", kept)
        if not block.kept:
            _emit(spans, "+", "".join(new[block.b0 : block.b1]))
    return tuple(spans)


def _emit(spans: list[Span], mark: Mark, text: str) -> None:
    if spans and spans[-1][0] == mark:
        spans[-1] = (mark, spans[-1][1] + text)
    elif text:
        spans.append((mark, text))


def swallow(
    blocks: list[Block], old: Sequence[str], new: Sequence[str], language: str, apart: Container[tuple[int, int]] = ()
) -> list[Block]:
    """Turns kept islands that help no reader into changes: those without a content word, and short ones between larger changes.

    A line end is never swallowed, nor what opens a line of its own, so list items stay apart; nor what stands beside a change of mere space.
    """
    out: list[Block] = []
    for at, block in enumerate(blocks):
        if block.kept and 0 < at < len(blocks) - 1:
            joins = (
                (block.a0, block.b0) not in apart
                and not (_blank(out[-1], old, new) or _blank(blocks[at + 1], old, new))
                and _negligible(old[block.a0 : block.a1], language, _least(out[-1], blocks[at + 1], old, new))
            )
        else:  # a change joins the one before it when the island between them went
            joins = at > 0 and not block.kept and blocks[at - 1].kept and not out[-1].kept
        if joins:
            out[-1] = Block(False, out[-1].a0, block.a1, out[-1].b0, block.b1)
        else:
            out.append(block)
    return out


def _blank(block: Block, old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether a change is one of space alone."""
    return all(token.isspace() for token in (*old[block.a0 : block.a1], *new[block.b0 : block.b1]))


def _least(before: Block, after: Block, old: Sequence[str], new: Sequence[str]) -> int:
    """Characters of the smaller of two changes; a change is as large as the longer of what went and what came.

    Two insertions, or two deletions, count as nothing: what they leave between them is no part of a replacement.
    """
    if (before.a0 == before.a1 and after.a0 == after.a1) or (before.b0 == before.b1 and after.b0 == after.b1):
        return 0
    return min(max(_size(old[block.a0 : block.a1]), _size(new[block.b0 : block.b1])) for block in (before, after))


def _size(run: Sequence[str]) -> int:
    """Characters of a run. What Han writes as one word, a number or a modal verb, counts as one: 二十六 for 二十五 is no larger a change than 六 for 五."""
    return sum(1 if "\u3400" <= token[0] <= "\u9fff" else len(token) for token in run)


def _trimmed(block: Block, old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Gives back what a swallowed island left the same at both ends of a change."""
    return [block] if block.kept else gap(old, new, block[1:])


def _negligible(island: Sequence[str], language: str, around: int) -> bool:
    text = "".join(island)
    if any(mark in text for mark in _NEVER):
        return False
    if not any(content_word(token) for token in tokens(text)):
        return True
    small, large, weight = _ISLANDS.get(language, _ISLANDS_ELSE)
    most = max(min(small, max(around, 1)), min(large, weight * around))
    return len(text.strip()) <= most and not any(mark in text for mark in _CLAUSE_MARKS)


def _slide_all(blocks: list[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    for at in range(1, len(blocks) - 1):
        before, block, after = blocks[at - 1 : at + 2]
        if block.kept or not (before.kept and after.kept) or (block.a0 < block.a1 and block.b0 < block.b1):
            continue
        run, start, end = (old, block.a0, block.a1) if block.b0 == block.b1 else (new, block.b0, block.b1)
        by = _best_shift(run, start, end, before.a1 - before.a0, after.a1 - after.a0)
        blocks[at - 1] = Block(True, before.a0, before.a1 + by, before.b0, before.b1 + by)
        blocks[at] = Block(False, *(place + by for place in block[1:]))
        blocks[at + 1] = Block(True, after.a0 + by, after.a1, after.b0 + by, after.b1)
    return blocks


def _best_shift(run: Sequence[str], start: int, end: int, room_before: int, room_after: int) -> int:
    """How far run[start:end] may move and reads best there; 0 where it stands if nothing is better."""
    best, best_score = 0, _edge(run, start, end)
    low = 0
    while -low < room_before and run[start + low - 1] == run[end + low - 1]:
        low -= 1
    high = 0
    while high < room_after and run[start + high] == run[end + high]:
        high += 1
    for by in range(low, high + 1):
        score = _edge(run, start + by, end + by)
        if score > best_score:
            best, best_score = by, score
    return best


def _edge(run: Sequence[str], start: int, end: int) -> int:
    return _cut(run, start) + _cut(run, end)


def _cut(run: Sequence[str], at: int) -> int:
    """How natural a cut before run[at] is: text or line end 5, sentence 4, clause 3, after a space 2, before a space or mark 1."""
    if at <= 0 or at >= len(run) or run[at - 1] in {"\n", "\r\n", "\r"}:
        return 5
    last, following = run[at - 1], run[at]
    if last.isspace() and at >= 2 and run[at - 2] in _SENTENCE_END:
        return 4
    if last in _SENTENCE_END and not last.isascii():
        return 4
    if following in {"\n", "\r\n", "\r"}:
        return 4
    if last in {"，", "、"} or (last.isspace() and at >= 2 and run[at - 2] == ","):
        return 3
    if last.isspace():
        return 2
    return 1 if following.isspace() or not following[0].isalnum() else 0
