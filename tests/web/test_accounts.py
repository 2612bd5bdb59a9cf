"""Signing in and out, as a browser meets them."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from consult.models import Event, SignIn
from consult.operations.accounts import disable_account
from consult.operations.record import OPERATOR
from consult.web.accounts import local_path
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.staff import OWN, PASSWORD, account, form_of, page_of, rows_in, signed_in
from tests.support.database import on_sqlite
from tests.support.pages import CheckedClient

pytestmark = on_sqlite
COOKIE = "consult_sign_in"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch):
    def at(moment):
        monkeypatch.setenv("CONSULT_TEST_CLOCK", "1")
        monkeypatch.setenv("CONSULT_TEST_NOW", moment.isoformat())

    at(NOW)
    return at


@pytest.fixture
def mail(app: Flask) -> str:
    with app.app_context():
        factories.round_of()
        return account("secretariat")[1]


def enter(client: CheckedClient, mail: str, password: str = PASSWORD, *, next: str | None = None, headers=OWN, signed: str | None = None):
    address = "/en/sign-in" + (f"?next={next}" if next else "")
    form = form_of(client.get(address), "password") if signed is None else {"signed": signed}
    return client.post(address, data={**form, "mail": mail, "password": password}, headers=headers)


def test_signing_in_sets_one_closed_cookie_and_leads_to_the_rooms(client: CheckedClient, mail: str) -> None:
    response = enter(client, mail)
    assert (response.status_code, response.location) == (303, "/en/staff")
    (cookie,) = response.headers.getlist("Set-Cookie")
    assert re.fullmatch(r"consult_sign_in=[\w-]{43}; Expires=[^;]+; Max-Age=43200; HttpOnly; Path=/; SameSite=Lax", cookie)
    assert response.headers["Cache-Control"] == "no-store"
    start = client.get("/en/staff")
    assert start.status_code == 200
    assert {f"/en/moderation/{CONSULTATION}/", f"/en/committee/{CONSULTATION}/rounds/1/"} <= {
        link.attributes["href"] for link in page_of(start).find("main")[0].find("a")
    }


def test_cookie_is_secure_and_bound_to_the_host_where_the_setting_says_so(app: Flask, mail: str) -> None:
    from dataclasses import replace

    app.config["SETTINGS"] = replace(app.config["SETTINGS"], secure_cookies=True)
    (cookie,) = enter(app.test_client(), mail).headers.getlist("Set-Cookie")  # type: ignore[arg-type]
    assert cookie.startswith("__Host-consult_sign_in=")
    assert "; Secure;" in cookie
    assert "; Path=/;" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize(("mail_given", "password"), [(None, "not her password"), ("nobody@example.org", PASSWORD), ("", "")])
def test_wrong_answer_is_the_same_whatever_was_wrong(app: Flask, mail: str, mail_given: str | None, password: str) -> None:
    given = mail if mail_given is None else mail_given
    response = enter(app.test_client(), given, password)  # type: ignore[arg-type]
    assert response.status_code == 422
    assert "Set-Cookie" not in response.headers
    text = page_of(response).find("main")[0].text
    assert "Mail address and password do not belong together." in text
    assert password not in response.text or password == ""


def test_eleventh_failure_is_told_to_wait(client: CheckedClient, mail: str) -> None:
    signed = form_of(client.get("/en/sign-in"), "password")["signed"]
    codes = [enter(client, mail, "wrong", signed=signed).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]
    response = enter(client, mail, signed=signed)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "900")
    assert "The next attempt counts in 15 minutes." in page_of(response).find("main")[0].text


def test_form_from_elsewhere_signs_nobody_in(app: Flask, client: CheckedClient, mail: str) -> None:
    fresh = form_of(client.get("/en/sign-in"), "password")["signed"]
    for signed, headers in [
        ("", OWN),
        ("forged", OWN),
        (fresh, {}),
        (fresh, {"Sec-Fetch-Site": "cross-site"}),
        (fresh, {"Origin": "https://evil.example"}),
        (fresh, {"Origin": "http://[evil"}),
    ]:
        response = enter(client, mail, signed=signed, headers=headers)
        assert response.status_code == 400
        assert "Set-Cookie" not in response.headers
        assert form_of(response, "password")["signed"]
    with app.app_context():
        assert rows_in(SignIn) == 0


def test_page_asked_for_before_signing_in_comes_after_it(client: CheckedClient, mail: str) -> None:
    away = client.get(f"/fr/moderation/{CONSULTATION}/?state=held")
    assert away.status_code == 303
    assert away.location == f"/fr/sign-in?next=/fr/moderation/{CONSULTATION}/?state%3Dheld"
    form = form_of(client.get(away.location), "password")
    action = next(each.attributes["action"] for each in page_of(client.get(away.location)).find("form"))
    response = client.post(action, data={**form, "mail": mail, "password": PASSWORD}, headers=OWN)
    assert response.location == f"/fr/moderation/{CONSULTATION}/?state=held"


@pytest.mark.parametrize(
    "next",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/a\nb", "evil", "", "http:/x", "/\t/evil.example"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere_after_signing_in(client: CheckedClient, mail: str, next: str) -> None:
    from urllib.parse import quote

    assert local_path(next) is None
    assert enter(client, mail, next=quote(next)).location == "/en/staff"


def test_signed_in_person_is_not_asked_again(app: Flask, mail: str) -> None:
    staff = signed_in(app)
    response = staff.client.get("/zh/sign-in")
    assert (response.status_code, response.location) == (303, "/zh/staff")


def test_new_sign_in_ends_the_one_before_in_this_browser(app: Flask, client: CheckedClient, mail: str) -> None:
    enter(client, mail)
    first = client.get_cookie(COOKIE)
    signed = form_of(app.test_client().get("/en/sign-in"), "password")["signed"]
    enter(client, mail, signed=signed)
    second = client.get_cookie(COOKIE)
    assert first is not None
    assert second is not None
    assert first.value != second.value
    with app.app_context():
        assert rows_in(SignIn) == 1


def test_signing_out_ends_the_sign_in_and_takes_the_cookie(app: Flask) -> None:
    with app.app_context():
        factories.round_of()
    staff = signed_in(app)
    start = staff.client.get("/en/staff")
    response = staff.post("/en/sign-out", form_of(start, "signed"))
    assert (response.status_code, response.location) == (303, "/en/")
    assert staff.client.get_cookie(COOKIE) is None
    staff.client.set_cookie(COOKIE, staff.token)
    assert staff.client.get("/en/staff").status_code == 303


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_nobody_is_signed_out_from_elsewhere(app: Flask, headers: dict[str, str]) -> None:
    staff = signed_in(app)
    form = form_of(staff.client.get("/en/staff"), "signed")
    assert staff.post("/en/sign-out", form, headers=headers).status_code == 400
    assert staff.post("/en/sign-out", {}).status_code == 400
    assert staff.client.get("/en/sign-out").status_code == 405
    assert staff.client.get("/en/staff").status_code == 200


def test_form_of_another_sign_in_does_not_count(app: Flask) -> None:
    one, other = signed_in(app), signed_in(app)
    assert one.post("/en/sign-out", form_of(other.client.get("/en/staff"), "signed")).status_code == 400


def test_sign_in_ends_with_its_time_and_with_its_account(app: Flask, clock) -> None:
    staff = signed_in(app)
    clock(NOW + timedelta(hours=12))
    assert staff.client.get("/en/staff").status_code == 303
    clock(NOW)
    assert staff.client.get("/en/staff").status_code == 200
    with app.app_context():
        disable_account(mail=staff.mail, by=OPERATOR, now=NOW)
    assert staff.client.get("/en/staff").status_code == 303


def test_what_was_typed_when_the_sign_in_ended_stands_there_after_the_next_one(app: Flask, clock) -> None:
    with app.app_context():
        factories.round_of()
        reference = factories.comment("5.2", text="Four years is too short.").comments[0]
    staff, page = signed_in(app, now=NOW), f"/en/moderation/{CONSULTATION}/{reference}?state=all"
    note = 'Asked <Ngaire> twice:\n"wait", she says.'
    clock(NOW + timedelta(hours=13))
    over = staff.post(page, {"signed": "of the sign-in before"}, data={"to": "withheld", "reason": "off_topic", "note": note})
    assert over.status_code == 401
    assert "Your sign-in has ended." in page_of(over).find("main")[0].text
    assert form_of(over, "mail").keys() == {"signed"}
    wrong = staff.client.post("/en/sign-in", data={**form_of(over, "mail"), "mail": staff.mail, "password": "wrong"}, headers=OWN)
    assert wrong.status_code == 422
    back = staff.client.post("/en/sign-in", data={**form_of(wrong, "mail"), "mail": staff.mail, "password": PASSWORD}, headers=OWN)
    assert back.status_code == 200
    (form,) = list(page_of(back).find("main")[0].find("form"))
    assert form.attributes["action"] == page
    kept = staff.post(page, form_of(back, "note"))
    assert kept.status_code == 400
    assert "so nothing was changed. Send it again from here." in page_of(kept).find("main")[0].text
    (field,) = [each for each in page_of(kept).find("textarea") if each.attributes["name"] == "note"]
    assert field.text.split() == note.split()
    done = staff.post(page, form_of(kept, "note"), data={"to": "withheld", "reason": "off_topic", "note": note})
    assert done.status_code == 303


def test_form_from_elsewhere_is_not_carried_through_a_sign_in(app: Flask) -> None:
    with app.app_context():
        factories.round_of()
    answer = app.test_client().post(
        f"/en/moderation/{CONSULTATION}/", data={"to": "cleared", "note": "not ours"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 401
    assert not list(page_of(answer).find("main")[0].find("form"))


def test_start_page_shows_only_rooms_one_may_enter(app: Flask) -> None:
    with app.app_context():
        factories.round_of()
        factories.consultation("other", prefix="OT")
    expected = {
        "secretariat": {"moderation", "committee", "office"},
        "committee": {"committee"},
        "observer": {"committee"},
        "process_auditor": {"moderation", "committee", "office"},
        "translator": {"office"},
        "administrator": set(),
    }
    for role, rooms in expected.items():
        links = [
            each.attributes["href"]
            for each in page_of(signed_in(app, role, consultation=CONSULTATION).client.get("/en/staff")).find("main")[0].find("a")
        ]
        assert {href.split("/")[2] for href in links if "/other" not in href and len(href.split("/")) > 3} == rooms
        assert [href for href in links if "/other" in href] == []


def test_public_page_is_the_same_for_the_signed_in(app: Flask, client: CheckedClient) -> None:
    with app.app_context():
        factories.round_of()
    staff = signed_in(app)
    for address in ("/en/", f"/fr/consultations/{CONSULTATION}/"):
        ours, theirs = client.get(address), staff.client.get(address)
        assert ours.data == theirs.data
        assert "Set-Cookie" not in theirs.headers
        assert "Cookie" not in theirs.headers.get("Vary", "")


def test_failures_leave_no_event_and_no_mail_in_the_record(app: Flask, client: CheckedClient, mail: str) -> None:
    with app.app_context():
        before = rows_in(Event)
    enter(client, mail, "wrong")
    with app.app_context():
        assert rows_in(Event) == before
