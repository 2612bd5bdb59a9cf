"""Deciding what becomes of the ticked comments of a room."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from consult.core.disposition import DISPOSITIONS, LONGEST, Decided, read_decision
from consult.core.problem import Problem, Refused
from consult.operations.decide import DecidedTogether, decide
from consult.operations.record import Actor
from consult.queries.committee import Said
from consult.web import forms
from consult.web.locale import languages, page_language
from consult.web.permissions import allowed, person, request_time
from consult.wording.problems import bare_sentence

PURPOSE = "staff.decide"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A decision that was not recorded as it was sent: what is wrong with it, or what somebody else decided meanwhile."""

    problems: tuple[Problem, ...]
    status: int
    done: DecidedTogether | None = None

    @property
    def sentences(self) -> list[tuple[str, str]]:
        """(field or "", sentence) for the summary."""
        return [(str(each.where.get("field", "")), bare_sentence(each, gettext)) for each in self.problems]

    @property
    def errors(self) -> dict[str, str]:
        return {name: said for name, said in reversed(self.sentences) if name}


def take(consultation: str, round_number: int, shown: Callable[[Attempt], Response]) -> Response:
    """Records what the form of a room says; `shown` draws the room again where something is wrong, with all that was typed."""
    field = forms.signed(PURPOSE)
    if field is None or field.get("round") != f"{consultation}/{round_number}":
        return shown(Attempt((Problem("form_not_ours"),), 400))
    counts: dict[str, int] = field["seen"]
    ticked = {reference: counts[reference] for reference in request.form.getlist("tick") if reference in counts}
    if request.form.get("all"):
        ticked |= {reference: count for reference, count in counts.items() if not count}
    new, problems = read_decision(request.form, _own_first())
    if not ticked:
        problems = [Problem("none_ticked"), *problems]
    if new is None or problems:
        return shown(Attempt(tuple(problems), 422))
    who = person() or abort(401)
    try:
        done = decide(
            consultation=consultation, round_number=round_number, new=new, seen=ticked, by=Actor("account", who.account), now=request_time()
        )
    except Refused as refused:
        return shown(Attempt(refused.problems, 422))
    if done.stale:
        return shown(Attempt((), 409, done))
    kept = {**request.args.to_dict(flat=False), **(request.view_args or {}), "done": done.decision}
    return redirect(url_for(request.endpoint or "", **kept, _anchor="said"), 303)


def about_deciding(
    slug: str, round_number: int, rows: tuple[Said, ...], decisions: Mapping[str, tuple[Decided, ...]], attempt: Attempt | None
) -> dict[str, Any]:
    """What a room says of decisions: the form where the viewer may decide, and comments that stand here and are cleared to be ticked."""
    open_ = {
        each.comment.reference: decisions[each.comment.reference][0].number if each.comment.reference in decisions else 0
        for each in rows
        if each.comment.state == "cleared" and not each.also
    }
    may = allowed("decide", slug) and bool(open_)
    typed = request.form if attempt else {}
    stale = attempt.done.stale if attempt and attempt.done else ()
    return {
        "decisions": decisions, "attempt": attempt, "typed": typed, "tickable": frozenset(open_) if may else frozenset(),
        "ticked": frozenset(request.form.getlist("tick")) - frozenset(stale) if attempt else frozenset(),
        "undecided": sum(not count for count in open_.values()),
        "signed_decision": forms.sign(PURPOSE, round=f"{slug}/{round_number}", seen=open_) if may else None,
        "dispositions": DISPOSITIONS, "reason_limit": LONGEST,
        "other_reasons": any(typed.get(f"reason-{code}") for code in languages() if code != page_language()),
        "done": request.args.get("done") if not attempt else None,
    }  # fmt: skip


def _own_first() -> list[str]:
    return sorted(languages(), key=lambda code: code != page_language())
