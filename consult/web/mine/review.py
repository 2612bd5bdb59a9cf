"""Reading everything through, saying once who speaks, and submitting what is complete."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import current_app, jsonify, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.basket import typed_particulars
from consult.core.group_input import GroupInput, told_of_group
from consult.core.limits import minutes_to_wait
from consult.core.problem import Problem, Refused
from consult.core.submission import LIMITS, consent_problems, group_of, person_of, person_problems, who_sees
from consult.core.visibility import Viewer, seen
from consult.core.vocabulary import CHOICES, PublicationChoice
from consult.operations.basket import set_particulars, submit_basket
from consult.queries.baskets import BasketSeen
from consult.web import baskets
from consult.web.asking import about_questions, answers_sent, keep_sent
from consult.web.comment_page import options
from consult.web.forms import sign, signed
from consult.web.locale import page_language
from consult.web.mine.beside import keep_beside
from consult.web.mine.blueprint import blueprint
from consult.web.mine.device import asked
from consult.web.offers import offers_for
from consult.web.permissions import needs, request_time
from consult.web.proposals import proposal
from consult.web.rendering import private_page
from consult.web.tickets import receipt_address
from consult.wording.countries import countries, country_name
from consult.wording.group_input import group_lines, group_sentence
from consult.wording.submission import problem_sentence


@blueprint.get("/my/review")
@needs("comment")
def review() -> Response:
    of = _chosen()
    return asked() if of is None else _shown(of, of.particulars)


@blueprint.post("/my/review")
@needs("comment")
def submit() -> Response:
    field, fields, of = signed("my.review"), request.form, _chosen()
    if of is None:
        return asked("no_basket", 400 if field is None else 409)
    if field is None or field["round"] != _named(of):
        return _shown(of, fields, trouble="not_ours", status=400)
    token = baskets.token() or ""
    keep_sent(token, of.consultation, of.number, of.round_id, fields)
    set_particulars(token=token, consultation=of.consultation, round_number=of.number, fields=fields, now=request_time())
    act, beside = fields.get("act", ""), keep_beside(of, fields)
    of = _chosen() or of  # with what was just stored
    if beside.trouble:
        return _shown(of, beside.fields, trouble=beside.trouble, status=409)
    field = {**field, "revision": field["revision"] + beside.stored}  # what this very form changed needs no second look
    if act == "keep":  # static/js/leaving.js
        return _kept(of, field)
    if act == "leave":
        return redirect(url_for("mine.basket"), 303)
    if act.startswith("beside."):
        return redirect(url_for("mine.review", round=_named(of), _anchor=act.partition(".")[2]), 303)
    if act == "show":  # answered here and not by leading on: the box that was ticked stays ticked, and is not stored
        return _shown(of, fields, seen=field)
    classes = [each.code for each in current_app.config["BODY"].classes]
    problems = [
        *person_problems(fields, classes=classes, countries=[code for code, _ in countries(page_language())]), *consent_problems(fields),
        *answers_sent(of.round_id, fields)[1],
    ]  # fmt: skip
    if problems:
        return _shown(of, fields, problems=problems, status=422, seen=field)
    if baskets.hasty(datetime.fromisoformat(field["opened"]) if "opened" in field else None):
        return _shown(of, fields, trouble="too_quick", status=409, seen=field)
    try:
        done = submit_basket(
            token=token, consultation=of.consultation, round_number=of.number, key=field["key"], seen=field["revision"],
            person=person_of(fields, current_app.config["BODY"].consent_version), language=page_language(), now=request_time(),
            address=request.remote_addr,
        )  # fmt: skip
    except Refused as refused:
        return _refused(of, fields, refused.problems[0])
    return redirect(receipt_address(done.receipt.reference, request_time()), 303)


def _kept(of: BasketSeen, field: Mapping[str, object]) -> Response:
    """To a page that may still be open: the same form's field and the revisions of its drafts as they are now."""
    same = {name: field[name] for name in ("key", "revision", "opened") if name in field}
    response: Response = jsonify(
        signed=sign("my.review", round=_named(of), **same), **{f"revision.{draft.key}": str(draft.revision) for draft in of.unsent}
    )
    return response


def _refused(of: BasketSeen, fields: Mapping[str, str], problem: Problem) -> Response:
    if problem.code in baskets.OF_THE_WINDOW:
        return private_page("mine/given_back.html", 403, why=problem.code, typed=[], form_of=_named(of))
    if problem.code == "too_many_attempts":
        return _shown(of, fields, trouble=problem.code, status=429, minutes=minutes_to_wait(problem))
    if problem.code == "basket_changed" and not of.unsent:  # submitted in another tab: where it went stands among one's comments
        return redirect(url_for("mine.basket"), 303)
    return _shown(of, fields, trouble=problem.code, status=409)


def _shown(
    of: BasketSeen, fields: Mapping[str, str], *, problems: Sequence[Problem] = (), trouble: str | None = None, status: int = 200,
    seen: Mapping[str, object] | None = None, minutes: int | None = None,
) -> Response:  # fmt: skip
    """The review page. `seen`: the signed field it came with, whose key, revision and opening stay; else it gets fresh ones."""
    whole, of = of, baskets.only_in_time(of)
    sentences = [(str(each.where["field"]), problem_sentence(each, page_language())) for each in problems]
    lacking = {draft.key: [problem_sentence(each, page_language()) for each in draft.lacks] for draft in of.wanting}
    fresh = {"revision": of.revision, "opened": request_time().isoformat()}
    content = {name: seen[name] for name in ("key", "revision", "opened") if name in seen} if seen else fresh
    return private_page(
        "mine/review.html", status,
        of=of, fields=fields, limits=LIMITS, problems=sentences, errors=dict(reversed(sentences)), trouble=trouble, lacking=lacking,
        **about_questions(of.round_id, None, fields), options=options(groups=True), sent_beside=fields, own=_own(fields), proposal=proposal, signed=sign("my.review", round=_named(of), **content),
        phase="open" if of is not whole else baskets.phase_of(of), address=_address(of), minutes=minutes, after_closing=of is not whole,
        origins=baskets.file_origins(), files=baskets.files(), offers=offers_for(of, request_time()),
        late_until=baskets.late_until(of.round_id) if of.window.phase(request_time()) == "closed" else None,
    )  # fmt: skip


def _own(fields: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """What public, committee and secretariat will see of this very person under her choice; nothing where she has not chosen yet."""
    said, language = typed_particulars(fields), page_language()
    choice = next((each for each in CHOICES if each == said.get("choice")), None)
    if choice is None:
        return []
    values = {**said, "text": gettext("your words")}
    if said.get("stakeholder_class"):
        values["stakeholder_class"] = current_app.config["BODY"].class_name(said["stakeholder_class"], language)
    if said.get("country"):
        values["country"] = country_name(said["country"], language)
    group = group_of(said) if said.get("capacity") == "facilitator" else None
    return [
        (viewer, [*(values[piece] for piece in pieces if values.get(piece)), *_of_group(group, viewer, choice)])
        for viewer, pieces in who_sees(choice).items()
    ]


def _of_group(group: GroupInput | None, viewer: Viewer, choice: PublicationChoice) -> list[str]:
    told = told_of_group(group, viewer, seen(viewer, "cleared", choice))
    return [group_sentence(told), *(value for _, value in group_lines(told))] if told else []


def _chosen() -> BasketSeen | None:
    """The basket that is reviewed: the one named in the address, else the first with something to submit."""
    mine = baskets.baskets()
    named = [each for each in mine if _named(each) == request.args.get("round")]
    return next(iter([*named, *(each for each in mine if each.unsent or each.answers), *mine]), None)


def _named(of: BasketSeen) -> str:
    return f"{of.consultation}/{of.number}"


def _address(of: BasketSeen) -> str:
    return url_for("mine.review", round=_named(of))
