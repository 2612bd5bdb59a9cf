"""Reading the tables of a filled form into rows."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from consult.core.comment_form.headings import HEAD_ROWS, SAYING, Role, first_rows, folded, header_roles
from consult.core.comment_form.particulars import MadeFor, is_mark, made_for, particulars
from consult.core.comment_form.place import Known, Placed, Places, plain_of
from consult.core.comment_form.stray import by_content, is_stray
from consult.core.comment_form.table import Cell, Table
from consult.core.comment_form.words import POSITION_OF, TYPE_OF, code_of

EDITED = 50.0
"""Likeness from which on a changed current text is a proposed wording, below it a comment written in the wrong cell."""
LONG = 60


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row that says something. `sheet` and `row` are its place in the file; `number_said` the number cell as written.

    `kind` clause, document, process, new, removed, or None: not placed yet. `doubts`: codes, why a person shall look. `extra`: (heading,
    words) of further columns, not part of the comment unless its author takes them in. `element`: part of the clause, as written.
    """

    sheet: str
    row: int
    number_said: str
    kind: str | None
    standard: str | None
    number: str | None
    baseline: str | None
    further: tuple[str, ...]
    comment: str
    proposed: str
    rationale: str
    evidence: str
    position: str | None
    type: str | None
    element: str
    doubts: tuple[str, ...]
    extra: tuple[tuple[str, str], ...]

    @property
    def said(self) -> tuple[str, str, str]:
        return self.comment, self.proposed, self.rationale

    @property
    def placed(self) -> bool:
        return self.kind is not None

    def as_before(self, place: tuple[str | None, str | None, str | None, str | None], further: tuple[str, ...]) -> "FormRow":
        """The row at `place` (kind, standard, number, baseline), where a person put it in an earlier copy."""
        doubts = (*(each for each in self.doubts if each not in ("no_number", "unknown_number")), "as_before")
        kind, standard, number, baseline = place
        return replace(self, kind=kind, standard=standard, number=number, baseline=baseline, further=further, doubts=doubts)


@dataclass(frozen=True, slots=True)
class FormReading:
    """All rows that say something, in the order of the file. `left`: (sheet, cells with words) of tables without a column for comments.

    `lost` counts cells that people filled and that are in no row: always 0, and counted, not assumed.
    """

    rows: tuple[FormRow, ...]
    particulars: Mapping[str, str]
    made_for: MadeFor | None
    left: tuple[tuple[str, int], ...]
    lost: int = 0


@dataclass
class _Row:
    """A row being read: cells by role, and those of columns without one."""

    roles: dict[Role, Cell]
    others: list[tuple[str, str]] = field(default_factory=list)

    def said(self, role: Role) -> str:
        cell = self.roles.get(role)
        return cell.said if cell else ""


def read_form_tables(tables: Sequence[Table], known: Known, *, prefilled: Collection[str] = ()) -> FormReading:
    """The rows of a filled form. `prefilled`: words that our own form puts into cells beside clause texts and titles (change labels, group
    headings, hints, the texts of the draft it was made for, where that is another one), in the languages of the installation.

    In our own form, words outside its tables of comments are rows without a place; in tables of others they are a title, a date, a footnote.
    """
    made = made_for(tables)
    places = Places(known, made.versions if made else None)
    own = {plain_of(words) for words in prefilled} | {plain_of(t) for d in known.documents for c in d.clauses for t in c.titles}
    about = particulars(tables, own)
    rows: list[FormRow] = []
    left: list[tuple[str, int]] = []
    lost = 0
    for table in tables:
        reader = _Reader(table, places, own, about if made else None)
        rows += reader.read()
        lost += reader.lost
        if not reader.whole and (cells := sum(len(row) for row in table.rows.values())):
            left.append((table.name, cells))
    return FormReading(tuple(rows), about, made, tuple(left), lost)


class _Reader:
    """`about`: what our own form says of its sender; None for a table of others. `whole`: all of the table is in rows or about its sender."""

    def __init__(self, table: Table, places: Places, own: set[str], about: Mapping[str, str] | None) -> None:
        self._table, self._places, self._own, self._ours = table, places, own, about is not None
        self._about = set((about or {}).values())
        self._standard = places.document(table.name)
        self._columns: dict[int, Role] = {}
        self._named: dict[int, Role] = {}
        self._headings: dict[int, str] = {}
        self._heads: dict[int, dict[int, str]] = {}
        self._before: tuple[int, Placed] | None = None
        self.whole, self.lost = False, 0

    def read(self) -> list[FormRow]:
        rows: list[FormRow] = []
        headed = self._headless()
        for at, number in enumerate(sorted(self._table.rows)):
            if not headed and at >= HEAD_ROWS:
                return [] if self._ours else rows  # a sheet of figures in our form is told by its name
            cells = {column: cell for column, cell in self._table.rows[number].items() if cell.said}
            found = None
            if roles := self._heading_roles(number, cells, again=headed):
                self._columns, headed, self._before = self._with_comments(self._with_numbers(roles, number), number), True, None
                notes = {column: cell for column, cell in cells.items() if cell.sort == "note"}
                found = self._stray(number, notes) if notes else None
            elif headed and {column: cell.said for column, cell in cells.items()} in self._heads.values():
                continue
            elif headed and cells:
                found = self._row(number, cells)
                self.lost += self._missing(cells, found)
            elif self._ours and cells:
                found = self._stray(number, cells)
            rows += [found] if found else []
        self.whole = headed or self._ours
        return rows

    def _headless(self) -> bool:
        """Whether our own table is read by what stands prefilled in it, because its headings are gone."""
        if not self._ours or any(header_roles(row) for row in first_rows(self._table)):
            return False
        self._columns = by_content(self._table, self._places, self._standard)
        return bool(self._columns)

    def _heading_roles(self, number: int, cells: dict[int, Cell], *, again: bool) -> dict[int, Role]:
        """The roles of a row of headings; one right below another says more of it, and merged cells repeat what stood above."""
        above = self._heads.get(number - 1, {})
        roles = header_roles({column: cell for column, cell in cells.items() if cell.said != above.get(column)}, again=again)
        if roles:
            said = {column: cell.said for column, cell in cells.items() if cell.sort != "note"}
            self._heads[number] = said
            self._headings = {**above, **said}
            kept = {column: role for column, role in self._named.items() if above.get(column) and role not in roles.values()}
            self._named = roles = {**kept, **roles}
        return roles

    def _with_comments(self, roles: dict[int, Role], header: int) -> dict[int, Role]:
        """In our own form one column is for comments, whatever it is called now: of those with an unknown heading the fullest."""
        if "comment" in roles.values() or not self._ours:
            return roles
        below = [row for number, row in self._table.rows.items() if number > header]
        counts = {column: sum(column in row and not self._is_own(row[column].said) for row in below) for column in self._headings}
        best = max((column for column in counts if column not in roles and counts[column]), key=counts.__getitem__, default=None)
        return roles if best is None else {**roles, best: "comment"}

    def _stray(self, number: int, cells: Mapping[int, Cell]) -> FormRow | None:
        """Words above the headings of our form, or where it has none: nobody's comment yet, and shown."""
        words = [
            each for _, cell in sorted(cells.items()) if not self._is_own(each := cell.said) and is_stray(each, self._own, self._about)
        ]
        if all(self._places.place(Cell(each)).kind == "clause" for each in words):  # or no words at all
            return None
        said = "\n\n".join(dict.fromkeys(words))
        doubts = ("no_number", "wrong_cell")
        return FormRow(self._table.name, number, "", None, None, None, None, (), said, "", "", "", None, None, "", doubts, ())

    def _with_numbers(self, roles: dict[int, Role], header: int) -> dict[int, Role]:
        """Where no column is headed as that of the clause, the serial or the untitled column whose cells are clause numbers is taken."""
        if "number" in roles.values():
            return roles
        below = [self._table.rows[each] for each in sorted(self._table.rows) if each > header][:200]
        counts: Counter[int] = Counter()
        for row in below:
            for column, cell in row.items():
                if (
                    roles.get(column) in (None, "serial", "title")
                    and len(cell.said) < 40
                    and self._places.place(cell, standard=self._standard).kind == "clause"
                ):
                    counts[column] += 1
        if counts and (best := counts.most_common(1)[0])[1] >= 1:
            return roles | {best[0]: "number"}
        return roles

    def _row(self, number: int, cells: dict[int, Cell]) -> FormRow | None:
        row = self._by_role(cells)
        if self._is_group(cells):
            self._before = None
            return None
        if current := row.roles.get("current"):
            row.roles["current"] = Cell(self._without_head(current.said))
        standard = (self._places.document(row.said("document")) if row.said("document") else None) or self._standard
        number_cell, beside = self._number_and_words(row)
        placed = self._places.place(number_cell, title=row.said("title"), current=row.said("current"), standard=standard)
        if placed.kind is None and "no_number" in placed.doubts and self._before and self._before[0] == number - 1 and not _begins(row):
            before = self._before[1]
            placed = Placed(before.kind, before.standard, before.number, before.baseline, doubts=("continued",)) if before.kind else placed
        self._before = (number, placed)
        comment, proposed, rationale = (row.said(role) for role in SAYING)
        doubts = list(placed.doubts)
        wrong = [words for words in (beside, *self._misplaced(row, placed, silent=not (comment or proposed or rationale))) if words]
        position, kind, unread = self._coded(row)
        edited = self._edited(row, placed) if not proposed else ""
        if edited:
            proposed = edited
            doubts.append("edited_text")
        if wrong:
            comment = "\n\n".join([*([comment] if comment else []), *wrong])
            doubts.append("wrong_cell")
        extra = [*row.others, *unread]
        if not (comment or proposed or rationale) and extra and not position:
            comment, extra = "\n\n".join(words for _, words in extra), []
            doubts.append("wrong_cell")
        if not (comment or proposed or rationale or position):
            return None
        if not (comment or proposed):
            if rationale:
                comment, rationale = rationale, ""
            else:
                comment = row.said("position")
                doubts.append("only_position")
        if extra:
            doubts.append("further_columns")
        if unread:
            doubts.append("unknown_word")
        element = " ".join(words for words in (row.said("element"), row.said("line")) if words)
        return FormRow(
            self._table.name, number, number_cell.said if number_cell else "", placed.kind, placed.standard, placed.number, placed.baseline,
            placed.further, comment, proposed, rationale, row.said("evidence"), position, kind, element, tuple(dict.fromkeys(doubts)), tuple(extra),
        )  # fmt: skip

    def _by_role(self, cells: dict[int, Cell]) -> _Row:
        """A cell that spans columns counts for the first of them; one more column of a role already filled is a further one."""
        row = _Row({})
        seen: set[str] = set()
        for column, cell in sorted(cells.items()):
            role = self._columns.get(column)
            if cell.said in seen and role not in SAYING:
                continue
            if role and role not in row.roles:
                row.roles[role] = cell
            elif cell.said not in seen and not self._is_own(cell.said):
                row.others.append((self._headings.get(column, ""), cell.said))
            seen.add(cell.said)
        return row

    def _without_head(self, current: str) -> str:
        """The Word form puts title and change in front of the text."""
        first, _, rest = current.partition("\n")
        return rest.strip() if rest and self._is_own(first) else current

    def _number_and_words(self, row: _Row) -> tuple[Cell | None, str]:
        """The number cell, and what was written into it beside the number."""
        cell = row.roles.get("number")
        if cell is None or len(cell.said) <= LONG:
            return cell, ""
        first, _, rest = cell.said.partition("\n") if "\n" in cell.said[:LONG] else cell.said.partition(" ")
        return (
            (Cell(first), rest.strip())
            if self._places.place(Cell(first), standard=self._standard).kind == "clause"
            else (Cell(""), cell.said)
        )

    def _is_group(self, cells: dict[int, Cell]) -> bool:
        """A row of one prefilled text only, such as the heading of a principle or a hint."""
        texts = {cell.said for cell in cells.values()}
        return len(texts) == 1 and self._is_own(next(iter(texts)))

    def _is_own(self, words: str) -> bool:
        return plain_of(words) in self._own or is_mark(words)

    def _misplaced(self, row: _Row, placed: Placed, *, silent: bool) -> list[str]:
        """What people wrote into cells that are not for it. A quotation of the clause, its title or what we prefilled is not that."""
        found = []
        for role in ("title", "change", "response", "serial", "document"):
            words = row.said(role)
            if not words or self._is_own(words) or role_like(role, words, silent):
                continue
            if role == "document" and self._places.document(words):
                continue
            found.append(words)
        current = row.said("current")
        if current and silent and placed.kind in ("clause", "removed") and placed.standard and placed.number:
            likeness = self._places.is_text_of(current, placed.standard, placed.number)
            if likeness < EDITED and not self._is_own(current) and not self._quotes(current, placed):
                found.append(current)
        elif current and silent and placed.kind is None and not self._is_own(current):
            found.append(current)
        return found

    def _edited(self, row: _Row, placed: Placed) -> str:
        """The current text as its reader changed it in its own cell: a proposed wording, where nothing else is proposed.

        In tables of others a text beside a comment is a quotation, exact or not; in our form it was the clause itself.
        """
        current = row.said("current")
        if (
            not current
            or placed.kind != "clause"
            or not placed.standard
            or not placed.number
            or self._is_own(current)
            or (row.said("comment") and not self._ours)
        ):
            return ""
        likeness = self._places.is_text_of(current, placed.standard, placed.number)
        same = self._places.same_words(current, placed.standard, placed.number)
        return current if likeness >= EDITED and not same and not self._quotes(current, placed) else ""

    def _quotes(self, current: str, placed: Placed) -> bool:
        return self._places.quotes(current, placed.standard or "", placed.number or "")

    def _coded(self, row: _Row) -> tuple[str | None, str | None, list[tuple[str, str]]]:
        """Position and type as codes, and words of theirs that are none."""
        unread = []
        codes: list[str | None] = []
        for role, known in (("position", POSITION_OF), ("type", TYPE_OF)):
            words = row.said(role)
            code = code_of(words, known) if words else None
            if words and (code is None or len(words) > LONG // 2) and not self._is_own(words):
                unread.append((role, words))
            codes.append(code)
        return codes[0], codes[1], unread

    def _missing(self, cells: Mapping[int, Cell], row: FormRow | None) -> int:
        """Cells in which something was said and that are neither prefilled nor in their row: none, or this reading is at fault."""
        said = {
            cell.said
            for column, cell in cells.items()
            if (self._columns.get(column) in SAYING or cell.sort == "note") and not self._is_own(cell.said)
        }
        kept = "" if row is None else "\n".join((*row.said, row.number_said, row.evidence, row.element, *(words for _, words in row.extra)))
        return sum(words not in kept for words in said)


def _begins(row: _Row) -> bool:
    """Whether a row without a number has something that only a comment of its own has: its own serial, member or type."""
    return any(row.said(role) for role in ("serial", "member", "type", "position"))


def role_like(role: Role, words: str, silent: bool) -> bool:
    """Whether words may well be what a column of that role holds: then they are not taken for a comment."""
    if role == "serial":
        return len(words) <= 12 or not silent
    if role in ("title", "change"):
        return len(words) <= LONG and not (silent and len(words) > LONG // 2 and not folded(words).istitle())
    return len(words) <= LONG or not silent
