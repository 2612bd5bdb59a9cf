"""Our comparison beside its peers, in one run: time, hunks per changed pair, edges that cut a word, exactness."""

import difflib
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from diff_match_patch import diff_match_patch

from consult.core.change import Spans
from consult.core.clause import Draft
from consult.core.compare import compare
from consult.core.diff import diff

Engine = Callable[[str, str], Spans]


@dataclass(frozen=True, slots=True)
class Line:
    """`seconds`: median of the rounds; `ratio` against our word diff on the same pairs; `hunks` per changed pair; `cut`: % of edges inside a word."""

    engine: str
    seconds: float
    ratio: float
    hunks: float
    cut: float
    exact: bool


def measure(old: Draft, new: Draft, rounds: int) -> Iterator[Line]:
    """First alignment and words together, then the words alone: ours, diff-match-patch by character, difflib by word."""
    whole = _seconds(lambda: compare(old, new), rounds)
    changes = [change for change in compare(old, new) if "modified" in change.link.kinds]
    pairs = [("".join(t for m, t in c.text if m != "+"), "".join(t for m, t in c.text if m != "-")) for c in changes]
    engines: dict[str, Engine] = {
        "words: ours": lambda a, b: diff(a, b, new.language)[0],
        "words: diff-match-patch, characters": _characters,
        "words: difflib, words": _words,
    }
    floor = _seconds(lambda: [engines["words: ours"](a, b) for a, b in pairs], rounds)
    yield _line("alignment and words: ours", whole, floor, [change.text for change in changes], pairs)
    for name, engine in engines.items():
        seconds = _seconds(lambda engine=engine: [engine(a, b) for a, b in pairs], rounds)  # type: ignore[misc]
        yield _line(name, seconds, floor, [engine(a, b) for a, b in pairs], pairs)


def _seconds(run: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def _line(name: str, seconds: float, floor: float, found: Sequence[Spans], pairs: Sequence[tuple[str, str]]) -> Line:
    hunks = [_hunks(spans) for spans in found]
    edges = [edge for spans in found for edge in _edges(spans)]
    exact = all(_side(spans, "-") == a and _side(spans, "+") == b for spans, (a, b) in zip(found, pairs, strict=True))
    changed = max(1, sum(1 for count in hunks if count))
    return Line(name, seconds, seconds / floor if floor else 0.0, sum(hunks) / changed, 100 * sum(edges) / max(1, len(edges)), exact)


def _side(spans: Spans, mark: str) -> str:
    return "".join(text for sign, text in spans if sign in ("=", mark))


def _hunks(spans: Spans) -> int:
    return sum(1 for before, here in zip((("=", ""), *spans), spans, strict=False) if here[0] != "=" and before[0] == "=")


def _edges(spans: Spans) -> Iterator[bool]:
    """For each edge of a changed run on its own side: whether a letter or digit stands on both sides of it."""
    for mark in "-+":
        side = [(sign, text) for sign, text in spans if sign in ("=", mark) and text]
        for (a, before), (b, after) in pairwise(side):
            if a != b:
                yield bool(re.fullmatch(r"[^\W_]{2}", before[-1] + after[0]) and not _han(before[-1] + after[0]))


def _han(text: str) -> bool:
    return any("\u3400" <= character <= "\u9fff" for character in text)


def _characters(old: str, new: str) -> Spans:
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    return tuple(({0: "=", -1: "-", 1: "+"}[sign], text) for sign, text in engine.diff_main(old, new))  # type: ignore[misc]


def _words(old: str, new: str) -> Spans:
    a, b = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (old, new))
    spans: list[tuple[str, str]] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            spans.append(("=", "".join(a[i:j])))
        else:
            spans += [(sign, text) for sign, text in (("-", "".join(a[i:j])), ("+", "".join(b[k:m]))) if text]
    return tuple(spans)  # type: ignore[arg-type]
