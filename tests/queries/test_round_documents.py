"""Documents of a round side by side: the numbers of the parts are those of the whole, wherever they are told."""

from pathlib import Path

import pytest

from consult.core.tally import total
from consult.operations.submit import submit
from consult.queries.changes import change_maps
from consult.queries.comment_export import comment_export, exported_round
from consult.queries.comments import Chosen, published_comments, tallies
from consult.queries.committee import grid
from consult.queries.consultations import consultation, received
from consult.queries.moderation import Filter, facets, queue
from consult.queries.round_documents import PROCESS, changed_counts, received_by_document
from consult.queries.standards import version
from tests import factories
from tests.support.cited import CONSULTATION, NOW, lay_open, library
from tests.support.statements import counted_statements

pytestmark = pytest.mark.usefixtures("in_app")
SAID = {"alpha": 4, "guide": 2, PROCESS: 1}


@pytest.fixture
def commented(tmp_path: Path) -> int:
    """The key of a round of two documents with comments on clauses, whole documents and the process."""
    library(tmp_path)
    lay_open()
    new = factories.new_comment
    said = [
        new("1.1", standard_slug="alpha"), new("1.2", standard_slug="alpha"), new("1.1", kind="new", standard_slug="alpha"),
        new(None, kind="document", standard_slug="alpha"), new("g1", standard_slug="guide"),
        new(None, kind="document", standard_slug="guide"), new(None, kind="process"),
    ]  # fmt: skip
    submit(form=factories.form(*said, consultation_slug=CONSULTATION), now=NOW)
    project = consultation(CONSULTATION, "en")
    assert project is not None
    return project.rounds[0].id


def test_the_documents_and_the_process_add_up_to_the_round(commented: int) -> None:
    with counted_statements() as told:
        parts = received_by_document([commented])[commented]
    assert len(told) == 1
    assert {standard: tally.received for standard, tally in parts.items()} == SAID
    assert total(parts.values()).received == received([commented])[commented].received == 7


def test_lists_exports_and_the_queue_have_the_same_numbers_per_document(commented: int) -> None:
    of = exported_round(consultation=CONSULTATION, number=1)
    assert of is not None
    for standard in ("alpha", "guide"):
        listed = published_comments(round_id=commented, standard=standard, viewer="secretariat", limit=50, now=NOW).rows
        assert {row.standard for row in listed} == {standard}
        with comment_export(of=of, viewer="secretariat", now=NOW, chosen=Chosen(standard=standard)) as export:
            exported = [row.reference for row in export.rows]
            assert export.summary.listed == len(exported)
        waiting = queue(consultation=CONSULTATION, wanted=Filter(standard=standard), language="en").rows
        assert len(listed) == len(exported) == len(waiting) == SAID[standard]
        assert [row.reference for row in listed] == exported == [row.reference for row in waiting]
    assert facets(consultation=CONSULTATION, wanted=Filter()).documents == {"alpha": 4, "guide": 2}


def test_the_table_of_the_committee_covers_every_document(commented: int) -> None:
    project = consultation(CONSULTATION, "en")
    assert project is not None
    whole = grid(round=project.rounds[0], viewer="committee", language="en", now=NOW)
    by_document = {
        standard: total(row.tally for row in whole.rows if row.standard == standard).received for standard in ("alpha", "guide", None)
    }
    assert by_document == {"alpha": 4, "guide": 2, None: 1}
    assert whole.total.received == total(tallies(round_id=commented, viewer="committee", now=NOW).values()).received == 7


def test_changed_clauses_are_counted_as_the_page_of_changes_does(commented: int) -> None:
    seen = version("alpha", "v2", "en")
    assert seen is not None
    links = change_maps(seen)["v1"].links
    told = changed_counts({(seen.id, "v1")})[seen.id, "v1"]
    assert told == (sum(len(link.new or link.old) for link in links if link.is_change), sum(len(link.new or link.old) for link in links))
    assert told == (2, 4)
    assert changed_counts(set()) == {}
