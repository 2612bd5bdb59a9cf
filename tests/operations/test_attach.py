"""Files beside comments: judged by content, stored at once, gone with their comment."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consult.core.attachment import FILE_BYTES, PER_COMMENT, Handed
from consult.core.basket import Draft
from consult.core.problem import Problem, Refused
from consult.extensions import db
from consult.models import Attachment, Comment, Event
from consult.operations.attach import Upload, attach_files
from consult.operations.attachments import arrange_attachments, carry_over, forget_unsent, scanned, withhold_attachment
from consult.operations.basket import keep_comment, submit_basket
from consult.operations.moderate import move_comment
from consult.operations.my_data import erase_person
from consult.operations.record import OPERATOR
from consult.operations.submit import submit
from consult.operations.withdraw import erase_comment
from consult.queries.attachments import files_of_form, handed
from consult.queries.comment_export import comment_export, exported_round
from consult.queries.comments import comment_seen
from tests import factories
from tests.factories import CONSULTATION, NOW, STANDARD
from tests.support.attached import jpeg_with_place, pdf_with_secrets

NOTE = b"The review took nine months.\n"


@pytest.fixture
def world(in_app: Flask) -> Flask:
    factories.round_of()
    return in_app


def attach(key: str, *files: tuple[str, bytes], token: str | None = None) -> list[tuple[str, str]]:
    problems = attach_files(
        consultation=CONSULTATION, round_number=1, key=key, files=[Upload(*each) for each in files], token=token, opened_at=NOW,
        address="192.0.2.7", now=NOW,
    )  # fmt: skip
    return [(each.code, str(each.where.get("file"))) for each in problems]


def handed_in(key: str, **more: object) -> str:
    receipt = submit(form=factories.form(factories.new_comment(**more), key=key), now=NOW)  # type: ignore[arg-type]
    return receipt.comments[0]


def bytes_kept(app: Flask) -> int:
    folder = app.config["STORAGE"].folder
    return sum(1 for each in folder.rglob("*") if each.is_file()) if folder.exists() else 0


def test_each_file_is_judged_by_itself_and_the_good_ones_are_stored(world: Flask) -> None:
    found = attach(
        "k1", ("../../etc/\u202efdp.exe", NOTE), ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("empty.pdf", b""),
        ("page.pdf", b"<!doctype html><script>alert(1)</script>"), ("large.txt", b"a" * (FILE_BYTES + 1)), ("nul\0.csv", b"a,b\n1,2\n"),
    )  # fmt: skip
    assert found == [
        ("attachment_type", "drawing.svg"), ("attachment_empty", "empty.pdf"), ("attachment_type", "page.pdf"), ("attachment_large", "large"),
    ]  # fmt: skip
    assert [(each.number, each.label, each.type) for each in files_of_form("k1")] == [(1, "fdp.exe.txt", "txt"), (2, "nul.csv", "csv")]
    names = [each.name for each in world.config["STORAGE"].folder.rglob("*") if each.is_file()]
    assert len(names) == 2
    assert all(len(name) == 64 for name in names)


def test_the_same_file_again_adds_nothing_and_a_sixth_is_refused(world: Flask) -> None:
    files = [(f"{n}.txt", NOTE * n) for n in range(1, PER_COMMENT + 2)]
    assert attach("k1", *files[:3]) == []
    assert attach("k1", *files) == [("attachment_many", "6.txt")]
    assert [each.number for each in files_of_form("k1")] == [1, 2, 3, 4, 5]


def test_files_go_with_their_form_and_make_one_hand_in_differ_from_another(world: Flask) -> None:
    attach("k1", ("a.txt", NOTE))
    reference = handed_in("k1", attachments=handed("k1"))
    assert handed_in("k1", attachments=handed("k1")) == reference
    attach("k1", ("b.txt", NOTE * 2))
    with pytest.raises(Refused) as refused:
        handed_in("k1", attachments=handed("k1"))
    assert refused.value.problems[0].code == "other_content"
    carry_over(key="k1", to="k2")
    assert [each.label for each in files_of_form("k2")] == ["a.txt", "b.txt"]
    assert [each.label for each in files_of_form("k1")] == ["a.txt"]


def test_drafts_take_their_files_along_and_what_is_removed_is_gone(world: Flask) -> None:
    target = factories.target("5.2")
    kept = keep_comment(
        token=None, consultation=CONSULTATION, round_number=1, language="en", key="d1", target=target, draft=Draft(text="A"), seen=0,
        opened_at=NOW, address=None, now=NOW,
    )  # fmt: skip
    attach("d1", ("a.txt", NOTE), ("b.txt", NOTE * 2), token=kept.token)
    arrange_attachments(key="d1", audiences={2: "committee"}, removed=[1])
    assert bytes_kept(world) == 1
    done = submit_basket(
        token=kept.token, consultation=CONSULTATION, round_number=1, key="s1", seen=1, person=factories.person(), language="en", now=NOW
    )
    reference = done.receipt.comments[0]
    move_comment(reference=reference, seen_state="pending", to="cleared", by=OPERATOR, now=NOW, consultation=CONSULTATION)
    told = {
        viewer: [each.label for each in comment_seen(reference=reference, viewer=viewer, now=NOW).files]  # type: ignore[arg-type,union-attr]
        for viewer in ("public", "committee", "secretariat")
    }
    assert told == {"public": [], "committee": ["b.txt"], "secretariat": ["b.txt"]}


def test_what_is_published_knows_no_place_and_no_author(world: Flask) -> None:
    photo, paper = jpeg_with_place(), pdf_with_secrets()
    attach("k1", ("site.jpg", photo), ("paper.pdf", paper))
    reference = handed_in("k1")
    assert all(b"SECRET" in each for each in (photo, paper))
    move_comment(reference=reference, seen_state="pending", to="cleared", by=OPERATOR, now=NOW, consultation=CONSULTATION)
    public = comment_seen(reference=reference, viewer="public", now=NOW)
    assert public
    assert [(each.label, each.copy) for each in public.files] == [("site.jpg", "stripped"), ("paper.pdf", "stripped")]
    storage = world.config["STORAGE"]
    assert not any(b"SECRET" in storage.open(each.sha256).read() for each in public.files if each.sha256)
    originals = comment_seen(reference=reference, viewer="secretariat", now=NOW)
    assert originals
    assert [storage.open(each.sha256).read() for each in originals.files if each.sha256] == [photo, paper]


def test_without_a_name_in_public_the_name_of_the_file_tells_nothing(world: Flask) -> None:
    attach("k1", ("Anna Keller comments.txt", NOTE))
    form = factories.form(factories.new_comment(), key="k1", by=factories.person(choice="class"))
    reference = submit(form=form, now=NOW).comments[0]
    move_comment(reference=reference, seen_state="pending", to="cleared", by=OPERATOR, now=NOW, consultation=CONSULTATION)
    public = comment_seen(reference=reference, viewer="public", now=NOW)
    assert public
    assert [each.label for each in public.files] == ["attachment-1.txt"]


def test_one_file_is_withheld_alone_and_given_back_and_a_stale_decision_changes_nothing(world: Flask) -> None:
    attach("k1", ("a.txt", NOTE), ("b.txt", NOTE * 2))
    reference = handed_in("k1")
    move_comment(reference=reference, seen_state="pending", to="cleared", by=OPERATOR, now=NOW, consultation=CONSULTATION)

    def withhold(reason: str | None, seen: str | None) -> None:
        withhold_attachment(consultation=CONSULTATION, reference=reference, number=1, reason=reason, seen=seen, by=OPERATOR, now=NOW)

    withhold("third_party_data", None)
    public = comment_seen(reference=reference, viewer="public", now=NOW)
    assert public
    assert [(each.label, each.copy, each.why) for each in public.files] == [
        ("attachment-1.txt", None, "withheld"), ("b.txt", "stripped", None)
    ]  # fmt: skip
    with pytest.raises(Refused):
        withhold("spam", None)
    withhold(None, "third_party_data")
    kinds = db.session.scalars(select(Event.kind).order_by(Event.id)).all()
    assert kinds[-2:] == ["attachment_withheld", "attachment_released"]


def test_erasing_a_comment_destroys_names_and_bytes_that_nothing_else_holds(world: Flask) -> None:
    attach("k1", ("mine.txt", NOTE), ("also.txt", NOTE * 2))
    attach("k2", ("other.txt", NOTE * 2))
    reference = handed_in("k1")
    erase_comment(reference=reference, by=OPERATOR, now=NOW)
    rows = db.session.execute(select(Attachment.label, Attachment.sha256, Attachment.stripped_sha256).join(Comment)).all()
    assert [tuple(row) for row in rows] == [(None, None, None)] * 2
    assert bytes_kept(world) == 1
    assert comment_seen(reference=reference, viewer="secretariat", now=NOW).files == ()  # type: ignore[union-attr]


def test_who_is_erased_leaves_no_name_and_nothing_hidden_in_a_file_whose_comment_stays(world: Flask) -> None:
    attach("k1", ("Anna Keller.jpg", jpeg_with_place()))
    receipt = submit(form=factories.form(factories.new_comment(), key="k1"), now=NOW)
    erase_person(submission=receipt.reference, typed=receipt.reference, words=False, now=NOW)
    seen = comment_seen(reference=receipt.comments[0], viewer="secretariat", now=NOW)
    assert seen
    assert [(each.label, each.copy) for each in seen.files] == [("attachment-1.jpg", "original")]
    assert not any(b"SECRET" in each.read_bytes() for each in world.config["STORAGE"].folder.rglob("*") if each.is_file())


def test_files_of_forms_that_were_never_handed_in_end_a_month_after_closing(world: Flask) -> None:
    attach("k1", ("a.txt", NOTE))
    assert forget_unsent(now=NOW + timedelta(days=30)) == 0
    assert forget_unsent(now=NOW + timedelta(days=39)) == 1
    assert bytes_kept(world) == 0


def test_an_export_names_each_file_with_the_sum_of_what_its_reader_may_have(world: Flask) -> None:
    attach("k1", ("a.txt", NOTE))
    reference = handed_in("k1")
    of = exported_round(consultation=CONSULTATION, number=1)
    assert of
    sums = handed("k1")
    cells = {}
    for viewer in ("public", "secretariat"):
        with comment_export(of=of, viewer=viewer, now=NOW) as export:  # type: ignore[arg-type]
            cells[viewer] = [(row.reference, row.attachments) for row in export.rows]
    assert sums == (Handed(sums[0].sha256, "public"),)
    assert cells == {"public": [(reference, None)], "secretariat": [(reference, f"a.txt {sums[0].sha256}")]}


def test_after_closing_no_file_is_taken(world: Flask) -> None:
    with pytest.raises(Refused) as refused:
        attach_files(
            consultation=CONSULTATION, round_number=1, key="k1", files=[Upload("a.txt", NOTE)], token=None, opened_at=None, address=None,
            now=NOW + timedelta(days=20),
        )  # fmt: skip
    assert refused.value.problems == (Problem("window_closed"),)
    assert STANDARD


def test_the_verdict_of_a_scanner_counts_once(world: Flask) -> None:
    attach("k1", ("a.txt", NOTE))
    row = db.session.scalars(select(Attachment.id)).one()
    scanned(attachment=row, clean=False, now=NOW)  # it does not wait for one
    assert [each.scan for each in files_of_form("k1")] == ["not_scanned"]
