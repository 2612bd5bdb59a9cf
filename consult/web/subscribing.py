"""News by mail: asking for it, confirming, changing, ending. No page is stored anywhere, none needs a sign-in."""

from flask import Blueprint, current_app, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.happening import FREQUENCIES, TELLABLE
from consult.core.limits import minutes_to_wait
from consult.core.problem import Problem, Refused
from consult.core.subscription import Topic, TopicSeen, Wanted, read_topic
from consult.operations import subscribe
from consult.queries.subscriptions import clause_topic, managed, request_seen, topics_offered
from consult.web.forms import signed
from consult.web.locale import languages, own_name, page_language
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.wording.problems import bare_sentence
from consult.wording.subscriptions import topic_text

blueprint = Blueprint("subscribing", __name__)


@blueprint.get("/subscribe")
@needs("comment")
def ask() -> Response:
    return _form(Wanted("", _named(), TELLABLE, "at_once", page_language()))


@blueprint.post("/subscribe")
@needs("comment")
def send() -> Response:
    """The answer is the same whether the address is known or not: a page that waits for the code."""
    given = request.form
    wanted = Wanted(
        given.get("mail", "").strip(),
        read_topic(given.get("topic", "")),
        given.getlist("kinds"),
        given.get("frequency", ""),
        page_language(),
    )
    if signed("subscribe") is None:
        return _form(wanted, (Problem("form_not_ours"),), 400)
    try:
        key = subscribe.ask_to_subscribe(wanted=wanted, address=request.remote_addr, now=request_time())
    except Refused as refused:
        return _form(wanted, refused.problems, 429 if refused.problems[0].code == "too_many_attempts" else 422)
    return redirect(url_for("subscribing.sent", asked=key), 303)


@blueprint.get("/subscribe/sent")
@needs("comment")
def sent() -> Response:
    return _sent(request.args.get("asked", ""))


@blueprint.post("/subscribe/sent")
@needs("comment")
def type_code() -> Response:
    field = signed("subscribe.code")
    key = str((field or {}).get("asked", request.args.get("asked", "")))
    if field is None:
        return _sent(key, Problem("form_not_ours"), 400)
    try:
        confirmed = subscribe.confirm_by_code(key=key, code=request.form.get("code", ""), now=request_time())
    except Refused as refused:
        return _sent(key, refused.problems[0], 422)
    return redirect(url_for("subscribing.manage", token=confirmed.token, done="confirmed"), 303)


@blueprint.get("/subscribe/confirm")
@needs("comment")
def confirm() -> Response:
    """What the mail's link opens: nothing happens before its one button is pressed, however often the page is opened."""
    return _confirming(request.args.get("token", ""))


@blueprint.post("/subscribe/confirm")
@needs("comment")
def confirmed() -> Response:
    field = signed("subscribe.confirm")
    token = str((field or {}).get("token", request.args.get("token", "")))
    if field is None:
        return _confirming(token, Problem("form_not_ours"), 400)
    try:
        done = subscribe.confirm_by_link(token=token, now=request_time())
    except Refused as refused:
        return _confirming(token, refused.problems[0], 422)
    return redirect(url_for("subscribing.manage", token=done.token, done="before" if done.before else "confirmed"), 303)


@blueprint.get("/subscription")
@needs("comment")
def manage() -> Response:
    return _managing(request.args.get("token", ""), request.args.get("done", ""))


@blueprint.post("/subscription")
@needs("comment")
def change() -> Response:
    field = signed("subscription")
    token = str((field or {}).get("token", request.args.get("token", "")))
    if field is None:
        return _managing(token, "not_ours", 400)
    chosen = request.form.get("language", "")
    frequencies = {int(row): request.form.get(f"frequency-{row}", "") for row in request.form.getlist("row") if row.isdigit()}
    kept = [row for row in frequencies if request.form.get(f"keep-{row}")]
    try:
        stays = subscribe.change_subscriptions(
            token=token,
            language=chosen if chosen in languages() else page_language(),
            frequencies=frequencies,
            kept=kept,
            now=request_time(),
        )
    except Refused as refused:
        return _managing(token, refused.problems[0].code, 422)
    return redirect(url_for("subscribing.manage", token=token, done="saved") if stays else url_for("subscribing.ended"), 303)


@blueprint.get("/subscription/end")
@needs("comment")
def end() -> Response:
    return _ending(request.args.get("token", ""))


@blueprint.post("/subscription/end")
@needs("comment")
def end_now() -> Response:
    """From the page's button, or from a mail program with one click (RFC 8058): that sends no cookie, no origin and no field, only the token."""
    token = request.args.get("token", "")
    if request.form.get("List-Unsubscribe") == "One-Click":
        subscribe.end_subscriptions(token=token, now=request_time())
        return Response(status=200, headers={"Cache-Control": "no-store"})
    field = signed("subscription.end")
    if field is None:
        return _ending(token, 400)
    subscribe.end_subscriptions(token=str(field["token"]), now=request_time())
    return redirect(url_for("subscribing.ended"), 303)


@blueprint.get("/subscription/ended")
@needs("comment")
def ended() -> Response:
    return private_page("subscribing/ended.html")


def _named() -> Topic | None:
    """What the page that led here is about."""
    place = request.args
    if "number" in place:
        return read_topic(f"clause:{place.get('standard', '')}:{place.get('version', '')}:{place['number']}")
    if "standard" in place:
        return read_topic(f"standard:{place['standard']}")
    return read_topic(f"consultation:{place.get('consultation', '')}")


def _form(wanted: Wanted, problems: tuple[Problem, ...] = (), status: int = 200) -> Response:
    offered = list(topics_offered(page_language()))
    if wanted.topic and wanted.topic.kind == "clause":
        found = clause_topic(wanted.topic.slug, wanted.topic.version, wanted.topic.number, page_language())
        offered = [*([found] if found else []), *offered]
    limited = next((each for each in problems if each.code == "too_many_attempts"), None)
    response = private_page(
        "subscribing/form.html", status, wanted=wanted, offered=offered, topic_name=_name, kinds=TELLABLE, frequencies=FREQUENCIES,
        minutes=minutes_to_wait(limited) if limited else None,
        problems={str(each.where.get("field", "")): bare_sentence(each, gettext) for each in problems if each is not limited},
    )  # fmt: skip
    if limited:
        response.headers["Retry-After"] = str(limited.params["seconds"])
    return response


def _sent(key: str, problem: Problem | None = None, status: int = 200) -> Response:
    """Says nothing about the address: whoever knows the page's address alone could not have it."""
    said = _sentence(problem)
    return private_page(
        "subscribing/sent.html", status, asked=key, error=said, over=bool(problem and problem.code == "subscription_link_old")
    )


def _confirming(token: str, problem: Problem | None = None, status: int = 200) -> Response:
    seen = request_seen(token.partition(".")[0], request_time(), page_language())
    return private_page("subscribing/confirm.html", status, asked=seen, token=token, error=_sentence(problem), topic_name=_name)


def _managing(token: str, done: str, status: int = 200) -> Response:
    found = managed(token, _secret(), page_language())
    spoken = [(code, own_name(code)) for code in languages()]
    if found is None:
        return private_page("subscribing/over.html", 404 if status == 200 else status)
    return private_page(
        "subscribing/manage.html", status, found=found, token=token, done=done, spoken=spoken, topic_name=_name, frequencies=FREQUENCIES
    )


def _ending(token: str, status: int = 200) -> Response:
    found = managed(token, _secret(), page_language())
    return private_page("subscribing/end.html", status, found=found, token=token, failed=status == 400)


def _name(topic: TopicSeen) -> str:
    return topic_text(topic, gettext)


def _sentence(problem: Problem | None) -> str:
    return bare_sentence(problem, gettext) if problem else ""


def _secret() -> str:
    return str(current_app.config["SETTINGS"].secret_key)
