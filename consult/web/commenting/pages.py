"""What the pages of the forms are made of."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from markupsafe import Markup
from werkzeug.wrappers import Response

from consult.core.problem import Problem
from consult.core.receipt import ReceiptSeen
from consult.core.submission import LIMITS, CommentTarget
from consult.operations.attachments import carry_over
from consult.queries.alike import Saying, said_already
from consult.queries.attachments import files_of_form
from consult.queries.commenting import FormSubject, RoundForComments
from consult.queries.comments import CommentSeen
from consult.web import baskets
from consult.web.asking import about_questions
from consult.web.attaching import about_files
from consult.web.comment_fields import given_back
from consult.web.comment_page import about, options, problem_sentences
from consult.web.forms import content_of, sign
from consult.web.given_back import as_file
from consult.web.locale import page_language
from consult.web.rendering import private_page


def form(
    round_: RoundForComments, subject: FormSubject, fields: Mapping[str, str], now: datetime, *, problems: Sequence[Problem] = (),
    trouble: str | None = None, earlier: ReceiptSeen | None = None, field: str | None = None, status: int = 200,
    stale: Sequence[tuple[str, Markup]] = (), revision: int = 0, files_of: str | None = None, minutes: int | None = None,
) -> Response:  # fmt: skip
    """The form, empty or with all that was typed. `trouble` concerns it as a whole; without `field` it gets a fresh signed one.

    `stale`: how the draft kept meanwhile differs from what was typed; `revision`: the one of that draft. `files_of`: key of the form whose
    files the fresh one takes over. `minutes` to wait, where a limit was reached.
    """
    sentences = problem_sentences(problems)
    signed = field or _field(round_, subject, now)
    content = content_of("comment", signed)
    if content and files_of:
        carry_over(key=files_of, to=content["key"])
    return private_page(
        "commenting/form.html", status,
        offered=_offered(round_, subject, fields, now),
        **about(round_, subject, now, fields), fields=fields, trouble=trouble, earlier=earlier, limits=LIMITS,
        signed=signed, files=files_of_form(content["key"]) if content and fields else (), **about_files(), **about_questions(round_.id, subject.target, fields),
        problems=sentences, errors=dict(reversed(sentences)), options=options(),
        stale=stale, revision=revision, keeping=baskets.has_basket(), minutes=minutes,
        file_form=as_file(round_.consultation, round_.number, subject.target, fields) if trouble == "too_many_attempts" else None,
    )  # fmt: skip


def _offered(round_: RoundForComments, subject: FormSubject, fields: Mapping[str, str], now: datetime) -> tuple[CommentSeen, ...]:
    """Published comments that say what comes back in the form: whoever has no script hears of them here."""
    said = Saying("typed", subject.target, fields.get("text"), fields.get("proposed"), fields.get("rationale"))
    return said_already(round_id=round_.id, sayings=[said], now=now).get("typed", ())


def not_open(round_: RoundForComments, subject: FormSubject, fields: Mapping[str, str] | None, now: datetime) -> Response:
    """Coming, closed or cancelled: why there is no form, and all that was typed. A form that was sent is refused with 403: it was understood,
    and no later correction of it will be let in.
    """
    why = "cancelled" if round_.cancelled else round_.window.phase(now)
    return private_page(
        "commenting/not_open.html",
        200 if fields is None else 403,
        **about(round_, subject, now),
        why=why,
        sent=fields is not None,
        typed=given_back(fields, subject.ground),
        file_form=as_file(round_.consultation, round_.number, subject.target, fields),
    )


def signed_target(target: CommentTarget) -> list[str | None]:
    return [target.kind, target.standard, target.number, target.baseline]


def _field(round_: RoundForComments, subject: FormSubject, now: datetime) -> str:
    return sign(
        "comment", round=f"{round_.consultation}/{round_.number}", target=signed_target(subject.target), text=subject.target.clause_text,
        language=page_language(), opened=now.isoformat(),
    )  # fmt: skip
