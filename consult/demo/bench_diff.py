"""Our comparison beside its peers, in one run: links found, hunks per changed pair, edges that cut a word, exactness, time, memory."""

import difflib
import re
import resource
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context
from statistics import median

from diff_match_patch import diff_match_patch

from consult.core.align import align
from consult.core.change import Spans
from consult.core.clause import Draft
from consult.core.compare import compare
from consult.core.diff import diff
from consult.demo.bench_standard import Corpus, Links, blinded, synthetic

Engine = Callable[[str, str], Spans]

PEER_PAIRS = 200
"""Changed pairs that the word engines are measured on at most: a peer by character needs minutes for a large standard."""


@dataclass(frozen=True, slots=True)
class Line:
    """`seconds`: median of the rounds; `ratio` against our word diff on the same pairs; `hunks` per changed pair; `cut`: % of edges inside a word."""

    engine: str
    seconds: float
    ratio: float
    hunks: float
    cut: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Found:
    """How many of the known links a method finds, in %: with the numbers as they are, or `blind`, with numbers that say nothing."""

    method: str
    blind: bool
    precision: float
    recall: float
    f1: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Size:
    """Alignment and all word diffs of a synthetic standard, in a process of its own; memory is the highest it had.

    Of the same pairs, words alone: ours, and as multiples of it the peers by character and by word; and the F1 that equal numbers reach.
    """

    clauses: int
    seconds: float
    megabytes: float
    f1: float
    words: float
    characters_ratio: float
    difflib_ratio: float
    f1_by_number: float


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
    few = pairs[:PEER_PAIRS]
    floor = _seconds(lambda: [engines["words: ours"](a, b) for a, b in few], rounds)
    yield _line("alignment and words: ours", whole, floor, [change.text for change in changes], pairs)
    for name, engine in engines.items():
        seconds = _seconds(lambda engine=engine: [engine(a, b) for a, b in few], rounds)  # type: ignore[misc]
        yield _line(name, seconds, floor, [engine(a, b) for a, b in few], few)


def find(corpus: Corpus) -> Iterator[Found]:
    """The known links found by us and by the same number, with numbers and blind."""
    for blind, case in ((False, corpus), (True, blinded(corpus))):
        for method, links in (("ours", _ours), ("by number", _by_number)):
            begun = time.perf_counter()
            found = links(case.old, case.new) - case.weak
            seconds = time.perf_counter() - begun
            hit = len(found & case.links)
            precision, recall = hit / max(1, len(found)), hit / max(1, len(case.links))
            yield Found(method, blind, 100 * precision, 100 * recall, 200 * hit / max(1, len(found) + len(case.links)), seconds)


def sizes(counts: Sequence[int]) -> Iterator[Size]:
    """Synthetic standards of so many clauses, each compared in a fresh process."""
    for count in counts:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            yield pool.submit(_size, count).result()


def _size(count: int) -> Size:
    corpus = synthetic(count)
    begun = time.perf_counter()
    changes = compare(corpus.old, corpus.new)
    seconds = time.perf_counter() - begun
    found = {(a, b) for change in changes for a in change.link.old for b in change.link.new}
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes; bytes on macOS
    pairs = [
        ("".join(t for m, t in c.text if m != "+"), "".join(t for m, t in c.text if m != "-"))
        for c in changes
        if "modified" in c.link.kinds
    ]
    few = pairs[:PEER_PAIRS]
    words, *peers = (
        _seconds(lambda engine=engine: [engine(a, b) for a, b in few], 1)  # type: ignore[misc]
        for engine in (lambda a, b: diff(a, b, "en")[0], _characters, _words)
    )
    characters, by_word = (taken / words if words else 0.0 for taken in peers)
    numbers = _f1(_by_number(corpus.old, corpus.new), corpus.links)
    memory = highest / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Size(count, seconds, memory, _f1(found, corpus.links), words * len(pairs) / max(1, len(few)), characters, by_word, numbers)


def _f1(found: Collection[tuple[str, str]], known: Links) -> float:
    return 200 * len(known & set(found)) / max(1, len(found) + len(known))


def _ours(old: Draft, new: Draft) -> Links:
    return frozenset((a, b) for link in align(old, new) for a in link.old for b in link.new)


def _by_number(old: Draft, new: Draft) -> Links:
    numbers = {clause.number for clause in old.numbered}
    return frozenset((clause.number, clause.number) for clause in new.numbered if clause.number in numbers)


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
