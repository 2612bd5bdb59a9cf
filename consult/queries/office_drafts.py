"""Drafts in the office: what was uploaded, what was read of it, what is wrong with it."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy import and_, exists, func, select

from consult.core.clause import Draft
from consult.core.draft import Annotations, check_version, read_annotations, read_draft
from consult.core.problem import Problem
from consult.core.version_files import VersionFiles
from consult.extensions import db
from consult.models import Account, DraftImport, LinkEdit, OfficeDraft, PassageDecision, PublicationRequest, Standard, Version

CLAUSES = "clauses"
"""The part that is no language: clauses.yaml."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said a passage is: clause (with its number), heading, text (of the clause before), left_out."""

    choice: str
    number: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was not understood, or that a person decided on. `read_as`: clause, group, item, text, table, left_out."""

    key: str
    quote: str
    paragraph: int
    read_as: str
    number: str
    doubt: str
    decided: Decision | None


@dataclass(frozen=True, slots=True)
class PartSeen:
    """The newest import of a language, or of the data about the clauses. `text` is None where nothing could be read."""

    id: int
    part: str
    source: str
    file_name: str
    sha256: str
    tracked: str | None
    title: str | None
    text: str | None
    passages: tuple[Passage, ...]
    said: tuple[Problem, ...]
    at: datetime
    who: str | None


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """Somebody asked to publish; `valid` while the draft is what it was then."""

    id: int
    account: int | None
    who: str | None
    at: datetime
    valid: bool


@dataclass(frozen=True, slots=True)
class DraftListed:
    """A draft on the list: the parts uploaded, when anything last changed."""

    standard: str
    version: str
    parts: tuple[str, ...]
    changed_at: datetime
    published: bool


@dataclass(frozen=True, slots=True)
class DraftSeen:
    """A draft with the newest import of each part."""

    id: int
    standard: str
    version: str
    prevails: str
    baselines: tuple[str, ...]
    at: datetime
    who: str | None
    parts: Mapping[str, PartSeen]
    published: bool
    state_sha256: str
    request: RequestSeen | None
    known: tuple[str, ...] = field(default=())
    """Names of the published versions of this standard, newest first."""

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(part for part in self.parts if part != CLAUSES)


def drafts() -> tuple[DraftListed, ...]:
    """All drafts, the ones changed last first; one statement."""
    rows = db.session.execute(
        select(
            OfficeDraft.standard, OfficeDraft.version, OfficeDraft.at, DraftImport.part, func.max(DraftImport.at),
            exists().where(Version.standard_id == Standard.id, Standard.slug == OfficeDraft.standard, Version.name == OfficeDraft.version),
        )
        .outerjoin(DraftImport, DraftImport.draft_id == OfficeDraft.id)
        .group_by(OfficeDraft.id, OfficeDraft.standard, OfficeDraft.version, OfficeDraft.at, DraftImport.part)
        .order_by(OfficeDraft.id, DraftImport.part)
    )  # fmt: skip
    found: dict[tuple[str, str], DraftListed] = {}
    for standard, version, at, part, changed, published in rows:
        before = found.get((standard, version))
        parts = (*(before.parts if before else ()), *((part,) if part else ()))
        newest = max(filter(None, (at, changed, before.changed_at if before else None)))
        found[standard, version] = DraftListed(standard, version, parts, newest, bool(published))
    return tuple(sorted(found.values(), key=lambda each: (each.published, -each.changed_at.timestamp(), each.standard, each.version)))


def open_draft(standard: str, version: str) -> DraftSeen | None:
    """A draft with its parts, decisions and the request to publish it; six statements."""
    row = db.session.execute(
        select(OfficeDraft, Account.name)
        .outerjoin(Account, and_(OfficeDraft.actor_kind == "account", Account.id == OfficeDraft.actor_id))
        .where(OfficeDraft.standard == standard, OfficeDraft.version == version)
    ).first()
    if row is None:
        return None
    draft, who = row
    decisions = _decisions(draft.id)
    parts = {part.part: part for part in _parts(draft.id, decisions)}
    edits = db.session.scalars(
        select(func.max(LinkEdit.id)).where(LinkEdit.standard == standard, LinkEdit.version == version, LinkEdit.revision == 0)
    ).first()
    state = json.dumps([sorted((part.part, part.id) for part in parts.values()), edits])
    sha256 = hashlib.sha256(state.encode()).hexdigest()
    known = db.session.scalars(
        select(Version.name)
        .join(Standard, Standard.id == Version.standard_id)
        .where(Standard.slug == standard)
        .order_by(Version.position.desc())
    ).all()
    return DraftSeen(
        draft.id, standard, version, draft.prevails, tuple(draft.baselines), draft.at, who, parts, version in known, sha256,
        _request(draft.id, sha256), tuple(known),
    )  # fmt: skip


def _decisions(draft: int) -> dict[str, dict[str, Decision]]:
    found: dict[str, dict[str, Decision]] = defaultdict(dict)
    for row in db.session.scalars(select(PassageDecision).where(PassageDecision.draft_id == draft).order_by(PassageDecision.id)):
        found[row.part][row.passage] = Decision(row.choice, row.number)
    return found


def decisions_of(draft: int, part: str) -> dict[str, Decision]:
    """Passage -> what it is, the newest decision; one statement."""
    return _decisions(draft).get(part, {})


def _parts(draft: int, decisions: Mapping[str, Mapping[str, Decision]]) -> Iterable[PartSeen]:
    newest = select(func.max(DraftImport.id)).where(DraftImport.draft_id == draft).group_by(DraftImport.part)
    rows = db.session.execute(
        select(DraftImport, Account.name)
        .outerjoin(Account, and_(DraftImport.actor_kind == "account", Account.id == DraftImport.actor_id))
        .where(DraftImport.id.in_(newest))
        .order_by(DraftImport.part)
    )
    for row, who in rows:
        decided = decisions.get(row.part, {})
        passages = tuple(Passage(**each, decided=decided.get(each["key"])) for each in row.passages)
        said = tuple(Problem(each["code"], each["where"], each["params"], each["grade"]) for each in row.problems)
        yield PartSeen(
            row.id, row.part, row.source, row.file_name, row.sha256, row.tracked, row.title, row.text, passages, said, row.at, who
        )


def _request(draft: int, state: str) -> RequestSeen | None:
    row = db.session.execute(
        select(PublicationRequest, Account.name)
        .outerjoin(Account, and_(PublicationRequest.actor_kind == "account", Account.id == PublicationRequest.actor_id))
        .where(PublicationRequest.draft_id == draft)
        .order_by(PublicationRequest.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    request, who = row
    return RequestSeen(request.id, request.actor_id, who, request.at, request.state_sha256 == state)


@lru_cache(maxsize=32)
def _read(text: str, file: str) -> tuple[Draft | None, tuple[Problem, ...]]:
    return read_draft(text, file=file)


def version_files(draft: DraftSeen) -> tuple[VersionFiles, tuple[Problem, ...]]:
    """The parts as the files of one version, with every problem of reading them; nothing is asked of the database."""
    problems: list[Problem] = []
    drafts: dict[str, Draft] = {}
    files: dict[str, str] = {}
    notes: Annotations | None = None
    for part in draft.parts.values():
        problems += part.said
        if part.text is None:
            continue
        if part.part == CLAUSES:
            notes, found = read_annotations(part.text, file=part.file_name)
        else:
            read, found = _read(part.text, part.file_name)
            if read is not None:
                drafts[part.part], files[part.part] = read, part.file_name
            found = found if part.source != "word" else ()  # told by the reader of the file, with its paragraphs
        problems += found
    return VersionFiles(draft.standard, draft.version, drafts, notes, files), tuple(problems)


def draft_problems(draft: DraftSeen, languages: Sequence[str]) -> tuple[Problem, ...]:
    """All that is wrong with a draft, errors first. Beside those of reading and of `check_version`: `draft_empty`, `draft_of_another`."""
    files, problems = version_files(draft)
    found = list(problems)
    if not files.drafts:
        return (Problem("draft_empty"), *found)
    for each in files.drafts.values():
        found += [
            Problem(
                "draft_of_another", {"file": each.file, "line": each.key_lines.get(key, 1)}, {"key": key, "value": said, "expected": wanted}
            )
            for key, said, wanted in (("standard", each.standard, draft.standard), ("version", each.version, draft.version))
            if said and said != wanted
        ]
    found += check_version(files.drafts, files.annotations, draft.known, languages=languages)
    once = {(each.code, repr(each.where), repr(each.params)): each for each in found}
    return tuple(sorted(once.values(), key=lambda each: each.grade != "error"))
