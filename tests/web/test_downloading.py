"""Files of comments over the web: the same bytes for everyone, who may fetch what, and no secret in any of them."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consult.core.visibility import Viewer
from consult.exchange.csv_comments import read_comments_csv
from consult.extensions import db, writing
from consult.models import Event, SignIn
from consult.operations.accounts import add_account, seat_account
from consult.operations.record import OPERATOR
from tests import factories
from tests.every_kind import Kept, every_kind_in_a_round, leaks
from tests.factories import CONSULTATION, NOW, STANDARD
from tests.staff import page_of, signed_in
from tests.support.database import on_sqlite
from tests.support.pages import CheckedClient

PUBLIC = "/en/consultations/performance-standard-v3/rounds/1/comments"
COMMITTEE = "/en/committee/performance-standard-v3/rounds/1/comments"
SECRETARIAT = "/en/moderation/performance-standard-v3/rounds/1/comments"
SURFACES: list[tuple[Viewer, str, str | None]] = [
    ("public", PUBLIC, None),
    ("public", PUBLIC, "secretariat"),
    ("committee", COMMITTEE, "committee"),
    ("secretariat", SECRETARIAT, "secretariat"),
]


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests happen at the factories' now."""
    monkeypatch.setattr("consult.clock.now", lambda: NOW)


@pytest.fixture
def everything(as_left_by: Callable[[Callable[[], list[Kept]]], list[Kept]], now: None) -> list[Kept]:
    return as_left_by(every_kind_in_a_round)


def as_role(app: Flask, role: str, consultation: str | None = None) -> CheckedClient:
    """A client signed in with one seat."""
    mail = f"{role}@staff.example"
    with app.app_context():
        account = add_account(mail=mail, name=role, language="en", password="long enough for a test", by=OPERATOR, now=NOW)
        seat_account(mail=mail, role=role, consultation=consultation, by=OPERATOR, now=NOW)
        with writing() as session:
            hashed = hashlib.sha256(role.encode()).hexdigest()
            session.add(SignIn(token_sha256=hashed, account_id=account, created_at=NOW, expires_at=NOW + timedelta(hours=1)))
    client = app.test_client()
    client.set_cookie("consult_sign_in", role)
    assert isinstance(client, CheckedClient)
    return client


def client_of(app: Flask, role: str | None) -> Any:
    return as_role(app, role) if role else app.test_client()


def words_of(content: bytes, ending: str) -> str:
    """All that is readable in a file, those packed in a ZIP too."""
    if ending in ("csv", "json"):
        return content.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def events(app: Flask) -> list[tuple[str, dict[str, Any]]]:
    with app.app_context():
        found = db.session.execute(select(Event.subject, Event.codes).where(Event.kind == "comments_exported").order_by(Event.seq))
        return [(subject, codes) for subject, codes in found]


@pytest.mark.parametrize(("viewer", "address", "role"), SURFACES)
def test_every_file_holds_what_its_viewer_may_read_and_no_more(
    app: Flask, everything: list[Kept], viewer: Viewer, address: str, role: str | None
) -> None:
    client = client_of(app, role)
    for ending in ("csv", "json", "xlsx") if viewer == "public" else ("csv", "json", "xlsx", "docx"):
        answer = client.get(f"{address}.{ending}")
        assert answer.status_code == 200
        words = words_of(answer.data, ending)
        assert leaks(viewer, everything, words) == [], ending
        assert [each.reference for each in everything if each.reference not in words] == [], ending


@on_sqlite
def test_public_pages_hold_what_the_public_may_read_and_no_more(app: Flask, everything: list[Kept]) -> None:
    round_ = "consultations/performance-standard-v3/rounds/1"
    for language in ("en", "fr", "zh"):
        listed, after = "", 0
        for after in range(0, len(everything), 25):
            listed += app.test_client().get(f"/{language}/{round_}/comments?after={after}").get_data(as_text=True)
        assert leaks("public", everything, listed) == []
    single = [app.test_client().get(f"/en/{round_}/comments/{each.reference}") for each in everything]
    assert [answer.status_code for answer in single] == [200] * len(everything)
    assert leaks("public", everything, "".join(answer.get_data(as_text=True) for answer in single)) == []
    clause = app.test_client().get(f"/en/{round_}/clauses/performance-standard/5.2").get_data(as_text=True)
    assert [leak for leak in leaks("public", everything, clause) if leak[1] != "cleared"] == []


@on_sqlite
def test_a_public_file_is_the_same_for_everyone(app: Flask, everything: list[Kept]) -> None:
    member = as_role(app, "secretariat")
    for ending in ("csv", "json", "xlsx"):
        visitor, theirs = app.test_client().get(f"{PUBLIC}.{ending}"), member.get(f"{PUBLIC}.{ending}")
        assert (visitor.data, visitor.headers["ETag"]) == (theirs.data, theirs.headers["ETag"])
        told = [visitor.headers.get(name) for name in ("Cache-Control", "Set-Cookie", "Vary")]
        assert told == ["public, no-cache", None, None if ending == "xlsx" else "Accept-Encoding"]
        again = app.test_client().get(f"{PUBLIC}.{ending}", headers={"If-None-Match": visitor.headers["ETag"]})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", visitor.headers["ETag"])
    assert events(app) == []


@on_sqlite
def test_the_etag_changes_with_the_comments(app: Flask, everything: list[Kept]) -> None:
    before = app.test_client().get(f"{PUBLIC}.json")
    with app.app_context():
        factories.comment("5.1")
    after = app.test_client().get(f"{PUBLIC}.json", headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, json.loads(after.data)["summary"]["received"]) == (200, 43)


@on_sqlite
def test_files_say_what_they_are(app: Flask, everything: list[Kept]) -> None:
    answers = {
        f"{PUBLIC}.csv": ("performance-standard-v3_round-1_comments_en.csv", "text/csv; charset=utf-8"),
        f"{PUBLIC}.json?position=oppose": ("performance-standard-v3_round-1_comments_position-oppose_en.json", "application/json"),
        f"{PUBLIC}.xlsx".replace("/en/", "/zh/"): (
            "performance-standard-v3_round-1_comments_zh.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        f"{PUBLIC}.csv?clause=performance-standard/5.2": (
            "performance-standard-v3_round-1_comments_clause-performance-standard-5.2_en.csv",
            "text/csv; charset=utf-8",
        ),
    }
    for address, (name, media) in answers.items():
        answer = app.test_client().get(address)
        assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
        assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (media, "nosniff")
        assert int(answer.headers["Content-Length"]) == len(answer.data)


@on_sqlite
def test_filters_are_those_of_the_page_and_stand_in_the_summary(app: Flask, everything: list[Kept]) -> None:
    with app.app_context():
        factories.comment("5.1", text="也请考虑。", language="zh")
    for asked, listed, filters in (
        ("written=zh", 1, {"language": "zh"}),
        ("language=zh&class=", 1, {"language": "zh"}),
        ("clause=5.1", 1, {"clause": "5.1"}),
        ("class=production", 5, {"class": "production"}),
        ("stakeholder_class=production&position=support", 0, {"class": "production", "position": "support"}),
        ("state=withheld&target=clause", 7, {"state": "withheld", "target": "clause"}),
        ("utm=noise", 43, {}),
    ):
        data = json.loads(app.test_client().get(f"{PUBLIC}.json?{asked}").data)
        assert (data["summary"]["listed"], data["summary"]["filters"], data["summary"]["received"]) == (listed, filters, 43)
        assert len(data["comments"]) == listed


@on_sqlite
@pytest.mark.parametrize(
    "address",
    [
        f"{PUBLIC}.csv?position=perhaps", f"{PUBLIC}.csv?class=nobody", f"{PUBLIC}.csv?clause=9.9", f"{PUBLIC}.csv?language=%3Cb%3E",
        f"{PUBLIC}.csv?clause=other/5.2", f"{PUBLIC}.csv?state=published", f"{PUBLIC}.pdf", f"{PUBLIC}.docx",
        "/en/consultations/performance-standard-v3/rounds/9/comments.csv", "/en/consultations/nothing/rounds/1/comments.csv",
        "/en/consultations/performance-standard-v3/rounds/x/comments.csv", "/de/consultations/performance-standard-v3/rounds/1/comments.csv",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_not_found(app: Flask, everything: list[Kept], address: str) -> None:
    answer = app.test_client().get(address)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


@on_sqlite
def test_received_is_the_same_sum_in_every_file(app: Flask, everything: list[Kept]) -> None:
    data = json.loads(app.test_client().get(f"{PUBLIC}.json").data)
    assert data["summary"]["received"] == sum(data["summary"]["by_state"].values()) == len(data["comments"]) == 42
    rows = list(csv.reader(io.StringIO(app.test_client().get(f"{PUBLIC}.csv").data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 43
    read = list(read_comments_csv(io.BytesIO(app.test_client().get(f"{PUBLIC}.csv").data)))
    assert [row.reference for row in read] == [each["reference"] for each in data["comments"]]


@on_sqlite
def test_staff_exports_are_on_record_and_stored_nowhere(app: Flask, everything: list[Kept]) -> None:
    client = as_role(app, "secretariat")
    for address, viewer in ((COMMITTEE, "committee"), (SECRETARIAT, "secretariat")):
        for ending in ("csv", "json", "xlsx", "docx", "pdf"):
            answer = client.get(f"{address}.{ending}?state=cleared")
            assert (answer.status_code, answer.headers["Cache-Control"], answer.headers.get("ETag")) == (200, "no-store", None)
            assert answer.headers["Content-Disposition"].startswith(
                "attachment; filename=performance-standard-v3_round-1_comments_" + viewer
            )
    assert events(app) == [
        ("performance-standard-v3/1", {"viewer": viewer, "format": ending, "rows": 7, "filters": {"state": "cleared"}})
        for viewer in ("committee", "secretariat")
        for ending in ("csv", "json", "xlsx", "docx", "pdf")
    ]


def test_staff_find_their_exports_where_they_work(app: Flask, everything: list[Kept]) -> None:
    room = f"/en/committee/{CONSULTATION}/rounds/1"
    for role, page, kind, narrowed in [
        ("secretariat", f"/en/moderation/{CONSULTATION}/", f"/en/moderation/{CONSULTATION}/rounds/1/comments.", ""),
        ("committee", f"{room}/", f"{room}/comments.", ""),
        ("committee", f"{room}/{STANDARD}/5.2", f"{room}/comments.", f"?clause={STANDARD}/5.2"),
        ("observer", f"{room}/", None, ""),
    ]:
        staff = signed_in(app, role, consultation=CONSULTATION)
        links = [each.attributes.get("href", "") for each in page_of(staff.client.get(page)).find("main")[0].find("a")]
        found = [link for link in links if "/comments." in link]
        assert found == ([f"{kind}{ending}{narrowed}" for ending in ("xlsx", "docx", "pdf", "csv", "json")] if kind else [])
        assert {staff.client.get(link).status_code for link in found if link.partition("?")[0].endswith(("csv", "xlsx"))} <= {200}


@on_sqlite
@pytest.mark.parametrize(
    ("role", "committee", "secretariat"),
    [
        (None, 303, 303), ("committee", 200, 403), ("chair", 200, 403), ("working_group", 200, 403), ("process_auditor", 200, 403),
        ("observer", 403, 403), ("administrator", 403, 403), ("translator", 403, 403), ("secretariat", 200, 200),
    ],
)  # fmt: skip
def test_only_those_with_the_permission_get_a_staff_export(
    app: Flask, everything: list[Kept], role: str | None, committee: int, secretariat: int
) -> None:
    client = client_of(app, role)
    assert (client.get(f"{COMMITTEE}.csv").status_code, client.get(f"{SECRETARIAT}.csv").status_code) == (committee, secretariat)


@on_sqlite
def test_a_seat_elsewhere_gives_no_export_here(app: Flask, everything: list[Kept]) -> None:
    with app.app_context():
        factories.consultation("chain-of-custody-v2", prefix="COC")
    client = as_role(app, "secretariat", "chain-of-custody-v2")
    assert [client.get(f"{address}.csv").status_code for address in (COMMITTEE, SECRETARIAT)] == [403, 403]
    assert events(app) == []


@on_sqlite
def test_a_round_without_comments_gives_whole_files(app: Flask, now: None) -> None:
    with app.app_context():
        factories.round_of()
    assert len(app.test_client().get(f"{PUBLIC}.csv").data.splitlines()) == 1
    assert json.loads(app.test_client().get(f"{PUBLIC}.json").data)["comments"] == []
    assert app.test_client().get(f"{PUBLIC}.xlsx").data.startswith(b"PK")
