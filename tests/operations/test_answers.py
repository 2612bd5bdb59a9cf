"""Questions of a round: where they stand, answers kept, handed in, counted, erased."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from consult.core.basket import Draft
from consult.core.confirmation import link_token, typed_code
from consult.core.problem import Refused
from consult.core.receipt import SheetOnReceipt
from consult.core.submission import Person, SubmittedForm
from consult.exchange.consultation_file import read_consultation
from consult.extensions import db
from consult.jobs.reminders import build_reminder
from consult.models import ReminderMail, Round
from consult.operations.answer_sheets import move_answers
from consult.operations.answers import keep_answers
from consult.operations.basket import Submitted, keep_comment, remove_comment, submit_basket, token_sha256
from consult.operations.confirm import disown
from consult.operations.moderate import move_comment
from consult.operations.my_data import erase_person
from consult.operations.record import OPERATOR
from consult.operations.remind import ask_reminders, remind
from consult.operations.revise import withdraw_answers
from consult.operations.schedule import schedule_consultation
from consult.operations.submit import submit
from consult.operations.withdraw import erase_comment
from consult.queries.answer_sheets import answers_only, sheet_queue, waiting
from consult.queries.comment_export import comment_export, exported_round
from consult.queries.loads import loads
from consult.queries.my_data import my_data
from consult.queries.questions import answered, answers_of, at_place, questions_of, waiting_answers
from consult.queries.receipts import confirmation_key, receipt_seen
from tests import factories
from tests.factories import CONSULTATION, NOW

PLAN = """
slug: performance-standard-v3
prefix: PS3
standard: performance-standard
texts: {title: {en: T}}
rounds:
  - number: 1
    opens: -20
    days: 30
    version: v3-draft-1
    questions:
      - {code: ready, kind: scale, points: 5, clause: '5.2', text: {en: Ready?, fr: Prêt ?}, low: {en: no}, high: {en: yes}}
      - code: data
        kind: multiple
        document: performance-standard
        text: {en: Which?}
        options: [{code: ghg, text: {en: Emissions, zh: 排放}}, {code: water, text: {en: Water}}]
      - {code: help, kind: text, text: {en: What helps?}}
"""


def plan(tmp_path: Path, text: str = PLAN) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    schedule_consultation(plan=read_consultation(path, zone="Europe/Zurich", anchor=date(2026, 3, 24)), by=OPERATOR, now=factories.NOW)


@pytest.fixture
def round_id(in_app: Flask, tmp_path: Path) -> int:
    factories.version("v2", status="adopted")
    factories.version()
    plan(tmp_path)
    return db.session.query(Round.id).scalar()  # type: ignore[no-any-return]


def handed_in(*answers: tuple[str, str], state: str | None = "cleared", **person: str) -> tuple[str, str]:
    form = factories.form(factories.new_comment(text=f"Said {answers} {person}"), by=factories.person(**person), answers=answers)
    receipt = submit(form=form, now=NOW)
    if state:
        move_comment(reference=receipt.comments[0], seen_state="pending", to=state, by=OPERATOR, now=NOW, consultation=CONSULTATION)
    return receipt.reference, receipt.comments[0]


SECRET = "only for tests"


def alone(answers: tuple[tuple[str, str], ...], by: Person | None = None) -> SubmittedForm:
    return replace(factories.form(answers=answers, by=by), comments=())


def test_each_question_stands_on_the_form_of_its_place_in_the_readers_language(round_id: int) -> None:
    asked = questions_of(round_id=round_id, language="fr")
    places = [
        ("clause", "performance-standard", "5.2"),
        ("document", "performance-standard", None),
        ("process", None, None),
        ("new", "performance-standard", "5.2"),
    ]
    assert [[each.code for each in at_place(asked, *place)] for place in places] == [["ready"], ["data"], ["help"], []]
    assert [(each.text.text, each.text.language) for each in asked] == [("Prêt ?", "fr"), ("Which?", "en"), ("What helps?", "en")]
    assert [code for code, _ in asked[0].options] == ["1", "2", "3", "4", "5"]


def test_a_question_on_a_clause_that_the_round_does_not_have_is_refused_and_nothing_is_scheduled(in_app: Flask, tmp_path: Path) -> None:
    factories.version("v2", status="adopted")
    factories.version()
    with pytest.raises(Refused) as refused:
        plan(tmp_path, PLAN.replace("'5.2'", "'9.9'"))
    assert [(each.code, each.params) for each in refused.value.problems] == [("question_place", {"code": "ready"})]
    assert db.session.query(Round.id).all() == []


def test_answers_wait_in_the_basket_and_go_with_its_submission(round_id: int) -> None:
    kept = keep_comment(
        token=None, consultation=CONSULTATION, round_number=1, language="en", key="d1", target=factories.target("5.2"),
        draft=Draft(text="A"), seen=0, opened_at=NOW, address=None, now=NOW,
    )  # fmt: skip
    mine = token_sha256(kept.token)

    def keep(**answers: str) -> None:
        keep_answers(token_sha256=mine, consultation=CONSULTATION, round_number=1, answers=answers, now=NOW)

    keep(ready="2", data="ghg water")
    keep(ready="4", help="")
    assert waiting_answers(token_sha256=mine, round_id=round_id) == {"ready": "4", "data": "ghg water"}
    done = submit_basket(
        token=kept.token, consultation=CONSULTATION, round_number=1, key="s1", seen=1, person=factories.person(), language="en", now=NOW
    )
    receipt = receipt_seen(language="zh", reference=done.receipt.reference)
    assert receipt
    assert [(each.question, each.said) for each in receipt.answers] == [("Ready?", ("4 / 5",)), ("Which?", ("排放", "Water"))]
    assert waiting_answers(token_sha256=mine, round_id=round_id) == {}


def test_the_committee_reads_words_once_cleared_and_the_public_only_counts(round_id: int) -> None:
    for index in range(5):
        handed_in(("ready", "4" if index else "1"), ("help", f"Help {index}"), stakeholder_class="production")
    handed_in(("ready", "2"), ("help", "Held words"), state=None, stakeholder_class="civil_society")
    handed_in(("ready", "5"), state="held", stakeholder_class="civil_society")
    told = {viewer: answered(round_id=round_id, viewer=viewer, language="en") for viewer in ("public", "committee", "secretariat")}
    ready, _, words = told["public"]
    assert (ready.counted.answers, ready.counted.options["4"], ready.counted.options["5"]) == (7, 4, 1)
    assert ready.counted.classes == {"production": {"1": 1, "2": 0, "3": 0, "4": 4, "5": 0}}
    assert (words.counted.answers, words.texts) == (6, ())
    assert [text for _, text in told["committee"][2].texts] == [f"Help {index}" for index in range(5)]
    assert ("civil_society", "Held words") in told["secretariat"][2].texts


def test_an_export_for_staff_tells_answers_once_on_the_first_comment_and_the_public_one_never(round_id: int) -> None:
    form = factories.form(factories.new_comment(), factories.new_comment("5.1"), answers=(("ready", "3"), ("help", "Time.")))
    submit(form=form, now=NOW)
    of = exported_round(consultation=CONSULTATION, number=1)
    assert of
    cells = {}
    for viewer in ("public", "secretariat"):
        with comment_export(of=of, viewer=viewer, now=NOW) as export:
            cells[viewer] = [row.answers for row in export.rows]
    assert cells == {"public": [None, None], "secretariat": ["ready: 3\nhelp: Time.", None]}


def test_answers_alone_are_a_submission_with_receipt_count_and_row_and_nothing_at_all_is_refused(round_id: int) -> None:
    with pytest.raises(Refused) as refused:
        submit(form=alone((("ready", ""), ("gone", "5"))), now=NOW)
    assert refused.value.problems[0].code == "nothing_to_submit"
    chosen = submit(form=alone((("ready", "5"),)), now=NOW)
    words = submit(form=alone((("ready", "4"), ("help", "More time."))), now=NOW)
    assert (chosen.comments, chosen.answers, words.answers) == ((), "PS3-1-A0001", "PS3-1-A0002")
    seen = [receipt_seen(language="en", reference=each.reference) for each in (chosen, words)]
    assert [each.sheet for each in seen if each] == [
        SheetOnReceipt("PS3-1-A0001", "cleared", None, words=False),  # nothing to be read, nothing to wait for
        SheetOnReceipt("PS3-1-A0002", "pending", None, words=True),
    ]
    assert answers_only([round_id]) == {round_id: 2}
    told = answered(round_id=round_id, viewer="committee", language="en")
    assert (told[0].counted.answers, told[2].counted.answers, told[2].texts) == (2, 1, ())

    (row,) = sheet_queue(consultation=CONSULTATION, state="pending", language="fr").rows
    assert [(question.code, [each.text for each in said]) for question, said in row.answers] == [
        ("ready", ["4 / 5"]),
        ("help", ["More time."]),
    ]
    assert loads(NOW)[CONSULTATION].answers == 1
    done = move_answers(seen={row.key: "pending"}, to="cleared", consultation=CONSULTATION, by=OPERATOR, now=NOW)
    assert (done.moved, waiting(consultation=CONSULTATION)) == (("PS3-1-A0002",), 0)
    assert answered(round_id=round_id, viewer="committee", language="en")[2].texts == (("production", "More time."),)
    assert move_answers(seen={row.key: "pending"}, to="held", consultation=CONSULTATION, by=OPERATOR, now=NOW).stale == (
        ("PS3-1-A0002", "cleared"),
    )
    with pytest.raises(Refused) as refused:
        move_answers(seen={row.key: "cleared"}, to="withheld", consultation=CONSULTATION, by=OPERATOR, now=NOW)
    assert refused.value.problems[0].code == "reason_needed"


def test_answers_alone_are_taken_back_disowned_and_erased_and_stand_in_the_files_of_staff(round_id: int) -> None:
    submit(form=factories.form(factories.new_comment(), answers=(("ready", "3"),)), now=NOW)
    receipts = [submit(form=alone((("help", each),)), now=NOW) for each in ("Back.", "Erase me.")]
    theirs = submit(form=alone((("help", "Not mine."),), by=factories.person(mail="a@example.org")), now=NOW)
    withdraw_answers(submission=receipts[0].reference, now=NOW)
    with pytest.raises(Refused) as refused:
        withdraw_answers(submission=receipts[0].reference, now=NOW)
    assert refused.value.problems[0].code == "unknown_target"
    erase_person(submission=receipts[1].reference, typed=receipts[1].reference, words=True, now=NOW)
    seen = receipt_seen(language="en", reference=theirs.reference)
    assert seen
    key = confirmation_key(seen.id)
    assert key
    code, token = typed_code(SECRET, key), link_token(SECRET, key)
    disown(token=token, code=code, now=NOW)
    assert answered(round_id=round_id, viewer="secretariat", language="en")[2].counted.answers == 0

    of = exported_round(consultation=CONSULTATION, number=1)
    assert of
    rows = {}
    for viewer in ("public", "committee", "secretariat"):
        with comment_export(of=of, viewer=viewer, now=NOW) as export:
            assert (export.summary.received, export.summary.answers_only) == (1, 3)
            list(export.rows)
            rows[viewer] = [(row.reference, row.answer, row.moderation_state, row.withheld_reason) for row in export.answers]
    assert rows["public"] == []
    assert rows["secretariat"] == [
        ("PS3-1-0001", "3", "pending", None),
        ("PS3-1-A0001", "Back.", "withdrawn", None),
        ("PS3-1-A0002", None, "erased", None),
        ("PS3-1-A0003", "Not mine.", "withheld", "disowned"),
    ]
    assert [(answer, state) for _, answer, state, _ in rows["committee"]] == [(None, row[2]) for row in rows["secretariat"]]
    back = receipt_seen(language="en", reference=receipts[0].reference)
    assert back
    assert [each["kind"] for each in my_data(back)["record"]] == ["submission_received", "answers_withdrawn"]


def test_answers_alone_are_reminded_of_and_given_back_in_words_after_closing(round_id: int, at: Callable[[datetime], None]) -> None:
    kept = keep_comment(
        token=None, consultation=CONSULTATION, round_number=1, language="en", key="d1", target=factories.target("5.2"),
        draft=Draft(text="A"), seen=0, opened_at=NOW, address=None, now=NOW,
    )  # fmt: skip
    of = {"consultation": CONSULTATION, "round_number": 1}
    ask_reminders(token=kept.token, mail="awa@example.org", address=None, now=NOW - timedelta(days=1), **of)
    keep_answers(token_sha256=token_sha256(kept.token), answers={"ready": "2", "help": "Un modèle."}, now=NOW, **of)
    remove_comment(token=kept.token, key="d1", now=NOW)
    over = db.session.get_one(Round, round_id).window
    for now, subject in (
        (over.closes - timedelta(hours=1), "6 hours left: your answers to its questions are not submitted yet"),
        (over.closes + over.grace, "Closed: your answers to its questions were not submitted"),
    ):
        at(now)
        assert remind(now=now) == 1
        mail = build_reminder({"reminder": db.session.scalars(select(ReminderMail.id).order_by(ReminderMail.id.desc())).first()})
        assert mail is not None
        assert (mail.subject == subject, "Un modèle." in mail.text, "2 / 5" in mail.text) == (True, True, True)


def test_a_basket_of_answers_is_submitted_once_and_leaves_what_is_not_complete(round_id: int) -> None:
    kept = keep_comment(
        token=None, consultation=CONSULTATION, round_number=1, language="en", key="d1", target=factories.target("5.2"),
        draft=Draft(rationale="Only why."), seen=0, opened_at=NOW, address=None, now=NOW,
    )  # fmt: skip

    def send(key: str) -> Submitted:
        return submit_basket(
            token=kept.token, consultation=CONSULTATION, round_number=1, key=key, seen=1, person=factories.person(), language="en", now=NOW
        )

    with pytest.raises(Refused) as refused:
        send("s1")
    assert refused.value.problems[0].code == "nothing_to_submit"
    answers = {"ready": "2"}
    keep_answers(token_sha256=token_sha256(kept.token), consultation=CONSULTATION, round_number=1, answers=answers, now=NOW)
    first, again = send("s1"), send("s1")
    assert (first.receipt.answers, first.left, again.receipt.reference, again.receipt.again) == (
        "PS3-1-A0001",
        ("d1",),
        first.receipt.reference,
        True,
    )


def test_answers_go_when_the_last_comment_of_their_submission_is_erased(round_id: int) -> None:
    form = factories.form(factories.new_comment(), factories.new_comment("5.1"), answers=(("help", "My name is Anna."),))
    receipt = submit(form=form, now=NOW)
    seen = receipt_seen(language="en", reference=receipt.reference)
    assert seen
    erase_comment(reference=receipt.comments[0], by=OPERATOR, now=NOW)
    assert answers_of(seen.id) == {"help": "My name is Anna."}
    erase_comment(reference=receipt.comments[1], by=OPERATOR, now=NOW)
    assert answers_of(seen.id) == {"help": None}
