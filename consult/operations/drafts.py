"""Drafts before publication: made, their files taken in, passages decided, publication asked for by one person and confirmed by another."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.draft import LIMIT_BYTES, read_annotations, read_draft
from consult.core.problem import Problem, Refused
from consult.exchange.word_draft import WordDraft, read_word_draft
from consult.extensions import db, writing
from consult.models import DraftFile, DraftImport, OfficeDraft, PassageDecision, PublicationRequest
from consult.models.drafts import CHOICES
from consult.operations.figures import figure_bytes, keep_figures
from consult.operations.publish import Published, publish_within
from consult.operations.record import INSTALLATION, Actor, record
from consult.queries.drafts import version_row
from consult.queries.figures import figures_of_draft
from consult.queries.office_drafts import CLAUSES, Decision, DraftSeen, decisions_of, draft_problems, open_draft, version_files

SLUG = re.compile(r"[a-z0-9][a-z0-9.\-]{0,63}")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
LONGEST_NAME = 120
"""Characters of a file's name that are kept."""
ENDINGS = {".md": "markdown", ".markdown": "markdown", ".txt": "markdown", ".docx": "word", ".yaml": "yaml", ".yml": "yaml"}
AS_THE_READER_SAYS = {"clause": "clause", "heading": "group", "text": "text", "left_out": "left out"}


def make_draft(*, standard: str, version: str, prevails: str, baselines: Sequence[str], by: Actor, now: datetime) -> None:
    """A draft without files. Refused, each with its field: draft_name, draft_standard_missing, draft_version_missing, draft_prevails_missing, draft_exists, version_published, baseline_unknown."""
    problems = [
        Problem("draft_name" if value.strip() else f"draft_{field}_missing", {"field": field}, {"value": value[:80]})
        for field, value, shape in (("standard", standard, SLUG), ("version", version, SLUG), ("prevails", prevails, LANGUAGE))
        if not shape.fullmatch(value)
    ]
    with writing() as session:
        if version_row(standard, version):
            problems.append(Problem("version_published", {"field": "version"}, {"version": version}))
        elif session.scalar(select(OfficeDraft.id).where(OfficeDraft.standard == standard, OfficeDraft.version == version)):
            problems.append(Problem("draft_exists", {"field": "version"}, {"version": version}))
        problems += [
            Problem("baseline_unknown", {"field": "baselines"}, {"baseline": name[:80]})
            for name in baselines
            if not version_row(standard, name)
        ]
        if problems:
            raise Refused(*problems)
        session.add(
            OfficeDraft(
                standard=standard, version=version, prevails=prevails, baselines=list(dict.fromkeys(baselines)), at=now, actor_kind=by.kind,
                actor_id=by.id,
            )
        )  # fmt: skip
        record(session, scope=INSTALLATION, kind="draft_made", subject=f"{standard}/{version}", by=by, now=now)


def take_in(
    *, standard: str, version: str, file_name: str, data: bytes, language: str | None = None, tracked: str = "accepted", title: str = "",
    by: Actor, now: datetime,
) -> str:  # fmt: skip
    """Takes in one file of a draft and gives its part: the language (given, else the file's own), or `clauses` for clauses.yaml.

    The bytes are kept, the newest file of a part counts, links set by hand stay. A file with errors is taken in too: they are shown.
    Refused: draft_unknown, version_published, file_missing, file_kind, too_large, language_needed, draft_stale.
    """
    draft = _found(standard, version)
    name = shown_name(file_name)
    source = ENDINGS.get(PurePosixPath(name.lower()).suffix)
    if not name or not data:
        raise Refused(Problem("file_missing", {"field": "file"}))
    if source is None:
        raise Refused(Problem("file_kind", {"field": "file"}, {"name": name}))
    if len(data) > LIMIT_BYTES:
        raise Refused(Problem("too_large", {"field": "file"}, {"limit": LIMIT_BYTES, "size": len(data)}))
    part = _part(source, data, language)
    decided = decisions_of(draft.id, part)
    read = _read(draft, part, source, name, data, tracked, title, decided)
    with writing() as session:
        _lock(session, draft)
        if _found(standard, version).id != draft.id or decisions_of(draft.id, part) != decided:
            raise Refused(Problem("draft_stale"))
        _store(session, draft, part, read, data, by, now)
        codes = {"part": part, "source": source, "sha256": read["sha256"]}
        record(session, scope=INSTALLATION, kind="draft_imported", subject=f"{standard}/{version}", by=by, now=now, codes=codes)
    return part


def decide_passages(
    *, standard: str, version: str, part: str, seen_import: int, decisions: Mapping[str, Decision], by: Actor, now: datetime
) -> None:
    """Keeps what passages of a Word file are and reads the file again with it; later files of this part as well.

    Refused: draft_unknown, version_published, draft_stale (another file was taken in), passage_unknown, passage_choice, passage_number.
    """
    draft = _found(standard, version)
    held = draft.parts.get(part)
    if held is None or held.id != seen_import:
        raise Refused(Problem("draft_stale"))
    known = {passage.key for passage in held.passages}
    for key, decision in decisions.items():
        if key not in known:
            raise Refused(Problem("passage_unknown"))
        if decision.choice not in CHOICES:
            raise Refused(Problem("passage_choice", {"field": key}))
        if decision.choice == "clause" and not (decision.number or "").strip():
            raise Refused(Problem("passage_number", {"field": key}))
    before = decisions_of(draft.id, part)
    data = db.session.scalars(select(DraftFile.data).where(DraftFile.sha256 == held.sha256)).one()
    read = _read(draft, part, held.source, held.file_name, data, held.tracked or "accepted", held.title or "", {**before, **decisions})
    with writing() as session:
        _lock(session, draft)
        now_there = _found(standard, version)
        if now_there.parts[part].id != seen_import:
            raise Refused(Problem("draft_stale"))
        session.add_all(
            PassageDecision(
                draft_id=draft.id, part=part, passage=key, choice=decision.choice, number=(decision.number or "").strip() or None, at=now,
                actor_kind=by.kind, actor_id=by.id,
            )
            for key, decision in decisions.items()
            if before.get(key) != decision
        )  # fmt: skip
        _store(session, draft, part, read, data, by, now)
        codes = {"part": part, "passages": len(decisions)}
        record(session, scope=INSTALLATION, kind="passages_decided", subject=f"{standard}/{version}", by=by, now=now, codes=codes)


def request_publication(*, standard: str, version: str, seen_state: str, languages: Sequence[str], by: Actor, now: datetime) -> None:
    """Asks for the second person. Refused: draft_unknown, version_published, draft_stale, or every error of the draft."""
    with writing() as session:
        draft = _ready(session, standard, version, seen_state, languages)
        request = PublicationRequest(draft_id=draft.id, state_sha256=seen_state, at=now, actor_kind=by.kind, actor_id=by.id)
        session.add(request)
        session.flush()
        codes = {"request": request.id}
        record(session, scope=INSTALLATION, kind="publication_requested", subject=f"{standard}/{version}", by=by, now=now, codes=codes)


def publish_draft(
    *, standard: str, version: str, seen_state: str, languages: Sequence[str], second_person: bool, by: Actor, now: datetime
) -> Published:
    """Publishes a draft with the links that were set by hand. `second_person`: only what another account asked for and that is unchanged since.

    Refused: draft_unknown, version_published, draft_stale, second_person_needed, second_person_same, or every error of the draft.
    """
    with writing() as session:
        draft = _ready(session, standard, version, seen_state, languages)
        request = draft.request if draft.request and draft.request.valid else None
        if second_person:
            if request is None:
                raise Refused(Problem("second_person_needed"))
            if by.kind != "account" or request.account == by.id:
                raise Refused(Problem("second_person_same"))
        files, _ = version_files(draft)
        files = replace(files, assets=figure_bytes(figures_of_draft(draft.id)))
        published = publish_within(session, sources=[files], languages=languages, by=by, now=now)[0]
        codes = {"request": request.id, "asked_by": request.account} if request else {}
        record(session, scope=INSTALLATION, kind="draft_published", subject=f"{standard}/{version}", by=by, now=now, codes=codes)
        return published


def _ready(session: Session, standard: str, version: str, seen_state: str, languages: Sequence[str]) -> DraftSeen:
    """The draft as it was seen and without errors."""
    _lock(session, _found(standard, version))
    draft = _found(standard, version)
    if draft.state_sha256 != seen_state:
        raise Refused(Problem("draft_stale"))
    if errors := [problem for problem in draft_problems(draft, languages) if problem.grade == "error"]:
        raise Refused(*errors)
    return draft


def _found(standard: str, version: str) -> DraftSeen:
    draft = open_draft(standard, version)
    if draft is None:
        raise Refused(Problem("draft_unknown"))
    if draft.published:
        raise Refused(Problem("version_published", {}, {"version": version}))
    return draft


def _lock(session: Session, draft: DraftSeen) -> None:
    session.execute(select(OfficeDraft.id).where(OfficeDraft.id == draft.id).with_for_update())


def shown_name(given: str) -> str:
    """The last part of a file's name, without characters that nobody sees."""
    last = given.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in last if character.isprintable()).strip()[-LONGEST_NAME:]


def _part(source: str, data: bytes, language: str | None) -> str:
    if source == "yaml":
        return CLAUSES
    said = language
    if not said and source == "markdown":
        read, _ = read_draft(data)
        said = read.language if read else ""
    if not said or not LANGUAGE.fullmatch(said):
        raise Refused(Problem("language_needed", {"field": "language"}))
    return said


def _read(
    draft: DraftSeen, part: str, source: str, name: str, data: bytes, tracked: str, title: str, decided: Mapping[str, Decision]
) -> dict[str, Any]:
    """The columns that tell what was read of a file."""
    columns: dict[str, Any] = {
        "source": source, "file_name": name, "sha256": hashlib.sha256(data).hexdigest(), "tracked": None, "title": None, "passages": [],
        "problems": [],
    }  # fmt: skip
    if source == "word":
        kept = tracked if tracked in ("accepted", "rejected") else "accepted"
        word = _word(draft, part, name, data, kept, title, decided)
        columns["figures"] = word.assets or {}
        columns |= {"tracked": kept, "title": title or None, "text": word.source_markdown if word.draft else None}
        columns["problems"] = [asdict(problem) for problem in word.problems]
        columns["passages"] = [
            {
                "key": each.key, "quote": each.words, "paragraph": each.paragraph, "read_as": each.read_as, "number": each.number,
                "doubt": each.doubt,
            }
            for each in word.passages
            if each.doubt or each.key in decided
        ]  # fmt: skip
        return columns
    read, problems = read_annotations(data) if source == "yaml" else read_draft(data)
    if read is None:  # told as what is wrong with the file; what can be read is read again where it is shown
        where: dict[str, str | int] = {"file": name}
        columns |= {"text": None, "problems": [asdict(Problem(p.code, where | p.where, p.params, p.grade)) for p in problems]}
        return columns
    return columns | {"text": data.decode("utf-8")}


def _word(draft: DraftSeen, part: str, name: str, data: bytes, tracked: str, title: str, decided: Mapping[str, Decision]) -> WordDraft:
    meta = {
        "standard": draft.standard, "version": draft.version, "language": part, "title": title, "status": "draft",
        "prevails": draft.prevails, "baselines": list(draft.baselines),
    }  # fmt: skip
    said = {key: f"{AS_THE_READER_SAYS[each.choice]} {each.number or ''}".strip() for key, each in decided.items()}
    return read_word_draft(data, meta=meta, tracked=tracked, decisions=said, file=name)  # type: ignore[arg-type]


def _store(session: Session, draft: DraftSeen, part: str, read: Mapping[str, Any], data: bytes, by: Actor, now: datetime) -> None:
    if session.get(DraftFile, read["sha256"]) is None:
        session.add(DraftFile(sha256=read["sha256"], data=data))
        session.flush()
    keep_figures(session, read.get("figures", {}), draft=draft.id)
    columns = {name: value for name, value in read.items() if name != "figures"}
    session.add(DraftImport(draft_id=draft.id, part=part, at=now, actor_kind=by.kind, actor_id=by.id, **columns))
    session.flush()
