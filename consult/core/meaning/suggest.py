"""From two texts of a clause to signs and labels."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from consult.core.meaning import compared
from consult.core.meaning.forces import ADVISING, BINDING
from consult.core.meaning.labels import SIGNS, Direction, Meaning, Sign, labels_of
from consult.core.meaning.statements import Statement, paired, read_statements, words_of

NEW_WORDS = 0.35
"""Share of words that the other text has nowhere: below it a sentence that seems added or removed was only placed otherwise."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One change in one language. Texts are Markdown; a side with no clause is None. `applied`, `applies`: activities before and now, empty for all.

    `terms`: names of defined terms in this language; a term that takes another's place changes whom or what the clause binds.
    """

    language: str
    old: str | None
    new: str | None
    old_title: str = ""
    new_title: str = ""
    applied: tuple[str, ...] = ()
    applies: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


def suggest(matter: Matter) -> Meaning:
    """The labels that the words suggest, with their signs, the weightiest first. Nothing for a clause that did not change."""
    signs = list(dict.fromkeys(_signs(matter)))
    order = {kind: at for at, kind in enumerate(SIGNS)}
    if any(sign.kind not in ("wording", "form") for sign in signs):
        signs = [sign for sign in signs if sign.kind != "form"]
    return Meaning(labels_of(signs), tuple(sorted(signs, key=lambda sign: order[sign.kind])))


def _signs(matter: Matter) -> Iterator[Sign]:
    language = matter.language
    if matter.old is None or matter.new is None:
        yield from _whole(matter)
        return
    if set(matter.applied) != set(matter.applies):
        yield Sign("activities", "none", language, ",".join(matter.applied), ",".join(matter.applies))
    if matter.old != matter.new:
        found = list(_texts(matter.old, matter.new, language, matter.terms))
        yield from found or [Sign("form", "none", language, "", "")]
    if matter.old_title != matter.new_title:
        same = compared.only_form(matter.old_title, matter.new_title, language)
        yield Sign("form" if same else "wording", "none", language, matter.old_title, matter.new_title)


def _whole(matter: Matter) -> Iterator[Sign]:
    """A clause that was added or removed as a whole: its first sentence that binds says so for all of them."""
    text, added = (matter.new, True) if matter.old is None else (matter.old, False)
    statements = read_statements(text or "", matter.language)
    for forces in (BINDING, ADVISING, ("may", "need_not")):
        if first := next((each for each in statements if each.force in forces), None):
            yield from _alone(first, matter.language, added=added)
            return
    yield _quoted("wording", "none", matter.language, statements[0] if statements else None, added=added)


@lru_cache(maxsize=4096)
def _texts(old: str, new: str, language: str, terms: tuple[str, ...]) -> tuple[Sign, ...]:
    return tuple(_compared_texts(old, new, language, terms))


def _compared_texts(old: str, new: str, language: str, terms: tuple[str, ...]) -> Iterator[Sign]:
    before, after = read_statements(old, language), read_statements(new, language)
    pairs, gone, come = paired(before, after)
    for one, other in pairs:
        if one.text != other.text or one.force != other.force:
            yield from compared.signs(one, other, language, terms)
    for added, alone, elsewhere in ((False, gone, after), (True, come, before)):
        there = words_of(" ".join(each.text for each in elsewhere))
        for each in alone:
            words = words_of(each.text)
            fresh = (words - there).total() / max(1, words.total())
            if fresh < NEW_WORDS:
                yield _quoted("wording", "none", language, each, added=added)
            else:
                yield from _alone(each, language, added=added)


def _alone(statement: Statement, language: str, *, added: bool) -> Iterator[Sign]:
    """A statement that only one side has."""
    force = statement.force
    more: Direction = "stricter" if added else "looser"
    if force in BINDING:
        kind = "demand" if statement.detail else "obligation"
        yield _quoted(kind, more, language, statement, added=added)
    elif force in ADVISING:
        yield _quoted("recommendation", more, language, statement, added=added)
    elif force in ("may", "need_not"):
        yield _quoted("permission", "looser" if added else "stricter", language, statement, added=added)
    else:
        yield _quoted("wording", "none", language, statement, added=added)


def _quoted(kind: str, direction: Direction, language: str, statement: Statement | None, *, added: bool) -> Sign:
    words = compared.quote(statement.text) if statement else ""
    where = statement.where if statement else ""
    return Sign(kind, direction, language, "" if added else words, words if added else "", where)  # type: ignore[arg-type]
