"""Comments as each viewer may read them: nothing hidden comes out by a field, a filter or a count, and the counts always add up."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import timedelta
from typing import Any, get_args

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from consult.core.export_row import ExportRow
from consult.core.moderation import MOVES
from consult.core.tally import Tally
from consult.core.visibility import Viewer
from consult.core.vocabulary import STATES
from consult.extensions import db, writing
from consult.models import ClauseRow, Comment, Version
from consult.operations.moderate import move
from consult.operations.place import place_comment
from consult.operations.record import OPERATOR
from consult.queries.comment_export import clause_of_round, comment_export, exported_round
from consult.queries.comments import Chosen, CommentSeen, comment_seen, published_comments, round_tally, tallies
from tests import factories
from tests.every_kind import Kept, allowed, every_kind, leaks
from tests.factories import BASELINE, CONSULTATION, DRAFT, NOW
from tests.support.database import on_sqlite
from tests.support.examples import tried

VIEWERS: tuple[Viewer, ...] = get_args(Viewer)
pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def round_id(in_app: Flask) -> int:
    return factories.round_of()


Full = tuple[int, list[Kept]]


def _filled() -> Full:
    return factories.round_of(), every_kind()


@pytest.fixture
def full(as_left_by: Callable[[Callable[[], Full]], Full]) -> Full:
    """A round with a comment of every kind."""
    return as_left_by(_filled)


def every_page(round_id: int, limit: int = 7, **asked: Any) -> list[CommentSeen]:
    rows: list[CommentSeen] = []
    after: int | None = None
    while True:
        page = published_comments(round_id=round_id, after=after, limit=limit, now=NOW, **asked)
        rows += page.rows
        after = page.next_after
        if after is None:
            return rows


def clause(number: str, version: str = DRAFT) -> int:
    return db.session.scalars(select(ClauseRow.id).join(Version).where(Version.name == version, ClauseRow.number == number)).one()


def to_state(reference: str, state: str, act: str = "moderate") -> None:
    with writing() as session:
        found = session.scalars(select(Comment).where(Comment.reference == reference)).one()
        move(session, found, to=state, act=act, reason="spam" if state == "withheld" else None, by=OPERATOR, now=NOW)


def told(row: CommentSeen) -> set[str]:
    """Names of the fields beyond what a stub tells."""
    always = {"reference", "sequence", "received_on", "target", "standard", "version", "number", "clause_id", "language", "state", "stub"}
    return {each.name for each in fields(CommentSeen) if each.name not in always and getattr(row, each.name) != each.default}


@contextmanager
def statements() -> Iterator[list[str]]:
    said: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "SET TRANSACTION", "PRAGMA")):
            said.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    yield said
    event.remove(db.engine, "before_cursor_execute", count)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_each_viewer_finds_exactly_what_the_table_allows(full: Full, viewer: Viewer) -> None:
    round_id, everything = full
    rows = every_page(round_id, viewer=viewer)
    assert [row.reference for row in rows] == [each.reference for each in everything]
    assert leaks(viewer, everything, repr(rows)) == []
    one_by_one = [comment_seen(reference=each.reference, viewer=viewer, now=NOW) for each in everything]
    assert one_by_one == rows


def test_a_stub_tells_reference_day_place_language_and_state(full: Full) -> None:
    round_id, everything = full
    stubs = {row.state: row for row in every_page(round_id) if row.stub}
    assert {state: row.stub for state, row in stubs.items()} == {
        "pending": "in_moderation", "held": "in_moderation", "cleared": "confidential", "withheld": "withheld", "withdrawn": "withdrawn",
        "erased": "erased",
    }  # fmt: skip
    assert {state: told(row) for state, row in stubs.items()} == {state: {"reason"} if state == "withheld" else set() for state in stubs}
    pending = stubs["pending"]
    assert (pending.received_on, pending.standard, pending.version, pending.number) == (NOW.date(), "performance-standard", DRAFT, "5.2")
    assert (pending.clause_id, pending.language, pending.target) == (clause("5.2"), "en", "clause")
    assert len(everything) == 42


def test_the_committee_learns_class_but_no_country_of_what_is_confidential(full: Full) -> None:
    round_id, everything = full[0], {each.reference: each for each in full[1]}
    seen = {each.choice: row for row in every_page(round_id, viewer="committee", state="cleared") if (each := everything[row.reference])}
    assert {choice: (row.stakeholder_class, row.country, row.capacity) for choice, row in seen.items()} == {
        "named": ("production", "CH", "organisation"),
        "organisation": ("production", "CH", "organisation"),
        "class": ("production", "CH", "organisation"),
        "confidential": ("production", None, None),
    }
    public = {everything[row.reference].choice: row for row in every_page(round_id, state="cleared")}
    assert {choice: (row.stakeholder_class, row.country) for choice, row in public.items()} == {
        "named": ("production", "CH"), "organisation": ("production", "CH"), "class": ("production", None), "confidential": (None, None),
    }  # fmt: skip


def test_the_time_of_day_is_for_the_secretariat(round_id: int) -> None:
    reference = factories.comment("5.2").comments[0]
    to_state(reference, "cleared")
    seen = {viewer: comment_seen(reference=reference, viewer=viewer, now=NOW) for viewer in VIEWERS}
    assert {viewer: row and (row.received_on, row.received_at) for viewer, row in seen.items()} == {
        "public": (NOW.date(), None), "committee": (NOW.date(), None), "secretariat": (NOW.date(), NOW),
    }  # fmt: skip


@pytest.mark.parametrize(("rule", "later"), [("after_closing", timedelta(days=8)), ("with_report", timedelta(days=20))])
def test_cleared_comments_wait_for_the_display_rule(in_app: Flask, rule: str, later: timedelta) -> None:
    report = {"report_at": NOW + later} if rule == "with_report" else {}
    round_id = factories.round_of(display_rule=rule, **report)
    everything = every_kind()
    before, after = NOW + later - timedelta(seconds=1), NOW + later
    for viewer, now, texts in (("public", before, 0), ("public", after, 5), ("committee", before, 7)):
        page = published_comments(round_id=round_id, viewer=viewer, limit=100, now=now)  # type: ignore[arg-type]
        assert (len(page.rows), sum(row.text is not None for row in page.rows)) == (len(everything), texts)
        tally = round_tally(round_id=round_id, viewer=viewer, now=now)  # type: ignore[arg-type]
        assert tally.positions.get("oppose", 0) == sum(row.text is not None for row in page.rows)


def test_filters_find_only_what_the_viewer_may_know(full: Full) -> None:
    round_id, everything = full
    for viewer in VIEWERS:
        known = [each.reference for each in everything if "text" in allowed(viewer, each)]
        for asked in ({"position": "oppose"}, {"stakeholder_class": "production"}):
            assert [row.reference for row in every_page(round_id, viewer=viewer, **asked)] == known
    assert every_page(round_id, position="support") == []
    assert {row.state for row in every_page(round_id, state="withheld")} == {"withheld"}
    assert len(every_page(round_id, language="en", target="clause", clause_id=clause("5.2"))) == len(everything)
    assert every_page(round_id, language="fr") == every_page(round_id, clause_id=clause("5.1")) == every_page(round_id, target="new") == []


def test_a_comment_stands_where_it_was_placed_last(round_id: int) -> None:
    reference = factories.comment("5.2").comments[0]
    stays = factories.comment("5.2").comments[0]
    for seen, to in ((clause("5.2"), clause("5.3")), (clause("5.3"), clause("5.1"))):
        place_comment(reference=reference, seen_clause=seen, to=to, by=OPERATOR, now=NOW)
    placed = {number: [row.reference for row in every_page(round_id, clause_id=clause(number))] for number in ("5.1", "5.2", "5.3")}
    assert placed == {"5.1": [reference], "5.2": [stays], "5.3": []}
    assert {key: tally.received for key, tally in tallies(round_id=round_id, viewer="public", now=NOW).items()} == {
        clause("5.1"): 1, clause("5.2"): 1,
    }  # fmt: skip
    place_comment(reference=reference, seen_clause=clause("5.1"), to=None, by=OPERATOR, now=NOW)
    row = comment_seen(reference=reference, viewer="public", now=NOW)
    assert row is not None
    assert (row.clause_id, row.number, row.version) == (None, None, DRAFT)


def test_tallies_stand_under_the_place_of_each_target(in_app: Flask) -> None:
    words = dict(factories.WORDS) | {"5.4": factories.WORDS["5.3"]}
    factories.version(BASELINE, words=words, status="adopted")
    factories.version(DRAFT)
    factories.change(kinds=["removed"], old=["5.4"])
    round_id = factories.round_of()
    version_id = db.session.scalars(select(Version.id).where(Version.name == DRAFT)).one()
    wanted: dict[int | str, int] = {
        clause("5.2"): 2, f"new:{clause('5.2')}": 1, f"first:{version_id}": 1, f"document:{version_id}": 1, "process": 1,
        clause("5.4", BASELINE): 1,
    }  # fmt: skip
    for number, kind in (
        ("5.2", None),
        ("5.2", None),
        ("5.2", "new"),
        (None, "new"),
        (None, "document"),
        (None, "process"),
        ("5.4", "removed"),
    ):
        factories.comment(number, kind=kind)
    assert {key: tally.received for key, tally in tallies(round_id=round_id, viewer="public", now=NOW).items()} == wanted
    rows = {(row.target, row.number): row.version for row in every_page(round_id)}
    assert rows == {
        ("clause", "5.2"): DRAFT, ("new", "5.2"): DRAFT, ("new", None): DRAFT, ("document", None): DRAFT, ("process", None): None,
        ("removed", "5.4"): BASELINE,
    }  # fmt: skip


def test_states_count_all_and_the_rest_what_may_be_read(full: Full) -> None:
    round_id, everything = full
    elsewhere = factories.round_of(number=2, opens=timedelta(days=-1))
    noise = factories.comment("5.2", round_number=2, position="support").comments[0]
    to_state(noise, "cleared")
    for viewer in VIEWERS:
        readable = sum("text" in allowed(viewer, each) for each in everything)
        states = dict(Counter(each.state for each in everything))
        expected = Tally(states, {"oppose": readable}, {"production": readable}, {"en": readable}, proposals=readable)
        assert tallies(round_id=round_id, viewer=viewer, now=NOW) == {clause("5.2"): expected}
        assert round_tally(round_id=round_id, viewer=viewer, now=NOW) == expected
    assert round_tally(round_id=elsewhere, viewer="public", now=NOW).received == 1


@on_sqlite
@settings(max_examples=tried(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.tuples(st.integers(0, 5), st.sampled_from(sorted(set(MOVES.items())))), max_size=25))
def test_received_is_the_sum_of_states_at_every_step(in_app: Flask, walk: list[tuple[int, Any]]) -> None:
    """A random walk over legal moves and placements; list, tallies and export agree all the way."""
    of = exported_round(consultation=CONSULTATION, number=1)
    round_id = of.id if of else factories.round_of()
    references = [factories.comment(number, text=f"{number} {step}").comments[0] for step, number in enumerate(("5.1", "5.2", "5.3") * 2)]
    for place, ((before, after), act) in walk:
        row = comment_seen(reference=references[place], viewer="secretariat", now=NOW)
        assert row is not None
        if row.state == before:
            to_state(references[place], after, act)
        counted = tallies(round_id=round_id, viewer="public", now=NOW)
        rows = every_page(round_id, limit=100)
        assert {key: tally.received for key, tally in counted.items()} == Counter(row.clause_id for row in rows)
        assert round_tally(round_id=round_id, viewer="public", now=NOW).states == Counter(row.state for row in rows)
        assert len(rows) == sum(tally.received for tally in counted.values())
    summary, exported = export(viewer="public")
    assert (summary.received, summary.by_state) == (len(exported), Counter(row.moderation_state for row in exported))


@pytest.mark.parametrize(
    ("reads", "limit"),
    [
        (lambda round_id: published_comments(round_id=round_id, limit=100, now=NOW), 4),
        (lambda round_id: published_comments(round_id=round_id, clause_id=1, position="oppose", limit=100, now=NOW), 4),
        (lambda round_id: comment_seen(reference="PS3-1-0001", viewer="public", now=NOW), 5),
        (lambda round_id: tallies(round_id=round_id, viewer="public", now=NOW), 2),
        (lambda round_id: round_tally(round_id=round_id, viewer="public", now=NOW), 2),
        (lambda round_id: export(), 16),
    ],
)
def test_statements_do_not_grow_with_comments(round_id: int, reads: Callable[[int], object], limit: int) -> None:
    factories.comment("5.2")
    db.session.rollback()
    with statements() as few:
        reads(round_id)
    for number in range(12):
        factories.comment("5.2", text=f"More {number}")
    db.session.rollback()
    with statements() as many:
        reads(round_id)
    assert len(few) == len(many) <= limit


def export(viewer: Viewer = "secretariat", chosen: Chosen | None = None) -> tuple[Any, list[ExportRow]]:
    of = exported_round(consultation=CONSULTATION, number=1)
    assert of is not None
    with comment_export(of=of, viewer=viewer, now=NOW, chosen=chosen) as made:
        return made.summary, list(made.rows)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_an_export_has_a_row_for_every_comment_and_no_secret(full: Full, viewer: Viewer) -> None:
    _, everything = full
    summary, rows = export(viewer)
    assert leaks(viewer, everything, repr(rows)) == []
    assert [(row.reference, row.moderation_state) for row in rows] == [(each.reference, each.state) for each in everything]
    assert (summary.received, summary.listed, summary.by_state) == (42, 42, dict.fromkeys(STATES, 7))


def test_an_export_row_is_complete(round_id: int) -> None:
    reference = factories.comment(
        "5.2", text="尾注。", rationale="为何", proposed="改为", type="technical", position="oppose", language="zh"
    ).comments[0]
    _, rows = export()
    assert rows == [
        ExportRow(
            reference=reference, round="performance-standard-v3/1", received_at=NOW, late=False, standard="performance-standard",
            version=DRAFT, clause_number="5.2", target="clause", clause_text_language="zh", clause_text_revision=1, language="zh",
            stakeholder_class="production", country="CH", capacity="organisation", name="Anna Keller",
            organisation="Cooperative of Lake Foundries", position="oppose", type="technical", comment="尾注。", rationale="为何",
            proposed_wording="改为", moderation_state="pending", publication_choice="named", channel="web", mail="anna@example.org",
            confirmation="unconfirmed", proposed_whole_clause=False, endorsements=0,
        )
    ]  # fmt: skip


def test_an_export_says_how_many_rows_its_filters_left(round_id: int) -> None:
    factories.comment("5.2")
    factories.comment("5.1", text="其他。", language="zh")
    summary, rows = export(chosen=Chosen(language="zh"))
    assert (summary.received, summary.listed, [row.clause_number for row in rows]) == (2, 1, ["5.1"])


def test_an_export_shows_one_moment_of_the_database(round_id: int) -> None:
    factories.comment("5.2")
    of = exported_round(consultation=CONSULTATION, number=1)
    assert of is not None
    with comment_export(of=of, viewer="public", now=NOW) as made:
        factories.comment("5.2", text="Sent while the export was being written.")
        assert (made.summary.received, len(list(made.rows))) == (1, 1)


def test_what_is_not_there_is_none(round_id: int) -> None:
    assert comment_seen(reference="PS3-1-9999", viewer="public", now=NOW) is None
    assert exported_round(consultation=CONSULTATION, number=9) is None
    assert exported_round(consultation="no-such-consultation", number=1) is None
    assert clause_of_round(round_id=round_id, number="9.9") is None
    assert clause_of_round(round_id=round_id, number="5.2", standard="no-such-standard") is None
    assert clause_of_round(round_id=round_id, number="5.2") == clause("5.2")
    assert published_comments(round_id=round_id, now=NOW).rows == ()
    assert tallies(round_id=round_id, viewer="public", now=NOW) == {}


def test_names_of_the_round_come_in_all_languages(round_id: int) -> None:
    of = exported_round(consultation=CONSULTATION, number=1)
    assert of is not None
    assert (of.titles["zh"], of.standards) == ("绩效标准 V3", {"performance-standard": factories.TITLES})
