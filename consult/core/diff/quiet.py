"""Changes that are no change of wording: typography, and numbers of clauses and items that only moved on. Views may hide them.

Folded are kinds of space and their number (a line end stays one), spaces inside quotation marks, before : ; ! ? % and between Han and Latin, U+3000,
quotation marks and apostrophes, hyphens, the ellipsis, full and half width forms, the normal form, invisible characters. Accents, case,
digits and the enumeration comma 、 are wording.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from consult.core.change import Change, Link, Mark, Span, Spans
from consult.core.draft.number import address
from consult.core.words import tokens
from consult.core.words.tokens import HAN

Numbers = Mapping[str, Collection[str]]
"""Old number -> the new numbers it went to, both in address form."""
Quiet = Callable[[str, str, str, str], bool]
"""Whether a change is quiet: kept text before, what went, what came, kept text behind."""

_CONTEXT = 2  # characters of kept text on either side that decide whether a space there says anything
_MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»「」『』＂", '"'),
        **dict.fromkeys("‘’‚‛‹›ʼ´＇", "'"),
        **dict.fromkeys("‐‑", "-"),
        "…": "...",
        "。": ".",
        "\u3000": " ",
    }
    | {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff")
)
_WIDE = rf"[{HAN}\u3001-\u303f\uff00-\uffef]"
_BLANK = r"[^\S\r\n]+"
_NEEDLESS = re.compile(rf"(?<={_WIDE}){_BLANK}|{_BLANK}(?={_WIDE})|(?<=[«‹„]){_BLANK}|{_BLANK}(?=[»›:;!?%‰]|$)|{_BLANK}(?=[\r\n])", re.M)
_SPACES = re.compile(_BLANK)
_LINE_START = re.compile(r"(?:^|\n)[ \t>]*[(（]?$")
_HYPHEN = re.compile("[-‐‑]")
_CLOSING = (")", "）", ".", "、")
_LABEL = re.compile(r"[(（]?(?:[a-z]|[ivx]{1,4}|\d{1,2}|[一二三四五六七八九十]{1,3})[).）、][ \t]*", re.I)
_ANNEX = re.compile(r"(?:annexe?s?[ \u00a0\u202f]|附录)$", re.I)
_ANNOUNCING = (
    r"clauses?|criteri(?:on|a)|sections?|principles?|requirements?|articles?|paragraphs?|points?|items?|chapters?|parts?|see|per|accordance with|"
    r"critères?|principes?|exigences?|paragraphes?|chapitres?|parties?|voir|cf\.|selon|准则|原则|条款|要求|章节|部分|第|见|按照?|根据|依据|符合"
)
_ANNOUNCED = re.compile(
    rf"(?:(?<![^\W\d_])|(?=[{HAN}]))(?:{_ANNOUNCING})[ \u00a0\u202f]*"
    r"(?:\d[\w.\-]*[ \u00a0\u202f,;，、]*(?:and|or|to|et|ou|à|和|或|及|至)?[ \u00a0\u202f]*)*$",
    re.I,
)
"""A word that announces a reference, perhaps with other numbers between it and this one."""


def folded(text: str) -> str:
    """A text without what is typography alone: two texts with one folded form say the same in other characters."""
    text = _NEEDLESS.sub("", unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\u3000", " "))
    return _SPACES.sub(" ", text.translate(_MARKS))


def typographic(spans: Spans) -> Spans:
    """The spans with changes of typography alone shown as kept, in the characters of the new text.

    Kept + added is the new text byte for byte; kept + removed is the old one but for what `folded` folds. Deterministic.
    """
    return _quieted(spans, _same_but_typography)


def renumbered(spans: Spans, numbers: Numbers) -> Spans:
    """The spans with references to clauses that only got another number, and labels of list items that moved on, shown as kept.

    `numbers` as `renumberings` gives them. A figure counts as a reference only behind a word that announces one ("criterion 5.2", "准则5.2")
    or alone in brackets: a threshold that happens to be a clause's number is never hidden. Kept + added is the new text byte for byte.
    """

    def quiet(before: str, gone: str, come: str, after: str) -> bool:
        return _relabelled(before, gone, come, after) or _moved_on(before, gone, come, after, numbers)

    return _quieted(spans, quiet)


def renumberings(links: Iterable[Link]) -> dict[str, frozenset[str]]:
    """Where the clauses of the older version stand in the newer one, by number; only those whose number changed."""
    found: dict[str, frozenset[str]] = {}
    for link in links:
        for old in link.old:
            if others := frozenset(link.new) - {old}:
                found[old] = found.get(old, frozenset()) | others
    return found


def only_typographic(change: Change) -> bool:
    """Whether a modified clause, its title included, changed in typography alone. False where nothing changed."""
    return _changed(change) and all(_still(typographic(spans)) for spans in (change.title, change.text))


def only_renumbered(change: Change, numbers: Numbers) -> bool:
    """Whether all that changed in a clause's words is references to renumbered clauses, labels of items, and typography."""
    return _changed(change) and all(_still(typographic(renumbered(spans, numbers))) for spans in (change.title, change.text))


def _changed(change: Change) -> bool:
    return not (_still(change.title) and _still(change.text))


def _still(spans: Spans) -> bool:
    return all(mark == "=" for mark, _ in spans)


def _quieted(spans: Spans, quiet: Quiet) -> Spans:
    """Each changed stretch is kept where it is quiet as a whole, else what is quiet at its two ends."""
    out: list[Span] = []
    kept = ""
    for before, gone, come, after in _stretches(spans):
        _add(out, "=", before)
        kept += before
        if quiet(kept, gone, come, after):
            _add(out, "=", come)
        else:
            for mark, text in _ends_apart(kept, gone, come, after, quiet):
                _add(out, mark, text)
        kept += come
    return tuple(out)


def _stretches(spans: Spans) -> Iterator[tuple[str, str, str, str]]:
    """Kept text, what went and what came behind it, and the kept text that follows; the last one may have no change."""
    at = 0
    while at < len(spans):
        before = ""
        if spans[at][0] == "=":
            before, at = spans[at][1], at + 1
        gone = come = ""
        while at < len(spans) and spans[at][0] != "=":
            gone, come = (gone + spans[at][1], come) if spans[at][0] == "-" else (gone, come + spans[at][1])
            at += 1
        yield before, gone, come, spans[at][1] if at < len(spans) else ""


def _ends_apart(before: str, gone: str, come: str, after: str, quiet: Quiet) -> Spans:
    """A changed stretch with the pieces at its ends that are quiet by themselves kept; pieces are those of the word comparison."""
    old, new = [token.text for token in tokens(gone)], [token.text for token in tokens(come)]
    most, head, tail = min(len(old), len(new)), 0, 0
    while head < most and _alike(before + "".join(new[:head]), old[head], new[head], quiet):
        head += 1
    while tail < most - head and _alike(before + "".join(new[: len(new) - 1 - tail]), old[-1 - tail], new[-1 - tail], quiet):
        tail += 1
    ends = len(old) - tail, len(new) - tail
    first, last = "".join(new[:head]), "".join(new[ends[1] :])
    return ("=", first), ("-", "".join(old[head : ends[0]])), ("+", "".join(new[head : ends[1]])), ("=", last)


def _alike(before: str, gone: str, come: str, quiet: Quiet) -> bool:
    return gone == come or quiet(before, gone, come, "")


def _add(out: list[Span], mark: Mark, text: str) -> None:
    if out and out[-1][0] == mark:
        out[-1] = (mark, out[-1][1] + text)
    elif text:
        out.append((mark, text))


def _same_but_typography(before: str, gone: str, come: str, after: str) -> bool:
    ahead, behind = before[-_CONTEXT:], after[:_CONTEXT]
    return folded(ahead + gone + behind) == folded(ahead + come + behind)


def _relabelled(before: str, gone: str, come: str, after: str) -> bool:
    """Whether the label of a list item became another label."""
    if not gone or not come or not _LINE_START.search(before):
        return False
    return all(_LABEL.fullmatch(text) or (after[:1] in _CLOSING and _LABEL.fullmatch(text + ")")) for text in (gone, come))


def _moved_on(before: str, gone: str, come: str, after: str, numbers: Numbers) -> bool:
    old, new = [token.text for token in tokens(gone)], [token.text for token in tokens(come)]
    if len(old) != len(new) or not old:
        return False
    told = before
    for at, (a, b) in enumerate(zip(old, new, strict=True)):
        if a != b and not _reference(told, a, b, "".join(new[at + 1 :]) + after, numbers):
            return False
        told += b
    return True


def _reference(before: str, old: str, new: str, after: str, numbers: Numbers) -> bool:
    if _ANNEX.search(before):
        return address(f"Annex {new.upper()}") in numbers.get(address(f"Annex {old.upper()}"), ())
    announced = _ANNOUNCED.search(before) or (before[-1:] in set("([（") and after[:1] in set(")]）"))
    return bool(announced) and (_went(old, new, numbers) or _ends_went(old, new, numbers))


def _went(old: str, new: str, numbers: Numbers) -> bool:
    return address(new) in numbers.get(address(old), ())


def _ends_went(old: str, new: str, numbers: Numbers) -> bool:
    """Whether both are ranges (5.1-5.3), one word to the comparison, of which each end stayed or moved on."""
    ends = [_HYPHEN.split(text) for text in (old, new)]
    return len(ends[0]) == len(ends[1]) == 2 and all(a == b or _went(a, b, numbers) for a, b in zip(*ends, strict=True))
