"""Public pages: the same bytes for everyone, kept by their ETag, without a cookie, and at a cost that does not grow with the comments."""

from contextlib import contextmanager

import pytest
from markupsafe import escape
from sqlalchemy import event

from consult.extensions import db
from consult.operations.moderate import move_comments
from consult.operations.record import OPERATOR
from consult.operations.submit import submit
from tests import factories
from tests.support.demo import CONSULTATION, NOW, ROUND_1, ROUND_2, rows, stop_clock
from tests.support.demo_pages import CLAUSES, FORMS, PUBLIC, QUEUE, ROOM

LANGUAGES = ("en", "fr", "zh")
FILES = tuple(f"{round}/comments.{ending}" for round in (ROUND_1, ROUND_2) for ending in ("csv", "json", "xlsx"))
ADDRESSES = (*(each.address for each in PUBLIC), *FILES)


@pytest.fixture(scope="module", params=ADDRESSES, ids=lambda each: each or "home")
def asked(request, seeded, reading_app, as_who):
    """The address in a language by turns, and the answer a visitor gets."""
    with pytest.MonkeyPatch.context() as patch:
        stop_clock(patch, NOW)
        language = LANGUAGES[ADDRESSES.index(request.param) % 3]
        address = f"/{language}/{request.param.format(**seeded.references)}"
        return address, as_who(reading_app, checked=False).get(address)


def test_a_public_page_is_the_same_bytes_for_everyone(demo_reader, as_who, asked):
    address, answer = asked
    assert answer.status_code == 200
    for who in ("secretariat", "chair"):
        signed_in = as_who(demo_reader, who, checked=False).get(
            address, headers={"Cookie": "theme=dark", "Referer": "http://localhost/en/staff"}
        )
        assert (signed_in.data, signed_in.headers["ETag"]) == (answer.data, answer.headers["ETag"])


def test_the_print_of_a_public_page_says_where_it_stands(asked):
    address, answer = asked
    if answer.mimetype == "text/html":
        assert f'<span class="printed-at" translate="no">http://localhost{escape(address)}</span>' in answer.text


def test_a_public_page_may_be_kept_and_is_confirmed_by_its_etag(demo_reader, as_who, asked):
    address, answer = asked
    told = {name: answer.headers.get(name) for name in ("Cache-Control", "Set-Cookie", "Vary")}
    vary = None if address.endswith(".xlsx") else "Accept-Encoding"
    assert told == {"Cache-Control": "public, no-cache", "Set-Cookie": None, "Vary": vary}
    assert not {"Cookie", "*"} & set(answer.vary)
    again = as_who(demo_reader, checked=False).get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"], again.headers.get("Set-Cookie")) == (
        304,
        b"",
        answer.headers["ETag"],
        None,
    )
    assert again.headers["Cache-Control"] == "public, no-cache"
    other = as_who(demo_reader, checked=False).get(address, headers={"If-None-Match": '"of another page"'})
    assert (other.status_code, other.data) == (200, answer.data)


def test_a_public_page_asks_nothing_of_its_reader(asked):
    """No form that stores, no signed field, no greeting."""
    _, answer = asked
    assert [word for word in (b'method="post"', b'name="signed"', b"Sign out", "Amélie".encode()) if word in answer.data] == []


def test_a_changed_page_has_another_etag(demo_app, as_who):
    visitor, before = as_who(demo_app), {}
    pages = [
        f"/en/{each}"
        for each in (f"{CLAUSES}/1.1", f"{ROUND_2}/comments", f"{ROUND_2}/comments.json", f"consultations/{CONSULTATION}/", "")
    ]
    before = {each: visitor.get(each).headers["ETag"] for each in pages}
    with demo_app.app_context():
        factories.comment("1.1", round_number=2, now=NOW)
    after = {each: visitor.get(each, headers={"If-None-Match": before[each]}) for each in pages}
    assert {each: (answer.status_code, answer.headers["ETag"] != before[each]) for each, answer in after.items()} == dict.fromkeys(
        pages, (200, True)
    )


@pytest.mark.parametrize("each", FORMS, ids=lambda each: each.address)
def test_a_form_is_kept_nowhere_and_sets_no_cookie(demo_reader, as_who, each):
    answer = as_who(demo_reader, checked=False).get(f"/en/{each.address}")
    assert [answer.headers.get(name) for name in ("Cache-Control", "Set-Cookie", "ETag")] == ["no-store", None, None]
    assert "printed-at" not in answer.text


@pytest.mark.parametrize(
    "address", ["staff", f"{QUEUE}/", f"{QUEUE}/PS3-2-0034", f"{ROOM}/", f"{ROOM}/performance-standard/5.2", f"{ROOM}/comments.csv"]
)
def test_a_staff_page_is_kept_nowhere(demo_app, as_who, address):
    answer = as_who(demo_app, "secretariat", checked=False).get(f"/en/{address}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "Set-Cookie" not in answer.headers


def test_a_page_that_reads_who_is_signed_in_cannot_be_public(demo_app, as_who, monkeypatch):
    """The check that would catch it: such a page breaks instead of leaking."""
    from consult.web import permissions, rendering

    def view():
        permissions.person()
        return rendering.public_page("reading/missing.html", title="t", remedy="r", ways=())

    view.permission = "read"
    monkeypatch.setitem(demo_app.view_functions, "reading.home", view)
    assert as_who(demo_app, "chair", checked=False).get("/en/").status_code == 500


def test_style_and_scripts_may_be_kept_for_ever_under_their_digest(demo_reader, as_who):
    from consult.web.rendering import static_digest

    visitor = as_who(demo_reader)
    right, stale = (visitor.get(f"/static/{digest}/consult.css") for digest in (static_digest(), "0" * 12))
    assert right.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert stale.headers["Cache-Control"] == "public, no-cache"
    assert visitor.get("/static/0/../../../pyproject.toml").status_code == 404
    assert visitor.get("/static/0/%2e%2e/config.py").status_code == 404


@contextmanager
def statements(app):
    """The SQL statements run meanwhile, begin and pragmas left out."""
    found = []

    def hear(connection, cursor, statement, parameters, context, many):
        if not statement.startswith(("PRAGMA", "BEGIN", "SET TRANSACTION")):
            found.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", hear)
        try:
            yield found
        finally:
            event.remove(db.engine, "before_cursor_execute", hear)


COSTS = {
    "": 8, "standards/": 3, "standards/performance-standard/v3-draft-2/": 22, "standards/performance-standard/v3-draft-2/5.2": 17,
    "standards/performance-standard/v3-draft-2/terms": 8, "standards/performance-standard/v3-draft-2/changes?from=v2": 30, f"consultations/{CONSULTATION}/": 42, f"{CLAUSES}/5.2": 34,
    f"{CLAUSES}/5.2?view=side&from=v3-draft-1": 34, f"{ROUND_2}/removed/performance-standard/v2/7.3": 28, f"{ROUND_2}/comments": 22,
    f"{ROUND_2}/comments?clause=performance-standard/5.2&state=cleared": 20, f"{ROUND_2}/comments/PS3-2-0001": 17, f"{ROUND_2}/comments.csv": 13,
    f"{ROUND_2}/comments.json": 14, f"{ROUND_2}/comments.xlsx": 14, f"{CLAUSES}/5.2/comment": 12, f"{ROUND_2}/process/comment": 4,
    f"{QUEUE}/": 17, f"{QUEUE}/?state=all": 17, f"{QUEUE}/PS3-2-0034": 28, "staff": 21, "committee/": 12, f"{ROOM}/": 31, f"{ROOM}/?show=states&sort=received": 31,
    f"{ROOM}/performance-standard/5.2": 31, f"{ROOM}/process": 24,
}  # fmt: skip
"""Page -> no more SQL statements than this, whoever reads it and however much was said."""


def test_pages_cost_the_same_with_ten_and_with_three_hundred_comments(demo_app, as_who):
    client = as_who(demo_app, "secretariat", checked=False)

    def cost():
        found = {}
        for address in COSTS:
            with statements(demo_app) as run:
                assert client.get(f"/fr/{address}").status_code == 200
            found[address] = len(run)
        return found

    few = cost()
    with demo_app.app_context():
        for choice in ("named", "class", "confidential"):
            said = [factories.new_comment(number, text=f"Said {n} on {number}.") for n in range(24) for number in ("5.2", "5.3", "1.1")]
            said += [factories.new_comment(None, kind="process", text=f"On the process, {n}.") for n in range(28)]
            receipt = submit(form=factories.form(*said, number=2, by=factories.person(choice=choice)), now=NOW)
            seen = dict.fromkeys(receipt.comments[:90], "pending")
            move_comments(seen=seen, to="cleared", consultation=CONSULTATION, by=OPERATOR, now=NOW)
    many = cost()
    assert many == few
    assert {address: count for address, count in many.items() if not 0 < count <= COSTS[address]} == {}


def test_a_page_that_is_confirmed_writes_nothing(demo_reader, as_who):
    before, visitor = rows(demo_reader), as_who(demo_reader)
    etag = visitor.get("/en/").headers["ETag"]
    assert visitor.get("/en/", headers={"If-None-Match": etag}).status_code == 304
    assert rows(demo_reader) == before
