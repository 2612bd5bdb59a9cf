"""What is measured for each candidate pair of clauses, from their own content and headings alone."""

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from consult.core.align.reading import Reading
from consult.core.align.vectors import Floats, Ints, Rows, dots, encode, nearest, sets_of, weigh

CANDIDATES = 15
"""Most similar clauses looked at per clause, in each direction."""
_GRAM_SIZES = (2, 3, 4)
_FAINT = 0.03
"""Likeness that counts for nothing against its rivals: the only candidate of a clause is no better for being alone."""

NAMES = (
    "one", "alike", "near", "title", "lead_row", "lead_col", "near_row", "near_col", "ratio_row", "ratio_col", "held_least", "held_most", "held_old", "held_new",
    "path", "section", "number", "length", "order", "same_title", "run",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs: `left[k]` and `right[k]` are places in the old and new reading, sorted; `values[k]` holds the measures of NAMES."""

    left: Ints
    right: Ints
    values: Floats
    words: tuple[Rows, Rows]
    idf: Floats

    def column(self, name: str) -> Floats:
        return self.values[:, NAMES.index(name)]


def measure(old: Reading, new: Reading, known: list[tuple[int, int]], closed_old: Set[int], closed_new: Set[int]) -> Pairs:
    """Chooses candidate pairs and measures them.

    `known` pairs are identical clauses: candidates too, and evidence about numbers. Closed clauses take no part.
    """
    (old_words, new_words, old_titles, new_titles, old_paths, new_paths), size = encode(
        old.words, new.words, old.title, new.title, old.path, new.path
    )
    a, b, idf = weigh(old_words, new_words, size)
    left, right = _candidates(a, b, old, new, known, closed_old, closed_new)
    stem, char = dots(a, b, left, right), _char_likeness(old, new, left, right)
    title = dots(*_like(old_titles, new_titles, idf, size), left, right)
    alike = (stem + char) / 2
    alike = np.where(_has(old.title, left) & _has(new.title, right), 0.75 * alike + 0.25 * title, alike)
    common = dots(sets_of(a, idf), sets_of(b), left, right)
    mass_old, mass_new = _mass(a, idf), _mass(b, idf)
    held_old, held_new = common / np.maximum(mass_old[left], 1e-9), common / np.maximum(mass_new[right], 1e-9)
    rival_row, rival_col = rivals(alike, left, len(old)), rivals(alike, right, len(new))
    equal = np.array([old.clauses[i].number == new.clauses[j].number for i, j in zip(left, right, strict=True)], dtype=float)
    near, near_row, near_col = (-np.log(1.05 - np.clip(score, 0, 1)) for score in (alike, rival_row, rival_col))
    values = [
        np.ones(len(left)),
        alike,
        near,
        title,
        alike - rival_row,
        alike - rival_col,
        near - near_row,
        near - near_col,
        alike / (alike + rival_row + _FAINT),
        alike / (alike + rival_col + _FAINT),
        np.minimum(held_old, held_new),
        np.maximum(held_old, held_new),
        held_old,
        held_new,
        dots(*_like(old_paths, new_paths, idf, size), left, right),
        _section_likeness(old, new, old_words, new_words, size, left, right),
        equal * trust(equal, alike, rival_row, rival_col),
        np.minimum(mass_old[left], mass_new[right]) / np.maximum(np.maximum(mass_old[left], mass_new[right]), 1e-9),
        1 - np.abs(left / max(len(old), 1) - right / max(len(new), 1)),
        _same_title(old, new, left, right),
        _runs(old_words, new_words, left, right),
    ]
    return Pairs(left, right, np.stack(values, axis=1), (a, b), idf)


def rivals(score: Floats, group: Ints, count: int) -> Floats:
    """For every pair the best score of another pair of the same clause; 0 if it has none."""
    best, second = np.zeros(count), np.zeros(count)
    for at, value in zip(group, score, strict=True):
        if value > best[at]:
            best[at], second[at] = value, best[at]
        elif value > second[at]:
            second[at] = value
    return np.where(score >= best[group], second[group], best[group])


def trust(equal: Floats, alike: Floats, rival_row: Floats, rival_col: Floats) -> float:
    """How far equal numbers can be believed in this pair of versions, 0 to 1: how often content alone would choose them."""
    chosen = equal > 0
    if not chosen.any():
        return 0.0
    best = (alike >= rival_row) & (alike >= rival_col) & (alike > 0)
    return float((chosen & best).sum() / (chosen.sum() + 2))


def trust_in_numbers(pairs: Pairs) -> float:
    """How far equal numbers were believed in this pair of versions, 0 to 1; 0 where no number occurs in both."""
    return round(float(pairs.column("number").max(initial=0.0)), 3)


def _candidates(
    a: Rows, b: Rows, old: Reading, new: Reading, known: list[tuple[int, int]], closed_old: Set[int], closed_new: Set[int]
) -> tuple[Ints, Ints]:
    fixed_old, fixed_new = {i for i, _ in known} | closed_old, {j for _, j in known} | closed_new
    open_old = [at for at in range(len(old)) if at not in fixed_old]
    open_new = [at for at in range(len(new)) if at not in fixed_new]
    found = nearest(a, b, open_old, open_new, CANDIDATES)
    by_number = {new.clauses[at].number: at for at in open_new}
    found.update((at, by_number[old.clauses[at].number]) for at in open_old if old.clauses[at].number in by_number)
    pairs = sorted(found | {(int(i), int(j)) for i, j in known})
    return np.array([i for i, _ in pairs], dtype=np.int64), np.array([j for _, j in pairs], dtype=np.int64)


def _like(old: list[list[int]], new: list[list[int]], idf: Floats, size: int) -> tuple[Rows, Rows]:
    """Rows of length one under an idf measured elsewhere."""
    sides = []
    for side in (old, new):
        bags = [np.unique(np.asarray(words, dtype=np.int64), return_counts=True) for words in side]
        rows = [(1 + np.log(counts)) * idf[places] if len(places) else np.zeros(0) for places, counts in bags]
        lengths = [float(np.sqrt(row @ row)) or 1.0 for row in rows]
        sides.append(Rows([places for places, _ in bags], [row / length for row, length in zip(rows, lengths, strict=True)], size))
    return sides[0], sides[1]


def _char_likeness(old: Reading, new: Reading, left: Ints, right: Ints) -> Floats:
    grams: dict[str, int] = {}
    known: dict[str, list[int]] = {}

    def of(words: list[str]) -> list[int]:
        codes: list[int] = []
        for word in words:
            if word not in known:
                edged = f" {word} "
                known[word] = [grams.setdefault(edged[at : at + n], len(grams)) for n in _GRAM_SIZES for at in range(len(edged) - n + 1)]
            codes.extend(known[word])
        return codes

    coded = [[of(words) for words in side.words] for side in (old, new)]
    a, b, _ = weigh(coded[0], coded[1], max(len(grams), 1))
    return dots(a, b, left, right)


def _section_likeness(
    old: Reading, new: Reading, old_words: list[list[int]], new_words: list[list[int]], size: int, left: Ints, right: Ints
) -> Floats:
    """How alike the sections of the two clauses are, taken as one text each."""
    bags = []
    for reading, words in ((old, old_words), (new, new_words)):
        bag: list[list[int]] = [[] for _ in range(max(reading.section, default=0) + 1)]
        for at, section in enumerate(reading.section):
            bag[section].extend(words[at])
        bags.append(bag)
    a, b, _ = weigh(bags[0], bags[1], size)
    pairs = [(old.section[i], new.section[j]) for i, j in zip(left, right, strict=True)]
    distinct = sorted(set(pairs))
    score = dots(a, b, np.array([i for i, _ in distinct], dtype=np.int64), np.array([j for _, j in distinct], dtype=np.int64))
    place = {pair: at for at, pair in enumerate(distinct)}
    return score[np.array([place[pair] for pair in pairs], dtype=np.int64)] if pairs else np.zeros(0)


def _same_title(old: Reading, new: Reading, left: Ints, right: Ints) -> Floats:
    return np.array(
        [
            fuzz.ratio(old.key[i][0], new.key[j][0]) / 100 if old.key[i][0] and new.key[j][0] else 0.5
            for i, j in zip(left, right, strict=True)
        ]
    )


def _runs(old: list[list[int]], new: list[list[int]], left: Ints, right: Ints) -> Floats:
    """How much of the two word sequences is common in the same order, 0 to 1."""
    spelled = [["".join(chr(code + 0x100 if code < 0xD700 else code + 0x900) for code in words) for words in side] for side in (old, new)]
    return np.array([Indel.normalized_similarity(spelled[0][i], spelled[1][j]) for i, j in zip(left, right, strict=True)])


def _mass(rows: Rows, idf: Floats) -> Floats:
    return np.array([float(idf[places].sum()) for places in rows.places])


def _has(titles: list[list[str]], places: Ints) -> NDArray[np.bool_]:
    present = np.array([bool(title) for title in titles], dtype=bool)
    return np.asarray(present[places])
