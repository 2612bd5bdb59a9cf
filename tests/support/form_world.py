"""A small round with two documents, and tables as short lists of cells."""

from collections.abc import Mapping, Sequence
from datetime import date

from consult.core.comment_form import Cell, FormReading, Known, KnownClause, KnownDocument, Table, read_form_tables

TEXTS = {
    "5": "The Entity commits to less.",
    "5.1": "The Entity shall publish its greenhouse gas emissions every year.",
    "5.2": "The Entity shall set a target for its own operations, and it shall review that target every second year.",
    "5.3": "Smelters shall stay below eleven tonnes of carbon dioxide for each tonne of cast metal.",
    "5.4": "Where a refinery is supplied with steam from outside, the steam counts as its own.",
    "2.1": "Suppliers are asked for the origin of the bauxite they sell.",
    "2.10": "Transport of dangerous goods follows the rules of the port.",
    "6.2": "Waste water is tested by an accredited laboratory at least twice a year.",
    "annex-a": "List of gases and their factors.",
}
CHINESE = {"5.1": "实体应每年公布其温室气体排放量，并说明计算方法。", "5.3": "铝冶炼厂每吨铸锭的二氧化碳排放量应低于十一吨。"}
KNOWN = Known(
    [
        KnownDocument(
            "performance-standard", "v3-draft-2",
            [KnownClause(n, tuple(t for t in (text, CHINESE.get(n, "")) if t), (f"Title of {n}",)) for n, text in TEXTS.items()],
            ("Performance Standard", "Norme de performance", "绩效标准"),
            {"v2": {"5.1": ("5.2",), "5.2": ("5.2",), "8.4": ("5.3", "5.4"), "5.3": ("5.3",)}},
            {"v2": frozenset({"9.1"})},
        ),
        KnownDocument("chain-of-custody", "v2-draft-1", [KnownClause("7.1", ("Accounts are kept for five years.",)), KnownClause("5.1", ("Another clause with this number.",))], ("Chain of Custody",)),
    ]
)  # fmt: skip
Written = str | float | date | None


def cell(value: Written) -> Cell:
    if isinstance(value, date):
        return Cell(value.isoformat(), "date")
    return Cell(f"{value:g}", "number") if isinstance(value, float) else Cell(value or "")


def table(*rows: Sequence[Written], name: str = "Performance Standard") -> Table:
    return Table(
        name, {at: {column: cell(each) for column, each in enumerate(row, start=1) if each} for at, row in enumerate(rows, start=1)}
    )


def reading(*tables: Table, prefilled: Sequence[str] = ()) -> FormReading:
    return read_form_tables(tables, KNOWN, prefilled=set(prefilled))


def understood(found: FormReading) -> list[Mapping[str, object]]:
    """What each row says and where it stands: fields that are empty left out."""
    return [
        {
            key: value
            for key in ("kind", "standard", "number", "baseline", "further", "comment", "proposed", "rationale", "position", "type", "element")
            if (value := getattr(row, key)) and not (key == "standard" and value == "performance-standard")
        }
        for row in found.rows
    ]  # fmt: skip
