"""Files on the comment form: with and without a script, kept through refusals; downloads that can do nothing."""

import io
from typing import Any

from flask import Flask

from consult.core.attachment import FILE_BYTES
from consult.operations.moderate import move_comment
from consult.operations.record import OPERATOR
from tests.support.attached import jpeg_with_place
from tests.support.comment_form import CLAUSE, OWN, SAID, notices, opened, parts, signed_of
from tests.support.demo import CONSULTATION, NOW, ROUND_2

FORM = f"{ROUND_2}/clauses/performance-standard/5.3/comment"


def post(client: Any, *files: tuple[str, bytes], address: str = FORM, signed: str | None = None, **changed: Any) -> Any:
    data = {**SAID, **changed, "signed": signed or opened(client, address)}
    data = {name: value for name, value in data.items() if value is not None} | {"files": [(io.BytesIO(c), n) for n, c in files]}
    return client.post(f"/en/{address}", data=data, headers=OWN, content_type="multipart/form-data")


def names(response: Any) -> list[str]:
    return [each.text for each in parts(response, "span") if "file-name" in each.attributes.get("class", "").split()]


def test_a_file_is_attached_stays_through_a_refused_form_and_stands_on_the_receipt(demo_app: Flask, as_who: Any) -> None:
    visitor = as_who(demo_app)
    attached = post(visitor, ("site.jpg", jpeg_with_place()), act="attach", text="Typed.")
    assert (attached.status_code, names(attached)) == (200, ["site.jpg"])
    refused = post(visitor, ("notes.txt", b"More.\n"), signed=signed_of(attached), consent=None)
    assert (refused.status_code, names(refused)) == (422, ["site.jpg", "notes.txt"])
    taken = post(visitor, signed=signed_of(refused), **{"remove_file": "2", "audience-1": "committee"})
    assert taken.status_code == 303
    receipt = visitor.get(taken.location)
    assert names(receipt) == ["site.jpg"]
    assert "SHA-256" in receipt.text


def test_what_is_too_large_is_said_and_everything_typed_is_kept(demo_app: Flask, as_who: Any) -> None:
    refused = post(
        as_who(demo_app), ("film.txt", b"a" * (FILE_BYTES + 9)), ("page.svg", b"<svg/>"), ("good.txt", b"Good.\n"), text="Kept words."
    )
    assert (refused.status_code, names(refused)) == (413, ["good.txt"])
    assert "Kept words." in refused.text
    assert [each for each in notices(refused) if "film" in each and "page.svg" in each]


def test_a_form_that_was_not_ours_stores_nothing(demo_app: Flask, as_who: Any) -> None:
    refused = post(as_who(demo_app), ("a.txt", b"A.\n"), signed="damaged", text="Kept words.")
    assert (refused.status_code, names(refused)) == (400, [])
    assert "Kept words." in refused.text


def test_a_draft_keeps_its_files(demo_app: Flask, as_who: Any) -> None:
    visitor = as_who(demo_app)
    kept = post(visitor, ("a.txt", b"A.\n"), act="keep")
    assert kept.status_code == 303
    basket = visitor.get("/en/my/comments")
    assert names(basket) == ["a.txt"]
    address = next(each.attributes["href"] for each in parts(basket, "a") if each.attributes.get("href", "").startswith("/en/my/comments/"))
    edited = visitor.get(address)
    revision = parts(edited, "input", name="revision")[0].attributes["value"]
    more = post(
        visitor, ("b.txt", b"B.\n"), address=address.removeprefix("/en/"), signed=signed_of(edited), act="attach", revision=revision
    )
    assert (more.status_code, names(visitor.get(address))) == (303, ["a.txt", "b.txt"])


def handed_in(client: Any, app: Flask, *files: tuple[str, bytes], cleared: bool = True, **changed: Any) -> str:
    receipt = client.get(post(client, *files, **changed).location)
    reference = next(each.attributes["id"] for each in parts(receipt, "section") if "handed-in" in each.attributes.get("class", ""))
    if cleared:
        with app.app_context():
            move_comment(reference=reference, seen_state="pending", to="cleared", consultation=CONSULTATION, by=OPERATOR, now=NOW)
    return reference


def test_the_public_gets_the_copy_and_staff_the_original_and_neither_can_do_anything(demo_app: Flask, as_who: Any) -> None:
    photo = jpeg_with_place()
    reference = handed_in(as_who(demo_app), demo_app, ("site.jpg", photo))
    page = as_who(demo_app).get(f"/en/{ROUND_2}/comments/{reference}")
    address = f"/en/{ROUND_2}/comments/{reference}/attachments/1"
    assert [each.text for each in parts(page, "a", href=address)] == ["site.jpg"]
    public = as_who(demo_app, checked=False).get(address)
    asked = ("Content-Disposition", "Content-Type", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control")
    assert [public.headers.get(name) for name in asked] == [
        f"attachment; filename={reference}_site.jpg", "image/jpeg", "nosniff", "default-src 'none'; sandbox", "public, no-cache",
    ]  # fmt: skip
    assert b"SECRET" not in public.data
    staff = as_who(demo_app, "secretariat", checked=False)
    original = staff.get(f"/en/moderation/{CONSULTATION}/{reference}/attachments/1")
    copy = staff.get(f"/en/moderation/{CONSULTATION}/{reference}/attachments/1?copy=1")
    committee = as_who(demo_app, "committee", checked=False).get(
        f"/en/committee/{ROUND_2}/comments/{reference}/attachments/1".replace("/consultations", "")
    )
    assert (original.data, copy.data, committee.data) == (photo, public.data, public.data)
    assert original.headers["Cache-Control"] == "no-store"


def test_before_moderation_nobody_but_the_secretariat_has_it(demo_app: Flask, as_who: Any) -> None:
    reference = handed_in(as_who(demo_app), demo_app, ("a.txt", b"A.\n"), cleared=False)
    statuses = [
        as_who(demo_app, who, checked=False).get(address).status_code
        for who, address in (
            ("visitor", f"/en/{ROUND_2}/comments/{reference}/attachments/1"),
            ("committee", f"/en/committee/{CONSULTATION}/rounds/2/comments/{reference}/attachments/1"),
            ("secretariat", f"/en/moderation/{CONSULTATION}/{reference}/attachments/1"),
            ("secretariat", f"/en/moderation/{CONSULTATION}/{reference}/attachments/2"),
        )
    ]
    assert statuses == [404, 404, 200, 404]


def test_a_moderator_withholds_one_file_with_a_reason(demo_app: Flask, as_who: Any) -> None:
    reference = handed_in(as_who(demo_app), demo_app, ("a.txt", b"A.\n"))
    staff = as_who(demo_app, "secretariat")
    address = f"/en/moderation/{CONSULTATION}/{reference}"
    page = staff.get(address)
    form = next(each for each in parts(page, "form") if each.attributes.get("action", "").split("?")[0] == f"{address}/attachments/1")
    signed = next(each.attributes["value"] for each in form.find("input") if each.attributes["name"] == "signed")

    def send(**said: str) -> int:
        return int(staff.post(f"{address}/attachments/1", data={"signed": signed, "seen": "", **said}, headers=OWN).status_code)

    assert (send(act="withhold"), send(act="withhold", file_reason="third_party_data"), send(act="withhold", file_reason="spam")) == (
        422,
        303,
        409,
    )
    assert as_who(demo_app, checked=False).get(f"/en/{ROUND_2}/comments/{reference}/attachments/1").status_code == 404
    assert "This file is withheld." in as_who(demo_app).get(f"/en/{ROUND_2}/comments/{reference}").text


def test_after_closing_the_words_come_back_and_no_file_is_stored(demo_app: Flask, as_who: Any) -> None:
    closed = post(as_who(demo_app), ("a.txt", b"A.\n"), address=CLAUSE, signed="none")
    assert closed.status_code == 403
