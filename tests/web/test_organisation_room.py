"""Working together, as browsers meet it: without scripts, with links that change nothing when opened, closed to everybody else."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.extensions import db
from consult.models import BasketComment, CommentRevision, RoomMember, RoomWayBack
from consult.operations.organisation_room.found import way_back_code, way_back_token
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support import rooms
from tests.support.comment_form import CLAUSE, OWN, notices, parts, typed
from tests.support.database import on_sqlite
from tests.support.html import Page

CLOSES = NOW + timedelta(days=8)
ROUND = f"{CONSULTATION}/1"
FORM = f"/en/{CLAUSE}"
SUBMITTED = {
    "organisation": "Association of Foundries", "name": "Anna Keller", "mail": "anna@example.org", "stakeholder_class": "associations",
    "country": "CH", "choice": "named", "consent": "1", "statement": "named", "act": "submit",
}  # fmt: skip

pytestmark = on_sqlite


@pytest.fixture(autouse=True)
def open_round(app, at):
    at(NOW)
    with app.app_context():
        factories.round_of()


@pytest.fixture
def three(app):
    return rooms.three(app.test_client, ROUND, FORM)


def said(page, name="h3"):
    return [each.text for each in Page(page.text).root.find(name)]


def member_rows(app):
    with app.app_context():
        return [*db.session.scalars(select(RoomMember.name).order_by(RoomMember.id))]


def test_a_room_is_opened_and_shows_the_note_on_competition_first(client):
    refused = rooms.post(client, f"/en/my/room/open?round={ROUND}", "/open", organisation="Association", name="", stakeholder_class="")
    assert (refused.status_code, typed(refused)["organisation"]) == (422, "Association")
    room = rooms.open_room(client, ROUND)
    page = client.get(room)
    assert (page.headers["Cache-Control"], page.status_code) == ("no-store", 200)
    section = parts(page, "section")[0]
    assert section.attributes["class"] == "competition"
    assert "Do not exchange prices" in section.text


def test_opening_an_invitation_changes_nothing_and_sending_it_twice_joins_once(app, client):
    room = rooms.open_room(client, ROUND)
    invite, guest = rooms.invitation(client, room), app.test_client()
    for _ in range(2):
        page = guest.get(invite)
        assert (page.status_code, "Set-Cookie" in page.headers, member_rows(app)) == (200, False, ["Anna Keller"])
    data = {"signed": rooms.field_of(page, "/join"), "name": "Bo Lind"}
    for _ in range(2):
        assert guest.post("/en/my/room/join", data=data, headers=OWN).location == room
    assert member_rows(app) == ["Anna Keller", "Bo Lind"]
    link = rooms.own_link(guest, room)
    phone = app.test_client()
    assert ("Set-Cookie" in phone.get(link).headers, phone.get(room).status_code) == (False, 404)
    assert rooms.post(phone, link, "/enter", to="/en/my/room/enter").location == room
    assert phone.get(room).status_code == 200


def test_a_lost_link_is_sent_again_and_nobody_learns_who_is_known(app, three):
    room, *_ = three
    known, unknown = [
        rooms.post(app.test_client(), "/en/my/room/again", "/again", mail=mail) for mail in ("bo@lind.example", "x@lind.example")
    ]
    assert (known.status_code, known.location, known.data) == (unknown.status_code, unknown.location, unknown.data)
    assert rooms.post(app.test_client(), "/en/my/room/again", "/again", mail="bo").status_code == 422
    with app.app_context():
        key = db.session.scalars(select(RoomWayBack.key)).one()
        token, code = way_back_token(key), way_back_code(key)
    scanner, reader, page = app.test_client(), app.test_client(), f"/en/my/room/back?token={token}"
    for client in (scanner, scanner, reader):
        assert (client.get(page).status_code, client.get(room).status_code) == (200, 404)
    assert rooms.post(scanner, page, "/back", to="/en/my/room/back").location == room
    assert "type the code of the same mail" in reader.get(page).text
    assert rooms.post(reader, page, "/back", to="/en/my/room/back", code="2222").status_code == 422
    assert rooms.post(reader, page, "/back", to="/en/my/room/back", code=code).location == room
    assert "Bo Lind" in reader.get(f"{room}/people").text


def test_three_people_make_one_submission(app, three):
    room, anna, bo, chen = three
    first, second = rooms.keys_of(anna, room)
    merged = rooms.post(anna, room, act="merge", key=first, **{"with": [first, second]})
    assert merged.status_code == 303
    rooms.post(chen, room, act="answer", key=first, answer="disagree", sentence="We review every year.", offered="1", revision="1")
    page = anna.get(f"{room}/review")
    assert "Said by 2: Lind Foundry, Wei Castings" in page.text
    assert "We review every year." in page.text
    undecided = rooms.post(anna, f"{room}/review", "/review", **SUBMITTED)
    assert (undecided.status_code, undecided.text.count("Say whether this minority view goes along.")) == (422, 2)
    (view,) = {each.attributes["name"] for each in parts(page, "input") if each.attributes.get("name", "").startswith("view-")}
    done = rooms.post(anna, f"{room}/review", "/review", **SUBMITTED, **{view: "attach"})
    assert done.status_code == 303
    receipt = anna.get(done.location)
    assert receipt.status_code == 200
    with app.app_context():
        assert [*db.session.scalars(select(CommentRevision.text))] == ["A yearly review is not possible for small foundries."]
    assert "receipt R-" in bo.get(room).text
    told = " ".join(each.text for each in parts(receipt, "p", "span"))
    assert "2 members of the organisation took part. 2 of them said this. Named: Lind Foundry" in told
    assert "Minority view of a member" in told
    assert "One goes along." in receipt.text


def test_what_stands_in_a_room_is_read_by_nobody_else(app, three):
    room, anna, bo, _ = three
    key = rooms.keys_of(anna, room)[0]
    stranger, other = app.test_client(), app.test_client()
    own = rooms.open_room(other, ROUND, organisation="Elsewhere")
    for client in (stranger, other):
        for page in ("", f"/comments/{key}", "/people", "/review", "/forms"):
            answer = client.get(room + page)
            assert (answer.status_code, "foundries" in answer.text) == (404, False)
    assert other.get(f"{own}/comments/{key}").status_code == 404
    field = rooms.field_of(other.get(own + "/people"), "/people")
    for form in ("", "/people", "/give", f"/comments/{key}", "/forms", "/rows/1"):
        answer = other.post(room + form, data={"signed": field, "act": "out", "key": key, "text": "mine now"}, headers=OWN)
        assert answer.status_code in (400, 404), form
    rooms.post(anna, f"{room}/people", "/people", act="end_invite")
    assert bo.get(room).status_code == 200
    with app.app_context():
        assert "mine now" not in [*db.session.scalars(select(BasketComment.text))]


def test_a_stale_edit_shows_both_texts(three):
    room, anna, bo, _ = three
    key = rooms.keys_of(anna, room)[0]
    page = f"{room}/comments/{key}"
    theirs = bo.get(page)
    assert rooms.post(anna, page, key, text="Shorter.", revision="1").status_code == 303
    data = {"signed": rooms.field_of(theirs, key), "text": "Longer and clearer.", "revision": "1"}
    answer = bo.post(page, data=data, headers=OWN)
    assert (answer.status_code, typed(answer)["text"]) == (409, "Longer and clearer.")
    assert "Another tab or device has changed this comment in the meantime." in answer.text
    assert parts(answer, "ins")
    assert parts(answer, "del")
    assert "In the words of Lind Foundry" in anna.get(room).text
    scripted = bo.post(page, data=data, headers={**OWN, "Accept": "application/json"})
    assert (scripted.status_code, scripted.json) == (409, {"trouble": "stale_draft"})


def test_members_forms_are_taken_in_and_rows_without_place_get_one(app, three):
    room, anna, bo, _ = three
    table = "Clause,Comment\n5.3,Smelters need longer.\n99.9,Where does this belong?\n"
    page = anna.get(f"{room}/forms")
    sent = {"signed": rooms.field_of(page, "/forms"), "of_member": "Alpine Cast"}
    missing = anna.post(f"{room}/forms", data=sent, headers=OWN)
    assert (missing.status_code, notices(missing), typed(missing)["of_member"]) == (422, ["Choose the filled form."], "Alpine Cast")
    file = {"file": (io.BytesIO(table.encode()), "members.csv")}
    done = anna.post(f"{room}/forms", data={**sent, **file}, headers=OWN, content_type="multipart/form-data")
    assert "1 of 2 rows have their place." in done.text
    row = next(each.attributes["id"].removeprefix("row-") for each in parts(done, "li") if each.attributes.get("id", "").startswith("row-"))
    wrong = rooms.post(anna, f"{room}/forms", f"/rows/{row}", to=f"{room}/rows/{row}", standard="performance-standard", number="77.7")
    assert wrong.status_code == 422
    rooms.post(anna, f"{room}/forms", f"/rows/{row}", to=f"{room}/rows/{row}", standard="performance-standard", number="5.1")
    assert "Alpine Cast" in bo.get(room).text
    assert len(rooms.keys_of(bo, room)) == 4
    assert bo.get(f"{room}/forms").status_code == 303


def test_after_closing_the_room_is_read_only_and_says_what_was_not_submitted(three, at):
    room, anna, bo, _ = three
    at(NOW + timedelta(hours=1))
    assert "Room of Association of Foundries: 2 comments not yet submitted" in " ".join(anna.get(FORM).text.split())
    page = f"{room}/comments/{rooms.keys_of(anna, room)[0]}"
    field = rooms.field_of(anna.get(room))
    at(CLOSES)
    shown = anna.get(room)
    assert "2 comments were not submitted." in shown.text
    assert [each for each in parts(shown, "form") if each.attributes.get("action", "").startswith(room)] == []
    answer = anna.post(room, data={"signed": field, "act": "out", "key": rooms.keys_of(anna, room)[0]}, headers=OWN)
    assert (answer.status_code, notices(answer)[0].split(".")[0]) == (403, "The window is closed, and nothing was changed")
    assert bo.get(page).status_code == 303


def test_people_hand_the_room_over(three):
    room, anna, bo, _ = three
    people = f"{room}/people"
    rooms.post(bo, people, "/people", act="ask")
    assert "Asks for the role of the coordinator" in anna.get(people).text
    member = next(each.attributes["value"] for each in parts(anna.get(people), "input") if each.attributes.get("name") == "member")
    rooms.post(anna, people, "/people", act="pass_on", member=member)
    assert (anna.get(f"{room}/review").status_code, bo.get(f"{room}/review").status_code) == (303, 200)
    wrong = rooms.post(bo, people, "/people", act="deadline", day="2026-13-45", hour="")
    assert (wrong.status_code, notices(wrong)) == (422, ["Give date and time of the deadline, or leave both empty."])
    assert rooms.post(bo, people, "/people", act="deadline", day="2026-03-27", hour="12:00").status_code == 303
    assert "Inside the room: until" in anna.get(room).text
    assert rooms.post(anna, people, "/people", act="leave").location == "/en/my/room"
    assert anna.get(room).status_code == 404


def test_clearing_a_device_leaves_no_room_on_it(client):
    room = rooms.open_room(client, ROUND)
    rooms.post(client, "/en/my/finish", "/finish")
    assert client.get(room).status_code == 404
