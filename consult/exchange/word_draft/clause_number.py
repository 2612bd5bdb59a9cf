"""Numbers of clauses as people write them before a text: "5.1", "Criterion 5.1:", "第五条", "５．１", and which number may follow which."""

import re
import unicodedata
from dataclasses import dataclass

from consult.core.draft import address, annex_or_number
from consult.exchange.word_draft.formats import han_value

_WORDS = (
    "principle|criterion|clause|section|article|chapter|requirement|part|indicator|standard|"
    "principe|critère|clause|exigence|chapitre|partie|indicateur|article|原则|准则|标准|条款|要求|指标|章|节|第"
)
_WORD = re.compile(rf"(?P<word>(?:{_WORDS}|§))[ \u00a0\u202f]?(?=[\d０-９A-Z第零〇一二三四五六七八九十百])", re.IGNORECASE)
_HAN = re.compile(r"第?(?P<value>[零〇一二三四五六七八九十百]{1,5}|\d{1,3}(?:\.\d{1,3})*)(?P<unit>条|章|节|款|部分|项|、|．)")
_GLUED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})*)(?P<joint>[.、:]?)(?=[\u3400-\u9fff“《（])")
_BRACKETED = re.compile(r"[(\[](?P<number>[\w.\-]*\d+[.\-][\w.\-]*)[)\]](?=\s|$|[\u3400-\u9fff])")
_JOINT = re.compile(r"^(?:[.:：．、][ \t]*(?=\S)|[—–-]\s+)")
_LONG = re.compile(r"\d{4,}")


@dataclass(frozen=True, slots=True)
class Found:
    """A number at the beginning of a text: how it is printed in the draft, what follows it, and the word that stood before it."""

    label: str
    rest: str
    word: str = ""
    tabbed: bool = False

    @property
    def address(self) -> str:
        return address(self.label)

    @property
    def parts(self) -> tuple[str, ...]:
        """An annex is of one part: it stands beside the highest clauses."""
        return (self.address,) if self.is_annex else tuple(re.split(r"[.\-]", self.address))

    @property
    def is_annex(self) -> bool:
        return self.address.startswith("annex-")

    @property
    def is_deep(self) -> bool:
        """Of more than one part (5.1, AC-2), or an annex: hardly ever anything but a number of a clause."""
        return self.is_annex or len(self.parts) > 1


def read_number(text: str) -> Found | None:
    """The number a text begins with, in the grammar of drafts; None where there is none. White space at the ends of `rest` is removed."""
    text = text.strip()
    if (annex := annex_or_number(text)) and not annex[0][:1].isdigit() and address(annex[0]).startswith("annex-"):
        return Found(annex[0], annex[1])
    plain = _plain_head(text)
    word = ""
    if bracketed := _BRACKETED.match(plain):
        return _checked(bracketed["number"], text[bracketed.end() :], "")
    if named := _WORD.match(plain):
        word = named["word"]
        if word != "第":
            plain, text = plain[named.end() :], text[named.end() :]
    if han := _HAN.match(plain):
        if not (plain.startswith("第") or han["value"][0] not in "0123456789"):
            return _plain(plain, text, word)  # "5.1、…" is an ordinary number
        value = han["value"] if han["value"][0] in "0123456789" else han_value(han["value"])
        return _checked(str(value), text[han.end() :], han[0]) if value else None
    return _plain(plain, text, word)


def _plain(plain: str, text: str, word: str) -> Found | None:
    """`plain` and `text` are the same but for the form of their digits."""
    if glued := _GLUED.match(plain):
        return _checked(glued["number"], text[glued.end() :], word)
    if known := annex_or_number(plain):
        first = re.match(r"\S+\s*", text)
        return _checked(known[0], text[first.end() :] if first else "", word)
    return None


def _plain_head(text: str) -> str:
    """Full-width digits and dots at the beginning as plain ones, each still one character."""
    head = "".join(unicodedata.normalize("NFKC", char) if "！" <= char <= "～" else char for char in text[:40])
    return head + text[40:]


def _checked(label: str, rest: str, word: str) -> Found | None:
    label = label.strip("()[]") if label.endswith((")", "]")) and label[0] in "([" else label
    label = label.rstrip(")")
    if not annex_or_number(label) or _LONG.search(label):
        return None
    tabbed = rest.lstrip(" ")[:1] == "\t"
    return Found(label, _JOINT.sub("", rest.lstrip()).strip(), word, tabbed)


def follows(before: tuple[str, ...], after: tuple[str, ...], leap: int = 1) -> bool:
    """Whether a clause with the number `after` may come next after `before`: its child, its next sibling, or the next one further up.

    `leap`: how far the last part may be beyond the one before.
    """
    if len(after) == len(before) + 1 and after[:-1] == before:
        return after[-1] in ("0", "1", "a", "i") or (leap > 1 and _step("0", after[-1]) in range(1, leap + 1))
    at = len(after) - 1
    return len(after) <= len(before) and after[:at] == before[:at] and 1 <= _step(before[at], after[at]) <= leap


def _step(before: str, after: str) -> int:
    if before.isdecimal() and after.isdecimal():
        return int(after) - int(before)
    if len(before) == len(after) == 1 and before.isalpha() and after.isalpha():
        return ord(after) - ord(before)
    return 0
