"""What a round's comment forms are made of, and what a filled one is read against."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from consult.core.comment_form import Known, KnownClause, KnownDocument
from consult.core.comment_form.source import FormSource, SourceChange, SourceClause, SourceDocument
from consult.extensions import db
from consult.models import ChangeClause, ChangeRow, ChangeSet, ClauseRow, ClauseText, Version, VersionText
from consult.queries.changes import change_maps
from consult.queries.consultations import DocumentSeen, RoundSeen, consultation
from consult.queries.standards import VersionSeen, clauses


def form_source(*, consultation_slug: str, number: int, language: str) -> FormSource | None:
    """What the blank form of a round shows; None where there is no such round. Some statements per document."""
    found = consultation(consultation_slug, language)
    round_ = found.round(number) if found else None
    if found is None or round_ is None:
        return None
    documents = tuple(_document(each) for each in round_.documents)
    return FormSource(found.slug, found.title.text, round_.number, round_.window, documents)


def _document(document: DocumentSeen) -> SourceDocument:
    version = document.version
    listed = clauses(version)
    maps = change_maps(version, [document.baseline] if document.baseline else [])
    changes = {}
    for link in maps[document.baseline].links if document.baseline in maps else ():
        for each in link.new:
            changes[each.number] = SourceChange(link.kinds, tuple(old.label for old in link.old), link.swapped)
    texts = select(ClauseText.id, ClauseText.plain).where(ClauseText.id.in_([each.text_id for each in listed]))
    plain = {row[0]: row[1] for row in db.session.execute(texts)}
    rows = (SourceClause(c.number or "", c.label, c.title, plain.get(c.text_id, ""), c.parent, c.applies) for c in listed)
    return SourceDocument(version.standard, version.name, version.title, tuple(rows), changes)


def known_of(round_: RoundSeen) -> Known:
    """The documents of a round in every language, with the numbers of the versions they were compared with; three statements."""
    ids = [each.version.id for each in round_.documents]
    newer = aliased(ClauseText)
    last = (
        select(func.max(newer.revision))
        .where(newer.clause_id == ClauseText.clause_id, newer.language == ClauseText.language)
        .correlate(ClauseText)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(ClauseRow.version_id, ClauseRow.number, ClauseText.plain, ClauseText.title)
        .join(ClauseText, ClauseText.clause_id == ClauseRow.id)
        .where(ClauseRow.version_id.in_(ids), ClauseRow.number.is_not(None), ClauseText.revision == last)
        .order_by(ClauseRow.version_id, ClauseRow.position, ClauseText.language)
    )
    texts: dict[int, dict[str, tuple[list[str], list[str]]]] = defaultdict(dict)
    for version, number, plain, title in rows:
        plains, titles = texts[version].setdefault(number or "", ([], []))
        plains.append(plain)
        titles.append(title)
    older, removed = _older(ids)
    return Known(
        [
            KnownDocument(
                each.version.standard,
                each.version.name,
                [KnownClause(number, tuple(plains), tuple(titles)) for number, (plains, titles) in texts[each.version.id].items()],
                (each.version.title, *_titles(each.version)),
                older[each.version.id],
                removed[each.version.id],
            )
            for each in round_.documents
        ]
    )


def _titles(version: VersionSeen) -> Sequence[str]:
    return db.session.scalars(select(VersionText.title).where(VersionText.version_id == version.id)).all()


Older = dict[int, dict[str, dict[str, tuple[str, ...]]]]


def _older(ids: Sequence[int]) -> tuple[Older, dict[int, dict[str, frozenset[str]]]]:
    """version id -> baseline -> its number -> numbers now; and those without a successor. By the newest links of each pair."""
    sets: dict[tuple[int, str], int] = {}
    for set_id, version, baseline in db.session.execute(
        select(ChangeSet.id, ChangeSet.version_id, Version.name)
        .join(Version, Version.id == ChangeSet.baseline_id)
        .where(ChangeSet.version_id.in_(ids))
        .order_by(ChangeSet.position, ChangeSet.revision)
    ):
        sets[version, baseline] = set_id
    owner = {set_id: key for key, set_id in sets.items()}
    sides: dict[tuple[int, int], dict[str, list[str]]] = defaultdict(lambda: {"old": [], "new": []})
    for set_id, change, side, number in db.session.execute(
        select(ChangeRow.change_set_id, ChangeRow.id, ChangeClause.side, ClauseRow.number)
        .join(ChangeClause, ChangeClause.change_id == ChangeRow.id)
        .join(ClauseRow, ClauseRow.id == ChangeClause.clause_id)
        .where(ChangeRow.change_set_id.in_(owner))
        .order_by(ChangeRow.position, ChangeClause.position)
    ):
        sides[set_id, change][side].append(number or "")
    maps: Older = defaultdict(dict)
    removed: dict[int, dict[str, frozenset[str]]] = defaultdict(dict)
    for (set_id, _), both in sides.items():
        version, baseline = owner[set_id]
        numbers = maps[version].setdefault(baseline, {})
        for old in both["old"]:
            if both["new"]:
                numbers[old] = tuple(dict.fromkeys((*numbers.get(old, ()), *both["new"])))
            else:
                removed[version][baseline] = removed[version].get(baseline, frozenset()) | {old}
    return maps, removed
