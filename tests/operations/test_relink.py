"""Links set by hand: applied, undone, confirmed, refused when stale, kept through imports, taken along at publication, stored as a revision."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from consult.core.problem import Refused
from consult.core.relink import Pairing
from consult.exchange.draft_folder import read_versions
from consult.extensions import db
from consult.models import ChangeClause, ChangeRow, ChangeSet, ChangeSetMaking, ChangeText, Event
from consult.operations.drafts import make_draft, publish_draft, take_in
from consult.operations.publish import publish_versions
from consult.operations.record import OPERATOR, Actor
from consult.operations.relink import Pair, confirm_links, newest_edit, publish_links, set_link, set_links, undo_link
from consult.queries.changes import change_maps
from consult.queries.drafts import version_row
from consult.queries.link_table import LinkTable, confirmed_links, link_table
from consult.queries.office_drafts import open_draft
from consult.queries.standards import version
from tests.operations.test_publish import NEW, OLD, write
from tests.staff import account
from tests.support.statements import counted_statements

pytestmark = pytest.mark.usefixtures("in_app")
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
PAIR = Pair("demo", "v3-draft-1", "v2")
SWAPPED = {("5.2",): ("5.3",), ("5.3",): ("5.2",)}


def published(folder: Path) -> None:
    write(folder, "v2", OLD)
    write(folder, "v3-draft-1", NEW, baselines="[v2]")
    versions, _ = read_versions([folder])
    publish_versions(sources=versions, languages=("en", "fr"), by=OPERATOR, now=NOW)


def drafted(folder: Path) -> Actor:
    """v2 published, v3-draft-1 a draft of the office; gives the editor."""
    write(folder, "v2", OLD)
    publish_versions(sources=read_versions([folder])[0], languages=("en", "fr"), by=OPERATOR, now=NOW)
    editor = Actor("account", account(now=NOW)[0])
    make_draft(standard="demo", version="v3-draft-1", prevails="en", baselines=["v2"], by=editor, now=NOW)
    for language, text in NEW.items():
        imported(editor, language, text)
    return editor


def imported(editor: Actor, language: str, text: str) -> None:
    front = f"---\nstandard: demo\nversion: v3-draft-1\nlanguage: {language}\ntitle: Demo\nbaselines: [v2]\n---\n"
    take_in(standard="demo", version="v3-draft-1", file_name=f"{language}.md", data=(front + text).encode(), by=editor, now=NOW)


def table() -> LinkTable:
    db.session.rollback()
    found = link_table("demo", "v3-draft-1", "v2")
    assert found is not None
    return found


def sides(found: LinkTable) -> list[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    return [(link.old, link.new, link.kinds) for link in found.links]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_another_predecessor_takes_the_clause_out_of_its_link(tmp_path: Path) -> None:
    published(tmp_path)
    assert {link.old: link.new for link in table().links if link.old in SWAPPED} == SWAPPED
    set_link(pair=PAIR, seen=(("5.3",), ("5.2",)), pairing=Pairing(("5.2",), ("5.2",)), by=OPERATOR, now=NOW)
    assert sides(table()) == [
        (("5",), ("5",), ("unchanged",)),
        (("5.1",), ("5.1",), ("unchanged",)),
        (("5.2",), ("5.2",), ("modified",)),
        (("5.3",), (), ("removed",)),
        ((), ("5.3",), ("added",)),
        ((), ("5.4",), ("added",)),
    ]
    made = table().link((("5.2",), ("5.2",)))
    assert made is not None
    assert (made.score, made.reason, made.unsure) == (1.0, "hand", False)
    lost = table().link((("5.3",), ()))
    assert lost is not None
    assert lost.unsure  # the program knows a good candidate for it


def test_undo_brings_back_what_the_program_said(tmp_path: Path) -> None:
    published(tmp_path)
    before = table().links
    edit = set_link(pair=PAIR, seen=(("5.1",), ("5.1",)), pairing=Pairing((), ("5.1",)), by=OPERATOR, now=NOW)
    assert edit is not None
    assert table().link(((), ("5.1",))) is not None
    undo_link(pair=PAIR, edit=edit, by=OPERATOR, now=NOW)
    undo_link(pair=PAIR, edit=edit, by=OPERATOR, now=NOW)
    assert table().links == before
    kinds = [event.kind for event in db.session.scalars(select(Event).order_by(Event.id)) if event.kind.startswith("link")]
    assert kinds == ["link_set", "link_undone"]


def test_a_split_and_a_merger_are_set_and_may_leave_other_links_alone(tmp_path: Path) -> None:
    published(tmp_path)
    set_link(pair=PAIR, seen=((), ("5.4",)), pairing=Pairing(("5.2",), ("5.3", "5.4")), by=OPERATOR, now=NOW)
    assert (("5.2",), ("5.3", "5.4"), ("split", "renumbered", "modified")) in sides(table())
    set_link(pair=PAIR, seen=(("5.1",), ("5.1",)), pairing=Pairing(("5.1", "5.3"), ("5.1",), also=True), by=OPERATOR, now=NOW)
    found = sides(table())
    assert (("5.1", "5.3"), ("5.1",), ("merged", "modified")) in found
    assert (("5.3",), ("5.2",), ("renumbered", "modified")) in found


def test_what_changed_meanwhile_is_refused_and_nothing_is_overwritten(tmp_path: Path) -> None:
    published(tmp_path)
    seen = (("5.3",), ("5.2",))
    set_link(pair=PAIR, seen=seen, pairing=Pairing(("5.2",), ("5.2",)), by=OPERATOR, now=NOW)
    before = table().links
    with pytest.raises(Refused) as refused:
        set_link(pair=PAIR, seen=seen, pairing=Pairing((), ("5.2",)), by=OPERATOR, now=NOW)
    assert codes(refused) == ["link_stale"]
    with pytest.raises(Refused) as refused:
        confirm_links(pair=PAIR, seen=[seen], confirmed=True, by=OPERATOR, now=NOW)
    assert codes(refused) == ["link_stale"]
    assert table().links == before


@pytest.mark.parametrize(
    ("pairing", "code"),
    [
        (Pairing((), ()), "link_empty"),
        (Pairing(("5.1", "5.2"), ("5.1", "5.2")), "link_many"),
        (Pairing(("9.9",), ("5.1",)), "link_number_unknown"),
    ],
)
def test_a_link_that_cannot_be_is_refused(tmp_path: Path, pairing: Pairing, code: str) -> None:
    published(tmp_path)
    with pytest.raises(Refused) as refused:
        set_link(pair=PAIR, seen=(("5.1",), ("5.1",)), pairing=pairing, by=OPERATOR, now=NOW)
    assert codes(refused) == [code]


def test_versions_that_nobody_compared_have_no_links() -> None:
    with pytest.raises(Refused) as refused:
        set_link(pair=Pair("demo", "v9", "v2"), seen=((), ()), pairing=Pairing((), ("5.1",)), by=OPERATOR, now=NOW)
    assert codes(refused) == ["links_unknown"]


def test_hand_set_links_become_the_next_revision_and_the_first_is_kept(tmp_path: Path) -> None:
    published(tmp_path)
    first = {row.id: row.kinds for row in db.session.scalars(select(ChangeRow))}
    kept = db.session.scalars(select(ChangeText.text).join(ChangeRow, ChangeRow.id == ChangeText.change_id).order_by(ChangeRow.id)).all()
    set_link(pair=PAIR, seen=(("5.3",), ("5.2",)), pairing=Pairing(("5.2",), ("5.2",)), by=OPERATOR, now=NOW)
    found = table()
    assert publish_links(pair=PAIR, seen_revision=1, seen_edit=newest_edit(found), by=OPERATOR, now=LATER) == 2
    sets = db.session.scalars(select(ChangeSet).order_by(ChangeSet.revision)).all()
    assert [(each.revision, each.engine == sets[0].engine) for each in sets] == [(1, True), (2, True)]
    assert {row.id: row.kinds for row in db.session.scalars(select(ChangeRow).where(ChangeRow.change_set_id == sets[0].id))} == first
    languages = db.session.scalars(
        select(ChangeText.language).join(ChangeRow).where(ChangeRow.change_set_id == sets[1].id, ChangeRow.position == 2)
    ).all()
    assert sorted(languages) == ["en", "fr"]
    assert len(kept) == len(first) * 2
    seen = version("demo", "v3-draft-1", "en")
    assert seen is not None
    shown = change_maps(seen)["v2"].links
    assert [(tuple(c.number for c in link.old), tuple(c.number for c in link.new)) for link in shown] == [
        (old, new) for old, new, _ in sides(found)
    ]
    now = table()
    assert (now.revision, now.edits, now.links) == (2, (), found.links)
    assert [(each.revision, each.edits) for each in now.revisions] == [(1, 0), (2, 1)]


def test_nothing_set_by_hand_makes_no_revision_and_an_older_view_is_refused(tmp_path: Path) -> None:
    published(tmp_path)
    with pytest.raises(Refused) as refused:
        publish_links(pair=PAIR, seen_revision=1, seen_edit=0, by=OPERATOR, now=NOW)
    assert codes(refused) == ["links_unchanged"]
    set_link(pair=PAIR, seen=(("5.3",), ("5.2",)), pairing=Pairing(("5.2",), ("5.2",)), by=OPERATOR, now=NOW)
    with pytest.raises(Refused) as refused:
        publish_links(pair=PAIR, seen_revision=1, seen_edit=0, by=OPERATOR, now=NOW)
    assert codes(refused) == ["link_stale"]
    assert db.session.scalars(select(ChangeSet.revision)).all() == [1]


def test_removed_is_told_once_a_person_confirms_and_survives_a_revision(tmp_path: Path) -> None:
    published(tmp_path)
    set_link(pair=PAIR, seen=(("5.3",), ("5.2",)), pairing=Pairing(("5.2",), ("5.2",)), by=OPERATOR, now=NOW)
    publish_links(pair=PAIR, seen_revision=1, seen_edit=newest_edit(table()), by=OPERATOR, now=NOW)
    key = (("5.3",), ())
    confirm_links(pair=PAIR, seen=[key], confirmed=True, by=OPERATOR, now=LATER)
    assert confirmed_links("demo", "v3-draft-1", ["v2"]) == {"v2": {key}}
    set_link(pair=PAIR, seen=((), ("5.4",)), pairing=Pairing(("5.1",), ("5.1", "5.4")), by=OPERATOR, now=NOW)
    publish_links(pair=PAIR, seen_revision=2, seen_edit=newest_edit(table()), by=OPERATOR, now=NOW)
    seen = version("demo", "v3-draft-1", "en")
    assert seen is not None
    assert [link.confirmed for link in change_maps(seen)["v2"].links if link.kinds == ("removed",)] == [True]
    confirm_links(pair=PAIR, seen=[key], confirmed=False, by=OPERATOR, now=LATER)
    assert confirmed_links("demo", "v3-draft-1", ["v2"]) == {"v2": frozenset()}
    assert [link.confirmed for link in change_maps(seen)["v2"].links if link.kinds == ("removed",)] == [False]


def test_hand_set_links_of_a_draft_follow_their_clauses_when_it_is_imported_again(tmp_path: Path) -> None:
    editor = drafted(tmp_path)
    set_link(pair=PAIR, seen=((), ("5.4",)), pairing=Pairing(("5.1",), ("5.1", "5.4")), by=editor, now=NOW)
    confirm_links(pair=PAIR, seen=[(("5.3",), ("5.2",))], confirmed=True, by=editor, now=NOW)
    renumbered = NEW["en"].replace("### 5.4 Management", "### 5.9 Management")
    imported(editor, "en", renumbered)
    (edit,) = table().edits
    assert (edit.fate, edit.pairing.new, edit.said.new) == ("followed", ("5.1", "5.9"), ("5.1", "5.4"))
    assert table().link((("5.1",), ("5.1", "5.9"))) is not None
    assert set(table().confirmed) == {(("5.3",), ("5.2",))}
    imported(editor, "en", NEW["en"].replace("named manager", "named director").replace("under 11 t", "under 10 t"))
    (edit,) = table().edits
    assert (edit.fate, edit.pairing.new) == ("edited", ("5.1", "5.4"))
    assert table().confirmed == {}  # of another text
    imported(editor, "en", NEW["en"].partition("### 5.4")[0])
    (edit,) = table().edits
    assert (edit.fate, edit.pairing.new) == ("vanished", ("5.1",))


def test_publication_takes_hand_set_links_along_and_settles_what_was_confirmed(tmp_path: Path) -> None:
    editor = drafted(tmp_path)
    set_link(pair=PAIR, seen=((), ("5.4",)), pairing=Pairing(("5.1",), ("5.1", "5.4")), by=editor, now=NOW)
    confirm_links(pair=PAIR, seen=[(("5.3",), ("5.2",)), (("5.2",), ("5.3",))], confirmed=True, by=editor, now=NOW)
    for language, text in NEW.items():
        imported(editor, language, text.replace("11 t", "10 t"))
    draft = open_draft("demo", "v3-draft-1")
    assert draft is not None
    publish_draft(
        standard="demo", version="v3-draft-1", seen_state=draft.state_sha256, languages=("en", "fr"), second_person=False, by=editor, now=LATER
    )  # fmt: skip
    row = version_row("demo", "v3-draft-1")
    assert row is not None
    stored = db.session.scalars(select(ChangeRow).order_by(ChangeRow.position)).all()
    assert [(change.kinds, change.reason) for change in stored if "split" in change.kinds] == [(["split", "modified"], "hand")]
    numbers = db.session.scalars(select(ChangeClause.side).where(ChangeClause.change_id == stored[1].id)).all()
    assert sorted(numbers) == ["new", "new", "old"]
    assert db.session.scalars(select(ChangeSetMaking.edits)).all() == [1]
    assert confirmed_links("demo", "v3-draft-1", ["v2"]) == {"v2": {(("5.2",), ("5.3",))}}
    assert (table().revision, table().edits) == (1, ())


def test_many_links_are_set_together_or_not_at_all(tmp_path: Path) -> None:
    published(tmp_path)
    pairings = [Pairing(("5.2",), ("5.2",)), Pairing(("5.3",), ("5.3",))]
    assert set_links(pair=PAIR, seen_revision=1, seen_edit=0, pairings=pairings, by=OPERATOR, now=NOW) == 2
    assert {link.old: link.new for link in table().links if link.old in SWAPPED} == {("5.2",): ("5.2",), ("5.3",): ("5.3",)}
    with pytest.raises(Refused):
        set_links(pair=PAIR, seen_revision=1, seen_edit=0, pairings=pairings, by=OPERATOR, now=NOW)
    wrong = [Pairing(("5.1",), ()), Pairing(("9",), ())]
    before = table().links
    with pytest.raises(Refused) as refused:
        set_links(pair=PAIR, seen_revision=1, seen_edit=newest_edit(table()), pairings=wrong, by=OPERATOR, now=NOW)
    assert codes(refused) == ["link_number_unknown"]
    assert table().links == before


def test_statements_do_not_grow_with_what_was_set(tmp_path: Path) -> None:
    published(tmp_path)
    table()
    with counted_statements() as few:
        link_table("demo", "v3-draft-1", "v2")
    for _ in range(4):
        key = next(link for link in table().links if not link.old)
        edit = set_link(pair=PAIR, seen=(key.old, key.new), pairing=Pairing(("5.1",), ("5.1", *key.new)), by=OPERATOR, now=NOW)
        assert edit is not None
        undo_link(pair=PAIR, edit=edit, by=OPERATOR, now=NOW)
        confirm_links(pair=PAIR, seen=[(key.old, key.new)], confirmed=True, by=OPERATOR, now=NOW)
    db.session.rollback()
    with counted_statements() as many:
        link_table("demo", "v3-draft-1", "v2")
    assert len(few) == len(many)
