"""Links between clauses set by hand, confirmed and taken back; and the new revision of a published change set that they make.

Nobody decides on what she has not seen: every act names the link it was made on; where that is another one by now, it is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.change import Change
from consult.core.clause import Draft
from consult.core.compare import changes_for
from consult.core.problem import Problem, Refused
from consult.core.relink import Pairing, relinked
from consult.extensions import writing
from consult.models import ChangeSet, ChangeSetMaking, LinkConfirmation, LinkEdit, Standard
from consult.operations.change_sets import store_revision
from consult.operations.record import INSTALLATION, Actor, record
from consult.queries.link_table import (
    Key,
    LinkTable,
    confirmations,
    confirmed_links,
    fingerprints,
    hand_links,
    hopes_of,
    link_table,
    surveyed,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A version, published or a draft of the office, and its baseline."""

    standard: str
    version: str
    baseline: str

    @property
    def subject(self) -> str:
        return f"{self.standard}/{self.version}"


def set_link(*, pair: Pair, seen: Key, pairing: Pairing, by: Actor, now: datetime) -> int | None:
    """Sets what corresponds to the clauses of the link `seen`; gives the edit's id, None where it says what holds already.

    Refused: links_unknown, link_stale (another link by now), link_empty, link_many, link_number_unknown.
    """
    with writing() as session:
        table = _locked(session, pair)
        if table.link(seen) is None:
            raise Refused(Problem("link_stale"))
        wanted = checked_pairing(table, pairing)
        if table.link((wanted.old, wanted.new)) is not None and seen == (wanted.old, wanted.new):
            return None
        edit = _add_edit(session, table, wanted, by, now)
        _tell(session, pair, "link_set", wanted.old, wanted.new, by, now)
        return edit.id


def set_links(*, pair: Pair, seen_revision: int, seen_edit: int, pairings: Sequence[Pairing], by: Actor, now: datetime) -> int:
    """Sets many links together, as a corrected correspondence table says; gives how many. All or nothing.

    `seen_edit` is the newest hand-set link of then (0 for none). Refused: links_unknown, link_stale, link_empty, link_many, link_number_unknown.
    """
    with writing() as session:
        table = _locked(session, pair)
        if (table.revision, newest_edit(table)) != (seen_revision, seen_edit):
            raise Refused(Problem("link_stale"))
        for pairing in pairings:
            wanted = checked_pairing(table, pairing)
            _add_edit(session, table, wanted, by, now)
        if pairings:
            codes = {"baseline": pair.baseline, "links": len(pairings)}
            record(session, scope=INSTALLATION, kind="links_set", subject=pair.subject, by=by, now=now, codes=codes)
        return len(pairings)


def newest_edit(table: LinkTable) -> int:
    return max((edit.id for edit in table.edits), default=0)


def undo_link(*, pair: Pair, edit: int, by: Actor, now: datetime) -> None:
    """Takes a hand-set link back; what the program or earlier edits said holds again. Once more changes nothing. Refused: links_unknown, link_stale."""
    with writing() as session:
        table = _locked(session, pair)
        found = next((each for each in table.edits if each.id == edit), None)
        if found is None:
            if session.scalar(select(LinkEdit.id).where(LinkEdit.undoes == edit)):
                return
            raise Refused(Problem("link_stale"))
        session.add(
            LinkEdit(
                standard=pair.standard, version=pair.version, baseline=pair.baseline, revision=table.revision, old=[], new=[], also=False,
                undoes=edit, at=now, actor_kind=by.kind, actor_id=by.id,
            )
        )  # fmt: skip
        _tell(session, pair, "link_undone", found.said.old, found.said.new, by, now)


def confirm_links(*, pair: Pair, seen: Sequence[Key], confirmed: bool, by: Actor, now: datetime) -> int:
    """Confirms links as they stand (of a clause without a counterpart: that it is new, or removed), or takes that back; gives how many changed.

    Refused as a whole: links_unknown, link_stale.
    """
    with writing() as session:
        table = _locked(session, pair)
        if any(table.link(key) is None for key in seen):
            raise Refused(Problem("link_stale"))
        changed = [key for key in dict.fromkeys(seen) if (key in table.confirmed) != confirmed]
        for key in changed:
            _add_confirmation(session, pair, table.old, table.new, key, confirmed, by, now)
        kind = "link_confirmed" if confirmed else "link_unconfirmed"
        for key in changed:
            _tell(session, pair, kind, *key, by, now)
        return len(changed)


def publish_links(*, pair: Pair, seen_revision: int, seen_edit: int, by: Actor, now: datetime) -> int:
    """Makes the hand-set links of a published pair the next revision of its change set, which readers see from then on; gives its number.

    Earlier revisions are kept. Refused: links_unknown, link_stale, links_unchanged (nothing set by hand, or a draft).
    """
    with writing() as session:
        table = _locked(session, pair)
        if (table.revision, newest_edit(table)) != (seen_revision, seen_edit):
            raise Refused(Problem("link_stale"))
        if not table.published or not table.edits or table.set_id is None:
            raise Refused(Problem("links_unchanged"))
        made = store_revision(session, table.set_id, table.base, table.links, now=now)
        session.add(ChangeSetMaking(change_set_id=made.id, edits=len(table.edits), actor_kind=by.kind, actor_id=by.id))
        codes = {"baseline": pair.baseline, "revision": made.revision, "links": len(table.edits)}
        record(session, scope=INSTALLATION, kind="links_published", subject=pair.subject, by=by, now=now, codes=codes)
        return made.revision


def hand_set(*, pair: Pair, old: Draft, new: Draft, changes: tuple[Change, ...]) -> tuple[tuple[Change, ...], int]:
    """For publication, inside its transaction: the changes with the links that people set on the draft, and how many of those count."""
    edits = hand_links(pair.standard, pair.version, pair.baseline, 0, old, new)
    if not edits:
        return changes, 0
    hopes = hopes_of(surveyed(old, new, {}))
    links = relinked([change.link for change in changes], [edit.pairing for edit in edits], old, new, hopes)
    return changes_for(links, old, new), len(edits)


def settle(session: Session, *, pair: Pair, old: Draft, new: Draft, made: ChangeSet, edits: int, by: Actor, now: datetime) -> None:
    """For publication, after the change set was stored: who set links of it by hand, and what was confirmed on the draft, for these texts."""
    if edits:
        session.add(ChangeSetMaking(change_set_id=made.id, edits=edits, actor_kind=by.kind, actor_id=by.id))
    _settle(session, pair, old, new, by, now)


def _settle(session: Session, pair: Pair, old: Draft, new: Draft, by: Actor, now: datetime) -> None:
    """Readers' pages ask by number alone: confirmations of other texts than those published lapse, those under another number are said again."""
    holds = confirmations(pair.standard, pair.version, pair.baseline, old, new)
    said = confirmed_links(pair.standard, pair.version, [pair.baseline]).get(pair.baseline, frozenset())
    for key in sorted(said - set(holds)):
        _add_confirmation(session, pair, old, new, key, False, by, now)
    for key in sorted(set(holds) - said):
        _add_confirmation(session, pair, old, new, key, True, by, now)


def checked_pairing(table: LinkTable, pairing: Pairing) -> Pairing:
    """The pairing with its numbers in document order. Refused: link_empty, link_many, link_number_unknown (where: field old or new)."""
    if not pairing.old and not pairing.new:
        raise Refused(Problem("link_empty"))
    if pairing.many_to_many:
        raise Refused(Problem("link_many"))
    sides = []
    for field, numbers, draft in (("old", pairing.old, table.old), ("new", pairing.new, table.new)):
        places = {clause.number: clause.order for clause in draft.numbered}
        if unknown := [number for number in numbers if number not in places]:
            raise Refused(Problem("link_number_unknown", {"field": field}, {"number": unknown[0], "version": draft_name(table, field)}))
        sides.append(tuple(sorted(dict.fromkeys(numbers), key=places.__getitem__)))
    return Pairing(sides[0], sides[1], pairing.also)


def draft_name(table: LinkTable, field: str) -> str:
    return table.baseline if field == "old" else table.version


def _locked(session: Session, pair: Pair) -> LinkTable:
    """The links as they are now; other editors of this standard wait."""
    session.execute(select(Standard.id).where(Standard.slug == pair.standard).with_for_update())
    table = link_table(pair.standard, pair.version, pair.baseline)
    if table is None:
        raise Refused(Problem("links_unknown"))
    return table


def _add_edit(session: Session, table: LinkTable, pairing: Pairing, by: Actor, now: datetime) -> LinkEdit:
    before, after = fingerprints(table.old), fingerprints(table.new)
    edit = LinkEdit(
        standard=table.standard, version=table.version, baseline=table.baseline, revision=table.revision,
        old=[[number, before[number]] for number in pairing.old], new=[[number, after[number]] for number in pairing.new],
        also=pairing.also, undoes=None, at=now, actor_kind=by.kind, actor_id=by.id,
    )  # fmt: skip
    session.add(edit)
    session.flush()
    return edit


def _add_confirmation(session: Session, pair: Pair, old: Draft, new: Draft, key: Key, confirmed: bool, by: Actor, now: datetime) -> None:
    before, after = fingerprints(old), fingerprints(new)
    session.add(
        LinkConfirmation(
            standard=pair.standard, version=pair.version, baseline=pair.baseline, confirmed=confirmed,
            old=[[number, before.get(number, "")] for number in key[0]], new=[[number, after.get(number, "")] for number in key[1]],
            at=now, actor_kind=by.kind, actor_id=by.id,
        )
    )  # fmt: skip
    session.flush()


def _tell(session: Session, pair: Pair, kind: str, old: Sequence[str], new: Sequence[str], by: Actor, now: datetime) -> None:
    codes = {"baseline": pair.baseline, "old": list(old), "new": list(new)}
    record(session, scope=INSTALLATION, kind=kind, subject=pair.subject, by=by, now=now, codes=codes)
