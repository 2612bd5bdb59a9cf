"""Two editions over two versions: what one language changed and the other did not, and where they disagree on what became of a clause.

`parity` compares two languages of one version; this compares their ways from the version before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.core.align import align
from consult.core.change import JOINT, Link
from consult.core.clause import Clause, Draft
from consult.core.meaning import Matter, suggest
from consult.core.meaning.compared import changed_words, only_form, quote
from consult.core.meaning.statements import Statement, paired, read_statements, words_of
from consult.core.problem import Problem

FIRM = ("strength", "limit", "deadline", "frequency", "date")
"""Signs that the languages of our content show alike; others depend too much on how a language builds its sentences."""
POLISHED = 2
"""Words (pairs of Han characters) that a translation may change by itself."""


@dataclass(frozen=True, slots=True)
class Editions:
    """One language in two versions: `old` the baseline, `new` what is compared with it."""

    old: Draft
    new: Draft

    @property
    def language(self) -> str:
        return self.new.language


def lag(prevailing: Editions, other: Editions, links: Sequence[Link]) -> tuple[Problem, ...]:
    """Warnings where a translation did not follow the prevailing text, or went another way. `links`: the map of the prevailing language.

    Codes: `stale_passage` (the prevailing text changed, the translation did not), `changed_alone` (the reverse), `map_differs` (aligned by itself, the
    translation gives a clause other ancestors: theirs, ours), `meaning_differs` (a verb, limit, deadline or date got stricter in one and not in
    the other). Where the words are known, params `there` and `here` quote them (prevailing, translation).
    """
    problems: list[Problem] = []
    for link in links:
        problems += _link(prevailing, other, link)
    return (*problems, *_maps(prevailing, other, links))


def _link(prevailing: Editions, other: Editions, link: Link) -> Iterator[Problem]:
    sides = [(_clauses(each.old, link.old), _clauses(each.new, link.new)) for each in (prevailing, other)]
    if not all(old and new for old, new in sides):
        return
    (old, new), (was, now) = (tuple(JOINT.join(clause.text for clause in clauses) for clauses in side) for side in sides)
    clause = sides[1][1][0]
    found = list(_passages((old, new), (was, now), (prevailing.language, other.language)))
    for code, there, here in found:
        yield _problem(code, prevailing, other, clause, there=there, here=here)
    if not found and old != new:
        yield from _meaning(prevailing, other, clause, (old, new), (was, now))


Pair = tuple[str, str]


def _passages(theirs: Pair, ours: Pair, languages: Pair) -> Iterator[tuple[str, str, str]]:
    """(code, words there, words here), sentence by sentence where both languages have equally many, else the clause as a whole."""
    if not only_form(*theirs, languages[0]) and ours[0] == ours[1]:
        yield "stale_passage", quote(_come(theirs, languages[0])), quote(ours[1])
        return
    if theirs[0] == theirs[1] and not only_form(*ours, languages[1]):
        yield "changed_alone", quote(theirs[1]), quote(_come(ours, languages[1]))
        return
    before, after = (
        [read_statements(texts[at], language) for texts, language in zip((theirs, ours), languages, strict=True)] for at in (0, 1)
    )
    if len(before[0]) != len(before[1]) or len(after[0]) != len(after[1]):
        return
    ways = [_ways(before[at], after[at], languages[at]) for at in (0, 1)]
    for place in sorted(ways[0].keys() & ways[1].keys()):
        (source, changed), (followed, changed_too) = ways[0][place], ways[1][place]
        if source != followed:
            continue
        there, here = (after[at][place].text for at in (0, 1))
        was_there, was_here = (before[at][source].text for at in (0, 1))
        if changed and here == was_here:
            yield "stale_passage", quote(_come((was_there, there), languages[0])), quote(here)
        elif changed_too and there == was_there and not _slight((was_here, here), languages[1]):
            yield "changed_alone", quote(there), quote(_come((was_here, here), languages[1]))


def _slight(texts: Pair, language: str) -> bool:
    """One other word, and no sign that anything but the style changed: translators polish."""
    gone, come = (words_of(words).total() for words in changed_words(*texts, language))
    if max(gone, come) > POLISHED:
        return False
    return all(sign.kind in ("wording", "form") for sign in suggest(Matter(language, *texts)).signs)


def _come(texts: Pair, language: str) -> str:
    gone, come = changed_words(*texts, language)
    return come or gone


def _ways(old: Sequence[Statement], new: Sequence[Statement], language: str) -> dict[int, tuple[int, bool]]:
    """Place in the new text -> its place in the old one, and whether its words changed in more than form."""
    at_old, at_new = ({id(each): place for place, each in enumerate(side)} for side in (old, new))
    pairs, _, _ = paired(old, new)
    return {at_new[id(after)]: (at_old[id(before)], not only_form(before.text, after.text, language)) for before, after in pairs}


def _meaning(prevailing: Editions, other: Editions, clause: Clause, theirs: Pair, ours: Pair) -> Iterator[Problem]:
    signs = [
        [sign for sign in suggest(Matter(language, *texts)).signs if sign.kind in FIRM and sign.old and sign.new]
        for language, texts in ((prevailing.language, theirs), (other.language, ours))
    ]
    directions = [{sign.direction for sign in each} for each in signs]
    if all(signs) and not directions[0] & directions[1]:
        there, here = (f"{each[0].old} → {each[0].new}" for each in signs)
        yield _problem("meaning_differs", prevailing, other, clause, there=there, here=here)


def _maps(prevailing: Editions, other: Editions, links: Sequence[Link]) -> Iterator[Problem]:
    own = align(other.old, other.new)
    theirs, ours = _ancestors(links), _ancestors(own)
    labels = {clause.number: clause.label for clause in other.old.numbered}
    for clause in other.new.numbered:
        a, b = theirs.get(clause.number, ()), ours.get(clause.number, ())
        if set(a) != set(b):
            told = {"theirs": _listed(a, labels), "ours": _listed(b, labels)}
            yield _problem("map_differs", prevailing, other, clause, **told)


def _ancestors(links: Sequence[Link]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for link in links:
        for number in link.new:
            found[number] = (*found.get(number, ()), *link.old)
    return found


def _listed(numbers: Sequence[str], labels: dict[str, str]) -> str:
    return ", ".join(labels.get(number, number) for number in numbers) or "—"


def _clauses(draft: Draft, numbers: Sequence[str]) -> list[Clause]:
    known = {clause.number: clause for clause in draft.numbered}
    return [known[number] for number in numbers if number in known]


def _problem(code: str, prevailing: Editions, other: Editions, clause: Clause, **told: str) -> Problem:
    where: dict[str, str | int] = {"language": other.language, "number": clause.number}
    if other.new.file:
        where = {"file": other.new.file, **where, "line": clause.line}
    return Problem(
        code, where, {"label": clause.label, "prevails": prevailing.language, "baseline": prevailing.old.version, **told}, "warning"
    )
