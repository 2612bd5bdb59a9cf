"""A comment of a room, edited by its member or by the coordinator; two who edit the same one see both texts."""

from collections.abc import Mapping, Sequence

from flask import abort, jsonify, redirect, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from consult.core.basket import draft_from, settled
from consult.core.problem import Problem, Refused
from consult.core.submission import LIMITS
from consult.operations.organisation_room import drafts
from consult.queries.commenting import FormSubject, form_subject, round_for_comments
from consult.queries.organisation_rooms import GivenSeen, RoomSeen
from consult.web import baskets
from consult.web.comment_fields import preview_answer
from consult.web.comment_page import about as about_comment
from consult.web.comment_page import drawn_differences, options, problem_sentences
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.web.working_together.blueprint import blueprint
from consult.web.working_together.found import about, checked, field_of, found, outside, refusal, who


@blueprint.get("/my/room/<room>/comments/<key>")
@needs("comment")
def comment(room: str, key: str) -> Response:
    of = found(room)
    each = _given(of, key)
    if of is None or each is None:
        return outside()
    if not _editable(of, each):
        return redirect(url_for("room.room", room=room, _anchor=key), 303)
    return _form(of, each, each.draft.draft.fields, revision=each.draft.revision)


@blueprint.post("/my/room/<room>/comments/<key>")
@needs("comment")
def keep(room: str, key: str) -> Response:
    field, of, fields = checked(room), found(room), request.form
    each = _given(of, key)
    if of is None or each is None:
        return _given_back(fields, 400 if field is None else 409)
    if field is None:
        return _form(of, each, fields, revision=baskets.shown_revision(fields), trouble="not_ours", status=400)
    if fields.get("act") == "preview":
        if baskets.wants_json():
            return preview_answer(_subject(of, each), fields)
        return _form(of, each, fields, revision=baskets.shown_revision(fields))
    draft = draft_from(fields, each.draft.target.kind)
    try:
        revision = drafts.keep(**who(room), key=key, draft=draft, seen=baskets.shown_revision(fields))
    except Refused as refused:
        return _refused(of, each, fields, refused)
    return jsonify(revision=revision, key=key) if baskets.wants_json() else redirect(url_for("room.room", room=room, _anchor=key), 303)


def _given(of: RoomSeen | None, key: str) -> GivenSeen | None:
    """A comment that stands for itself and was not handed in."""
    return next((each for each in of.given if each.draft.key == key), None) if of else None


def _editable(of: RoomSeen, each: GivenSeen) -> bool:
    state = about(of)
    return bool(state["drafting"]) and (of.coordinates or (each.member == of.me.id and not each.of_form))


def _refused(of: RoomSeen, each: GivenSeen, fields: Mapping[str, str], refused: Refused) -> Response:
    problem, (sentence, status) = refused.problems[0], refusal(refused)
    if baskets.wants_json():
        response = jsonify(trouble=problem.code)
        response.status_code = status
        return response
    if problem.code == "control_character":
        return _form(of, each, fields, revision=baskets.shown_revision(fields), problems=refused.problems, status=422)
    newest = _given(found(of.address), each.draft.key) or each
    if problem.code == "stale_draft":
        typed = settled(draft_from(fields, each.draft.target.kind), each.draft.clause_text)
        stale = drawn_differences(newest.draft.draft, typed)
        return _form(of, newest, fields, revision=newest.draft.revision, trouble="stale_draft", stale=stale, status=409)
    return _form(of, newest, fields, revision=newest.draft.revision, said=sentence, status=status)


def _subject(of: RoomSeen, each: GivenSeen) -> FormSubject:
    return form_subject(round_id=of.round_id, target=each.draft.target, language=page_language()) or abort(404)


def _form(
    of: RoomSeen, each: GivenSeen, fields: Mapping[str, str], *, revision: int, problems: Sequence[Problem] = (), trouble: str | None = None,
    said: str = "", stale: Sequence[tuple[str, Markup]] = (), status: int = 200,
) -> Response:  # fmt: skip
    round_ = round_for_comments(consultation=of.consultation, number=of.number, language=page_language()) or abort(404)
    sentences = problem_sentences(problems)
    original = drawn_differences(each.original, each.draft.draft) if each.original else []
    return private_page(
        "room/comment.html", status,
        **about_comment(round_, _subject(of, each), request_time(), fields), of=of, given=each, fields=fields, trouble=trouble, said=said,
        stale=stale, revision=revision, limits=LIMITS, problems=sentences, errors=dict(reversed(sentences)), options=options(),
        original=original, earlier=None, signed=field_of(of.address),
    )  # fmt: skip


def _given_back(fields: Mapping[str, str], status: int) -> Response:
    typed = [(name, fields[name]) for name in ("text", "proposed", "rationale") if fields.get(name, "").strip()]
    return private_page("room/given_back.html", status, typed=typed)
