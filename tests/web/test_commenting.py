"""The comment forms and the receipt, as a browser without scripts meets them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.extensions import db
from consult.models import Comment, CommentRevision
from tests import factories
from tests.factories import NOW
from tests.support.comment_form import (
    AS_TYPED,
    BASE,
    CLAUSE,
    OWN,
    SAID,
    as_typed,
    notices,
    opened,
    particulars,
    parts,
    send,
    signed_of,
    stored,
)
from tests.support.database import on_sqlite
from tests.support.pages import faults_of

CLOSES = NOW + timedelta(days=8)


@pytest.fixture(autouse=True)
def open_round(app, at):
    at(NOW)
    with app.app_context():
        factories.round_of()
        factories.change(kinds=["removed"], old=["5.3"])


@pytest.mark.parametrize(
    ("language", "address", "stored_as"),
    [
        ("en", CLAUSE, ("clause", "5.2")),
        ("fr", CLAUSE, ("clause", "5.2")),
        ("zh", CLAUSE, ("clause", "5.2")),
        ("en", f"{BASE}/removed/performance-standard/v2/5.3/comment", ("removed", "5.3")),
        ("fr", f"{BASE}/clauses/performance-standard/new?after=5.2", ("new", "5.2")),
        ("zh", f"{BASE}/clauses/performance-standard/new", ("new", None)),
        ("fr", f"{BASE}/documents/performance-standard/comment", ("document", None)),
        ("zh", f"{BASE}/process/comment", ("process", None)),
    ],
)
def test_every_form_leads_to_a_receipt(app, client, language, address, stored_as):
    response = send(client, address=address, language=language)
    assert response.status_code == 303
    page = client.get(response.location)
    assert page.status_code == 200
    with app.app_context():
        comment = db.session.scalars(select(Comment)).one()
        assert (comment.target, comment.clause and comment.clause.number) == stored_as
        assert comment.submission.language == language
        if comment.clause_text:
            assert comment.clause_text.language == language
        assert comment.submission.reference in page.text


@on_sqlite
def test_a_form_is_stored_nowhere_and_sets_no_cookie(client):
    response = client.get(f"/en/{CLAUSE}")
    assert (response.headers["Cache-Control"], response.headers.get("Set-Cookie")) == ("no-store", None)
    received = send(client)
    assert (received.headers.get("Set-Cookie"), client.get(received.location).headers["Cache-Control"]) == (None, "no-store")


@on_sqlite
def test_the_form_shows_the_text_and_what_changed(app, client):
    spans = [["=", "The Entity shall:\n\na) set a target; and\nb) review it every "], ["-", "month"], ["+", "year"], ["=", "."]]
    with app.app_context():
        factories.change(kinds=["modified"], old=["5.2"], new=["5.2"], texts={"en": spans})
    response = client.get(f"/en/{CLAUSE}")
    assert [each.text for each in parts(response, "li", **{"class": "changed"})] == [
        "b) review it every removed: month end of removaladded: year end of addition."
    ]
    assert parts(response, "div", **{"class": "clause"})[0].text == "The Entity shall:a) set a target; andb) review it every year."


@on_sqlite
def test_a_number_that_is_not_there_is_not_found(client):
    for address in (
        f"{BASE}/clauses/performance-standard/9.9/comment", f"{BASE}/clauses/other/5.2/comment", f"{BASE}/clauses/performance-standard/new?after=9.9",
        f"{BASE}/removed/performance-standard/v2/5.1/comment", f"{BASE}/removed/performance-standard/v1/5.3/comment", f"{BASE}/documents/other/comment",
        CLAUSE.replace("rounds/1", "rounds/2"), CLAUSE.replace("standard-v3", "standard-v9"), f"{BASE}/process/comment".replace("rounds/1", "rounds/99"),
    ):  # fmt: skip
        assert [client.get(f"/en/{address}").status_code, client.post(f"/en/{address}", data=SAID, headers=OWN).status_code] == [
            404,
            404,
        ], address


@on_sqlite
def test_other_methods_are_refused(client):
    for address in (CLAUSE, f"{BASE}/process/comment"):
        assert [client.open(f"/en/{address}", method=method).status_code for method in ("PUT", "DELETE", "PATCH")] == [405] * 3
    assert client.get("/en/receipt/R-2222-2222/file").status_code == 405


def test_words_are_stored_as_sent(app, client):
    send(client, text=" One\r\nthing.\t \u200f🙂", proposed="  * raw <b>&amp;", rationale="")
    with app.app_context():
        revision = db.session.scalars(select(CommentRevision)).one()
        assert (revision.text, revision.proposed, revision.rationale) == (" One\nthing.\t \u200f🙂", "  * raw <b>&amp;", None)


@on_sqlite
@pytest.mark.parametrize(
    ("text", "page", "language"),
    [
        ("Cette exigence est trop sévère pour les petites fonderies et nous ne pouvons pas la respecter.", "en", "fr"),
        ("建议将年度审查改为每两年一次。", "en", "zh"),
        ("Diese Frist ist für uns zu kurz und sie kann nicht eingehalten werden.", "fr", "de"),
        ("OK", "fr", "fr"),
    ],
)
def test_the_language_is_recognised_from_the_text(app, client, text, page, language):
    send(client, text=text, proposed="", rationale="", language=page)
    with app.app_context():
        assert db.session.scalars(select(Comment.language)).one() == language


@on_sqlite
def test_a_chosen_language_wins(app, client):
    send(client, comment_language="sw")
    with app.app_context():
        assert db.session.scalars(select(Comment.language)).one() == "sw"


@on_sqlite
@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_an_empty_form_comes_back_with_every_problem_at_its_field(app, client, language):
    signed = opened(client, language=language)
    response = client.post(f"/{language}/{CLAUSE}", data={"signed": signed}, headers=OWN)
    assert (response.status_code, signed_of(response), stored(app)) == (422, signed, [0, 0, 0])
    summary = parts(response, "div", role="alert")[0]
    fields = [link.attributes["href"] for link in summary.find("a")]
    assert fields == ["#text", "#capacity", "#stakeholder_class", "#country", "#choice", "#consent"]
    for field in fields:
        named = parts(response, "textarea", "select", "input", id=field[1:])[0]
        group = next(above for above in [named, *named.ancestors()] if "aria-describedby" in above.attributes)
        assert f"{field[1:]}-error" in group.attributes["aria-describedby"]
    title = parts(response, "title")[0].text
    assert title.split(":" if language != "zh" else "：")[0] != title or language != "en"
    assert not [fault for fault in faults_of(response.text, f"/{language}/") if "does not begin with h1" not in fault]


@on_sqlite
def test_the_title_of_a_form_with_problems_says_so_first(client):
    title = parts(send(client, text="", proposed=""), "title")[0].text
    assert title.startswith("Error: Comment on 5.2")


@on_sqlite
@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"text": "x" * 20_001}, "This is 1 character too long: up to 20,000 can be stored."),
        ({"rationale": "x" * 10_250}, "This is 250 characters too long: up to 10,000 can be stored."),
        (
            {"text": "a\nb\x07"},
            "Line 2, column 2 holds the control character U+0007, which cannot be stored. Delete it there, or type the passage again.",
        ),
        ({"organisation": " "}, "Name the organisation you write for, or choose “as an individual”."),
        ({"mail": "anna"}, "This is not the form of a mail address. Correct it, or leave the field empty."),
        ({"country": "XX"}, "Choose one of the entries of the list."),
        ({"consent": None}, "Tick that you have read what happens to your data. Without it nothing can be taken in."),
        ({"website": "buy"}, "This field has to stay empty: it is there to stop machines. Delete what is in it."),
    ],
)
def test_a_problem_stores_nothing_and_keeps_what_was_typed(app, client, changed, problem):
    response = send(client, **changed)
    assert (response.status_code, stored(app)) == (422, [0, 0, 0])
    assert [link.text for link in parts(response, "div", role="alert")[0].find("a")] == [problem]
    kept = {
        k: v.replace("\r\n", "\n")
        for k, v in {**SAID, **changed}.items()
        if v is not None and k not in ("website", *(["country"] if "country" in changed else []))
    }
    given = as_typed(response)
    assert {k: given.get(k, "") for k in kept} == kept
    corrected = send(client, signed_of(response), **{k: SAID.get(k, "") for k in changed})
    assert (corrected.status_code, stored(app)) == (303, [1, 1, 1])


@pytest.mark.parametrize("after", [timedelta(), timedelta(seconds=1), timedelta(days=400)])
def test_after_closing_the_text_is_given_back_and_nothing_stored(app, client, at, after):
    signed = opened(client)
    at(CLOSES + after)
    response = send(client, signed)
    assert (response.status_code, stored(app)) == (403, [0, 0, 0])
    assert "The window closed on 1 April 2026, 15:31 (" in notices(response)[0].replace("\xa0", " ")
    assert [each.text for each in parts(response, "textarea")] == ["One thing.", SAID["proposed"], SAID["rationale"]]
    saving = [
        form.attributes["action"]
        for form in parts(response, "form")
        if "signed" in [each.attributes.get("name") for each in form.find("input")]
    ]
    assert [each.rpartition("/")[2] for each in saving] == ["given-back.xlsx"]
    assert not list(faults_of(response.text, "/en/"))


@on_sqlite
def test_bad_fields_after_closing_are_refused_with_the_text_as_well(app, client, at):
    signed = opened(client)
    at(CLOSES)
    for response in (send(client, signed, consent=None), send(client, "forged")):
        assert (response.status_code, len(parts(response, "textarea"))) == (403, 3)
    assert stored(app) == [0, 0, 0]


def test_one_second_before_closing_is_in_time(app, client, at):
    signed = opened(client)
    at(CLOSES - timedelta(seconds=1))
    assert send(client, signed).status_code == 303
    at(CLOSES + timedelta(seconds=1))
    assert send(client, signed).status_code == 303  # the same form again: its receipt, not a refusal
    assert stored(app) == [1, 1, 1]


@on_sqlite
def test_pages_of_a_closed_or_coming_round_explain_and_hold_no_form(client, at):
    for moment, sentence in (
        (CLOSES, "The window closed on 1 April 2026"),
        (NOW - timedelta(days=30), "Comments can be submitted from 2 March 2026"),
    ):
        at(moment)
        response = client.get(f"/en/{CLAUSE}")
        assert response.status_code == 200
        assert sentence in notices(response)[0].replace("\xa0", " ")
        assert not parts(response, "form")


@on_sqlite
@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}, {"Origin": "https://evil.example"}])
def test_a_form_from_elsewhere_comes_back_with_a_fresh_field(app, client, headers):
    signed = opened(client)
    response = send(client, signed, headers=headers)
    assert (response.status_code, stored(app), signed_of(response) != signed) == (400, [0, 0, 0], True)
    assert as_typed(response) == AS_TYPED
    assert send(client, signed_of(response)).status_code == 303


@on_sqlite
def test_a_field_of_another_form_does_not_count(app, client):
    others = ("", "forged", opened(client, f"{BASE}/process/comment"), opened(client, CLAUSE.replace("5.2", "5.1")))
    for signed in others:
        assert send(client, signed).status_code == 400
    assert stored(app) == [0, 0, 0]


def test_back_and_resend_gives_the_same_receipt(app, client):
    signed = opened(client)
    first, second = client.get(send(client, signed).location), client.get(send(client, signed).location)
    assert (particulars(first) == particulars(second), stored(app)) == (True, [1, 1, 1])


def test_another_text_under_the_same_field_shows_both(app, client):
    signed = opened(client)
    send(client, signed)
    response = send(client, signed, text="Something else.")
    assert (response.status_code, stored(app)) == (409, [1, 1, 1])
    assert parts(response, "section", **{"aria-labelledby": "earlier"})[0].find("div")[0].text == "One thing."
    assert as_typed(response) == {**AS_TYPED, "text": "Something else."}
    assert not list(faults_of(response.text, "/en/"))
    assert send(client, signed_of(response), text="Something else.").status_code == 303
    assert stored(app) == [2, 2, 2]


@on_sqlite
def test_equal_content_from_a_fresh_form_is_asked_about_first(app, client):
    send(client)
    response = send(client)
    assert (response.status_code, stored(app), as_typed(response)) == (409, [1, 1, 1], AS_TYPED)
    assert send(client, signed_of(response), again="1").status_code == 303
    assert stored(app) == [2, 2, 2]


def test_a_text_corrected_meanwhile_keeps_what_its_author_saw(app, client):
    signed = opened(client, language="fr")
    with app.app_context(), factories.writing() as session:
        seen = session.scalars(select(factories.ClauseText).join(factories.ClauseRow).join(factories.Version)
                               .where(factories.Version.name == "v3-draft-1", factories.ClauseRow.number == "5.2", factories.ClauseText.language == "fr")).one()  # fmt: skip
        old = seen.id
        session.add(
            factories.ClauseText(
                clause_id=seen.clause_id,
                language="fr",
                revision=2,
                label="5.2",
                title="Nouveau",
                text="Corrigé.",
                plain="Corrigé.",
                sha256="0",
            )
        )
    assert "Corrigé." in client.get(f"/fr/{CLAUSE}").text
    page = client.get(send(client, signed, language="fr").location)
    with app.app_context():
        assert db.session.scalars(select(Comment.clause_text_id)).one() == old
    assert ("Corrigé." in page.text, "fixer un objectif" in page.text) == (False, True)


@on_sqlite
def test_hostile_words_stay_words(client):
    page = client.get(send(client, text="<script>alert(1)</script>{{ 7*7 }}", organisation="<b>x</b>").location)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page.text
    assert "<b>x</b>" not in page.text


@on_sqlite
def test_who_sees_what_is_told_for_every_choice(client):
    rows = parts(client.get(f"/en/{CLAUSE}"), "tr")[1:]
    assert [[cell.text for cell in row.find("th", "td")][:3] for row in rows] == [
        ["Name and organisation", "text, class, country, organisation and name", "text, class, country, organisation and name"],
        ["Organisation only", "text, class, country and organisation", "text, class, country and organisation"],
        ["Class only", "text and class", "text, class and country"],
        ["Confidential", "only that there is a comment", "text and class"],
    ]
