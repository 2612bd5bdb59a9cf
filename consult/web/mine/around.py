"""What surrounds the basket: reminders, everything unsent as a form file, the personal link that lets in after closing."""

from flask import current_app, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.basket import Draft, draft_from
from consult.core.limits import minutes_to_wait
from consult.core.problem import Refused
from consult.core.submission import CommentTarget
from consult.operations.enter_late import enter_late as enter
from consult.operations.late import key_of
from consult.operations.remind import ask_reminders, decline_reminders, end_reminders
from consult.operations.unsent_form import unsent_form, unsent_form_of
from consult.queries.commenting import form_subject, round_for_comments
from consult.queries.consultations import consultation
from consult.queries.late_links import late_link
from consult.queries.standards import clauses
from consult.queries.texts import Wording
from consult.web import baskets
from consult.web.forms import signed
from consult.web.locale import page_language
from consult.web.mine.blueprint import blueprint
from consult.web.mine.device import asked
from consult.web.mine.drafts import given_back_page, shown
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.wording.comment_form import UnsentDraft

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.post("/my/reminders")
@needs("comment")
def reminders() -> Response:
    """From the basket: an address, or none."""
    named, fields = request.form.get("round", ""), request.form
    mail = next((value for name, value in fields.items() if name.partition("-")[0] == "mail"), "")
    if signed("my.basket") is None:
        return shown("not_ours", 400, mail={named: mail})
    slug, _, digits = named.rpartition("/")
    token, number = baskets.token() or "", int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0
    try:
        if fields.get("act") == "decline":
            decline_reminders(token=token, consultation=slug, round_number=number, now=request_time())
        else:
            ask_reminders(token=token, consultation=slug, round_number=number, mail=mail, address=request.remote_addr, now=request_time())
    except Refused as refused:
        code = refused.problems[0].code
        status = 429 if code == "too_many_attempts" else 409 if code == "basket_unknown" else 422
        return shown(code, status, mail={named: mail}, minutes=minutes_to_wait(refused.problems[0]))
    return redirect(url_for("mine.basket", _anchor="reminders"), 303)


@blueprint.get("/my/reminders/end")
@needs("comment")
def end_reminders_page() -> Response:
    return _ending(request.args.get("token", ""), done=bool(request.args.get("done")))


@blueprint.post("/my/reminders/end")
@needs("comment")
def end_reminders_now() -> Response:
    """From the page's button, or from a mail program with one click (RFC 8058): that sends no cookie, no origin and no field, only the token."""
    token = request.args.get("token", "")
    if request.form.get("List-Unsubscribe") == "One-Click":
        end_reminders(token=token, now=request_time())
        return Response(status=200, headers={"Cache-Control": "no-store"})
    if signed("my.end_reminders") is None:
        return _ending(token, failed=True, status=400)
    end_reminders(token=token, now=request_time())
    return redirect(url_for("mine.end_reminders_page", done=1, room=request.args.get("room")), 303)


def _ending(token: str, *, done: bool = False, failed: bool = False, status: int = 200) -> Response:
    """`room` in the address: they are those of an organisation's room."""
    return private_page("mine/end_reminders.html", status, token=token, done=done, failed=failed, of_room=bool(request.args.get("room")))


@blueprint.get("/my/not-submitted.xlsx")
@needs("comment")
def form_file() -> Response:
    """The drafts of a round as a filled form, before closing and after it."""
    named = request.args.get("round", "")
    of = next((each for each in baskets.baskets() if f"{each.consultation}/{each.number}" == named), None)
    made = unsent_form_of(of, language=page_language(), body=current_app.config["BODY"]) if of else None
    return _file(made) if made else asked()


@blueprint.post("/my/given-back.xlsx")
@needs("comment")
def given_back_file() -> Response:
    """What was refused, as a form. Nothing is stored: the words come with the request and leave with the answer."""
    fields, field = request.form, signed("my.given_back")
    if field is None:
        return given_back_page(fields, "not_ours", 400)
    kind, standard, number, baseline = field["target"]
    target = CommentTarget(kind, standard, number, baseline, field["text"])
    made = _form_of(field["consultation"], int(field["round"]), target, draft_from(fields, target.kind))
    return _file(made) if made else given_back_page(fields, "not_ours", 409)


@blueprint.get("/my/late")
@needs("comment")
def late() -> Response:
    """What a personal link opens: nothing happens before its one button is pressed."""
    return _late(request.args.get("token", ""))


@blueprint.post("/my/late")
@needs("comment")
def enter_late() -> Response:
    field = signed("my.late")
    token = str((field or {}).get("token", request.args.get("token", "")))
    if field is None:
        return _late(token, 400)
    try:
        mine = enter(token=token, basket=baskets.token(), language=page_language(), address=request.remote_addr, now=request_time())
    except Refused as refused:
        return _late(token, 429 if refused.problems[0].code == "too_many_attempts" else 409)
    return baskets.give(redirect(url_for("mine.late_places", round=f"{mine.consultation}/{mine.number}"), 303), mine.token)


@blueprint.get("/my/late/places")
@needs("comment")
def late_places() -> Response:
    """What can be commented on through the link: the public pages of a closed round lead to no form."""
    named = request.args.get("round", "")
    of = next((each for each in baskets.baskets() if f"{each.consultation}/{each.number}" == named), None)
    until = baskets.late_until(of.round_id) if of else None
    found = consultation(of.consultation, page_language()) if of and until else None
    round_ = found.round(of.number) if of and found else None
    if round_ is None:
        return redirect(url_for("mine.basket"), 303)
    documents = [
        (Wording(each.version.title, each.version.language), each.version.standard, [clause for clause in clauses(each.version) if clause.number])
        for each in round_.documents
    ]  # fmt: skip
    return private_page("mine/late_places.html", of=of, late_until=until, documents=documents)


def _late(token: str, status: int = 200) -> Response:
    key = key_of(token)
    found = late_link(key=key, language=page_language(), now=request_time()) if key else None
    failed = status == 400
    return private_page("mine/late.html", 404 if found is None and status == 200 else status, link=found, token=token, failed=failed)


def _form_of(slug: str, number: int, target: CommentTarget, draft: Draft) -> tuple[str, bytes] | None:
    language = page_language()
    round_ = round_for_comments(consultation=slug, number=number, language=language)
    subject = form_subject(round_id=round_.id, target=target, language=language) if round_ else None
    if subject is None:
        return None
    seen = subject.shown
    unsent = UnsentDraft(target, draft, *((seen.label, seen.title, seen.text) if seen else ()))
    return unsent_form(slug, number, [unsent], language=language, body=current_app.config["BODY"])


def _file(made: tuple[str, bytes]) -> Response:
    name, data = made
    response = make_response(data)
    response.mimetype = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
