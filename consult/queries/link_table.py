"""All links between a version (published, or a draft of the office) and a baseline, with what people set and confirmed: the editor's table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, select

from consult.core.align import Alignment, survey
from consult.core.change import KINDS, ChangeKind, Link
from consult.core.clause import Clause, Draft
from consult.core.draft import correspondence
from consult.core.relink import Fate, Hopes, Named, Pairing, fingerprint, relinked, resolve, worse
from consult.extensions import db
from consult.models import Account, ChangeClause, ChangeRow, ChangeSet, ChangeSetMaking, ClauseRow, LinkConfirmation, LinkEdit, Version
from consult.queries.drafts import stored_draft, version_row
from consult.queries.office_drafts import open_draft, version_files

Key = tuple[tuple[str, ...], tuple[str, ...]]
"""Old and new numbers of a link."""


@dataclass(frozen=True, slots=True)
class EditSeen:
    """A link set by hand, as it counts now: numbers resolved, and what became of the clauses it named (kept, followed, edited, vanished)."""

    id: int
    pairing: Pairing
    said: Pairing
    fate: Fate
    who: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Confirmation:
    who: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RevisionSeen:
    """A stored set of links. `who` None and `edits` 0: the program made it at publication."""

    revision: int
    made_at: datetime
    who: str | None
    edits: int


@dataclass(frozen=True, slots=True)
class LinkTable:
    """`links` are those of now, hand-set ones applied; `base` those they were applied to (the newest revision, or the alignment of a draft).

    `old` and `new` are in the prevailing language. `revision` 0: a draft.
    """

    standard: str
    version: str
    baseline: str
    revision: int
    set_id: int | None
    old: Draft
    new: Draft
    base: tuple[Link, ...]
    links: tuple[Link, ...]
    edits: tuple[EditSeen, ...]
    confirmed: Mapping[Key, Confirmation]
    alignment: Alignment
    """Candidates, possible further links and contradicted records, as the program sees them now."""
    revisions: tuple[RevisionSeen, ...]

    @property
    def published(self) -> bool:
        return self.revision > 0

    def link(self, key: Key) -> Link | None:
        return next((each for each in self.links if (each.old, each.new) == key), None)

    def edit_of(self, link: Link) -> EditSeen | None:
        """The newest hand-set link that this one is."""
        for edit in reversed(self.edits):
            whole = (set(link.old), set(link.new)) == (set(edit.pairing.old), set(edit.pairing.new))
            alone = not (edit.pairing.old and edit.pairing.new) and (
                (bool(link.old) and not link.new and link.old[0] in edit.pairing.old)
                or (bool(link.new) and not link.old and link.new[0] in edit.pairing.new)
            )
            if link.reason == "hand" and (whole or alone):
                return edit
        return None


def fingerprints(draft: Draft) -> dict[str, str]:
    """Number -> fingerprint of title and text."""
    return {clause.number: fingerprint(clause.title, clause.text) for clause in draft.numbered}


def hopes_of(alignment: Alignment) -> Hopes:
    return Hopes(*({number: found[0].score for number, found in side.items() if found} for side in alignment.shortlists))


def link_table(standard: str, version: str, baseline: str) -> LinkTable | None:
    """The links of a published version, else of the office's draft; None where there is no such pair. A number of statements that is constant."""
    old_row, new_row = version_row(standard, baseline), version_row(standard, version)
    if old_row is None:
        return None
    if new_row is None:
        return _of_draft(standard, version, old_row)
    sets = _revisions(new_row.id, old_row.id)
    old, new = stored_draft(old_row, new_row.prevails), stored_draft(new_row, new_row.prevails)
    if not sets or old is None or new is None:
        return None
    set_id, newest = sets[-1]
    revisions = tuple(each for _, each in sets)
    base = _stored(set_id)
    return _table(standard, version, baseline, newest.revision, set_id, old, new, base, surveyed(old, new, {}), revisions)


def _of_draft(standard: str, version: str, old_row: Version) -> LinkTable | None:
    draft = open_draft(standard, version)
    files = version_files(draft)[0] if draft else None
    if files is None or not files.drafts:
        return None
    old = stored_draft(old_row, files.prevails)
    if old is None or not files.main.numbered:
        return None
    alignment = surveyed(old, files.main, correspondence(files.main, old_row.name) or {})
    return _table(standard, version, old_row.name, 0, None, old, files.main, alignment.links, alignment, ())


def surveyed(old: Draft, new: Draft, known: Mapping[str, tuple[str, ...]]) -> Alignment:
    """The alignment of two drafts with its candidates; kept in memory by content, as an editor asks for the same pair again and again."""
    return _surveyed(old.clauses, new.clauses, new.language, tuple(sorted(known.items())))


@lru_cache(maxsize=12)
def _surveyed(old: tuple[Clause, ...], new: tuple[Clause, ...], language: str, known: tuple[tuple[str, tuple[str, ...]], ...]) -> Alignment:
    return survey(Draft("", "", language, "", old), Draft("", "", language, "", new), correspondence=dict(known))


def _table(
    standard: str, version: str, baseline: str, revision: int, set_id: int | None, old: Draft, new: Draft, base: tuple[Link, ...],
    alignment: Alignment, revisions: tuple[RevisionSeen, ...],
) -> LinkTable:  # fmt: skip
    edits = hand_links(standard, version, baseline, revision, old, new)
    links = relinked(base, [edit.pairing for edit in edits], old, new, hopes_of(alignment))
    confirmed = confirmations(standard, version, baseline, old, new)
    return LinkTable(
        standard, version, baseline, revision, set_id, old, new, base, links, edits, confirmed, alignment, revisions
    )  # fmt: skip


def hand_links(standard: str, version: str, baseline: str, revision: int, old: Draft, new: Draft) -> tuple[EditSeen, ...]:
    """Links set by hand on a revision (0: the draft) that nobody took back, oldest first; one statement."""
    rows = db.session.execute(
        select(LinkEdit, Account.name)
        .outerjoin(Account, and_(LinkEdit.actor_kind == "account", Account.id == LinkEdit.actor_id))
        .where(LinkEdit.standard == standard, LinkEdit.version == version, LinkEdit.baseline == baseline, LinkEdit.revision == revision)
        .order_by(LinkEdit.id)
    ).all()
    undone = {edit.undoes for edit, _ in rows}
    before, after = fingerprints(old), fingerprints(new)
    found = []
    for edit, who in rows:
        if edit.undoes is not None or edit.id in undone:
            continue
        olds, fate_old = resolve(_named(edit.old), before)
        news, fate_new = resolve(_named(edit.new), after)
        fate = worse(fate_old, fate_new)
        whole = bool(olds) >= bool(edit.old) and bool(news) >= bool(edit.new)  # a link that lost a whole side says nothing any more
        now = Pairing(olds, news, edit.also) if whole else Pairing((), ())
        said = Pairing(tuple(n for n, _ in edit.old), tuple(n for n, _ in edit.new), edit.also)
        found.append(EditSeen(edit.id, now, said, fate, who, edit.at))
    return tuple(found)


def _named(side: Iterable[Any]) -> list[Named]:
    return [Named(number, sha256) for number, sha256 in side]


def confirmations(standard: str, version: str, baseline: str, old: Draft, new: Draft) -> dict[Key, Confirmation]:
    """What people confirmed of these very texts; a clause that got another number is followed."""
    before, after = fingerprints(old), fingerprints(new)
    found: dict[Key, Confirmation] = {}
    for row, who in confirmation_rows(standard, version, baseline):
        (olds, fate_old), (news, fate_new) = resolve(_named(row.old), before), resolve(_named(row.new), after)
        if {fate_old, fate_new} <= {"kept", "followed"}:
            found.pop((olds, news), None)
            if row.confirmed:
                found[olds, news] = Confirmation(who, row.at)
    return found


def confirmation_rows(standard: str, version: str, baseline: str) -> Sequence[tuple[LinkConfirmation, str | None]]:
    """Oldest first; one statement."""
    rows = db.session.execute(
        select(LinkConfirmation, Account.name)
        .outerjoin(Account, and_(LinkConfirmation.actor_kind == "account", Account.id == LinkConfirmation.actor_id))
        .where(LinkConfirmation.standard == standard, LinkConfirmation.version == version, LinkConfirmation.baseline == baseline)
        .order_by(LinkConfirmation.id)
    )
    return [(row, who) for row, who in rows]


def confirmed_links(standard: str, version: str, baselines: Iterable[str]) -> dict[str, frozenset[Key]]:
    """Baseline -> links of a published version that a person confirmed, by old and new numbers: for readers' pages; one statement.

    `((number,), ())` among them: confirmed as removed. Publication has settled what was confirmed on a draft.
    """
    rows = db.session.execute(
        select(LinkConfirmation.baseline, LinkConfirmation.old, LinkConfirmation.new, LinkConfirmation.confirmed)
        .where(LinkConfirmation.standard == standard, LinkConfirmation.version == version, LinkConfirmation.baseline.in_(list(baselines)))
        .order_by(LinkConfirmation.id)
    )
    found: dict[str, dict[Key, bool]] = {}
    for baseline, old, new, confirmed in rows:
        found.setdefault(baseline, {})[tuple(number for number, _ in old), tuple(number for number, _ in new)] = confirmed
    return {baseline: frozenset(key for key, confirmed in keys.items() if confirmed) for baseline, keys in found.items()}


def _revisions(version: int, baseline: int) -> list[tuple[int, RevisionSeen]]:
    """(id, revision) of the stored sets, the newest last; one statement."""
    rows = db.session.execute(
        select(ChangeSet.id, ChangeSet.revision, ChangeSet.made_at, Account.name, ChangeSetMaking.edits)
        .outerjoin(ChangeSetMaking, ChangeSetMaking.change_set_id == ChangeSet.id)
        .outerjoin(Account, and_(ChangeSetMaking.actor_kind == "account", Account.id == ChangeSetMaking.actor_id))
        .where(ChangeSet.version_id == version, ChangeSet.baseline_id == baseline)
        .order_by(ChangeSet.revision)
    )
    return [(id, RevisionSeen(revision, made_at, who, edits or 0)) for id, revision, made_at, who, edits in rows]


def _stored(set_id: int) -> tuple[Link, ...]:
    """The links of a stored set in their order; two statements."""
    changes = db.session.execute(
        select(ChangeRow.id, ChangeRow.kinds, ChangeRow.score, ChangeRow.reason, ChangeRow.unsure)
        .where(ChangeRow.change_set_id == set_id)
        .order_by(ChangeRow.position)
    ).all()
    sides: dict[tuple[int, str], list[str]] = {}
    for change, side, number in db.session.execute(
        select(ChangeClause.change_id, ChangeClause.side, ClauseRow.number)
        .join(ClauseRow, ClauseRow.id == ChangeClause.clause_id)
        .join(ChangeRow, ChangeRow.id == ChangeClause.change_id)
        .where(ChangeRow.change_set_id == set_id)
        .order_by(ChangeClause.change_id, ChangeClause.side, ChangeClause.position)
    ):
        sides.setdefault((change, side), []).append(number or "")
    return tuple(
        Link(
            _kinds(row.kinds),
            tuple(sides.get((row.id, "old"), ())),
            tuple(sides.get((row.id, "new"), ())),
            row.score,
            row.reason,
            row.unsure,
        )
        for row in changes
    )


def _kinds(stored: Iterable[str]) -> tuple[ChangeKind, ...]:
    return tuple(kind for code in stored for kind in KINDS if kind == code)
