"""Going on with a basket on another device, and leaving nothing on this one."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.problem import Refused
from consult.operations.basket import resume as resume_basket
from consult.operations.basket import resume_code
from consult.operations.remind import resume_by_ticket
from consult.web import baskets, room_cookie
from consult.web.forms import sign, signed
from consult.web.mine.blueprint import blueprint
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page


@blueprint.get("/my/resume")
@needs("comment")
def resume() -> Response:
    return asked()


@blueprint.post("/my/resume")
@needs("comment")
def open_basket() -> Response:
    """With the code that was typed, or with the ticket of a mail's link behind its one button."""
    field = signed("my.resume")
    if field is None:
        return asked("not_ours", 400)
    try:
        if field.get("ticket") and not request.form.get("code"):
            token = resume_by_ticket(ticket=str(field["ticket"]), now=request_time())
        else:
            token = resume_basket(code=request.form.get("code", ""), address=request.remote_addr, now=request_time())
    except Refused as refused:
        code = refused.problems[0].code
        return asked(code, 429 if code == "too_many_attempts" else 422)
    return baskets.give(redirect(url_for("mine.basket"), 303), token)


def asked(trouble: str | None = None, status: int = 200) -> Response:
    """The form for the resume code; a code is never written back."""
    ticket = request.args.get("ticket", "")[:200] if trouble is None else ""
    return private_page("mine/resume.html", status, trouble=trouble, by_ticket=bool(ticket), signed=sign("my.resume", ticket=ticket))


@blueprint.get("/my/finish")
@needs("comment")
def finish() -> Response:
    return _confirmation()


@blueprint.post("/my/finish")
@needs("comment")
def clear() -> Response:
    """The cookie goes, and what scripts kept in this browser; the drafts stay on the server for whoever has their code."""
    if signed("my.finish") is None:
        return _confirmation("not_ours", 400)
    response = room_cookie.forget(baskets.forget(redirect(url_for("mine.basket"), 303)))
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def _confirmation(trouble: str | None = None, status: int = 200) -> Response:
    mine = baskets.baskets()
    return private_page(
        "mine/finish.html", status,
        trouble=trouble, left=sum(len(each.unsent) for each in mine), code=resume_code(mine[0].seed) if mine else None, signed=sign("my.finish"),
    )  # fmt: skip
