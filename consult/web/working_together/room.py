"""The room itself: its comments in document order, and what is done to each of them beside its words."""

from collections.abc import Callable, Mapping

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.organisation_room import ANSWERS, SENTENCE
from consult.core.problem import Problem, Refused
from consult.operations.organisation_room import drafts, merge
from consult.operations.organisation_room.drafts import Said
from consult.queries.organisation_rooms import AnswerSeen, GivenSeen, RoomSeen
from consult.web import baskets
from consult.web.comment_page import drawn_differences
from consult.web.forms import signed
from consult.web.locale import page_language
from consult.web.permissions import needs
from consult.web.proposals import proposal
from consult.web.rendering import private_page
from consult.web.working_together.blueprint import blueprint
from consult.web.working_together.found import about, checked, found, invite_address, outside, refusal, who
from consult.wording.organisation_room import room_sentence
from consult.wording.submission import problem_sentence


@blueprint.get("/my/room/<room>")
@needs("comment")
def room(room: str) -> Response:
    of = found(room)
    return outside() if of is None else shown(of)


@blueprint.post("/my/room/<room>")
@needs("comment")
def change(room: str) -> Response:
    """One act on one comment; `act` names it."""
    field, of, fields = checked(room), found(room), request.form
    if of is None:
        return outside(400 if field is None else 404)
    if field is None:
        return shown(of, fields, trouble=room_sentence(Problem("form_not_ours"), page_language()), status=400)
    act = ACTS.get(fields.get("act", ""))
    try:
        if act is not None:
            act(room, fields)
    except Refused as refused:
        sentence, status = refusal(refused)
        return shown(found(room) or of, fields, trouble=sentence, status=status)
    return redirect(url_for("room.room", room=room, _anchor=fields.get("key") or "whole"), 303)


@blueprint.post("/my/room/<room>/give")
@needs("comment")
def give(room: str) -> Response:
    """From the list of one's own comments: `key` of each draft to be given."""
    field, of = signed("my.basket"), found(room)
    if of is None:
        return outside(400 if field is None else 404)
    if field is None:
        return shown(of, trouble=room_sentence(Problem("form_not_ours"), page_language()), status=400)
    keys = request.form.getlist("key")
    if not keys:  # none was ticked: back to the choice, not into a room where nothing came
        return redirect(url_for("mine.basket", _anchor=f"give-{room}"), 303)
    try:
        drafts.give(**who(room), basket_token=baskets.token() or "", keys=keys)
    except Refused as refused:
        sentence, status = refusal(refused)
        return shown(of, trouble=sentence, status=status)
    return redirect(url_for("room.room", room=room, _anchor=keys[0]), 303)


def shown(of: RoomSeen, fields: Mapping[str, str] | None = None, *, trouble: str = "", status: int = 200) -> Response:
    """The room. `fields`: of a form that was refused; what was typed stands in it again."""
    lacking = {each.draft.key: [problem_sentence(problem, page_language()) for problem in each.draft.lacks] for each in of.given}
    originals = {each.draft.key: drawn_differences(each.original, each.draft.draft) for each in of.given if each.original}
    own_basket = any((each.consultation, each.number) == (of.consultation, of.number) for each in baskets.baskets())
    return private_page(
        "room/room.html", status,
        **about(of), fields=fields or {}, trouble=trouble, lacking=lacking, originals=originals, proposal=proposal, limit=SENTENCE,
        mine={key: next((said for said in answers if said.member == of.me.id), None) for key, answers in _answers(of).items()},
        alike=_alike(of) if of.coordinates else [], own_basket=own_basket, invite=invite_address(of), here=url_for("room.room", room=of.address),
    )  # fmt: skip


def _answers(of: RoomSeen) -> dict[str, tuple[AnswerSeen, ...]]:
    """Key of a comment -> what is said to it; "" for all of them."""
    return {"": of.whole, **{each.draft.key: each.answers for each in of.given}}


def _alike(of: RoomSeen) -> list[tuple[bool, list[GivenSeen]]]:
    by_key = {each.draft.key: each for each in of.given}
    return [(like.identical, [by_key[key] for key in like.keys]) for like in of.alike]


def _answer(room: str, fields: Mapping[str, str]) -> None:
    given = next((each for each in ANSWERS if each == fields.get("answer")), None)
    said = Said(given, fields.get("sentence", ""), bool(fields.get("offered")), baskets.shown_revision(fields))
    drafts.answer(**who(room), key=fields.get("key") or None, said=said)


def _merge(room: str, fields: Mapping[str, str]) -> None:
    merge.merge(**who(room), into=fields.get("key", ""), keys=request.form.getlist("with"))


def _attach(attached: bool) -> Callable[[str, Mapping[str, str]], None]:
    def act(room: str, fields: Mapping[str, str]) -> None:
        drafts.attach(**who(room), view=fields.get("of", ""), attached=attached)

    return act


ACTS: Mapping[str, Callable[[str, Mapping[str, str]], None]] = {
    "in": lambda room, fields: drafts.mark(**who(room), key=fields.get("key", ""), included=True),
    "out": lambda room, fields: drafts.mark(**who(room), key=fields.get("key", ""), included=False),
    "back": lambda room, fields: drafts.take_back(**who(room), key=fields.get("key", ""), basket_token=baskets.token() or ""),
    "answer": _answer,
    "attach": _attach(True),
    "detach": _attach(False),
    "merge": _merge,
    "apart": lambda room, fields: merge.take_apart(**who(room), key=fields.get("key", "")),
}
"""What a button of the room does."""
