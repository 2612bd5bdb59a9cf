"""The blueprint, and what its pages share: the filter an address asks for, notices of what was done."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, request, url_for

from consult.core.attachment import FileSeen
from consult.core.moderation import may_move, needs_reason
from consult.core.visibility import seen
from consult.core.vocabulary import STATES
from consult.operations.record import Actor
from consult.queries.attachments import files_by_comment
from consult.queries.consultations import ConsultationSeen, consultation
from consult.queries.moderation import BESIDE, PAGE, Filter, OpenComment, Step, newest_steps
from consult.web.locale import page_language
from consult.web.permissions import person

blueprint = Blueprint("moderating", __name__)

ALL = "all"
REPLY_PURPOSE = "staff.reply"
FILE_PURPOSE = "staff.attachment"
"""Of the forms that withhold a file."""
MOVABLE = ("pending", "cleared", "held", "withheld")
"""States that moderators move between."""


@dataclass(frozen=True, slots=True)
class Done:
    """What the moderator just did: comments that have this state since; `undo` is the state before where one step leads back there."""

    references: tuple[str, ...]
    state: str
    undo: str | None

    @property
    def seen(self) -> dict[str, str]:
        """What the form of the undo carries."""
        return dict.fromkeys(self.references, self.state)


def found_consultation(slug: str) -> ConsultationSeen:
    return consultation(slug, page_language()) or abort(404)


def by() -> Actor:
    who = person()
    if who is None:
        abort(401)
    return Actor("account", who.account)


def files_of(found: OpenComment) -> tuple[FileSeen, ...]:
    """Of a comment, as the secretariat may have them."""
    row = found.row
    if row.erased or row.choice is None:
        return ()
    allowed = seen("secretariat", row.state, row.choice)  # type: ignore[arg-type]
    return files_by_comment(viewer="secretariat", allowed={row.reference: allowed}, newest=True).get(row.reference, ())


def asked_filter() -> Filter:
    """From the address; what it does not know counts as not asked."""
    state = request.args.get("state", "pending")
    clause = request.args.get("clause", "")
    return Filter(
        state=None if state == ALL else state if state in (*STATES, *BESIDE) else "pending",
        language=request.args.get("written") or None,
        stakeholder_class=request.args.get("class") or None,
        clause=int(clause) if clause.isascii() and clause.isdigit() and len(clause) < 10 else None,
        standard=request.args.get("document", "").lower() or None,
        words=request.args.get("q", "").strip()[:200],
    )


def kept(wanted: Filter, **changed: str | int | None) -> dict[str, Any]:
    """The filter as arguments of an address, with some of them changed; None takes one away."""
    asked = {
        "state": ALL if wanted.state is None else None if wanted.state == "pending" else wanted.state,
        "written": wanted.language, "class": wanted.stakeholder_class, "clause": wanted.clause, "document": wanted.standard, "q": wanted.words or None,
    } | changed  # fmt: skip
    return {name: value for name, value in asked.items() if value is not None}


def queue_address(slug: str, wanted: Filter, **changed: Any) -> str:
    return url_for("moderating.queue", consultation=slug, **kept(wanted, **changed))


def comment_address(slug: str, reference: str, wanted: Filter, **more: Any) -> str:
    return url_for("moderating.comment", consultation=slug, reference=reference, **kept(wanted, **more))


def done_before(slug: str) -> list[Done]:
    """What the address says was done (`done`, references), told from the log: by whom else it was done, or undone since, is not claimed."""
    asked = list(dict.fromkeys(request.args.getlist("done")))[:PAGE]
    me = person()
    grouped: dict[tuple[str, str], list[str]] = {}
    for reference, step in newest_steps(consultation=slug, references=asked).items():
        if me is not None and step.account == me.account and step.after in MOVABLE:
            grouped.setdefault((step.before, step.after), []).append(reference)
    return [Done(tuple(references), after, _way_back(before, after)) for (before, after), references in grouped.items()]


def _way_back(before: str, after: str) -> str | None:
    back = may_move(after, before, "moderate") and not needs_reason(before)  # type: ignore[arg-type]
    return before if back else None


def latest(slug: str, reference: str) -> Step | None:
    return newest_steps(consultation=slug, references=[reference]).get(reference)
