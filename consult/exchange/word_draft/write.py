"""Markdown of the parts, in the form drafts are written in; each line knows the paragraph it came from."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from consult.core.draft import annex_or_number
from consult.core.markup.items import read_marker
from consult.exchange.word_draft.findings import Findings
from consult.exchange.word_draft.parts import Grid, Head, Part, Text
from consult.exchange.word_draft.passage import BREAK, Cell, NoteKind, Paragraph, Piece, Table
from consult.exchange.word_draft.pieces import trimmed
from consult.exchange.word_draft.symbols import raised

INDENT = "   "
Notes = Callable[[NoteKind, str, int], list[Piece]]
_MARKUP = re.compile(r"[*`]|\\(?=[!-/:-@\[-`{-~])|(?<!\w)_|_(?!\w)|\](?=[(\[])|&(?=#?\w+;)|<(?=[A-Za-z/!?])|~~~")
_LINE = re.compile(r"(?:#{1,6}(?=\s|$)|>|(?:[-_=](?:\s*[-_=])*)(?=\s*$)|\|)")
_SMALL = re.compile(r"[0-9⁰¹²³⁴-⁾₀-₎ⁿ]$")


@dataclass(slots=True)
class Writing:
    """Collects lines; `places` holds the paragraph of each (0 for blank lines)."""

    notes: Notes
    findings: Findings
    lines: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    footnotes: list[tuple[str, list[Piece], int]] = field(default_factory=list)
    after_item: bool = False

    def write(self, parts: list[Part]) -> str:
        for part in parts:
            if isinstance(part, Head):
                self._flush()
                self._head(part)
            elif isinstance(part, Text):
                self._text(part)
            else:
                self._grid(part)
        self._flush()
        return "".join(f"{line}\n" for line in self.lines)

    def _put(self, text: str, place: int, *, close: bool = False) -> None:
        """A block after a blank line, or right under the one before (`close`)."""
        if self.lines and not close:
            self.lines.append("")
            self.places.append(0)
        for line in text.split("\n"):
            self.lines.append(line)
            self.places.append(place)

    def _head(self, head: Head) -> None:
        title = self._plain(trimmed(head.title), head.place)
        if not head.label and _reads_as_number(title):
            title = f"\\{title}"
        self._put(" ".join(word for word in ("#" * head.level, head.label, title) if word), head.place)
        self.after_item = False

    def _plain(self, pieces: list[Piece], place: int) -> str:
        """Titles are words without form: no marks, nothing escaped. Hashes at the end would close the heading."""
        written = ""
        for piece in pieces:
            written += self._mark(piece.note, written, place) if piece.note else piece.text
        return re.sub(r"[ \t](?=#+$)", "\u00a0", " ".join(re.split(r"[ \t\n]+", written.strip())))

    def _text(self, text: Text) -> None:
        content = self._inline(text.pieces, text.place)
        if text.marker:
            lead = INDENT * (text.depth - 1)
            content = content.replace("\n", f"\n{lead}{INDENT}")
            self._put(f"{lead}{text.marker} {content}", text.place, close=self.after_item)
            self.after_item = True
            return
        if not content.strip():
            return
        lead = INDENT * text.depth
        content = _LINE.sub(lambda found: f"\\{found[0]}", content, count=1) if _LINE.match(content) else content
        self._put(lead + content.replace("\n", f"\n{lead}"), text.place)
        self.after_item = False

    def _flush(self) -> None:
        """The notes of a clause stand at its end."""
        at = 0
        while at < len(self.footnotes):  # the text of a note may hold no further one, but a hostile file may say so
            mark, pieces, place = self.footnotes[at]
            self._put(f"{mark} {self._inline(trimmed([replace(p, note=None) for p in pieces]), place)}", place)
            at += 1
        self.footnotes.clear()
        self.after_item = False

    def _mark(self, note: tuple[NoteKind, str], before: str, place: int) -> str:
        """Notes are counted per clause, so that a note added elsewhere changes nothing here."""
        pieces = self.notes(*note, place)
        self.findings.counts["notes"] += 1
        if not pieces:
            self.findings.tell("word_note_gone", place)
            return ""
        mark = raised(str(len(self.footnotes) + 1)) or ""
        self.footnotes.append((mark, pieces, place))
        return ("\u202f" if _SMALL.search(before) else "") + mark

    def _inline(self, pieces: list[Piece], place: int) -> str:
        written, marked = "", False
        seen = [piece for piece in pieces if piece.text.strip()]
        whole = all(piece.bold for piece in seen), all(piece.italic for piece in seen)
        for at, piece in enumerate(pieces):
            if piece.note:
                written += self._mark(piece.note, written, place)
                marked = False
                continue
            if piece.picture:
                written += f"![{_alternative(piece.text)}]({piece.picture})"
                marked = False
                continue
            text = _MARKUP.sub(lambda found: f"\\{found[0]}", " ".join(re.split(r"[ \t]+", piece.text)))
            following = next((each.text for each in pieces[at + 1 :] if each.text), "")
            emphasis = "" if marked else _emphasis(piece, whole)
            form = _emphasised(text, emphasis, written, following)
            marked = form != text and form.endswith("*")
            written += f"[{form}]({_address(piece.link)})" if piece.link and _address(piece.link) != text.strip() else form
        return _broken(re.sub(r" {2,}", " ", written).strip(" \t"))

    # tables

    def _grid(self, grid: Grid) -> None:
        table = grid.table
        width = max(sum(cell.span for cell in row.cells) for row in table.rows)
        rows = []
        for row in table.rows:
            cells = [each for cell in row.cells for each in [self._cell(cell), *[""] * (cell.span - 1)]]
            rows.append("| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |")
        rows.insert(1, "|" + "---|" * width)
        if any(cell.span > 1 or cell.continues for row in table.rows for cell in row.cells):
            self.findings.tell("word_table_merged", grid.place)
        if any(isinstance(block, Table) for row in table.rows for cell in row.cells for block in cell.blocks):
            self.findings.tell("word_table_nested", grid.place)
        self._put("\n".join(rows), grid.place)
        self.after_item = False

    def _cell(self, cell: Cell) -> str:
        written = []
        for paragraph in cell.paragraphs:
            if not paragraph.in_contents and (text := self._labelled(paragraph)):
                written.append(text)
        return " ".join(written).replace("\\\n", " ").replace("\n", " ").replace("|", "\\|")

    def _labelled(self, paragraph: Paragraph) -> str:
        text = self._inline(paragraph.pieces, paragraph.place)
        return f"{paragraph.label} {text}".strip() if paragraph.label != "•" else text


def _reads_as_number(title: str) -> bool:
    return annex_or_number(title) is not None


def _alternative(text: str) -> str:
    """Shown as it is written; square brackets only in pairs, or the picture would end there."""
    depth = 0
    for char in text:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            break
    return text if depth == 0 else text.replace("[", "(").replace("]", ")")


def _address(link: str) -> str:
    return re.sub(r"[\s()<>\\\x00-\x1f]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), link)


def _emphasis(piece: Piece, whole: tuple[bool, bool]) -> str:
    """Marks of bold and italic, unless all of the paragraph is so: then its style is, not its words."""
    return ("**" if piece.bold and not whole[0] else "") + ("*" if piece.italic and not whole[1] else "")


def _emphasised(text: str, marks: str, before: str, after: str) -> str:
    """Text between marks where the rules of Markdown read them as such; else the text alone: words come before form."""
    core = text.strip()
    if not marks or not core or BREAK in core:
        return text
    lead, end = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    opens = not _punctuation(core[0]) or bool(lead) or not before or before[-1].isspace() or _punctuation(before[-1])
    closes = not _punctuation(core[-1]) or bool(end) or not after or after[0].isspace() or _punctuation(after[0])
    if not (opens and closes) or (before.endswith(("*", "\\")) and not lead):
        return text
    return f"{lead}{marks}{core}{marks[::-1]}{end}"


def _punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _broken(text: str) -> str:
    """Line breaks as Markdown has them; none before a line that would be read as an item."""
    lines = [line.strip(" \t") for line in text.split(BREAK)]
    lines = [line for line in lines if line]
    written = lines[0] if lines else ""
    for line in lines[1:]:
        is_block = read_marker(line) or _LINE.match(line)
        written += f"\n{line}" if is_block and read_marker(line) else f"\\\n{chr(92) if is_block else ''}{line}"
    return written
