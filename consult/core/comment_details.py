"""What a comment may say besides its words: the words of the clause it is about, further clauses, links to evidence, an edited clause text.

Drafts keep all of it as typed; here it becomes typed values, or problems with their place (`where["field"]`, and `line` for links).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from urllib.parse import urlsplit

from consult.core.anchor import Anchor, anchor_at, placed
from consult.core.draft.number import address
from consult.core.problem import Problem
from consult.core.proposal import editable
from consult.core.render import plain_text
from consult.core.submission import LIMITS, CommentTarget, character_problems
from consult.core.vocabulary import Target

DETAILS = ("quote", "quote_place", "further", "evidence", "edited")
"""Fields of a form, in its order."""
MOST_LINKS = 10
LONGEST_LINK = 2000
MOST_FURTHER = 50
ANCHORED: tuple[Target, ...] = ("clause", "removed")
"""Targets with a text whose words can be picked, or edited."""
APPLIES_FURTHER: tuple[Target, ...] = ("clause", "removed", "new")
_PARTED = re.compile(r"[,;，；、\n]+|\s+(?=\S*\d)")


@dataclass(frozen=True, slots=True)
class Ground:
    """What the details of a comment are read against: the Markdown of the clause text shown (None where its words cannot be picked or edited),
    the clauses of the document under consultation that it may apply to besides (number in addresses -> as printed), and the number of the
    clause itself, which is no further one.
    """

    source: str | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)
    own: str | None = None

    @classmethod
    def of(cls, target: CommentTarget, source: str | None, numbers: Mapping[str, str]) -> "Ground":
        """That of a target; `numbers` of the whole document."""
        own = target.number if target.kind == "clause" else None
        further = {number: label for number, label in numbers.items() if number != own} if target.kind in APPLIES_FURTHER else {}
        return cls(source if target.kind in ANCHORED else None, further, own)


@dataclass(frozen=True, slots=True)
class FurtherClause:
    """A further clause that a comment applies to: number in addresses, and as printed."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class Details:
    """`further`: numbers as in addresses; `whole`: the proposed wording is the whole clause text, edited."""

    anchor: Anchor | None = None
    further: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    whole: bool = False


def edit_of(fields: Mapping[str, str], ground: Ground) -> str | None:
    """The edited clause text of a form, or None where it says nothing that the clause does not say already."""
    typed = fields.get("edited", "").replace("\r\n", "\n")
    if ground.source is None or not typed.strip() or _same(typed, editable(ground.source)):
        return None
    return typed


def with_edit(fields: Mapping[str, str], ground: Ground) -> dict[str, str]:
    """The form with its edited clause text as the proposed wording, where that field says nothing of its own."""
    edited = edit_of(fields, ground)
    return {**fields, "proposed": edited} if edited and not fields.get("proposed", "").strip() else dict(fields)


def read_details(fields: Mapping[str, str], ground: Ground) -> tuple[Details, list[Problem]]:
    """What a form says besides its words, and all that is wrong with it. Fields that have no ground count for nothing."""
    anchor, problems = _anchor(fields, ground)
    edited = edit_of(fields, ground)
    own = fields.get("proposed", "").strip()
    if edited and own:
        problems.append(Problem("two_proposals", {"field": "edited"}))
    elif edited:
        problems += _storable("edited", edited)
    evidence, wrong = _links(fields.get("evidence", ""))
    further, unknown = _further(fields.get("further", ""), ground) if ground.numbers else ((), [])
    return Details(anchor, further, evidence, whole=bool(edited and not own)), [*problems, *wrong, *unknown]


def choices_of(fields: Mapping[str, str], ground: Ground) -> tuple[Anchor, ...]:
    """The places among which the sender of a form still has to choose; none where its words stand once or nowhere."""
    if ground.source is None or not fields.get("quote", "").strip():
        return ()
    plain = plain_text(ground.source)
    found = placed(plain, fields["quote"], fields.get("quote_place", ""))
    return tuple(anchor_at(plain, *each) for each in found) if len(found) > 1 else ()


def _anchor(fields: Mapping[str, str], ground: Ground) -> tuple[Anchor | None, list[Problem]]:
    words = fields.get("quote", "")
    if not words.strip() or ground.source is None:
        return None, []
    if problems := _storable("quote", words.replace("\r\n", "\n")):
        return None, problems
    plain = plain_text(ground.source)
    found = placed(plain, words, fields.get("quote_place", ""))
    if len(found) != 1:
        return None, [Problem("words_in_many_places" if found else "words_not_found", {"field": "quote"}, {"count": len(found)})]
    return anchor_at(plain, *found[0]), []


def _storable(name: str, value: str) -> list[Problem]:
    over = len(value) - LIMITS[name]
    if over > 0:
        return [Problem("too_long", {"field": name}, {"limit": LIMITS[name], "over": over})]
    return character_problems(name, value)


def _links(typed: str) -> tuple[tuple[str, ...], list[Problem]]:
    """One a line; empty lines are passed over, the same link twice counts once."""
    lines = [(number, line.strip()) for number, line in enumerate(typed.replace("\r\n", "\n").split("\n"), 1) if line.strip()]
    problems = [problem for number, line in lines for problem in _link_problems(number, line)]
    links = tuple(dict.fromkeys(line for _, line in lines))
    if not problems and len(links) > MOST_LINKS:
        problems = [Problem("links_many", {"field": "evidence"}, {"most": MOST_LINKS, "count": len(links)})]
    return links, problems


def _link_problems(number: int, link: str) -> list[Problem]:
    where: dict[str, str | int] = {"field": "evidence", "line": number}
    if len(link) > LONGEST_LINK:
        return [Problem("link_long", where, {"limit": LONGEST_LINK})]
    if controls := character_problems("evidence", link, lines=False):
        return [Problem(controls[0].code, {**where, "column": controls[0].where["column"]}, controls[0].params)]
    try:
        parts = urlsplit(link)
        host, credentials = parts.hostname, parts.username is not None or parts.password is not None
    except ValueError:
        return [Problem("link_form", where)]
    if parts.scheme.lower() not in ("http", "https") or not host or any(letter.isspace() or letter in '<>"' for letter in link):
        return [Problem("link_form", where)]
    return [Problem("link_credentials", where)] if credentials else []


def _further(typed: str, ground: Ground) -> tuple[tuple[str, ...], list[Problem]]:
    found: dict[str, None] = {}
    problems: list[Problem] = []
    if controls := character_problems("further", typed):
        return (), controls
    for said in (part.strip() for part in _PARTED.split(typed)):
        number = address(said.strip(".")) if said else ""
        if number in ground.numbers:
            found[number] = None
        elif said and number != ground.own:
            problems.append(
                Problem("further_unknown", {"field": "further"}, {"number": said[:80], "nearest": ", ".join(_nearest(number, ground))})
            )
    if len(found) > MOST_FURTHER:
        problems.append(Problem("further_many", {"field": "further"}, {"most": MOST_FURTHER}))
    return tuple(each for each in ground.numbers if each in found), problems


def _nearest(number: str, ground: Ground) -> list[str]:
    """As printed: numbers that look like it, those of its own principle first."""
    top = number.split(".")[0]
    of_top = [each for each in ground.numbers if each.split(".")[0] == top]
    near = [*get_close_matches(number, of_top, 3, 0.3), *get_close_matches(number, list(ground.numbers), 3, 0.5)]
    return [ground.numbers[each] for each in dict.fromkeys(near)][:3]


def _same(typed: str, text: str) -> bool:
    """White space apart at the ends of lines: browsers and people leave it differently."""
    return [line.rstrip() for line in typed.strip().split("\n")] == [line.rstrip() for line in text.strip().split("\n")]
