"""A clause's text as statements: sentences, list items and table rows, each with the force of the verb that governs it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from consult.core.markup.blocks import Leaf
from consult.core.markup.inline import read_glyphs
from consult.core.meaning.forces import Force, read_forces

_SENTENCE = {
    "zh": re.compile(r"(?<=[。！？；])"),
    "": re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zà-ÿ]|[«“\"(\d])|(?<=;)\s+"),
}
_LEADS_ON = (":", "：")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_PIECE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W_\u3400-\u9fff\uf900-\ufaff]+")
STEM = 6
"""Letters of a word that count when statements are paired: enough for most endings to fall away."""


@dataclass(frozen=True, slots=True)
class Statement:
    """`forces` are its own verbs in order; `lead` is the force it has from the sentence or item that leads to it (None: from none).

    `kind` is that of its leaf (para, item, note, row); `detail`: an item of an item, which adds to a requirement and is none of its own.
    """

    text: str
    kind: str
    where: str
    forces: tuple[Force, ...]
    lead: str | None = None
    detail: bool = False
    head: str = ""
    """Of a row: what stands over its table, with the heads of its columns."""

    @property
    def force(self) -> str | None:
        """What governs it: its own first verb, else the one that leads to it. Notes bind nobody."""
        if self.kind == "note":
            return None
        return self.forces[0].strength if self.forces else self.lead


@lru_cache(maxsize=1024)
def read_statements(source: str, language: str) -> tuple[Statement, ...]:
    """Statements of a Markdown text in document order. Heads of tables, code and rules are none."""
    glyphs = read_glyphs(source)
    leads: dict[int, str | None] = {}
    last: str | None = None
    above = head = ""
    found: list[Statement] = []
    numbered = ((leaf, glyphs.text(index)) for index, leaf in enumerate(glyphs.leaves))
    for row, group in groupby(numbered, key=lambda pair: pair[0].row if pair[0].kind == "cell" else None):
        pairs = list(group)
        if row is not None:
            cells = [text for _, text in pairs]
            if pairs[0][0].header:
                head = f"{above} {' '.join(cells)}"
            else:
                text = " | ".join(cells)
                found.append(Statement(text, "row", "", read_forces(text, language), last, detail=True, head=head))
            continue
        for leaf, text in pairs:
            statements = list(_leaf(leaf, text, language, leads.get(leaf.depth - 1) if leaf.kind == "item" else None))
            found += statements
            if leaf.kind in ("para", "item") and statements:
                last, above = statements[-1].force, statements[-1].text
                leads = {depth: force for depth, force in leads.items() if depth < leaf.depth}
                if text.rstrip().endswith(_LEADS_ON):
                    leads[leaf.depth] = last
    return tuple(found)


def _leaf(leaf: Leaf, text: str, language: str, lead: str | None) -> Iterator[Statement]:
    if leaf.kind in ("code", "rule", "heading") or not text.strip():
        return
    split = _SENTENCE.get(language, _SENTENCE[""])
    for at, piece in enumerate(piece.strip() for piece in split.split(text)):
        if piece:
            forces = () if leaf.kind == "note" else read_forces(piece, language)
            yield Statement(
                piece, leaf.kind, leaf.label, forces, lead if at == 0 and leaf.kind == "item" else None, detail=leaf.kind == "item" and leaf.depth > 1
            )  # fmt: skip


@lru_cache(maxsize=4096)
def words_of(text: str) -> Counter[str]:
    """Stemmed words; of Han each pair of neighbours."""
    found: Counter[str] = Counter()
    for piece in _PIECE.findall(text.lower()):
        if _HAN.match(piece):
            found.update([piece[at : at + 2] for at in range(len(piece) - 1)] or [piece])
        else:
            found[piece[:STEM]] += 1
    return found


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """0..1: words in common against words in all; a short statement that is wholly inside a longer one is alike as well."""
    total = one.total() + other.total()
    if not total:
        return 1.0
    common = sum(min(count, other[word]) for word, count in one.items() if word in other)
    least = min(one.total(), other.total())
    inside = common / least if least >= 4 else 0.0
    return max(2 * common / total, 0.75 * inside)


Scored = tuple[float, int, int]
"""Rank (the least comes first), place of the new statement, place of the old one."""
ALIKE = 0.45
"""From here on two statements are taken for one that was reworded; below, for one removed and another added."""
ALIKE_IN_PLACE = 0.25
"""The same for two that are left over between the same neighbours."""
COMPARED = 250_000
"""More pairs of statements than this are not compared: in a text that long each is looked for around its own place."""


def paired(
    old: Sequence[Statement], new: Sequence[Statement]
) -> tuple[list[tuple[Statement, Statement]], list[Statement], list[Statement]]:
    """Statements that correspond, in the order of the new text, those only in the old text, and those only in the new one."""
    left_old, left_new, matches = dict.fromkeys(range(len(old))), dict.fromkeys(range(len(new))), dict[int, int]()
    for scored in (_equal, _alike):
        for _, j, i in sorted(scored(old, new, list(left_old), list(left_new))):
            if i in left_old and j in left_new:
                matches[j] = i
                del left_old[i], left_new[j]
    for j in list(left_new):
        if (found := _in_place(old, new, matches, left_old, j)) is not None:
            matches[j] = found
            del left_old[found], left_new[j]
    return [(old[i], new[j]) for j, i in sorted(matches.items())], [old[i] for i in left_old], [new[j] for j in left_new]


def _equal(old: Sequence[Statement], new: Sequence[Statement], left_old: list[int], left_new: list[int]) -> Iterator[Scored]:
    """Statements of the same words, as far as there is room; those that kept their place and kind come first."""
    places: dict[tuple[str, bool], list[int]] = {}
    for i in left_old:
        places.setdefault((old[i].text, old[i].kind == "row"), []).append(i)
    room = max(1, COMPARED // max(1, len(left_new)))
    for j in left_new:
        same = places.get((new[j].text, new[j].kind == "row"), [])
        for i in same if len(same) <= room else _around(same, j * len(same) // len(new), room):
            yield _ranked(old, new, i, j, 2.0), j, i


def _alike(old: Sequence[Statement], new: Sequence[Statement], left_old: list[int], left_new: list[int]) -> Iterator[Scored]:
    """Statements that share words enough."""
    words = [words_of(old[i].text) for i in left_old]
    room = max(1, COMPARED // max(1, len(left_new)))
    for at, j in enumerate(left_new):
        mine = words_of(new[j].text)
        for k in _around(range(len(left_old)), at * len(left_old) // len(left_new), room):
            i = left_old[k]
            if (old[i].kind == "row") == (new[j].kind == "row") and (score := likeness(words[k], mine)) >= ALIKE:
                yield _ranked(old, new, i, j, score), j, i


def _around(places: Sequence[int], middle: int, room: int) -> Sequence[int]:
    start = max(0, min(middle - room // 2, len(places) - room))
    return places[start : start + room]


def _ranked(old: Sequence[Statement], new: Sequence[Statement], i: int, j: int, score: float) -> float:
    away = abs(i / max(1, len(old)) - j / max(1, len(new)))
    return -(score - 0.1 * away + (0.05 if old[i].kind == new[j].kind else 0))


def _in_place(old: Sequence[Statement], new: Sequence[Statement], matches: dict[int, int], left: dict[int, None], j: int) -> int | None:
    """The old statement that stands between the same neighbours and is a little alike."""
    before = max((i for at, i in matches.items() if at < j), default=-1)
    after = min((i for at, i in matches.items() if at > j), default=len(old))
    here = [i for i in left if before < i < after and (old[i].kind, old[i].detail) == (new[j].kind, new[j].detail)]
    scored = [(likeness(words_of(old[i].text), words_of(new[j].text)), -i) for i in here]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] >= ALIKE_IN_PLACE else None
