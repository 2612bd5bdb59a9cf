"""The optional fields beside each comment on the review page: part of its one form, so that whatever is typed there goes with any of its buttons."""

from collections.abc import Mapping
from dataclasses import dataclass

from consult.core.problem import Refused
from consult.queries.baskets import BasketSeen, DraftSeen
from consult.web import baskets

CHOSEN, LINES = ("position", "type", "comment_choice"), ("rationale", "evidence", "further")
"""Sent as `<field>.<key of the draft>`, with `revision.<key>` for the draft that was shown."""


@dataclass(frozen=True, slots=True)
class KeptBeside:
    """How many drafts were `stored`. `trouble`: why one was not, basket_changed where it was changed elsewhere; `fields` then show both."""

    stored: int
    trouble: str | None
    fields: Mapping[str, str]


def keep_beside(of: BasketSeen, fields: Mapping[str, str]) -> KeptBeside:
    """Stores what was changed beside the drafts; what was changed elsewhere meanwhile is never overwritten."""
    stored, trouble, shown = 0, None, dict(fields)
    for draft in of.unsent:
        said = {name: fields[sent] for name in (*CHOSEN, *LINES) if (sent := f"{name}.{draft.key}") in fields}
        if not said:
            continue
        whole = {**draft.draft.fields, **said, "revision": fields.get(f"revision.{draft.key}", "")}
        try:
            kept = baskets.keep(of.consultation, of.number, draft.target, {"key": draft.key}, whole, of.created_at)
        except Refused as refused:
            trouble = refused.problems[0].code
            if trouble == "stale_draft":
                trouble = "basket_changed"
                shown |= _both(draft, said)
        else:
            stored += kept.revision != draft.revision
    return KeptBeside(stored, trouble, shown)


def _both(draft: DraftSeen, said: Mapping[str, str]) -> dict[str, str]:
    """Choices as they are stored, and behind stored lines the ones typed here."""
    now = draft.draft.fields
    lines = {
        name: "\n\n".join(filter(None, (now[name], said[name] if said[name].strip() not in now[name] else "")))
        for name in LINES
        if name in said
    }
    return {f"{name}.{draft.key}": value for name, value in {**{name: now[name] for name in CHOSEN}, **lines}.items()}
