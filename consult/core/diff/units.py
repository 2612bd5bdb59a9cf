"""Lines before words: list items, table rows and paragraphs are paired first, so that an inserted item is one insertion."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from consult.core.diff.script import CELLS
from consult.core.words.tokens import LABEL

Window = tuple[int, int, int, int]
_ALIKE = 0.4  # share of words two lines must have in common to be shown as one changed line
_HELD = 0.6  # share of the words of a line that the one line must hold for which it and its neighbours stand
_RUN = 6  # lines that one line may be cut into
_CELLS = 4_000  # lines x lines compared by their words in one gap; beyond, the gap is compared as a run of words


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
    words = tuple(token for token in run[start:end] if not token.isspace())
    return _Line(start, end, words[1:] if len(words) > 1 and LABEL.fullmatch(words[0]) else words)


def _same(left: list[_Line], right: list[_Line]) -> list[tuple[int, int]]:
    """Lines whose words are the same but for the list label; blank lines hold nothing together."""
    a, b = [at for at, line in enumerate(left) if line.body], [at for at, line in enumerate(right) if line.body]
    most, head, tail = min(len(a), len(b)), 0, 0
    while head < most and left[a[head]].body == right[b[head]].body:
        head += 1
    while tail < most - head and left[a[-1 - tail]].body == right[b[-1 - tail]].body:
        tail += 1
    pairs = [(a[at], b[at]) for at in range(head)]
    inner_a, inner_b = a[head : len(a) - tail], b[head : len(b) - tail]
    if len(inner_a) * len(inner_b) <= CELLS:
        for step in LCSseq.opcodes([left[at].body for at in inner_a], [right[at].body for at in inner_b]):
            if step.tag == "equal":
                pairs.extend((inner_a[step.src_start + k], inner_b[step.dest_start + k]) for k in range(step.src_end - step.src_start))
    return pairs + [(a[len(a) - tail + at], b[len(b) - tail + at]) for at in range(tail)]


def _gap(left: list[_Line], right: list[_Line], a: int, b: int) -> Iterator[Window]:
    """Between two equal lines: pairs of alike lines in order, each a window; the rest around them as it comes."""
    a_end, b_end = (left[-1].end if left else a), (right[-1].end if right else b)
    if len(left) * len(right) <= _CELLS and (len(left) > 1 or len(right) > 1):
        for one, other in _alike([line for line in left if line.body], [line for line in right if line.body]):
            yield from _rest(a, one[0].start, b, other[0].start)
            yield (one[0].start, one[-1].end, other[0].start, other[-1].end)
            a, b = one[-1].end, other[-1].end
    yield from _rest(a, a_end, b, b_end)


def _rest(a: int, a_end: int, b: int, b_end: int) -> Iterator[Window]:
    if a < a_end or b < b_end:
        yield (a, a_end, b, b_end)


def _alike(left: list[_Line], right: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Lines that are alike, in order, so that their likenesses add up to the most; ties go to the earlier ones.

    One line may be alike to several that follow each other: a paragraph cut into two or into a list, or the reverse.
    """
    a, b = [Counter(line.body) for line in left], [Counter(line.body) for line in right]
    runs_a, runs_b = _runs(a), _runs(b)
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    step: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            found, taken = (best[i + 1][j], (1, 0)) if best[i + 1][j] >= best[i][j + 1] else (best[i][j + 1], (0, 1))
            for m, n, like in _pairings(a[i], b[j], runs_a[i], runs_b[j], a[i : i + _RUN], b[j : j + _RUN]):
                if best[i + m][j + n] + like >= found:
                    found, taken = best[i + m][j + n] + like, (m, n)
            best[i][j], step[i, j] = found, taken
    pairs = []
    i = j = 0
    while i < len(a) and j < len(b):
        m, n = step[i, j]
        if m and n:
            pairs.append((left[i : i + m], right[j : j + n]))
        i, j = i + m, j + n
    return pairs


def _runs(words: list[Counter[str]]) -> list[list[Counter[str]]]:
    """For each line, the words of the two, three … lines that begin with it taken together."""
    return [
        [together for length in range(2, _RUN + 1) if at + length <= len(words) and (together := sum(words[at : at + length], Counter()))]
        for at in range(len(words))
    ]


def _pairings(
    a: Counter[str],
    b: Counter[str],
    run_a: list[Counter[str]],
    run_b: list[Counter[str]],
    parts_a: list[Counter[str]],
    parts_b: list[Counter[str]],
) -> Iterator[tuple[int, int, float]]:
    """Numbers of old and new lines taken together, and how alike they are; a run counts only when each of its lines is held in the one."""
    alone = _likeness(a, b)
    if alone:
        yield 1, 1, alone
    for length, together in enumerate(run_b, 2):
        if not _held(parts_b[length - 1], a):
            break
        if _held(b, a) and (like := _likeness(a, together)) > alone:
            yield 1, length, like
    for length, together in enumerate(run_a, 2):
        if not _held(parts_a[length - 1], b):
            break
        if _held(a, b) and (like := _likeness(together, b)) > alone:
            yield length, 1, like


def _held(part: Counter[str], whole: Counter[str]) -> bool:
    return (part & whole).total() >= _HELD * part.total()


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    share = 2 * (a & b).total() / total if total else 0.0
    return share if share >= _ALIKE else 0.0
