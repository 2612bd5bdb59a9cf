"""The committee's table and rooms: every comment in exactly one place, counts that always add up, nothing that may not be seen."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from consult.core.moderation import MOVES, moves_from, needs_reason
from consult.core.problem import Refused
from consult.core.tally import total
from consult.core.visibility import Viewer, seen
from consult.core.vocabulary import CHOICES, POSITIONS, STATES
from consult.operations.moderate import move_comment
from consult.operations.place import place_comment
from consult.operations.record import OPERATOR
from consult.operations.withdraw import erase_comment, withdraw_comment
from consult.queries.clause_names import clauses_of_round
from consult.queries.comments import Chosen
from consult.queries.committee import Grid, arranged, grid, positions_by_class, said
from consult.queries.consultations import RoundSeen, consultation
from consult.queries.moderation import Filter, facets, queue
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


PLACES = [
    ("5.2", None),
    ("5.3", None),
    ("5.1", None),
    ("5.2", "new"),
    ("", "new"),
    (None, "document"),
    (None, "process"),
    ("5.3", "removed"),
]


def test_counts_add_up_through_any_moderation(new_database: Callable[[str], str], settings_for: Callable[[str], Flask]) -> None:
    """A random walk over handing in, moving, placing, withdrawing, erasing; after every step all counts are those of a plain list."""

    class Moderation(RuleBasedStateMachine):
        @initialize()
        def begin(self) -> None:
            self.app = settings_for(new_database("sqlite"))
            self.context = self.app.app_context()
            self.context.push()
            factories.round_of()
            factories.change(kinds=["removed"], old=["5.3"])
            self.round = the_round()
            self.clauses = {each.number: each.id for each in clauses_of_round(self.round.id, "en")}
            self.model: dict[str, dict[str, Any]] = {}

        @rule(
            where=st.sampled_from(PLACES), language=st.sampled_from(["en", "fr", "zh", "es"]), choice=st.sampled_from(CHOICES),
            narrowed=st.sampled_from([None, *CHOICES]), position=st.sampled_from([None, *POSITIONS]), proposes=st.booleans(),
            stakeholder_class=st.sampled_from(["production", "civil_society", "individual"]),
        )  # fmt: skip
        def hand_in(
            self,
            where: tuple,
            language: str,
            choice: str,
            narrowed: str | None,
            position: str | None,
            proposes: bool,
            stakeholder_class: str,
        ) -> None:
            number, kind = where
            person = factories.person(choice=choice, stakeholder_class=stakeholder_class)
            counted = max(choice, narrowed or choice, key=CHOICES.index)
            reference = handed_in(
                number,
                kind=kind,
                language=language,
                person=person,
                choice=narrowed,
                position=position,
                proposed="So." if proposes else None,
            )
            place = f"{kind or 'clause'} {number or ''}".strip()
            self.model[reference] = {"place": place, "kind": kind, "state": "pending", "language": language, "position": position, "choice": counted, "class": stakeholder_class, "proposes": proposes}  # fmt: skip

        @rule(data=st.data(), after=st.sampled_from(STATES), stale=st.booleans())
        def moderate(self, data: st.DataObject, after: str, stale: bool) -> None:
            if not self.model:
                return
            reference = data.draw(st.sampled_from(sorted(self.model)))
            before = self.model[reference]["state"]
            shown = data.draw(st.sampled_from(STATES)) if stale else before
            try:
                move_comment(
                    reference=reference, seen_state=shown, to=after, reason="spam" if needs_reason(after) else None, by=OPERATOR, now=NOW
                )  # type: ignore[arg-type]
            except Refused:
                assert shown != before or after not in moves_from(before)
            else:
                assert after == before or (shown == before and (before, after) in MOVES)
                self.model[reference]["state"] = after

        @rule(data=st.data(), act=st.sampled_from([withdraw_comment, erase_comment]))
        def end(self, data: st.DataObject, act: Callable[..., object]) -> None:
            if not self.model:
                return
            reference = data.draw(st.sampled_from(sorted(self.model)))
            after = "withdrawn" if act is withdraw_comment else "erased"
            try:
                act(reference=reference, by=OPERATOR, now=NOW)
            except Refused:
                assert (self.model[reference]["state"], after) not in MOVES
            else:
                self.model[reference]["state"] = after

        @rule(data=st.data(), number=st.sampled_from([None, "5.1", "5.2", "5.3"]))
        def place(self, data: st.DataObject, number: str | None) -> None:
            placed = [reference for reference, each in self.model.items() if each["kind"] is None]
            if not placed:
                return
            reference = data.draw(st.sampled_from(sorted(placed)))
            now_at = self.model[reference]["place"].removeprefix("clause ")
            place_comment(
                reference=reference, seen_clause=self.clauses.get(now_at), to=self.clauses.get(number or ""), by=OPERATOR, now=NOW
            )
            self.model[reference]["place"] = f"clause {number}" if number else "document"

        @invariant()
        def counts_are_those_of_the_list(self) -> None:
            if not hasattr(self, "model"):
                return
            for viewer in VIEWERS:
                found = table(self.round, viewer)
                assert found.total.received == len(self.model)
                assert received(found) == dict(Counter(each["place"] for each in self.model.values()))
                for row in found.rows:
                    here = f"{row.kind} {row.clause.number if row.clause else ''}".strip()
                    self.check(row.tally, [each for each in self.model.values() if each["place"] == here], viewer)
                    if row.tally.received:
                        page = said(round_id=self.round.id, place=row.place, viewer=viewer, now=NOW, limit=500)
                        assert Counter(each.comment.state for each in page.rows) == Counter(
                            {s: n for s, n in row.tally.states.items() if n}
                        )
                assert found.total == total(row.tally for row in found.rows)
            by_state = Counter(each["state"] for each in self.model.values())
            assert facets(consultation=CONSULTATION, wanted=Filter()).states == dict(by_state)
            for state in STATES:
                assert len(queue(consultation=CONSULTATION, wanted=Filter(state=state), language="en", limit=500).rows) == by_state[state]

        def check(self, tally: Any, here: list[dict[str, Any]], viewer: Viewer) -> None:
            assert Counter(tally.states) == Counter(each["state"] for each in here)
            assert tally.received == sum(tally.states.get(state, 0) for state in STATES) == len(here)
            readable = [each for each in here if seen(viewer, each["state"], each["choice"]).text]
            assert Counter(tally.positions) == Counter(each["position"] for each in readable if each["position"])
            assert Counter(tally.languages) == Counter(each["language"] for each in readable)
            assert tally.proposals == sum(each["proposes"] for each in readable)
            classed = [each for each in here if seen(viewer, each["state"], each["choice"]).stakeholder_class]
            assert Counter(tally.classes) == Counter(each["class"] for each in classed)

        def teardown(self) -> None:
            if hasattr(self, "context"):
                from consult.extensions import db

                db.session.remove()
                db.engine.dispose()
                self.context.pop()

    run_state_machine_as_test(
        Moderation,
        settings=settings(max_examples=8, stateful_step_count=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)),
    )


@pytest.fixture
def settings_for() -> Callable[[str], Flask]:
    from consult import create_app
    from consult.config import Settings

    plain = Settings(secret_key="only for tests", secure_cookies=False)
    return lambda url: create_app(replace(plain, database_url=url))


def test_rounds_do_not_mix(round: RoundSeen) -> None:
    factories.round_of(number=2, opens=timedelta(days=-5), closes=timedelta(days=20))
    handed_in("5.2", round_number=2)
    assert table(round).total.received == 0
