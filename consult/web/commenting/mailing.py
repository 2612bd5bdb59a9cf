"""From the receipt: the address confirmed with the code of the mail, the mail sent again, another address."""

from flask import redirect, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.limits import minutes_to_wait
from consult.core.problem import Refused
from consult.operations.confirm import change_address, confirm_by_code, send_again
from consult.web.commenting import receipt_page
from consult.web.commenting.blueprint import blueprint
from consult.web.permissions import needs, request_time
from consult.wording.problems import bare_sentence


@blueprint.post("/receipt/<reference>/confirm")
@needs("comment")
@receipt_page.held
def confirm_here(reference: str) -> Response:
    try:
        confirm_by_code(reference=reference, code=request.form.get("code", ""), now=request_time())
    except Refused as refused:
        return _refused(reference, refused, "code")
    return redirect(receipt_page.back(reference, "confirmed"), 303)


@blueprint.post("/receipt/<reference>/mail")
@needs("comment")
@receipt_page.held
def mail(reference: str) -> Response:
    """Sends the receipt again (`act` again), or to another address."""
    again = request.form.get("act") == "again"
    try:
        if again:
            send_again(reference=reference, address=request.remote_addr, now=request_time())
        else:
            change_address(reference=reference, mail=request.form.get("mail", ""), address=request.remote_addr, now=request_time())
    except Refused as refused:
        return _refused(reference, refused, "again" if again else "mail")
    return redirect(receipt_page.back(reference, "sent_again" if again else "new_address"), 303)


def _refused(reference: str, refused: Refused, place: str) -> Response:
    problem = refused.problems[0]
    if problem.code == "too_many_attempts":
        sentence = gettext(
            "The mail was asked for too often. Wait %(n)s minutes, and look in the junk folder meanwhile.", n=minutes_to_wait(problem)
        )
        response = receipt_page.shown(reference, trouble=place, error=sentence, mail=request.form.get("mail", ""), status=429)
        response.headers["Retry-After"] = str(problem.params["seconds"])
        return response
    sentence = bare_sentence(problem, gettext)
    return receipt_page.shown(reference, trouble=place, error=sentence, mail=request.form.get("mail", ""), status=422)
