"""The longest common sequence of words of two token runs, as blocks of kept and changed tokens.

Words and marks are aligned first and spaces afterwards, so that no island of mere spaces holds a match together.
"""

from collections.abc import Container, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

CELLS = 64_000_000
"""Words x words compared at most; the bit-parallel search takes an eighth of a byte for each. Beyond, the part is replaced whole."""
_SURROGATES, _SURROGATE_COUNT, _CODES = 0xD800, 0x800, 0x10F000


class Block(NamedTuple):
    """Tokens old[a0:a1] against new[b0:b1]; `kept` says that they are the same."""

    kept: bool
    a0: int
    a1: int
    b0: int
    b1: int


def compare_tokens(old: Sequence[str], new: Sequence[str], window: tuple[int, int, int, int]) -> tuple[list[Block], bool]:
    """Compares old[a0:a1] with new[b0:b1]; returns the blocks, alternating at most, and whether the bound was reached."""
    a0, a1, b0, b1 = window
    head, tail = _common_ends(old, new, window)
    blocks = [Block(True, a0, a0 + head, b0, b0 + head)]
    middle = (a0 + head, a1 - tail, b0 + head, b1 - tail)
    pairs, bounded = _word_pairs(old, new, middle)
    a, b = middle[0], middle[2]
    for at, to in [*pairs, (middle[1], middle[3])]:
        blocks.extend(gap(old, new, (a, at, b, to)))
        if at < middle[1] or to < middle[3]:
            blocks.append(Block(True, at, at + 1, to, to + 1))
        a, b = at + 1, to + 1
    blocks.append(Block(True, a1 - tail, a1, b1 - tail, b1))
    return merge(blocks), bounded


def merge(blocks: list[Block], apart: Container[tuple[int, int]] = ()) -> list[Block]:
    """Joins neighbouring blocks of one kind and drops empty ones; changed blocks that meet at a place in `apart` stay apart."""
    joined: list[Block] = []
    for block in blocks:
        if block.a0 == block.a1 and block.b0 == block.b1:
            continue
        if joined and joined[-1].kept == block.kept and (block.kept or (block.a0, block.b0) not in apart):
            joined[-1] = Block(block.kept, joined[-1].a0, block.a1, joined[-1].b0, block.b1)
        else:
            joined.append(block)
    return joined


def _common_ends(old: Sequence[str], new: Sequence[str], window: tuple[int, int, int, int]) -> tuple[int, int]:
    a0, a1, b0, b1 = window
    most = min(a1 - a0, b1 - b0)
    head = 0
    while head < most and old[a0 + head] == new[b0 + head]:
        head += 1
    tail = 0
    while tail < most - head and old[a1 - 1 - tail] == new[b1 - 1 - tail]:
        tail += 1
    return head, tail


def gap(old: Sequence[str], new: Sequence[str], window: tuple[int, int, int, int]) -> list[Block]:
    """Changed tokens with what is the same at both ends (spaces between kept words, for instance) set apart as kept."""
    a0, a1, b0, b1 = window
    head, tail = _common_ends(old, new, window)
    return [
        Block(True, a0, a0 + head, b0, b0 + head),
        Block(False, a0 + head, a1 - tail, b0 + head, b1 - tail),
        Block(True, a1 - tail, a1, b1 - tail, b1),
    ]


def _word_pairs(old: Sequence[str], new: Sequence[str], window: tuple[int, int, int, int]) -> tuple[list[tuple[int, int]], bool]:
    """Places of the words that stay, in order, and whether the window was too large to search."""
    a0, a1, b0, b1 = window
    left = [at for at in range(a0, a1) if not old[at].isspace()]
    right = [at for at in range(b0, b1) if not new[at].isspace()]
    if not left or not right:
        return [], False
    codes: dict[str, str] = {}
    if len(left) * len(right) > CELLS:
        return [], True
    coded_old = "".join(_code(codes, old[at]) for at in left)
    coded_new = "".join(_code(codes, new[at]) for at in right)
    pairs: list[tuple[int, int]] = []
    for step in LCSseq.opcodes(coded_old, coded_new):
        if step.tag == "equal":
            pairs.extend((left[step.src_start + k], right[step.dest_start + k]) for k in range(step.src_end - step.src_start))
    return pairs, False


def _code(codes: dict[str, str], token: str) -> str:
    """One character per distinct token, surrogates skipped; more distinct tokens than characters share the last one's place harmlessly."""
    found = codes.get(token)
    if found is None:
        number = len(codes)
        found = codes[token] = chr(number if number < _SURROGATES else number + _SURROGATE_COUNT)
    return found
