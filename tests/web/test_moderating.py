"""The queue and the comment page: acting, undoing, acting on what is stale, and what a denied call leaves."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consult.extensions import db
from consult.models import Comment, ModerationStep
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.staff import OWN, Staff, everything, form_of, page_of, signed_in
from tests.support.database import on_sqlite

pytestmark = on_sqlite
QUEUE = f"/en/moderation/{CONSULTATION}/"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_TEST_CLOCK", "1")
    monkeypatch.setenv("CONSULT_TEST_NOW", NOW.isoformat())


@pytest.fixture
def references(app: Flask) -> list[str]:
    """On 5.2 in English and French (with wording), on 5.3 in Chinese; received three days, two hours and five minutes ago."""
    with app.app_context():
        factories.round_of()
        return [
            factories.comment("5.2", text="Four years is too short.", position="oppose", now=NOW - timedelta(days=3)).comments[0],
            factories.comment(
                "5.2", text="Une clé trop courte.", language="fr", proposed="L’Entité doit :\n\na) fixer un objectif ; et\nb) le revoir tous les deux ans.",
                person=factories.person(stakeholder_class="civil_society", choice="confidential"), now=NOW - timedelta(hours=2),
            ).comments[0],
            factories.comment("5.3", text="同意。", language="zh", now=NOW - timedelta(minutes=5)).comments[0],
        ]  # fmt: skip


@pytest.fixture
def staff(app: Flask, references: list[str]) -> Staff:
    return signed_in(app, name="Li Na")


def state(app: Flask, reference: str) -> str:
    with app.app_context():
        return db.session.scalars(select(Comment.state).where(Comment.reference == reference)).one()


def steps(app: Flask, reference: str) -> list[tuple[str, str, str | None, str | None, int | None]]:
    with app.app_context():
        rows = db.session.scalars(
            select(ModerationStep).join(Comment, Comment.id == ModerationStep.comment_id).where(Comment.reference == reference).order_by(ModerationStep.id)
        )  # fmt: skip
        return [(row.before, row.after, row.reason, row.note, row.actor_id) for row in rows]


def at(reference: str) -> str:
    return f"{QUEUE}{reference}"


def decide(staff: Staff, reference: str, to: str, *, form: dict[str, str] | None = None, **data: str):
    return staff.post(at(reference), form or form_of(staff.client.get(at(reference)), to), data={"to": to, **data})


def notices(response) -> str:
    return " ".join(each.text for each in page_of(response).find("div") if each.attributes.get("class") == "notice")


def test_clearing_leads_to_the_next_with_a_way_back(app: Flask, staff: Staff, references: list[str]) -> None:
    response = decide(staff, references[0], "cleared", note="Fine.")
    assert (response.status_code, response.location) == (303, f"{at(references[1])}?done={references[0]}")
    assert steps(app, references[0]) == [("pending", "cleared", None, "Fine.", staff.account)]
    following = staff.client.get(response.location)
    assert f"Cleared {references[0]}." in notices(following)
    undone = staff.post(f"{QUEUE}", form_of(following, "pending"), data={"to": "pending"})
    assert undone.status_code == 303
    assert state(app, references[0]) == "pending"
    assert f"{references[0]} waits again." in notices(staff.client.get(undone.location))
    assert [step[:2] for step in steps(app, references[0])] == [("pending", "cleared"), ("cleared", "pending")]


def test_last_of_the_list_leads_back_to_the_queue(staff: Staff, references: list[str]) -> None:
    assert decide(staff, references[2], "held").location == f"{QUEUE}?done={references[2]}"


def test_filter_stays_while_working_through_it(staff: Staff, references: list[str]) -> None:
    address = f"{at(references[0])}?class=production"
    response = staff.post(address, form_of(staff.client.get(address), "cleared"), data={"to": "cleared"})
    assert response.location == f"{at(references[2])}?class=production&done={references[0]}"


def test_withholding_asks_for_its_reason_and_keeps_the_note(app: Flask, staff: Staff, references: list[str]) -> None:
    response = decide(staff, references[0], "withheld", note="Names a person.")
    assert response.status_code == 422
    assert "Choose the reason that the public will see." in page_of(response).text
    assert "Names a person." in page_of(response).find("textarea")[0].text
    assert state(app, references[0]) == "pending"
    again = staff.post(
        at(references[0]), form_of(response, "withheld"), data={"to": "withheld", "reason": "third_party_data", "note": "Names a person."}
    )
    assert again.status_code == 303
    assert steps(app, references[0]) == [("pending", "withheld", "third_party_data", "Names a person.", staff.account)]
    log = page_of(staff.client.get(at(references[0]))).text
    assert "it holds data of other persons" in log
    assert "Names a person." in log
    assert "Li Na" in log


def test_stale_form_overwrites_nothing_and_says_who_was_first(app: Flask, staff: Staff, references: list[str]) -> None:
    form = form_of(staff.client.get(at(references[0])), "cleared")
    omar = signed_in(app, name="Omar Haddad")
    assert decide(omar, references[0], "held").status_code == 303
    response = decide(staff, references[0], "cleared", form=form, note="Mine.")
    assert response.status_code == 409
    said = notices(response)
    assert "Omar Haddad" in said
    assert "25 March 2026, 00:31 (Melbourne time, UTC+11)" in said
    assert "held" in said
    assert "Mine." in page_of(response).find("textarea")[0].text
    assert state(app, references[0]) == "held"
    assert len(steps(app, references[0])) == 1
    fresh = staff.post(at(references[0]), form_of(response, "cleared"), data={"to": "cleared"})
    assert fresh.status_code == 303
    assert state(app, references[0]) == "cleared"


def test_parallel_decisions_one_wins_and_the_others_see_409(app: Flask, references: list[str]) -> None:
    people = [signed_in(app) for _ in range(4)]
    forms = [form_of(person.client.get(at(references[0])), "cleared") for person in people]
    acts = list(zip(people, forms, ["cleared", "held", "cleared", "held"], strict=True))
    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(lambda act: act[0].post(at(references[0]), act[1], data={"to": act[2]}).status_code, acts))
    assert sorted(codes) == [303, 409, 409, 409]
    winner = codes.index(303)
    assert steps(app, references[0]) == [("pending", acts[winner][2], None, None, people[winner].account)]


def test_double_click_is_one_act_and_the_same_answer(app: Flask, staff: Staff, references: list[str]) -> None:
    form = form_of(staff.client.get(at(references[0])), "cleared")
    answers = [decide(staff, references[0], "cleared", form=form) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert len(steps(app, references[0])) == 1


def test_move_that_the_table_does_not_know_is_refused(app: Flask, staff: Staff, references: list[str]) -> None:
    form = form_of(staff.client.get(at(references[0])), "cleared")
    moves = ("withdrawn", "erased", "pending", "published", "")
    codes = [staff.post(at(references[0]), form, data={"to": to}).status_code for to in moves]
    assert codes == [409, 409, 409, 422, 422]
    assert state(app, references[0]) == "pending"


def test_ticked_comments_are_cleared_together(app: Flask, staff: Staff, references: list[str]) -> None:
    form = form_of(staff.client.get(QUEUE), "tick")
    response = staff.post(QUEUE, form, data={"to": "cleared", "tick": references[:2]})
    assert response.status_code == 303
    assert [state(app, each) for each in references] == ["cleared", "cleared", "pending"]
    after = staff.client.get(response.location)
    assert "Cleared 2 comments." in notices(after)
    undone = staff.post(QUEUE, form_of(after, "pending"), data={"to": "pending"})
    assert undone.status_code == 303
    assert [state(app, each) for each in references] == ["pending"] * 3


def test_ticked_comments_report_each_stale_one(app: Flask, staff: Staff, references: list[str]) -> None:
    form = form_of(staff.client.get(QUEUE), "tick")
    decide(signed_in(app, name="Omar Haddad"), references[1], "held")
    response = staff.post(QUEUE, form, data={"to": "cleared", "tick": references})
    assert response.status_code == 409
    assert [state(app, each) for each in references] == ["cleared", "held", "cleared"]
    said = notices(response)
    assert "2 comments were moved." in said
    assert f"{references[1]}: Omar Haddad decided on 25 March 2026, 00:31" in said


def test_nothing_ticked_or_ticked_elsewhere_changes_nothing(app: Flask, staff: Staff, references: list[str]) -> None:
    form = form_of(staff.client.get(f"{QUEUE}?written=fr"), "tick")
    for ticked in ([], [references[0]], ["PS3-1-9999"]):
        response = staff.post(QUEUE, form, data={"to": "cleared", "tick": ticked})
        assert response.status_code == 422
        assert "No comment was ticked" in notices(response)
    assert [state(app, each) for each in references] == ["pending"] * 3


def test_list_cannot_withhold_without_a_reason(app: Flask, staff: Staff, references: list[str]) -> None:
    form = form_of(staff.client.get(QUEUE), "tick")
    assert staff.post(QUEUE, form, data={"to": "withheld", "tick": references}).status_code == 422
    assert [state(app, each) for each in references] == ["pending"] * 3


def test_form_from_elsewhere_moves_nothing(app: Flask, staff: Staff, references: list[str]) -> None:
    page, list_page = staff.client.get(at(references[0])), staff.client.get(QUEUE)
    with app.app_context():
        before = everything()
    posts = [
        (at(references[0]), form_of(page, "cleared"), {"to": "cleared"}),
        (QUEUE, form_of(list_page, "tick"), {"to": "cleared", "tick": references}),
        (f"{at(references[0])}/placement", form_of(page, "clause"), {"clause": "none"}),
    ]
    for address, form, data in posts:
        for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            assert staff.post(address, form, data=data, headers=headers).status_code == 400
        assert staff.post(address, {}, data=data).status_code == 400
    other = signed_in(app)
    for address, form, data in posts:
        assert other.post(address, form, data=data).status_code == 400
    with app.app_context():
        after = everything()
    for table in before:
        if table not in ("account", "seat", "sign_in", "event", "event_counter"):
            assert after[table] == before[table], table


def test_form_of_one_comment_does_not_move_another(app: Flask, staff: Staff, references: list[str]) -> None:
    form = form_of(staff.client.get(at(references[0])), "cleared")
    assert staff.post(at(references[1]), form, data={"to": "cleared"}).status_code == 400
    assert state(app, references[1]) == "pending"


NOT_MODERATORS = [
    (None, None, 403, 403),
    ("committee", CONSULTATION, 403, 403),
    ("chair", CONSULTATION, 403, 403),
    ("observer", None, 403, 403),
    ("administrator", None, 403, 403),
    ("process_auditor", CONSULTATION, 200, 403),
    ("secretariat", "other", 403, 403),
    ("secretariat", CONSULTATION, 200, 400),  # may, but not with a forged form
]
"""Role, where, answer to a GET, answer to a POST."""


def test_who_may_not_changes_no_table(app: Flask, references: list[str]) -> None:
    with app.app_context():
        factories.consultation("other", prefix="OT")
    people = [signed_in(app, role, consultation=where) for role, where, _, _ in NOT_MODERATORS]
    with app.app_context():
        before = everything()
    posts = [
        (QUEUE, {"to": "cleared", "tick": references}),
        (at(references[0]), {"to": "cleared"}),
        (f"{at(references[0])}/placement", {"clause": "none"}),
    ]
    for person, (role, where, get, post) in zip(people, NOT_MODERATORS, strict=True):
        assert {person.client.get(address).status_code for address in (QUEUE, at(references[0]))} == {get}, (role, where)
        assert {person.post(address, {"signed": "x"}, data=data).status_code for address, data in posts} == {post}, (role, where)
    with app.app_context():
        assert everything() == before


def test_stranger_is_led_to_the_sign_in_and_changes_nothing(app: Flask, client, references: list[str]) -> None:
    with app.app_context():
        before = everything()
    assert client.get(QUEUE).location.startswith("/en/sign-in?next=")
    assert client.post(at(references[0]), data={"to": "cleared"}, headers=OWN).status_code == 401
    with app.app_context():
        assert everything() == before


def test_comment_of_another_consultation_is_not_found_here(app: Flask, staff: Staff, references: list[str]) -> None:
    with app.app_context():
        factories.consultation("other", prefix="OT")
    for address in (f"/en/moderation/other/{references[0]}", at("PS3-1-9999"), at("nonsense"), at("%25"), "/en/moderation/nowhere/"):
        assert staff.client.get(address).status_code == 404
    assert staff.post(f"/en/moderation/other/{references[0]}", {"signed": "x"}, data={"to": "cleared"}).status_code == 404
    assert notices(staff.client.get(f"/en/moderation/other/?done={references[0]}")) == ""
