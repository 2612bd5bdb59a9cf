"""A further revision of a stored change set: links that stayed keep their words as they were published, the others are compared anew."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.change import Link
from consult.core.clause import Draft
from consult.core.compare import changes_for
from consult.models import ChangeClause, ChangeRow, ChangeSet, ChangeText, ClauseRow, Version
from consult.operations.editions import change_text
from consult.operations.files import ask_for_files
from consult.operations.meaning import store_suggestions
from consult.operations.parity import ask_for_comparison
from consult.queries.drafts import languages_of, stored_draft


def store_revision(session: Session, set_id: int, base: Sequence[Link], links: Sequence[Link], *, now: datetime) -> ChangeSet:
    """Stores `links` as the revision after set `set_id`, whose links are `base`; engine and position stay."""
    before = session.get_one(ChangeSet, set_id)
    made = ChangeSet(
        version_id=before.version_id, baseline_id=before.baseline_id, position=before.position, revision=before.revision + 1,
        engine=before.engine, made_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    rows = _store_links(session, made, links)
    kept = _kept_texts(session, set_id, base)
    fresh = []
    for row, link in zip(rows, links, strict=True):
        texts = kept.get((link.old, link.new))
        if texts is None:
            fresh.append((row, link))
        else:
            session.add_all(
                ChangeText(change_id=row.id, language=text.language, revision=1, title=text.title, text=text.text, bounded=text.bounded)
                for text in texts.values()
            )
    for language, (old, new) in _editions(session, made).items():
        changes = changes_for([link for _, link in fresh], old, new)
        session.add_all(change_text(row, language, change) for (row, _), change in zip(fresh, changes, strict=True))
    session.flush()
    store_suggestions(session, now)
    ask_for_files(session, session.get_one(Version, made.version_id), now=now)
    ask_for_comparison(session, session.get_one(Version, made.version_id), now=now)
    return made


def _store_links(session: Session, made: ChangeSet, links: Sequence[Link]) -> list[ChangeRow]:
    numbers = _numbers(session, made)
    rows = [
        ChangeRow(change_set_id=made.id, position=place, kinds=list(link.kinds), score=link.score, reason=link.reason, unsure=link.unsure)
        for place, link in enumerate(links)
    ]
    session.add_all(rows)
    session.flush()
    for row, link in zip(rows, links, strict=True):
        for side, listed, version in (("old", link.old, made.baseline_id), ("new", link.new, made.version_id)):
            session.add_all(
                ChangeClause(change_id=row.id, side=side, clause_id=numbers[version, number], position=at)
                for at, number in enumerate(listed)
            )
    return rows


def _numbers(session: Session, made: ChangeSet) -> Mapping[tuple[int, str], int]:
    rows = session.execute(
        select(ClauseRow.version_id, ClauseRow.number, ClauseRow.id).where(
            ClauseRow.version_id.in_([made.version_id, made.baseline_id]), ClauseRow.number.is_not(None)
        )
    )
    return {(version, number): id for version, number, id in rows if number}


def _kept_texts(
    session: Session, set_id: int, base: Sequence[Link]
) -> dict[tuple[tuple[str, ...], tuple[str, ...]], dict[str, ChangeText]]:
    """(old, new) -> language -> the newest words of the stored set."""
    rows = session.execute(
        select(ChangeRow.position, ChangeText)
        .join(ChangeText, ChangeText.change_id == ChangeRow.id)
        .where(ChangeRow.change_set_id == set_id)
        .order_by(ChangeRow.position, ChangeText.revision)
    )
    found: dict[int, dict[str, ChangeText]] = {}
    for position, text in rows:
        found.setdefault(position, {})[text.language] = text
    return {(link.old, link.new): found.get(position, {}) for position, link in enumerate(base)}


def _editions(session: Session, made: ChangeSet) -> dict[str, tuple[Draft, Draft]]:
    """Language -> both versions in it, where both have it."""
    new, old = session.get_one(Version, made.version_id), session.get_one(Version, made.baseline_id)
    found = {}
    for language in sorted(set(languages_of(new)) & set(languages_of(old))):
        pair = stored_draft(old, language), stored_draft(new, language)
        if pair[0] and pair[1]:
            found[language] = (pair[0], pair[1])
    return found
