"""Rows of an export for tests: a plain one to vary, and any at all (hypothesis)."""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from consult.core.export_row import COLUMNS, ExportRow, Summary
from consult.wording.comment_sheet import SheetWords
from tests.support.examples import tried

HOSTILE = ("=1+1", "+1", "-5 dB", "@SUM(A1)", "'quoted", "\t=1+1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example")', "<r><t>a</t>&</r>",
           "<r>&</r>", "_x0041_", "{=1+1}", '"', 'a "b", c;\nd', "𠮷野家\n第二行", "é\u202f: «\u00a0œ\u00a0»", " led and trailed ", "#set page()",
           "\n", "0012", "1e5", "TRUE", "2026-03-01", "http://example.org", "]]>", "&amp;", "\u2028", "\ufeffmark")  # fmt: skip
"""Texts that a format might take for something else."""

patient = settings(deadline=None, max_examples=tried(50), suppress_health_check=[HealthCheck.too_slow])
"""For properties of whole rows, which have many cells to draw, on a machine that is busy."""

words = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t=+-@'\""), min_size=1, max_size=15)
"""What may be stored: no controls but tab and line feed."""


def row(**changed: Any) -> ExportRow:
    """A cleared comment on 5.2; `changed`: fields of ExportRow."""
    given = {
        "reference": "PS3-1-0001", "round": "performance-standard-v3/1", "received_at": datetime(2026, 3, 24, 13, 31, 7, tzinfo=UTC),
        "late": False, "standard": "performance-standard", "version": "v3-draft-1", "clause_number": "5.2", "target": "clause",
        "clause_text_language": "fr", "clause_text_revision": 1, "language": "fr", "stakeholder_class": "civil_society", "country": "FR",
        "capacity": "organisation", "name": "Zoé Bernard", "organisation": "Rivières libres", "position": "oppose", "type": "technical",
        "comment": "Le délai est trop long.", "moderation_state": "cleared", "publication_choice": "named", "channel": "web",
    }  # fmt: skip
    return ExportRow(**(given | changed))


@st.composite
def rows(draw: st.DrawFn) -> ExportRow:
    """Any row: texts in every free column, codes where codes belong."""
    day = st.dates(date(1990, 1, 1), date(2100, 1, 1))
    moment = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
    needed = {"reference", "round", "target", "language", "moderation_state"}
    kinds = {"moment": day | moment, "flag": st.none() | st.booleans(), "number": st.none() | st.integers(1, 99)}
    cells = {column: kinds.get(column.kind, words if column.key in needed else st.none() | words) for column in COLUMNS}
    return ExportRow(**{column.attribute: draw(cell) for column, cell in cells.items()})  # type: ignore[arg-type]


def summary(**changed: Any) -> Summary:
    given = {"consultation": "performance-standard-v3", "round": 1, "viewer": "secretariat", "by_state": {"cleared": 2, "withheld": 1},
             "listed": 3, "filters": {}}  # fmt: skip
    return Summary(**(given | changed))


def sheet_words(language: str = "en") -> SheetWords:
    """English words that need no application."""
    return SheetWords(
        language=language, translate=lambda text: text, translate_in=lambda _context, text: text, body="A Body",
        class_name=lambda code: code.replace("_", " ").capitalize(), consultation="Performance Standard V3",
        standards={"performance-standard": "Performance Standard"},
    )  # fmt: skip
