"""A room walked through its pages as three people meet it, each with a browser of her own."""

import io

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.html import Page

OWN = {"Sec-Fetch-Site": "same-origin"}
WAYS_BACK = ("/en/my/room/again", "/en/my/room/back")
OPENING = {
    "organisation": "Association of Foundries", "stakeholder_class": "associations", "country": "CH", "name": "Anna Keller",
    "mail": "anna@example.org", "nameable": "1",
}  # fmt: skip


def field_of(page: TestResponse, form: str = "") -> str:
    """The signed field of the (first) form whose address ends so."""
    for each in Page(page.text).root.find("form"):
        if each.attributes.get("method") == "post" and each.attributes.get("action", "").partition("?")[0].endswith(form):
            return next(i.attributes["value"] for i in each.find("input") if i.attributes.get("name") == "signed")
    raise AssertionError(f"no form {form}")


def post(client: FlaskClient, page: str, form: str = "", to: str | None = None, **fields: str | list[str]) -> TestResponse:
    """Sends a form of a page with these fields."""
    return client.post(to or page, data={"signed": field_of(client.get(page), form), **fields}, headers=OWN)


def open_room(client: FlaskClient, round_: str, **changed: str) -> str:
    """The room's address (a path), with its coordinator inside."""
    answer = post(client, f"/en/my/room/open?round={round_}", "/open", **{**OPENING, **changed})
    assert answer.status_code == 303, answer.text
    return answer.location


def invitation(client: FlaskClient, room: str) -> str:
    """The path of the invitation, as the coordinator's page shows it."""
    shown = [each.text for each in Page(client.get(f"{room}/people").text).root.find("span") if each.attributes.get("class") == "own-link"]
    return "/" + next(each for each in shown if "/join" in each).split("/", 3)[3]


def own_link(client: FlaskClient, room: str) -> str:
    shown = [each.text for each in Page(client.get(f"{room}/people").text).root.find("span") if each.attributes.get("class") == "own-link"]
    return "/" + next(each for each in shown if "/enter" in each).split("/", 3)[3]


def join(client: FlaskClient, invite: str, **who: str) -> TestResponse:
    return post(client, invite, "/join", to="/en/my/room/join", **who)


def write(client: FlaskClient, clause: str, text: str) -> None:
    """A comment kept among one's own."""
    answer = post(client, clause, text=text, act="keep")
    assert answer.status_code == 303, answer.text


def give(client: FlaskClient, room: str) -> TestResponse:
    """All of one's own comments go to the room."""
    page = client.get("/en/my/comments")
    keys = [each.attributes["value"] for each in Page(page.text).root.find("input") if each.attributes.get("name") == "key"]
    return client.post(f"{room}/give", data={"signed": field_of(page, "/give"), "key": keys}, headers=OWN)


def keys_of(client: FlaskClient, room: str) -> list[str]:
    """The keys of the comments in a room, in its order."""
    return [each.attributes["id"] for each in Page(client.get(room).text).root.find("li") if "id" in each.attributes]


def three(browser, round_: str, clause: str) -> tuple[str, FlaskClient, FlaskClient, FlaskClient]:  # type: ignore[no-untyped-def]
    """A room of three with one comment each of two members: (room, coordinator, Bo, Chen). `browser`: makes a client."""
    anna, bo, chen = browser(), browser(), browser()
    room = open_room(anna, round_)
    invite = invitation(anna, room)
    join(bo, invite, name="Bo Lind", organisation="Lind Foundry", mail="bo@lind.example", nameable="1")
    join(chen, invite, name="Chen Wei", organisation="Wei Castings")
    for client, text in (
        (bo, "A yearly review is not possible for small foundries."),
        (chen, "A yearly review is not possible for small foundry sites."),
    ):
        write(client, clause, text)
        assert give(client, room).status_code == 303
    return room, anna, bo, chen


def pages(browser, round_: str, clause: str) -> list[tuple[FlaskClient, str]]:  # type: ignore[no-untyped-def]
    """Every page of a room that has a form, with the browser of somebody who may send it."""
    room, anna, bo, chen = three(browser, round_, clause)
    file = {"file": (io.BytesIO(b"Clause,Comment\n99.9,Where does this belong?\n"), "form.csv")}
    sent = {"signed": field_of(anna.get(f"{room}/forms"), "/forms"), "of_member": "Alpine Cast", **file}
    anna.post(f"{room}/forms", data=sent, headers=OWN, content_type="multipart/form-data")
    write(chen, clause, "Kept for later.")
    edit = f"{room}/comments/{keys_of(anna, room)[0]}"
    return [
        *((browser(), page) for page in (f"/en/my/room/open?round={round_}", invitation(anna, room), own_link(chen, room), *WAYS_BACK)),
        *((anna, page) for page in (room, edit, f"{room}/review", f"{room}/forms")), (chen, "/en/my/comments"), (bo, f"{room}/people"),
    ]  # fmt: skip
