"""The basket and its drafts: seen, changed, taken out, brought back, saved as a file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import abort, current_app, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from consult.core.basket import Draft, draft_from, settled
from consult.core.comment_details import Ground
from consult.core.problem import Problem, Refused
from consult.core.submission import LIMITS
from consult.operations.basket import remove_comment, restore_comment, resume_code
from consult.operations.retention import deleted_after
from consult.queries.attachments import files_of_form
from consult.queries.baskets import BasketSeen, DraftSeen
from consult.queries.commenting import FormSubject, form_subject, round_for_comments
from consult.queries.questions import QuestionSeen
from consult.queries.reminders import reminders_wanted
from consult.queries.texts import Wording
from consult.web import baskets, room_cookie
from consult.web.asking import about_questions, keep_sent
from consult.web.attaching import about_files, status_of, take_files
from consult.web.comment_fields import given_back, preview_answer
from consult.web.comment_page import about, drawn_differences, options, problem_sentences
from consult.web.forms import sign, signed
from consult.web.given_back import as_file
from consult.web.locale import page_language
from consult.web.mine.blueprint import blueprint
from consult.web.mine.device import asked
from consult.web.offers import offers_for
from consult.web.permissions import needs, request_time
from consult.web.proposals import proposal
from consult.web.rendering import private_page
from consult.wording.standards import version_title
from consult.wording.submission import problem_sentence


@blueprint.get("/my/comments")
@needs("comment")
def basket() -> Response:
    return shown()


@blueprint.get("/my/comments.<any(txt, json):ending>")
@needs("comment")
def file(ending: str) -> Response:
    mine = baskets.baskets()
    if not mine:
        return asked()
    answers = _answers(mine)
    if ending == "json":
        response = jsonify([_as_data(each, answers[each.round_id]) for each in mine])
    else:
        response = make_response(
            render_template("mine/comments.txt", baskets=mine, answers=answers, version_title=lambda name: version_title(name, gettext))
        )
        response.mimetype = "text/plain"
    response.headers["Content-Disposition"] = f'attachment; filename="my-comments.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/my/comments/<key>")
@needs("comment")
def comment(key: str) -> Response:
    found = _found(key)
    if found is None:
        return asked()
    of, draft = found
    if draft.reference is not None or baskets.phase_of(of) != "open":
        return redirect(url_for("mine.basket"), 303)
    return _form(of, draft, draft.draft.fields, revision=draft.revision)


@blueprint.post("/my/comments/<key>")
@needs("comment")
def keep(key: str) -> Response:
    field, found = signed("my.comment"), _found(key)
    fields: Mapping[str, str] = request.form
    if field is not None and field["key"] != key:
        field = None
    if found is None:
        return given_back_page(fields, "no_basket", 400 if field is None else 409)
    of, draft = found
    if field is None:
        return _form(of, draft, fields, revision=baskets.shown_revision(fields), trouble="not_ours", status=400)
    if fields.get("act") == "preview" and baskets.wants_json():
        return preview_answer(_subject(of, draft), fields)
    try:
        attached = take_files(consultation=of.consultation, round_number=of.number, key=key, opened=of.created_at)
        if fields.get("act") == "preview":
            return _form(of, draft, fields, revision=baskets.shown_revision(fields), problems=attached)
        kept = baskets.keep(of.consultation, of.number, draft.target, field, fields, of.created_at)
    except Refused as refused:
        return baskets.refused_answer(refused) if baskets.wants_json() else _not_kept(of, draft, fields, refused)
    keep_sent(kept.token, of.consultation, of.number, of.round_id, fields)
    if attached:
        return _form(of, draft, fields, revision=kept.revision, problems=attached, status=status_of(attached))
    if fields.get("act") == "attach":
        return redirect(url_for("mine.comment", key=key, _anchor="attachments"), 303)
    return baskets.kept_answer(kept)


@blueprint.post("/my/comments/<key>/remove")
@needs("comment")
def remove(key: str) -> Response:
    return _moved(key, removed=True)


@blueprint.post("/my/comments/<key>/restore")
@needs("comment")
def restore(key: str) -> Response:
    return _moved(key, removed=False)


def shown(trouble: str | None = None, status: int = 200, *, mail: Mapping[str, str] | None = None, minutes: int | None = None) -> Response:
    """All baskets of this browser, with what each draft lacks; after closing with everything given back. `mail`: round -> the address that was
    typed for reminders and not taken, `minutes` to wait where a limit was reached.
    """
    mine = baskets.baskets()
    lacking = {draft.key: [problem_sentence(each, page_language()) for each in draft.lacks] for of in mine for draft in of.unsent}
    return private_page(
        "mine/basket.html", status,
        baskets=mine, trouble=trouble, lacking=lacking, code=resume_code(mine[0].seed) if mine else None, signed=sign("my.basket"),
        rooms=room_cookie.rooms(), phase={(of.consultation, of.number): baskets.phase_of(of) for of in mine}, proposal=proposal,
        wanted=reminders_wanted(token_sha256=baskets.own_sha256() or ""), typed_mail=mail or {}, minutes=minutes,
        late={of.round_id: baskets.late_until(of.round_id) if of.window.phase(request_time()) == "closed" else None for of in mine},
        offers={key: found for of in mine for key, found in offers_for(of, request_time()).items()},
        origins=baskets.file_origins(), files=baskets.files(), in_time={of.round_id: baskets.in_time(of) for of in mine},
        deleted={of.round_id: _deleted(of) for of in mine}, answers=_answers(mine),
    )  # fmt: skip


def _answers(mine: Sequence[BasketSeen]) -> dict[int, tuple[tuple[QuestionSeen, tuple[Wording, ...]], ...]]:
    """Round id -> questions and what was answered, in words."""
    return {of.round_id: baskets.answers_in(of) if of.answers else () for of in mine}


def _deleted(of: BasketSeen) -> datetime:
    """From when on its drafts are deleted; a late link keeps them until it ends."""
    over = deleted_after(of.window.closes, current_app.config["SETTINGS"].draft_days)
    return max(over, baskets.late_until(of.round_id) or over)


def _found(key: str) -> tuple[BasketSeen, DraftSeen] | None:
    return next(((of, draft) for of in baskets.baskets() for draft in of.drafts if draft.key == key), None)


def _moved(key: str, *, removed: bool) -> Response:
    if signed("my.basket") is None:
        return shown("not_ours", 400)
    act, token = (remove_comment if removed else restore_comment), baskets.token()
    try:
        act(token=token or "", key=key, now=request_time())
    except Refused:
        return shown("draft_unknown", 409)
    return redirect(url_for("mine.basket", _anchor="removed" if removed else key), 303)


def _not_kept(of: BasketSeen, draft: DraftSeen, fields: Mapping[str, str], refused: Refused) -> Response:
    problem, revision = refused.problems[0], baskets.shown_revision(fields)
    if problem.code in baskets.OF_THE_WINDOW:
        return given_back_page(fields, problem.code, 403, draft.ground, as_file(of.consultation, of.number, draft.target, fields))
    status = baskets.STATUS.get(problem.code, 400)
    if problem.code == "other_content":
        return given_back_page(fields, "handed_in", status, draft.ground, as_file(of.consultation, of.number, draft.target, fields))
    if problem.code == "control_character":
        return _form(of, draft, fields, revision=revision, problems=refused.problems, status=status)
    typed = settled(draft_from(fields, draft.target.kind), draft.clause_text)
    stale = drawn_differences(draft.draft, typed) if problem.code == "stale_draft" else []
    return _form(of, draft, fields, revision=draft.revision, trouble=problem.code, stale=stale, status=status)


def _form(
    of: BasketSeen, draft: DraftSeen, fields: Mapping[str, str], *, revision: int, problems: Sequence[Problem] = (), trouble: str | None = None,
    stale: Sequence[tuple[str, Markup]] = (), status: int = 200,
) -> Response:  # fmt: skip
    round_ = round_for_comments(consultation=of.consultation, number=of.number, language=page_language())
    subject = _subject(of, draft)
    if round_ is None:
        abort(404)
    sentences = problem_sentences(problems)
    return private_page(
        "mine/comment.html", status,
        **about(round_, subject, request_time(), fields), fields=fields, trouble=trouble, stale=stale, revision=revision, limits=LIMITS, draft=draft,
        problems=sentences, errors=dict(reversed(sentences)), options=options(), earlier=None,
        files=files_of_form(draft.key), **about_files(), **about_questions(of.round_id, draft.target, fields),
        signed=sign("my.comment", key=draft.key),
    )  # fmt: skip


def _subject(of: BasketSeen, draft: DraftSeen) -> FormSubject:
    return form_subject(round_id=of.round_id, target=draft.target, language=page_language()) or abort(404)


def given_back_page(
    fields: Mapping[str, str], why: str, status: int, ground: Ground | None = None, file_form: Mapping[str, Any] | None = None
) -> Response:
    """Nothing could be stored: all that was typed, to be copied or saved as a form."""
    return private_page("mine/given_back.html", status, why=why, typed=given_back(fields, ground or Ground(source="")), file_form=file_form)


def _as_data(of: BasketSeen, answers: Iterable[tuple[QuestionSeen, tuple[Wording, ...]]]) -> dict[str, Any]:
    return {
        "consultation": of.consultation,
        "round": of.number,
        "closes": of.window.closes.isoformat(),
        "comments": [
            {
                "standard": each.target.standard,
                "version": each.version_name,
                "target": each.target.kind,
                "number": each.label,
                **_said(each.draft),
                "attachments": [{"name": file.label, "bytes": file.size, "sha256": file.sha256} for file in each.files],
            }
            for each in of.unsent
        ],
        "answers": [{"question": question.code, "answer": [each.text for each in words]} for question, words in answers],
    }


def _said(draft: Draft) -> dict[str, str | None]:
    told = ("text", "proposed", "edited", "rationale", "quote", "further", "evidence", "position", "type", "language", "choice")
    return {name: getattr(draft, name) for name in told}
