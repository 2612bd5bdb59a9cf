"""Defined terms: where one language uses a term, the other uses its own word for it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from consult.core.citation import DefinedTerm, defined_terms, find_terms
from consult.core.clause import Clause, Draft

LEAST = 3
"""Terms from which a clause counts as one of definitions."""
Pair = tuple[DefinedTerm, DefinedTerm]


def term_pairs(prevailing: Draft, other: Draft) -> tuple[Pair, ...]:
    """Terms that the same clause defines at the same place in both languages; none where one of them defines more than the other."""
    theirs = {clause.number: clause for clause in other.numbered}
    found: list[Pair] = []
    for clause in prevailing.numbered:
        if clause.number not in theirs:
            continue
        here, there = _defined(clause), _defined(theirs[clause.number])
        if len(here) == len(there) >= LEAST:
            found += zip(here, there, strict=True)
    return tuple(found)


def defines(clause: Clause) -> bool:
    return len(_defined(clause)) >= LEAST


def _defined(clause: Clause) -> tuple[DefinedTerm, ...]:
    """Terms in bold with their definition; a table of two columns need not define anything."""
    return tuple(
        term for term in defined_terms(clause.title, clause.text, is_leaf=False) if clause.text.startswith(("**", "__"), term.start - 2)
    )


def terms_apart(theirs: Clause, ours: Clause, languages: tuple[str, str], pairs: Sequence[Pair]) -> Iterator[tuple[str, str]]:
    """(term there, term here) of each that only one of two texts uses. Small letters count as well: a term need not be marked to be used.

    Chinese terms are everyday words too: that the prevailing text does not use one where the Chinese does says nothing.
    """
    used = [
        _used(clause.text, language, [pair[at] for pair in pairs])
        for at, (clause, language) in enumerate(zip((theirs, ours), languages, strict=True))
    ]
    loosely = [
        _loosely(clause, language, [pair[at] for pair in pairs])
        for at, (clause, language) in enumerate(zip((theirs, ours), languages, strict=True))
    ]
    for at, (there, here) in enumerate(pairs):
        if (used[0][at] and not loosely[1][at]) or (languages[1] != "zh" and used[1][at] and not loosely[0][at]):
            yield there.name, here.name


def _used(text: str, language: str, terms: Sequence[DefinedTerm]) -> Counter[int]:
    return Counter(use.position for use in find_terms(text, language, [(at, term.forms) for at, term in enumerate(terms)]))


def _loosely(clause: Clause, language: str, terms: Sequence[DefinedTerm]) -> Counter[int]:
    text = clause.text
    if language == "zh":  # long terms are shortened in running text: 温室气体减排 stands for 温室气体排放
        return Counter(at for at, term in enumerate(terms) if any(_shortened(form, text) for form in term.forms))
    lowered = [(at, tuple(form.lower() for form in term.forms)) for at, term in enumerate(terms)]
    return Counter(use.position for use in find_terms(text.lower(), language, lowered))


def _shortened(form: str, text: str) -> bool:
    least = max(2, -(-2 * len(form) // 3))
    return any(form[at : at + least] in text for at in range(len(form) - least + 1))
