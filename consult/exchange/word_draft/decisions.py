"""What somebody in the office said about a paragraph: "clause 5.2", "group", "text", "left out"."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from consult.core.draft import annex_or_number
from consult.exchange.word_draft.findings import Findings
from consult.exchange.word_draft.passage import Paragraph

_CLAUSE = re.compile(r"clause\s+(?P<heading>\S.*)", re.IGNORECASE | re.DOTALL)
_PLAIN = {"group": "group", "text": "text", "left out": "left_out", "left_out": "left_out"}


@dataclass(frozen=True, slots=True)
class Decision:
    """`read_as`: clause, group, text, left_out; `label` and `title` of a clause ("" for a title: it is in the paragraph)."""

    read_as: str
    label: str = ""
    title: str = ""


def keys(paragraphs: list[Paragraph]) -> dict[int, str]:
    """Paragraph -> key made of its words; equal words are told apart by their order."""
    seen: Counter[str] = Counter()
    found = {}
    for paragraph in paragraphs:
        digest = hashlib.sha256("".join(paragraph.text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        seen[digest] += 1
        found[paragraph.place] = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
    return found


def read_decisions(given: Mapping[str, str], known: Mapping[int, str], findings: Findings) -> dict[int, Decision]:
    """By paragraph. What names no paragraph of this file, or says nothing known, is told and has no effect."""
    places = {key: place for place, key in known.items()} | {str(place): place for place in known}
    found = {}
    for key, words in given.items():
        place, decision = places.get(str(key)), _read(str(words).strip())
        if place is None:
            findings.tell("word_decision_lost", key=str(key)[:80], decision=str(words)[:80])
        elif decision is None:
            findings.tell("word_decision_unclear", place, decision=str(words)[:80])
        else:
            found[place] = decision
    return found


def _read(words: str) -> Decision | None:
    if plain := _PLAIN.get(words.lower()):
        return Decision(plain)
    named = _CLAUSE.fullmatch(words)
    number = annex_or_number(" ".join(named["heading"].split())) if named else None
    return Decision("clause", *number) if number else None
