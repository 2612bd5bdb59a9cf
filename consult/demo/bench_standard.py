"""Standards with known correspondences for benches: made from our own content, always the same, or read from a corpus file."""

import json
import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from consult.core.clause import Clause, Draft
from consult.core.draft import read_draft
from consult.core.draft.number import address
from consult.resources import resource

Links = frozenset[tuple[str, str]]
_SOURCES = ("performance-standard/v2", "chain-of-custody/v1")
_WORD = re.compile(r"\b[a-z]{6,}\b")
_SENTENCE = re.compile(r"(?<=[.;])\s+")
_MODALS = re.compile(r"\b(?:shall|should|may)\b")
_SECTION = 8
"""Clauses of a synthetic section."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Two versions, and the pairs of numbers that correspond. Weak pairs are neither rewarded nor punished."""

    old: Draft
    new: Draft
    links: Links
    weak: Links = frozenset()


@dataclass(frozen=True, slots=True)
class _Made:
    """A clause of the new version: where it came from, what it says, and in which section it stands."""

    sources: tuple[int, ...]
    title: str
    text: str
    section: int


def read_corpus(path: Path) -> Corpus:
    """A JSON file: {"lang", "old": [{"id", "title", "text", "path": [headings]}], "new": [...], "links": [[old id, new id]], "weak": […]}.

    Raises OSError, ValueError and KeyError where it is none.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    sides = {side: _draft(data[side], side, data["lang"]) for side in ("old", "new")}
    links, weak = (frozenset((address(a), address(b)) for a, b in data.get(name, ())) for name in ("links", "weak"))
    return Corpus(sides["old"], sides["new"], links, weak)


def _draft(rows: Iterable[dict[str, Any]], version: str, language: str) -> Draft:
    clauses = [
        Clause(
            address(row["id"]), row["id"], row["title"] or "", (row["text"] or "").strip("\n"), len(row.get("path") or ()) + 1, at, at + 1,
            tuple(row.get("path") or ()),
        )
        for at, row in enumerate(rows)
    ]  # fmt: skip
    return Draft("corpus", version, language, "Corpus", tuple(clauses))


def blinded(corpus: Corpus) -> Corpus:
    """The same with numbers that say nothing, so that only text and order can help."""
    old = {clause.number: f"o{at:04}x" for at, clause in enumerate(corpus.old.clauses)}
    new = {clause.number: f"n{at:04}y" for at, clause in enumerate(corpus.new.clauses)}
    links, weak = (frozenset((old[a], new[b]) for a, b in pairs) for pairs in (corpus.links, corpus.weak))
    return Corpus(_numbered(corpus.old, old), _numbered(corpus.new, new), links, weak)


def _numbered(draft: Draft, numbers: dict[str, str]) -> Draft:
    return replace(
        draft,
        clauses=tuple(
            replace(clause, number=numbers[clause.number], label=numbers[clause.number], parent=numbers.get(clause.parent or ""))
            for clause in draft.clauses
        ),
    )


def synthetic(clauses: int, seed: int = 1) -> Corpus:
    """A standard of so many clauses and its revision: reworded and renumbered throughout, sections moved, clauses new, gone, split, merged."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret: the same bench every time
    olds = _old(clauses, chance)
    made = _revised(olds, chance)
    order = list(range(max(each.section for each in made) + 1))
    moved = order.pop(chance.randrange(len(order)))
    order.insert(chance.randrange(len(order) + 1), moved)
    made.sort(key=lambda each: order.index(each.section))
    old = _with_numbers([(title, text, at // _SECTION) for at, (title, text) in enumerate(olds)], "old")
    new = _with_numbers([(each.title, each.text, order.index(each.section)) for each in made], "new")
    links = frozenset((old.clauses[at].number, new.clauses[place].number) for place, each in enumerate(made) for at in each.sources)
    return Corpus(old, new, links)


def _old(count: int, chance: random.Random) -> list[tuple[str, str]]:
    """Titles and texts: our content, and again with other nouns and verbs as often as needed."""
    content = []
    for source in _SOURCES:
        draft, _ = read_draft((resource("content") / source / "en.md").read_bytes())
        content += [(clause.title, clause.text) for clause in draft.numbered if clause.text] if draft else []
    words = sorted({word for _, text in content for word in _WORD.findall(text)})
    found = content[:count]
    while len(found) < count:
        for title, text in content[: count - len(found)]:
            other: dict[str, str] = {}
            found.append((_reworded(title, 0.5, words, other, chance), _reworded(text, 0.5, words, other, chance)))
    return found


def _reworded(text: str, share: float, words: list[str], other: dict[str, str], chance: random.Random) -> str:
    """The text with a share of its longer words replaced, a word always by the same other word."""

    def instead(match: re.Match[str]) -> str:
        word = match.group()
        if word not in other:
            other[word] = chance.choice(words) if chance.random() < share else word
        return other[word]

    return _WORD.sub(instead, text)


def _revised(olds: list[tuple[str, str]], chance: random.Random) -> list[_Made]:
    words = sorted({word for _, text in olds for word in _WORD.findall(text)})
    made: list[_Made] = []
    for at, (title, text) in enumerate(olds):
        fate, section = chance.random(), at // _SECTION
        if fate < 0.05 and at:
            continue
        if fate < 0.09:
            made.append(_Made((), "", _reworded(text, 0.9, words, {}, chance), section))
        changed = _MODALS.sub(lambda match: chance.choice(("shall", match.group())), _reworded(text, 0.3, words, {}, chance))
        sentences = _SENTENCE.split(changed)
        if fate > 0.97 and len(sentences) > 1:
            half = len(sentences) // 2
            made.append(_Made((at,), title, " ".join(sentences[:half]), section))
            made.append(_Made((at,), "", " ".join(sentences[half:]), section))
        elif fate > 0.94 and made and made[-1].section == section:
            last = made.pop()
            made.append(_Made((*last.sources, at), last.title, f"{last.text}\n\n{changed}", section))
        else:
            made.append(_Made((at,), title, changed, section))
    return made


def _with_numbers(rows: Iterable[tuple[str, str, int]], version: str) -> Draft:
    """Numbers 1.1, 1.2 … by section; each section has a heading of its own."""
    count: dict[int, int] = {}
    clauses = []
    for at, (title, text, section) in enumerate(rows):
        count[section] = count.get(section, 0) + 1
        number = f"{section + 1}.{count[section]}"
        clauses.append(Clause(number, number, title, text, 2, at, at + 1, (f"Part {section + 1}",)))
    return Draft("synthetic", version, "en", "Synthetic", tuple(clauses))
