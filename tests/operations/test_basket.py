"""Baskets: drafts that nothing loses, one submission of what is complete, and what two tabs, two devices and a closed window do to them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from consult.core.basket import MOST, RESUME, START, Draft
from consult.core.problem import Refused
from consult.extensions import db
from consult.models import Attempt, Basket, BasketComment, Comment, CommentRevision, Event, Outbox, Submission
from consult.operations import basket as operations
from consult.operations.basket import (
    keep_comment,
    remove_comment,
    restore_comment,
    resume,
    resume_code,
    set_particulars,
    submit_basket,
    token_sha256,
)
from consult.operations.record import OPERATOR
from consult.operations.submit import submit
from consult.operations.withdraw import erase_comment
from consult.queries.baskets import baskets_of, unsent
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite

CLOSES = NOW + timedelta(days=8)


@pytest.fixture
def open_round(in_app):
    return factories.round_of()


def keep(number="5.2", *, token=None, key="k1", seen=0, now=NOW, kind=None, round_number=1, address="192.0.2.1", opened_at=None, **said):
    draft = Draft(**(said or {"text": "A yearly review is not possible for us."}))
    return keep_comment(
        token=token, consultation=CONSULTATION, round_number=round_number, language="en", key=key, target=factories.target(number, kind=kind),
        draft=draft, seen=seen, opened_at=opened_at, address=address, now=now,
    )  # fmt: skip


def hand_in(token, *, key="s1", seen=None, now=NOW, round_number=1, **person):
    seen = mine(token, round_number).revision if seen is None else seen
    return submit_basket(
        token=token, consultation=CONSULTATION, round_number=round_number, key=key, seen=seen, person=factories.person(**person), language="en",
        now=now,
    )  # fmt: skip


def mine(token, round_number=1):
    db.session.rollback()
    return next(each for each in baskets_of(token_sha256=token_sha256(token), language="en") if each.number == round_number)


def counts():
    db.session.rollback()
    return tuple(db.session.scalar(select(func.count()).select_from(model)) for model in (Submission, Comment, Event))


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.problems[0].code


def test_the_first_draft_starts_a_basket_and_is_no_comment_yet(open_round):
    kept = keep(text="One\nthing ", position="oppose", language="de", choice="class")
    assert (kept.started, kept.revision) == (True, 1)
    seen = mine(kept.token)
    assert [(each.key, each.draft, each.label, each.revision) for each in seen.drafts] == [
        ("k1", Draft("One\nthing ", position="oppose", language="de", choice="class"), "5.2", 1)
    ]
    assert counts() == (0, 0, 0)
    stored = db.session.scalars(select(Basket)).one()
    assert kept.token not in (stored.seed, stored.token_sha256, stored.code_sha256)


def test_drafts_stand_in_the_order_of_the_document(open_round):
    factories.change(kinds=["removed"], old=["5.3"])
    token = keep("5.3", key="a").token
    for key, number, kind in (
        ("b", "5.1", None),
        ("c", None, "document"),
        ("d", None, "process"),
        ("e", "5.1", "new"),
        ("f", "5.3", "removed"),
    ):
        keep(number, key=key, kind=kind, token=token)
    drafts = mine(token).drafts
    assert [(each.target.kind, each.target.number, each.version_name) for each in drafts] == [
        ("process", None, None), ("document", None, "v3-draft-1"), ("clause", "5.1", "v3-draft-1"), ("new", "5.1", "v3-draft-1"),
        ("clause", "5.3", "v3-draft-1"), ("removed", "5.3", "v2"),
    ]  # fmt: skip


def test_the_same_form_twice_is_one_draft(open_round):
    first = keep()
    again = keep(token=first.token)
    assert (again.key, again.revision, again.started) == ("k1", 1, False)
    assert len(mine(first.token).drafts) == 1


def test_a_stale_edit_overwrites_nothing(open_round):
    token = keep().token
    assert keep(token=token, seen=1, text="second").revision == 2
    assert refused(keep, token=token, seen=1, text="from another tab") == "stale_draft"
    assert mine(token).drafts[0].draft.text == "second"
    assert keep(token=token, seen=1, text="second").revision == 2  # the same words from both tabs are no quarrel


def test_a_removed_draft_comes_back_and_an_edit_brings_it_back_too(open_round):
    token = keep().token
    remove_comment(token=token, key="k1", now=NOW)
    assert (len(mine(token).unsent), len(mine(token).removed), unsent(token_sha256=token_sha256(token), now=NOW)) == (0, 1, None)
    restore_comment(token=token, key="k1", now=NOW)
    assert [each.draft.text for each in mine(token).unsent] == ["A yearly review is not possible for us."]
    remove_comment(token=token, key="k1", now=NOW)
    keep(token=token, seen=mine(token).drafts[0].revision, text="after all")
    assert [each.draft.text for each in mine(token).unsent] == ["after all"]


def test_nobody_reaches_the_drafts_of_another(open_round):
    keep()
    other = keep(key="k2").token
    assert refused(remove_comment, token=other, key="k1", now=NOW) == "draft_unknown"
    assert refused(hand_in, "no such token", seen=0) == "basket_unknown"


def test_a_form_whose_cookie_is_gone_becomes_a_draft_of_a_new_basket_once(open_round):
    keep()
    again = keep(text="typed on", seen=1)
    twice = keep(text="typed on", seen=1, token=again.token)
    assert (again.started, again.key == twice.key, again.key == "k1") == (True, True, False)
    assert [each.draft.text for each in mine(again.token).drafts] == ["typed on"]


def test_one_submission_takes_all_that_is_complete_and_names_what_stays(open_round):
    token = keep("5.3", key="a", text="third").token
    keep("5.1", key="b", token=token, text="first")
    keep("5.2", key="c", token=token, rationale="only reasons")
    keep(key="d", token=token, text="x" * 20_001)
    keep(key="e", token=token, text="thrown away")
    remove_comment(token=token, key="e", now=NOW)
    done = hand_in(token)
    assert (done.receipt.comments, sorted(done.left)) == (("PS3-1-0001", "PS3-1-0002"), ["c", "d"])
    comments = db.session.scalars(select(Comment).order_by(Comment.number)).all()
    assert [(each.clause.number, each.revisions[0].text) for each in comments] == [("5.1", "first"), ("5.3", "third")]
    assert counts() == (1, 2, 1)
    assert db.session.scalars(select(func.count()).select_from(Outbox)).one() == 1
    assert [each.reference for each in mine(token).handed_in] == ["PS3-1-0001", "PS3-1-0002"]


def test_words_that_became_a_comment_stay_in_no_draft_and_are_gone_with_it(open_round):
    token = keep(text="Quicksilver in the pond.", rationale="Quicksilver again.", proposed="No quicksilver.").token
    (reference,) = hand_in(token).receipt.comments
    erase_comment(reference=reference, by=OPERATOR, now=NOW)
    drafts = db.session.execute(select(BasketComment.text, BasketComment.rationale, BasketComment.proposed)).all()
    said = db.session.execute(select(CommentRevision.text, CommentRevision.rationale, CommentRevision.proposed)).all()
    assert drafts == said == [(None, None, None)]


def test_the_same_key_gives_the_same_receipt_whatever_was_typed_since(open_round):
    token = keep().token
    seen = mine(token).revision
    first = hand_in(token)
    keep(key="k2", token=token, text="later")
    second = hand_in(token, seen=seen)
    assert (second.receipt.reference, second.receipt.secret, second.receipt.comments, second.receipt.again) == (
        first.receipt.reference, first.receipt.secret, first.receipt.comments, True,
    )  # fmt: skip
    assert second.left == ()
    assert counts() == (1, 1, 1)
    assert len(hand_in(token, key="s2").receipt.comments) == 1
    assert counts() == (2, 2, 2)


def test_what_was_reviewed_is_what_is_submitted(open_round):
    token = keep().token
    seen = mine(token).revision
    keep(key="k2", token=token, text="from another tab")
    assert refused(hand_in, token, seen=seen) == "basket_changed"
    assert counts() == (0, 0, 0)


def test_nothing_complete_is_nothing_to_submit(open_round):
    token = keep(rationale="only reasons").token
    assert refused(hand_in, token) == "nothing_to_submit"


def test_a_narrower_choice_goes_with_its_comment(open_round):
    token = keep(text="private", choice="confidential").token
    hand_in(token, choice="named")
    assert db.session.scalars(select(Comment.publication_choice)).one() == "confidential"


def test_a_draft_submitted_by_its_own_form_is_not_submitted_again_with_the_basket(open_round):
    token = keep(text="here").token
    keep("5.1", key="k2", token=token, text="there")
    submit(form=factories.form(factories.new_comment(text="here, sent at once"), key="k1"), now=NOW)
    assert [each.key for each in mine(token).unsent] == ["k2"]
    hand_in(token)
    assert counts() == (2, 2, 2)
    assert refused(keep, token=token, seen=1, text="once more") == "other_content"


def test_a_form_submitted_with_its_basket_is_not_submitted_by_itself(open_round):
    token = keep().token
    hand_in(token)
    assert refused(submit, form=factories.form(key="k1"), now=NOW) == "other_content"
    assert refused(keep, token=token, seen=1, text="more") == "other_content"
    assert counts() == (1, 1, 1)


@pytest.mark.parametrize(("at", "answer"), [(timedelta(seconds=-1), None), (timedelta(), "window_closed")])
def test_the_last_second_counts_and_the_next_refuses_with_everything_kept(open_round, at, answer):
    token = keep().token
    if answer is None:
        assert not hand_in(token, now=CLOSES + at).receipt.late
        return
    assert refused(hand_in, token, now=CLOSES + at) == answer
    assert refused(keep, token=token, seen=1, text="too late", now=CLOSES + at) == answer
    assert [each.draft.text for each in mine(token).unsent] == ["A yearly review is not possible for us."]
    assert counts() == (0, 0, 0)


def test_within_the_grace_a_basket_begun_in_time_is_late(in_app):
    factories.round_of(grace_minutes=10)
    token = keep().token
    assert hand_in(token, now=CLOSES + timedelta(minutes=9)).receipt.late


@pytest.mark.parametrize("what", [{"number": "9.9"}, {"round_number": 7}])
def test_what_the_round_does_not_have_is_refused(open_round, what):
    assert refused(keep, **what) == ("unknown_round" if "round_number" in what else "unknown_target")
    assert db.session.scalars(select(func.count()).select_from(Basket)).one() == 0


def test_a_character_that_cannot_be_stored_is_named_with_its_place(open_round):
    with pytest.raises(Refused) as caught:
        keep(text="ab\ncd\0")
    assert [(p.code, p.where) for p in caught.value.problems] == [("control_character", {"field": "text", "line": 2, "column": 3})]


def test_one_token_holds_a_basket_for_each_round(open_round):
    factories.round_of(number=2)
    token = keep().token
    second = keep(key="k2", round_number=2, token=token)
    assert (second.token, second.started) == (token, True)
    hand_in(token)
    assert [len(mine(token, number).unsent) for number in (1, 2)] == [0, 1]


def test_a_resume_code_opens_the_baskets_on_another_device_however_it_is_typed(open_round):
    token = keep().token
    code = resume_code(mine(token).seed)
    for typed in (code, code.lower().replace("-", " ")):
        assert resume(code=typed, address="198.51.100.7", now=NOW) == token


def test_wrong_codes_are_counted_by_network(open_round):
    code = resume_code(mine(keep().token).seed)
    for _ in range(RESUME.tries):
        assert refused(resume, code="2222-2222-2222-2222", address="198.51.100.7", now=NOW) == "no_such_basket"
    assert refused(resume, code=code, address="198.51.100.8", now=NOW) == "too_many_attempts"
    resume(code=code, address="203.0.113.9", now=NOW)
    resume(code=code, address="198.51.100.7", now=NOW + RESUME.period)


def test_after_a_change_of_the_installations_key_a_basket_is_still_found_by_its_cookie(open_round, monkeypatch):
    token = keep().token
    monkeypatch.setattr(operations, "_secret_key", lambda: "another")
    assert keep(key="k2", token=token, text="more").started is False
    assert len(mine(token).drafts) == 2


@on_sqlite
def test_a_hundred_comments_in_ten_minutes_and_thirty_people_behind_one_address_are_never_refused(open_round):
    token = None
    for n in range(100):
        token = keep(key=f"one-{n}", token=token, text=f"text {n}", now=NOW + timedelta(seconds=6 * n)).token
    assert len(mine(token).unsent) == 100
    for n in range(30):
        theirs = keep(key=f"person-{n}", text=f"person {n}").token
        hand_in(theirs, key=f"sent-{n}")
    assert len(hand_in(token, now=NOW + timedelta(minutes=10)).receipt.comments) == 100


@on_sqlite
def test_whoever_starts_baskets_without_end_is_stopped(open_round, monkeypatch):
    monkeypatch.setattr(operations, "START", START.__class__(3, START.period))
    for n in range(3):
        keep(key=f"k{n}")
    assert refused(keep, key="k9") == "too_many_attempts"
    keep(key="k9", address="203.0.113.9")
    keep(key="k10", now=NOW + START.period)
    assert {len(each) for each in db.session.scalars(select(Attempt.subject_sha256))} == {64}


@on_sqlite
def test_a_basket_has_an_end(open_round, monkeypatch):
    monkeypatch.setattr(operations, "MOST", 2)
    token = keep().token
    keep(key="k2", token=token)
    assert (refused(keep, key="k3", token=token), MOST) == ("basket_full", 500)


def test_particulars_are_kept_as_typed_and_go_into_the_next_round(open_round):
    factories.round_of(number=2)
    token = keep().token
    set_particulars(token=token, consultation=CONSULTATION, round_number=1, fields={"name": "Anna", "country": "", "consent": "1"}, now=NOW)
    assert mine(token).particulars == {"name": "Anna"}
    keep(key="k2", round_number=2, token=token)
    assert mine(token, 2).particulars == {"name": "Anna"}


def test_submitting_at_once_from_two_tabs_makes_one_submission(app):
    with app.app_context():
        factories.round_of()
        token = keep().token
        seen = mine(token).revision
    together = Barrier(6)

    def one(n):
        with app.app_context():
            together.wait(10)
            try:
                return hand_in(token, key=f"s{n % 2}", seen=seen).receipt.reference
            except Refused as refused:
                return refused.problems[0].code

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(one, range(6)))
    with app.app_context():
        assert counts() == (1, 1, 1)
    assert len({each for each in answers if each.startswith("R-")}) == 1
    assert set(answers) - {"basket_changed"} == {each for each in answers if each.startswith("R-")}


def test_saving_at_once_from_two_tabs_keeps_one_and_tells_the_other(app):
    with app.app_context():
        factories.round_of()
        token = keep().token
    together = Barrier(4)

    def one(n):
        with app.app_context():
            together.wait(10)
            try:
                return keep(token=token, seen=1, text=f"tab {n}").revision
            except Refused as refused:
                return refused.problems[0].code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(map(str, pool.map(one, range(4)))) == ["2", "stale_draft", "stale_draft", "stale_draft"]
    with app.app_context():
        assert db.session.scalars(select(BasketComment.revision)).one() == 2
