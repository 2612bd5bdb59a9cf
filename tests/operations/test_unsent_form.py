"""Drafts given back as a form are read back as what they said, each beside its clause."""

import pytest

from consult.core.basket import Draft
from consult.operations.basket import keep_comment, token_sha256
from consult.operations.read_form import read_filled_form
from consult.operations.unsent_form import unsent_form_of
from consult.queries.baskets import baskets_of
from tests import factories
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite

SAID = [
    (None, "process", Draft("Sixty days are short.")),
    (None, "document", Draft("=1+1 is no formula", rationale="A reason.")),
    ("5.1", None, Draft("One.\nTwo lines.", proposed="The Entity publishes.", position="oppose", type="technical")),
    ("5.2", None, Draft("First on 5.2")),
    ("5.2", None, Draft(None, proposed="Second on 5.2", position="support_with_changes")),
    ("5.1", "new", Draft(None, proposed="A clause on steam.", rationale="It is missing.")),
    ("9.9", "removed", Draft("Keep it.", position="oppose")),
]


def kept(at, number, kind, draft, token):
    return keep_comment(
        token=token, consultation=CONSULTATION, round_number=1, language="en", key=f"k{at}", target=factories.target(number, kind=kind),
        draft=draft, seen=0, opened_at=None, address=None, now=NOW,
    ).token  # fmt: skip


@on_sqlite
@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_every_draft_is_read_back_beside_its_clause(in_app, language):
    baseline = {**factories.WORDS, "9.9": factories.WORDS["5.1"]}
    factories.version("v2", words=baseline, status="adopted")
    factories.round_of()
    factories.change(kinds=["removed"], old=["9.9"])
    token = None
    for at, (number, kind, draft) in enumerate(SAID):
        token = kept(at, number, kind, draft, token)
    (of,) = baskets_of(token_sha256=token_sha256(token), language=language)
    name, data = unsent_form_of(of, language=language, body=in_app.config["BODY"])
    assert name == f"{CONSULTATION}_round-1_not-submitted_{language}.xlsx"
    reading = read_filled_form(
        data, name, consultation_slug=CONSULTATION, number=1, languages=("en", "fr", "zh"), body=in_app.config["BODY"]
    )
    assert sorted(
        (row.kind, row.number, row.comment, row.proposed, row.rationale, row.position, row.type) for row in reading.rows if row.kind
    ) == sorted(
        (kind or "clause", number, draft.text or "", draft.proposed or "", draft.rationale or "", draft.position, draft.type)
        for number, kind, draft in SAID
    )
    assert (len(reading.rows), reading.lost) == (len(SAID), 0)
