"""The comment form of a round with what somebody wrote and did not submit in its rows: nothing typed is ever lost."""

from collections.abc import Sequence
from dataclasses import replace

from consult.core.body import Body
from consult.core.comment_form import FormRow
from consult.core.comment_form.comment import draft_of_row
from consult.core.comment_form.fill import filled
from consult.exchange.form_xlsx import form_xlsx
from consult.mail.message import in_language
from consult.queries.baskets import BasketSeen
from consult.queries.comment_form import form_source
from consult.queries.waiting_rows import rows_waiting
from consult.wording.comment_form import UnsentDraft, blank_form, said_row


def unsent_form_of(of: BasketSeen, *, language: str, body: Body) -> tuple[str, bytes] | None:
    """Name and bytes of the form with all drafts of a basket that were not submitted, and the rows of its files that wait for a word; None where
    nothing waits.
    """
    drafts = [UnsentDraft(each.target, each.draft, each.label, each.clause_title, each.clause_text) for each in of.unsent]
    drafts += [unsent_row(each) for each in rows_waiting(seed=of.seed, round_id=of.round_id)]
    return unsent_form(of.consultation, of.number, drafts, language=language, body=body) if drafts else None


def unsent_row(row: FormRow) -> UnsentDraft:
    """A row of a file as it is given back: where it has no place, with its clause cell as it was written."""
    target, draft = draft_of_row(row if row.kind else replace(row, kind="clause"))
    return UnsentDraft(target, draft, row.number or row.number_said)


def unsent_form(consultation: str, number: int, drafts: Sequence[UnsentDraft], *, language: str, body: Body) -> tuple[str, bytes] | None:
    """The same for drafts from anywhere; None where there is no such round. The same drafts give the same bytes."""
    source = form_source(consultation_slug=consultation, number=number, language=language)
    if source is None:
        return None
    with in_language(language):
        form = filled(blank_form(source, language=language, body=body), [said_row(each) for each in drafts])
    return f"{consultation}_round-{number}_not-submitted_{language}.xlsx", form_xlsx(form, dated=source.window.opens)
