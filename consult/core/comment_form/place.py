"""Which clause a row means: by its number in any spelling, by an older draft's number, by the current text beside it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from consult.core.comment_form.table import Cell
from consult.core.draft.number import address

ALIKE = 80.0
"""From here on (0..100) a current-text cell belongs to the clause whose text it resembles most; measured on our drafts: other clauses stay below 60."""
NUMBERS = 300
"""Characters of a number cell that are looked at; more is no number, and the row shows it all."""
SEARCHED = 2_000_000
"""Characters of current-text cells of one file that are looked for among all clauses; a form of 300 rows has a quarter of it. Beyond, numbers and titles place a row."""
_WHOLE = re.compile(
    r"^(?:(?:the )?whole (?:document|standard|draft)|general|overall|all|entire document|_whole document|ensemble(?: du document)?|general(?:e|ites)?|"
    r"document entier|tout le document|全文|整体|通篇|总体|总则意见|全部|general comments?)$"
)
_PROCESS = re.compile(
    r"^(?:(?:the )?(?:process|consultation)(?: itself)?|processus|la consultation(?: elle-meme)?|(?:本次)?征求意见(?:过程)?(?:本身)?|过程)$"
)
_NEW = re.compile(
    r"^(?:new(?: clause| criterion)?(?: after)?|nouve(?:l|au)(?: article| critere)?(?: apres)?|新增(?:条款|准则)?(?:（?在)?)\s*[:：]?\s*(?P<after>.*?)(?:之后|后）?)?$"
)
_WORD = re.compile(
    r"^(?:clause|criterion|criteria|principle|section|chapter|requirement|article|articles|critere|criteres|principe|chapitre|exigence|par(?:agraph(?:e)?)?|"
    r"no)(?![a-z])\.?\s*|^(?:n°|§|条款|准则|原则|标准|第|章|条|款)\.?\s*"
)
_LABEL = re.compile(
    r"(?P<number>(?:annexe?\s+|附录\s*)[a-z]\b|(?:[a-z]{1,4}[.\-]?)?\d+(?:(?:\.\d+)+|(?:-\d+)+(?!\.\d))?(?:[.\-][a-z]\b)?)(?P<item>\s*\(?[a-z]{1,3}\)|\s*[a-z]\))?",
    re.IGNORECASE,
)
_TYPED = re.compile(r"\d+(?:,|\s*[.。·]\s*)\d{1,2}")
"""One number, whatever a keyboard has made of its point: "5,2", "5。2", "5 .2"; "5, 6" are two."""
_SPAN = re.compile(r"\d\s*(?:[-–—~～至到]\s*|\s(?:to|through|a)\s+[a-z§°. ]{0,12})\d")
"""From one number to another; accents are gone ("à")."""


@dataclass(frozen=True, slots=True)
class KnownClause:
    """`number` in addresses; `plain` its text in the languages of the form, without markup."""

    number: str
    plain: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document of the round. `names`: slug, titles, version names, by which a sheet or cell may call it.

    `older`: version name -> number there -> numbers here, of each version it was compared with; `removed`: version -> numbers without successor.
    """

    standard: str
    version: str
    clauses: Sequence[KnownClause]
    names: tuple[str, ...] = ()
    older: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    removed: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    documents: Sequence[KnownDocument]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row belongs: `kind` clause, document, process, new, removed; None: nowhere yet. `doubts`: codes, why to look again."""

    kind: str | None
    standard: str | None = None
    number: str | None = None
    baseline: str | None = None
    further: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def plain_of(text: str) -> str:
    """For comparing a cell with a clause: width, case, quotes, list marks and white space folded."""
    return re.sub(r"[\s\u00a0\u202f]+", " ", unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'")).strip()


class Places:
    """Finds places among the documents of a round; `version` is the one the form was made for, where it says so."""

    def __init__(self, known: Known, version: Mapping[str, str] | None = None) -> None:
        self._documents = {each.standard: each for each in known.documents}
        self._numbers = {each.standard: {clause.number for clause in each.clauses} for each in known.documents}
        self._names = {_bare(name): each.standard for each in known.documents for name in (each.standard, *each.names)}
        self._texts = [
            (each.standard, clause.number, plain_of(plain))
            for each in known.documents
            for clause in each.clauses
            for plain in clause.plain
            if plain.strip()
        ]
        self._plains = [plain for _, _, plain in self._texts]
        self._texts_of: dict[tuple[str, str], list[str]] = {}
        for of, at, plain in self._texts:
            self._texts_of.setdefault((of, at), []).append(plain)
        self._titles = {
            (plain_of(title), each.standard): clause.number
            for each in known.documents
            for clause in each.clauses
            for title in clause.titles
            if title
        }
        self._made_for = dict(version or {})
        self._room = SEARCHED

    def document(self, name: str) -> str | None:
        """The standard a sheet name or a document cell means."""
        bare = _bare(name)
        if bare in self._names:
            return self._names[bare]
        inside = [
            standard for known, standard in self._names.items() if len(known) > 5 and (known in bare or (len(bare) > 5 and bare in known))
        ]
        return inside[0] if len(set(inside)) == 1 else None

    def clause_of_text(self, text: str) -> tuple[str, str, float] | None:
        """(standard, number, likeness 0..100) of the clause whose text a cell resembles most; None where none is alike, or SEARCHED is used up."""
        wanted = plain_of(text)
        self._room -= len(wanted)
        if self._room < 0:
            return None
        if len(wanted) < 12 and not re.search(r"[\u4e00-\u9fff]{6}", wanted):
            return None
        found = process.extractOne(wanted, self._plains, scorer=fuzz.ratio, score_cutoff=ALIKE)
        return (*self._texts[found[2]][:2], found[1]) if found else None

    def is_text_of(self, text: str, standard: str, number: str) -> float:
        """Likeness (0..100) of a cell with the clause's own text, the nearest of its languages."""
        wanted = plain_of(text)
        return max((fuzz.ratio(wanted, plain) for plain in self._texts_of.get((standard, number), ())), default=0.0)

    def same_words(self, text: str, standard: str, number: str) -> bool:
        """Whether a cell holds the clause as it was prefilled: line breaks, list marks and dashes may have changed on the way, no word and no mark."""
        wanted = _inked(text)
        return any(wanted == _inked(plain) for plain in self._texts_of.get((standard, number), ()))

    def quotes(self, text: str, standard: str, number: str) -> bool:
        """Whether a cell quotes a passage of the clause word for word."""
        wanted = plain_of(text).strip(" .…\"'“”«»")
        return any(wanted in plain for plain in self._texts_of.get((standard, number), ()))

    def place(self, number: Cell | None, *, title: str = "", current: str = "", standard: str | None = None) -> Placed:
        """Where a row with these cells belongs. `standard`: the document the sheet or a cell named, if any."""
        said = _words(number.said[:NUMBERS]) if number else ""
        if _WHOLE.match(said):
            only = standard or (next(iter(self._documents)) if len(self._documents) == 1 else None)
            return Placed("document", only) if only else Placed(None, doubts=("which_document",))
        if _PROCESS.match(said):
            return Placed("process")
        if (new := _NEW.match(said)) and not said[:1].isdigit():
            after = self.place(Cell(new["after"] or ""), standard=standard) if new["after"] else Placed(None)
            if after.kind == "clause":
                return Placed("new", after.standard, after.number, doubts=after.doubts)
        found = self._by_numbers(number, said, standard) if said else None
        here = found is not None and found.kind == "clause" and self.is_text_of(current, found.standard or "", found.number or "") >= ALIKE
        by_text = self.clause_of_text(current) if current and not here else None
        if found and found.kind:
            if found.kind == "clause" and by_text:
                return Placed("clause", by_text[0], by_text[1], further=found.further, doubts=(*found.doubts, "text_of_other_clause"))
            return found
        if by_text and (standard is None or by_text[0] == standard):
            return Placed("clause", by_text[0], by_text[1], doubts=("by_text",))
        for of in [standard] if standard else self._documents:
            if title and (at := self._titles.get((plain_of(title), of))):
                return Placed("clause", of, at, doubts=("by_title",))
        return found or Placed(None, doubts=("unknown_number",) if said else ("no_number",))

    def _by_numbers(self, cell: Cell | None, said: str, standard: str | None) -> Placed | None:
        documents = [standard] if standard else list(self._documents)
        if whole := self._one(address(said.strip("().")), documents):
            return self._checked(whole, cell)
        if cell and cell.sort == "date" and (dated := self._of_date(cell.said, documents)):
            return dated
        found: list[Placed] = []
        item = False
        for match in _LABEL.finditer(re.sub(r"\s*[,.。·]\s*", ".", said) if _TYPED.fullmatch(said) else said):
            item = item or bool(match["item"])
            for form in _forms(match["number"]):
                if one := self._one(form, documents):
                    found.append(one)
                    break
        if not found:
            return None
        first = self._checked(found[0], cell)
        further = dict.fromkeys(
            each.number for each in found[1:] if each.kind == "clause" and each.standard == first.standard and each.number != first.number
        )
        spanned = self._span(first, list(further)) if _SPAN.search(said) and len(further) == 1 else tuple(n for n in further if n)
        doubts = (*first.doubts, *(("further_clauses",) if spanned else ()))
        return Placed(first.kind, first.standard, first.number, first.baseline, spanned, doubts)

    def _one(self, number: str, documents: Sequence[str]) -> Placed | None:
        """A number of the documents as they are; where the form was made for an older version, of that one first; else of any older one."""
        for standard in documents:
            made_for = self._made_for.get(standard)
            if made_for and made_for != self._documents[standard].version and (older := self._older(standard, made_for, number)):
                return older
        here = [standard for standard in documents if number in self._numbers[standard]]
        if here:
            return Placed("clause", here[0], number, doubts=("which_document",) if len(here) > 1 else ())
        for standard in documents:
            for version in self._documents[standard].older:
                if older := self._older(standard, version, number):
                    return older
        return None

    def _older(self, standard: str, version: str, number: str) -> Placed | None:
        document = self._documents[standard]
        if now := document.older.get(version, {}).get(number):
            doubts = () if now == (number,) else ("older_number",)
            return Placed("clause", standard, now[0], further=now[1:], doubts=(*doubts, *(("further_clauses",) if now[1:] else ())))
        if number in document.removed.get(version, frozenset()):
            return Placed("removed", standard, number, version, doubts=("older_number",))
        return None

    def _checked(self, placed: Placed, cell: Cell | None) -> Placed:
        """A number cell that reads 2.1 may once have been typed as 2.10: the file keeps no zeros at the end."""
        if cell and cell.sort == "number" and placed.kind == "clause" and f"{placed.number}0" in self._numbers[placed.standard or ""]:
            return Placed(placed.kind, placed.standard, placed.number, placed.baseline, placed.further, (*placed.doubts, "zero_lost"))
        return placed

    def _of_date(self, text: str, documents: Sequence[str]) -> Placed | None:
        """A spreadsheet makes a day of 5.2 (5 February, or 2 May): both readings are looked for."""
        parts = [int(part) for part in re.findall(r"\d+", text)[:3]]
        if len(parts) < 3:
            return None
        _, month, day = parts
        found = [one for form in dict.fromkeys((f"{day}.{month}", f"{month}.{day}")) if (one := self._one(form, documents))]
        if not found:
            return None
        return Placed(
            found[0].kind, found[0].standard, found[0].number, found[0].baseline, found[0].further, (*found[0].doubts, "was_a_date")
        )

    def _span(self, first: Placed, further: list[str | None]) -> tuple[str, ...]:
        """5.1 to 5.3 names all between, in the order of the document."""
        order = [clause.number for clause in self._documents[first.standard or ""].clauses]
        if first.number not in order or further[0] not in order:
            return tuple(n for n in further if n)
        start, end = order.index(first.number), order.index(further[0])
        level = first.number.count(".")
        return tuple(n for n in order[start + 1 : end + 1] if n.count(".") == level) if start < end else tuple(n for n in further if n)


def _words(text: str) -> str:
    """A number cell without the words around it: "Criterion 5.2 (b)" -> "5.2 (b)"."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = re.sub(r"\s+", " ", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip(" .:：；;*")
    before = None
    while before != plain:
        before, plain = plain, _WORD.sub("", plain).strip()
    return re.sub(r"(?<=\d)[章条款]$", "", plain)


def _forms(label: str) -> list[str]:
    """The forms in which a number may stand in the document: as typed, without an item's letter, without zeros in front of its parts."""
    plain = address(re.sub(r"\s+", " ", label.strip()))
    shorter = re.sub(r"[.\-][a-z]$", "", plain)
    zeros = ".".join(part.lstrip("0") or "0" for part in plain.split("."))
    return list(dict.fromkeys((plain, shorter, zeros, zeros.replace("-", "."))))


def _inked(text: str) -> str:
    return re.sub(r"[\s•\-‐-―*]+", "", plain_of(text))


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", name).casefold()).strip()
