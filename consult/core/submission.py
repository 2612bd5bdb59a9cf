"""A hand-in as data: what a form may say, its limits, and the reading of a sent form into typed values or problems.

Texts are kept as sent except CRLF -> LF; nothing is trimmed. A text of white space only counts as empty. Control characters other
than tab and line feed are refused with their place, so that what is stored can be shown, exported and compared exactly.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import cast

from consult.core.anchor import Anchor
from consult.core.attachment import Handed
from consult.core.group_input import FIELDS as GROUP
from consult.core.group_input import TEXTS, GroupInput
from consult.core.problem import Problem
from consult.core.visibility import Seen, Viewer, seen
from consult.core.vocabulary import (
    CAPACITIES,
    CHOICES,
    POSITIONS,
    TYPES,
    Capacity,
    Channel,
    CommentType,
    Position,
    PublicationChoice,
    Target,
)

LIMITS: dict[str, int] = {
    "text": 20_000, "proposed": 20_000, "rationale": 10_000, "quote": 2000, "edited": 20_000, "name": 200, "organisation": 200, "mail": 254,
    "group_people": 40, "group_name": 200, "group_language": 100, "group_given": 1000, "group_consent": 1000, "group_conditions": 2000,
}  # fmt: skip
"""Characters (code points after CRLF -> LF), as the counter on the page counts them."""
WORDS = ("text", "proposed", "rationale")
LINES = ("name", "organisation", "mail")
_MAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@(?:[^\s@<>()\[\],;:\\\".]{1,63}\.)+[^\s@<>()\[\],;:\\\".]{2,63}")
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)
VIEWERS: tuple[Viewer, ...] = ("public", "committee", "secretariat")
PIECES = ("text", "stakeholder_class", "country", "organisation", "name", "mail")


@dataclass(frozen=True, slots=True)
class CommentTarget:
    """What a comment speaks of, by the words of its address.

    `number`: of the clause; for `new` the one after which it would stand, "" at the beginning. `baseline`: version that holds a removed clause.
    `clause_text`: key of the very text that was shown; None where none was.
    """

    kind: Target
    standard: str | None = None
    number: str | None = None
    baseline: str | None = None
    clause_text: int | None = None


@dataclass(frozen=True, slots=True)
class NewComment:
    """One comment of a submission. At least one of `text` and `proposed` is there. `language` of its text; `choice` narrows the submission's.

    `anchor`: the words of the clause text it is about; `further`: numbers of further clauses of the document it also applies to;
    `evidence`: links; `whole`: `proposed` is the whole clause text, edited.
    """

    target: CommentTarget
    text: str | None
    language: str
    proposed: str | None = None
    rationale: str | None = None
    type: CommentType | None = None
    position: Position | None = None
    choice: PublicationChoice | None = None
    anchor: Anchor | None = None
    further: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    whole: bool = False
    attachments: tuple[Handed, ...] = ()
    """Files that came with its form; they are stored already."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who hands in, once per submission; name, mail and organisation as written or None."""

    capacity: Capacity
    stakeholder_class: str
    country: str
    choice: PublicationChoice
    consent_version: str
    name: str | None = None
    mail: str | None = None
    organisation: str | None = None
    group: GroupInput | None = None
    """Whose input a facilitator brings."""

    @property
    def as_data(self) -> dict[str, object]:
        """Without a group as it was before there were any: a form that was received then has the same sum today."""
        return {name: value for name, value in asdict(self).items() if name != "group" or value}


@dataclass(frozen=True, slots=True)
class SubmittedForm:
    """A whole hand-in. `key` makes it count once; `opened_at` is when its form was opened (None: no form was);
    `again` says that its sender knows of an equal one received just before and means this as a further one;
    `arrived_at`: when the file came in that holds all its words (None: they came with this form): the window is judged by it.
    """

    key: str
    consultation: str
    round: int
    language: str
    person: Person
    comments: tuple[NewComment, ...]
    channel: Channel = "web"
    opened_at: datetime | None = None
    again: bool = field(default=False, compare=False)
    arrived_at: datetime | None = field(default=None, compare=False)
    answers: tuple[tuple[str, str], ...] = ()
    """To the questions of the round: (code, answer as stored), see `core.question`. Without comments there is one at least."""

    @property
    def tells_sender(self) -> bool:
        """Whether an equal one is most likely of the same sender: two people easily choose the same answers, and say nothing else."""
        return bool(self.comments or self.person.mail or self.person.name)

    @property
    def content_sha256(self) -> str:
        """Of all that its author said: equal for a form sent twice, different when a letter differs."""
        said: dict[str, object] = {
            "round": [self.consultation, self.round],
            "person": self.person.as_data,
            "comments": [_as_data(c) for c in self.comments],
        }
        if self.answers:
            said["answers"] = [list(each) for each in self.answers]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _as_data(comment: NewComment) -> dict[str, object]:
    """Details that say nothing are left out: a form that was received before there were any has the same sum today."""
    return {
        name: value
        for name, value in asdict(comment).items()
        if value or name not in ("anchor", "further", "evidence", "whole", "attachments")
    }


@dataclass(frozen=True, slots=True)
class FilledIn:
    """What a form said once it was read without problems. `language` is "" where the text shall tell."""

    person: Person
    text: str | None
    proposed: str | None
    rationale: str | None
    type: CommentType | None
    position: Position | None
    language: str


def unfolded(value: str) -> str:
    """As it is stored: CRLF -> LF, nothing else."""
    return value.replace("\r\n", "\n")


def read_form(
    fields: Mapping[str, str], *, classes: Collection[str], countries: Collection[str], consent_version: str, proposes: bool = True
) -> FilledIn | tuple[Problem, ...]:
    """The typed values of a sent form, or all its problems in the order of its fields (`where["field"]`).

    Fields: text, proposed, rationale, position, type, comment_language; capacity, organisation, name, mail, stakeholder_class, country, choice,
    consent. `proposes`: the target can be reworded.
    """
    words, person = words_problems(fields, proposes), person_problems(fields, classes=classes, countries=countries)
    problems = [*words, *person, *consent_problems(fields)]
    if problems:
        return tuple(problems)
    said = typed_words(fields, proposes)
    kind, position = cast("CommentType | None", fields.get("type") or None), cast("Position | None", fields.get("position") or None)
    return FilledIn(
        person_of(fields, consent_version),
        said["text"],
        said["proposed"],
        said["rationale"],
        kind,
        position,
        fields.get("comment_language", ""),
    )


def typed_words(fields: Mapping[str, str], proposes: bool = True) -> dict[str, str | None]:
    """text, proposed and rationale as they are stored; None for what is only white space, or has no place here."""
    said = {name: _stored(fields, name) for name in WORDS}
    return said if proposes else {**said, "proposed": None}


def words_problems(fields: Mapping[str, str], proposes: bool = True) -> list[Problem]:
    """What is wrong with the part of a form that says something: words, position, type, language."""
    return [
        *_words_problems(typed_words(fields, proposes), proposes),
        *_closed("position", fields.get("position", ""), POSITIONS, optional=True),
        *_closed("type", fields.get("type", ""), TYPES, optional=True),
        *_language_problems(fields.get("comment_language", "")),
    ]


def person_problems(fields: Mapping[str, str], *, classes: Collection[str], countries: Collection[str]) -> list[Problem]:
    """What is wrong with the part of a form that says who speaks, and what may be published."""
    capacity = fields.get("capacity", "")
    return [
        *_closed("capacity", capacity, CAPACITIES),
        *_line_problems(_typed_lines(fields), capacity),
        *_closed("stakeholder_class", fields.get("stakeholder_class", ""), classes),
        *_closed("country", fields.get("country", ""), countries),
        *_closed("choice", fields.get("choice", ""), CHOICES),
        *(_group_problems(fields) if capacity == "facilitator" else ()),
    ]


def consent_problems(fields: Mapping[str, str]) -> list[Problem]:
    return [] if fields.get("consent") else [Problem("consent_missing", {"field": "consent"})]


def person_of(fields: Mapping[str, str], consent_version: str) -> Person:
    """Who speaks, of a form without problems."""
    said = _typed_lines(fields)
    return Person(
        cast(Capacity, fields["capacity"]), fields["stakeholder_class"], fields["country"], cast(PublicationChoice, fields["choice"]),
        consent_version, said["name"], said["mail"], said["organisation"],
        group_of(fields) if fields["capacity"] == "facilitator" else None,
    )  # fmt: skip


def group_of(fields: Mapping[str, str]) -> GroupInput:
    """What a form says of a group, as far as it does."""
    return GroupInput(_people(fields.get("group_people", "")), *(_stored(fields, name) for name in GROUP[1:]))


def _people(said: str) -> int | None:
    """About how many: the one number in what was typed, such as 40, “about 40”, 1 200 or ４０."""
    numbers = re.findall(r"\d+", re.sub(r"(?<=\d)[ ,.'’](?=\d{3}(?!\d))", "", unicodedata.normalize("NFKC", said)))
    return int(numbers[0]) if len(numbers) == 1 and len(numbers[0]) < 9 and int(numbers[0]) > 0 else None


def _group_problems(fields: Mapping[str, str]) -> list[Problem]:
    """A group may stay without a name, and set no conditions; that it agreed is recorded in any case."""
    problems = []
    for name in GROUP:
        value = _stored(fields, name) or ""
        problems += _length(name, value) or character_problems(name, value, lines=name in TEXTS)
        if not value and name not in ("group_name", "group_conditions"):
            problems.append(Problem(f"{name}_missing", {"field": name}))
    if fields.get("group_people", "").strip() and _people(fields["group_people"]) is None:
        problems.append(Problem("group_people_form", {"field": "group_people"}))
    return problems


def _typed_lines(fields: Mapping[str, str]) -> dict[str, str | None]:
    given = {name: _stored(fields, name) for name in LINES}
    return {**given, "mail": given["mail"].strip() if given["mail"] else None}


def _stored(fields: Mapping[str, str], name: str) -> str | None:
    value = unfolded(fields.get(name, ""))
    return value if value.strip() else None


def character_problems(name: str, value: str, *, lines: bool = True) -> list[Problem]:
    """The first control character that cannot be stored, with line and column (both from 1)."""
    for index, letter in enumerate(value):
        if (lines and letter in "\t\n") or unicodedata.category(letter) not in ("Cc", "Cs"):
            continue
        before = value[:index]
        where: dict[str, str | int] = {"field": name, "line": before.count("\n") + 1, "column": index - before.rfind("\n")}
        return [Problem("control_character", where, {"code": f"U+{ord(letter):04X}"})]
    return []


def is_language_tag(tag: str) -> bool:
    return len(tag) <= 35 and _TAG.fullmatch(tag) is not None


def who_sees(choice: PublicationChoice) -> dict[Viewer, tuple[str, ...]]:
    """Viewer -> what of a cleared comment it sees under a choice; made from the rule itself, so that the form cannot promise otherwise."""
    return {viewer: _pieces(seen(viewer, "cleared", choice)) for viewer in VIEWERS}


def _pieces(of: Seen) -> tuple[str, ...]:
    return tuple(piece for piece in PIECES if getattr(of, piece))


def _words_problems(said: Mapping[str, str | None], proposes: bool) -> list[Problem]:
    problems = []
    if said["text"] is None and said["proposed"] is None:
        problems.append(Problem("nothing_said" if proposes else "no_text", {"field": "text"}))
    for name in WORDS:
        value = said[name] or ""
        problems += _length(name, value) or character_problems(name, value)
    return problems


def _line_problems(said: Mapping[str, str | None], capacity: str) -> list[Problem]:
    problems = []
    if capacity == "organisation" and said["organisation"] is None:
        problems.append(Problem("organisation_missing", {"field": "organisation"}))
    for name in ("organisation", "name", "mail"):
        value = said[name] or ""
        problems += _length(name, value) or character_problems(name, value, lines=False) or _mail_problems(name, value)
    return problems


def is_mail(value: str) -> bool:
    """Whether it has the form of a mail address."""
    return _MAIL.fullmatch(value) is not None


def _mail_problems(name: str, value: str) -> list[Problem]:
    return [Problem("mail_form", {"field": name})] if name == "mail" and value and not is_mail(value) else []


def _length(name: str, value: str) -> list[Problem]:
    over = len(value) - LIMITS[name]
    return [Problem("too_long", {"field": name}, {"limit": LIMITS[name], "over": over})] if over > 0 else []


def _closed(name: str, value: str, codes: Collection[str], *, optional: bool = False) -> list[Problem]:
    if value in codes or (optional and not value):
        return []
    return [Problem("not_in_list" if value else f"{name}_missing", {"field": name})]


def _language_problems(tag: str) -> list[Problem]:
    return [] if not tag or is_language_tag(tag) else [Problem("not_in_list", {"field": "comment_language"})]
