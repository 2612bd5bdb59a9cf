"""Lines before words: list items, table rows and paragraphs are paired first, so that an inserted item is one insertion."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from consult.core.diff.script import CELLS

Window = tuple[int, int, int, int]
_ALIKE = 0.4  # share of words two lines must have in common to be shown as one changed line
_CELLS = 4_000  # lines x lines compared by their words in one gap; beyond, the gap is compared as a run of words
_LABEL = 2  # tokens a list label takes at most: "c" and ")"


class _Line(NamedTuple):
    start: int
    end: int
    body: tuple[str, ...]


def pair_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Window]:
    """Yields windows (a0, a1, b0, b1) that cover both token runs in order, each to be compared on its own."""
    left, right = _lines(old), _lines(new)
    if len(left) < 2 and len(right) < 2:
        yield (0, len(old), 0, len(new))
        return
    a = b = 0
    for i, j in [*_same(left, right), (len(left), len(right))]:
        yield from _gap(left[a:i], right[b:j], _at(left, a, len(old)), _at(right, b, len(new)))
        if i < len(left) and j < len(right):
            yield (left[i].start, left[i].end, right[j].start, right[j].end)
        a, b = i + 1, j + 1


def _at(lines: list[_Line], index: int, end: int) -> int:
    return lines[index].start if index < len(lines) else end


def _lines(run: Sequence[str]) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for at, token in enumerate(run):
        if token in {"\n", "\r\n", "\r"}:
            lines.append(_line(run, start, at + 1))
            start = at + 1
    if start < len(run):
        lines.append(_line(run, start, len(run)))
    return lines


def _line(run: Sequence[str], start: int, end: int) -> _Line:
    words = [token for token in run[start:end] if not token.isspace()]
    for at, word in enumerate(words[: _LABEL + 1]):
        if word in {")", "）"} or (word == "." and at == 1 and len(words[0]) <= _LABEL):
            return _Line(start, end, tuple(words[at + 1 :]) or tuple(words))
        if len(word) > _LABEL + 1:
            break
    return _Line(start, end, tuple(words))


def _same(left: list[_Line], right: list[_Line]) -> list[tuple[int, int]]:
    """Lines whose words are the same but for the list label; blank lines hold nothing together."""
    a, b = [at for at, line in enumerate(left) if line.body], [at for at, line in enumerate(right) if line.body]
    pairs: list[tuple[int, int]] = []
    if len(a) * len(b) > CELLS:
        return pairs
    for step in LCSseq.opcodes([left[at].body for at in a], [right[at].body for at in b]):
        if step.tag == "equal":
            pairs.extend((a[step.src_start + k], b[step.dest_start + k]) for k in range(step.src_end - step.src_start))
    return pairs


def _gap(left: list[_Line], right: list[_Line], a: int, b: int) -> Iterator[Window]:
    """Between two equal lines: pairs of alike lines in order, each a window; the rest around them as it comes."""
    a_end, b_end = (left[-1].end if left else a), (right[-1].end if right else b)
    if len(left) * len(right) <= _CELLS and (len(left) > 1 or len(right) > 1):
        for i, j in _alike(left, right):
            yield from _rest(a, left[i].start, b, right[j].start)
            yield (left[i].start, left[i].end, right[j].start, right[j].end)
            a, b = left[i].end, right[j].end
    yield from _rest(a, a_end, b, b_end)


def _rest(a: int, a_end: int, b: int, b_end: int) -> Iterator[Window]:
    if a < a_end or b < b_end:
        yield (a, a_end, b, b_end)


def _alike(left: list[_Line], right: list[_Line]) -> list[tuple[int, int]]:
    """The pairs in order whose likenesses add up to the most; ties go to the earlier pair."""
    a, b = [Counter(line.body) for line in left], [Counter(line.body) for line in right]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    like = [[_likeness(x, y) for y in b] for x in a]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + like[i][j])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        if like[i][j] and best[i][j] == best[i + 1][j + 1] + like[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    share = 2 * (a & b).total() / total if total else 0.0
    return share if share >= _ALIKE else 0.0
