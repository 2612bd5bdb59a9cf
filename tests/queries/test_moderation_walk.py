"""A random walk over handing in, moving, placing, withdrawing, erasing: after every step all counts are those of a plain list."""

from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
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
from consult.queries.committee import grid, said
from consult.queries.consultations import consultation
from consult.queries.moderation import Filter, facets, queue
from tests import factories
from tests.factories import CONSULTATION, NOW

VIEWERS: tuple[Viewer, ...] = ("public", "committee", "secretariat")
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


class Moderation(RuleBasedStateMachine):
    make: ClassVar[Callable[[], Flask]]
    """An application on an empty, migrated database."""

    @initialize()
    def begin(self) -> None:
        self.app = type(self).make()
        self.context = self.app.app_context()
        self.context.push()
        factories.round_of()
        factories.change(kinds=["removed"], old=["5.3"])
        project = consultation(CONSULTATION, "en")
        assert project is not None
        self.round = project.rounds[0]
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
        receipt = factories.comment(
            number,
            kind=kind,
            language=language,
            person=person,
            choice=narrowed,
            position=position,
            proposed="So." if proposes else None,
        )
        (reference,) = receipt.comments
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
        place_comment(reference=reference, seen_clause=self.clauses.get(now_at), to=self.clauses.get(number or ""), by=OPERATOR, now=NOW)
        self.model[reference]["place"] = f"clause {number}" if number else "document"

    @invariant()
    def counts_are_those_of_the_list(self) -> None:
        if not hasattr(self, "model"):
            return
        for viewer in VIEWERS:
            found = grid(round=self.round, viewer=viewer, language="en", now=NOW)
            assert found.total.received == len(self.model)
            assert {_place(row): row.tally.received for row in found.rows if row.tally.received} == dict(
                Counter(each["place"] for each in self.model.values())
            )
            for row in found.rows:
                here = _place(row)
                self.check(row.tally, [each for each in self.model.values() if each["place"] == here], viewer)
                if row.tally.received:
                    page = said(round_id=self.round.id, place=row.place, viewer=viewer, now=NOW, limit=500)
                    assert Counter(each.comment.state for each in page.rows) == Counter({s: n for s, n in row.tally.states.items() if n})
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


def _place(row: Any) -> str:
    return f"{row.kind} {row.clause.number if row.clause else ''}".strip()


@pytest.fixture
def make(new_database: Callable[[str], str]) -> Callable[[], Flask]:
    from consult import create_app
    from consult.config import Settings

    return lambda: create_app(
        Settings(database_url=new_database("sqlite"), secret_key="only for tests", secure_cookies=False, least_seconds=0)
    )


@pytest.mark.parametrize("walks", [3, pytest.param(20, marks=pytest.mark.long)])
def test_counts_add_up_through_any_moderation(make: Callable[[], Flask], walks: int) -> None:
    class Walk(Moderation):
        pass

    Walk.make = staticmethod(make)  # type: ignore[assignment]
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=walks,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],  # shrinking would take minutes; twenty steps can be read
        ),
    )
