"""The committee's table and rooms: every comment in exactly one place, counts that always add up, nothing that may not be seen."""

from datetime import timedelta
from typing import Any, get_args

import pytest
from flask import Flask

from consult.core.visibility import Viewer
from consult.operations.moderate import move_comment
from consult.operations.place import place_comment
from consult.operations.record import OPERATOR
from consult.queries.clause_names import clauses_of_round
from consult.queries.comments import Chosen
from consult.queries.committee import Grid, arranged, grid, positions_by_class, said
from consult.queries.consultations import RoundSeen, consultation
from tests import factories
from tests.factories import CONSULTATION, NOW

VIEWERS: tuple[Viewer, ...] = get_args(Viewer)


@pytest.fixture
def round(in_app: Flask) -> RoundSeen:
    factories.round_of()
    factories.change(kinds=["renumbered", "modified"], old=["5.2"], new=["5.3"])
    factories.change(kinds=["added"], new=["5.1"])
    factories.change(kinds=["removed"], old=["5.3"])
    factories.change(kinds=["unchanged"], old=["5.1"], new=["5.2"])
    return the_round()


def the_round(language: str = "en") -> RoundSeen:
    project = consultation(CONSULTATION, language)
    assert project is not None
    found = project.round(1)
    assert found is not None
    return found


def handed_in(number: str | None = "5.2", **given: Any) -> str:
    return factories.comment(number, **given).comments[0]


def move(reference: str, *states: str, seen_first: str = "pending") -> None:
    for before, after in zip((seen_first, *states), states, strict=False):
        move_comment(reference=reference, seen_state=before, to=after, reason="spam" if after == "withheld" else None, by=OPERATOR, now=NOW)


def table(round: RoundSeen, viewer: Viewer = "committee", language: str = "en") -> Grid:
    return grid(round=round, viewer=viewer, language=language, now=NOW)


def received(found: Grid) -> dict[str, int]:
    """What stands in the table, by kind and number."""
    return {f"{row.kind} {row.clause.number if row.clause else ''}".strip(): row.tally.received for row in found.rows if row.tally.received}


def test_chinese_and_french_comment_stand_in_one_row(round: RoundSeen) -> None:
    for language, text in (("zh", "四年太短。"), ("fr", "Quatre ans, c’est trop court.")):
        move(handed_in("5.2", text=text, language=language), "cleared")
    for language in ("en", "fr", "zh"):
        rows = [row for row in table(the_round(language), language=language).rows if row.tally.received]
        assert [(row.clause and row.clause.label, dict(row.tally.languages), row.tally.received) for row in rows] == [
            ("5.2", {"zh": 1, "fr": 1}, 2)
        ]


def test_every_place_has_its_row_and_none_is_left_out(round: RoundSeen) -> None:
    handed_in("5.2")
    handed_in("5.2", kind="new")
    handed_in(None, kind="document")
    handed_in(None, kind="process")
    handed_in("5.3", kind="removed")
    handed_in("", kind="new")
    found = table(round)
    assert received(found) == {"process": 1, "document": 1, "new": 1, "clause 5.2": 1, "new 5.2": 1, "removed 5.3": 1}
    assert found.total.received == 6
    assert [row.clause.number for row in found.rows if row.kind == "clause" and row.clause] == ["5", "5.1", "5.2", "5.3"]


def test_rows_stand_in_the_order_of_the_document(round: RoundSeen) -> None:
    for number, kind in (("5.3", "removed"), ("5.1", "new"), (None, "document"), (None, "process")):
        handed_in(number, kind=kind)
    kinds = [f"{row.kind} {row.clause.number if row.clause else ''}".strip() for row in table(round).rows]
    assert kinds == ["process", "document", "clause 5", "clause 5.1", "new 5.1", "clause 5.2", "clause 5.3", "removed 5.3"]


def test_clause_knows_its_principle_and_its_changes(round: RoundSeen) -> None:
    rows = {row.clause.number: row for row in table(round).rows if row.clause and row.kind == "clause"}
    assert [(number, row.top, row.heading) for number, row in rows.items()] == [
        ("5", "5", True), ("5.1", "5", False), ("5.2", "5", False), ("5.3", "5", False),
    ]  # fmt: skip
    assert {number: [link.kinds for link in row.links] for number, row in rows.items()} == {
        "5": [], "5.1": [("added",)], "5.2": [("unchanged",)], "5.3": [("renumbered", "modified")],
    }  # fmt: skip


def test_silent_are_changed_clauses_without_a_comment(round: RoundSeen) -> None:
    assert [row.clause and row.clause.number for row in table(round).silent] == ["5.1", "5.3"]
    handed_in("5.3")
    assert [row.clause and row.clause.number for row in table(round).silent] == ["5.1"]


def test_placed_comment_counts_where_it_stands_now(round: RoundSeen) -> None:
    reference = handed_in("5.2")
    here, there = (next(each.id for each in clauses_of_round(round.id, "en") if each.number == number) for number in ("5.2", "5.3"))
    place_comment(reference=reference, seen_clause=here, to=there, by=OPERATOR, now=NOW)
    assert received(table(round)) == {"clause 5.3": 1}
    assert [each.comment.reference for each in said(round_id=round.id, place=there, viewer="committee", now=NOW).rows] == [reference]
    assert said(round_id=round.id, place=here, viewer="committee", now=NOW).rows == ()
    place_comment(reference=reference, seen_clause=there, to=None, by=OPERATOR, now=NOW)
    assert received(table(round)) == {"document": 1}


def test_order_by_most_comments_and_by_most_opposition(round: RoundSeen) -> None:
    given = {"5.1": ["oppose", "support"], "5.2": ["oppose", "oppose", None], "5.3": ["support", "support", "neutral", "support"]}
    for number, positions in given.items():
        for position in positions:
            move(handed_in(number, position=position), "cleared")
    rows = [row for row in table(round).rows if row.tally.received]

    def numbers(sort: Any) -> list[str]:
        return [row.clause.number for row in arranged(rows, sort) if row.clause]

    assert (numbers("clause"), numbers("received"), numbers("oppose")) == (
        ["5.1", "5.2", "5.3"], ["5.3", "5.2", "5.1"], ["5.2", "5.1", "5.3"],
    )  # fmt: skip
    assert [round_.opposed for round_ in rows] == [0.5, 1.0, 0.0]


def test_positions_are_crossed_with_classes_of_readable_comments(round: RoundSeen) -> None:
    civil = factories.person(stakeholder_class="civil_society", choice="confidential")
    for position, person in (("oppose", None), ("oppose", None), (None, None), ("support", civil)):
        move(handed_in("5.2", position=position, person=person), "cleared")
    handed_in("5.2", position="oppose", person=civil)
    place = next(each.id for each in clauses_of_round(round.id, "en") if each.number == "5.2")
    found = positions_by_class(round_id=round.id, place=place, viewer="committee", now=NOW)
    assert found == {"production": {"oppose": 2, "": 1}, "civil_society": {"support": 1}}
    everything = positions_by_class(round_id=round.id, place=place, viewer="secretariat", now=NOW)
    assert everything == {"production": {"oppose": 2, "": 1}, "civil_society": {"support": 1, "oppose": 1}}


def test_filters_find_nothing_that_may_not_be_seen(round: RoundSeen) -> None:
    reference = handed_in("5.2", position="oppose", language="fr")
    place = next(each.id for each in clauses_of_round(round.id, "en") if each.number == "5.2")

    def found(viewer: Viewer, **chosen: str) -> list[str]:
        page = said(round_id=round.id, place=place, viewer=viewer, chosen=Chosen(**chosen), now=NOW)
        return [each.comment.reference for each in page.rows]

    assert found("committee", position="oppose") == found("committee", stakeholder_class="production") == []
    assert found("committee", language="fr") == found("committee", state="pending") == [reference]
    assert found("secretariat", position="oppose") == [reference]
    move(reference, "cleared")
    assert found("committee", position="oppose") == found("committee", stakeholder_class="production") == [reference]


def test_clause_text_seen_comes_with_readable_comments_only(round: RoundSeen) -> None:
    handed_in("5.2", language="fr", proposed="L’Entité doit.")
    place = next(each.id for each in clauses_of_round(round.id, "en") if each.number == "5.2")
    (hidden,) = said(round_id=round.id, place=place, viewer="committee", now=NOW).rows
    assert (hidden.comment.stub, hidden.text_seen, hidden.text_language) == ("in_moderation", None, None)
    (shown,) = said(round_id=round.id, place=place, viewer="secretariat", now=NOW).rows
    assert (shown.text_language, (shown.text_seen or "")[:8]) == ("fr", "L’Entité")


def test_pages_of_a_room_follow_each_other(round: RoundSeen) -> None:
    references = [handed_in("5.2", text=f"number {n}") for n in range(5)]
    place = next(each.id for each in clauses_of_round(round.id, "en") if each.number == "5.2")
    first = said(round_id=round.id, place=place, viewer="committee", limit=3, now=NOW)
    rest = said(round_id=round.id, place=place, viewer="committee", limit=3, after=first.next_after, now=NOW)
    assert [each.comment.reference for page in (first, rest) for each in page.rows] == references
    assert rest.next_after is None


def test_rounds_do_not_mix(round: RoundSeen) -> None:
    factories.round_of(number=2, opens=timedelta(days=-5), closes=timedelta(days=20))
    handed_in("5.2", round_number=2)
    assert table(round).total.received == 0
