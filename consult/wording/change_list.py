"""A change told in sentences, for those who do not see marks: what became of a clause, then every addition and removal in quotation marks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consult.core.change import Spans
from consult.core.words import plain_text
from consult.wording.standards import listed
from consult.wording.terms import N_, Translate, term

BECAME, STAYED = N_("%(old)s became %(new)s: %(kinds)s"), N_("%(number)s: %(kinds)s")
NOT_FOUND, CONFIRMED = N_("no successor found"), N_("removed, confirmed by the secretariat")
BINDS_OTHERS, TYPOGRAPHIC, SWAPPED = N_("binds others than before"), N_("typographic only"), N_("swapped")
TITLE = N_("Title: “%(old)s” became “%(new)s”")
REPLACED, REMOVED, ADDED = N_("“%(old)s” became “%(new)s”"), N_("removed: “%(old)s”"), N_("added: “%(new)s”")
REPLACED_AFTER = N_("after “%(before)s”: “%(old)s” became “%(new)s”")
REMOVED_AFTER, ADDED_AFTER = N_("removed after “%(before)s”: “%(old)s”"), N_("added after “%(before)s”: “%(new)s”")

_BEFORE = re.compile(r"(?:[\u2e80-\u9fff]{1,8}|(?:[^\s\u2e80-\u9fff]+\s+){0,3}[^\s\u2e80-\u9fff]+)[\s\u3000-\u303f\uff00-\uff65]*$")
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with its placeholders, and what stands for them: texts of the standard, in its language."""

    sentence: str
    quoted: Mapping[str, str]


def headline(
    kinds: Sequence[str], old: Sequence[str], new: Sequence[str], language: str, translate: Translate, *,
    swapped: bool = False, confirmed: bool = False, binds_others: bool = False, quiet: bool = False,
) -> str:  # fmt: skip
    """5.2 became 5.3: renumbered and modified. `old` and `new` are printed numbers; `quiet`: its words changed in typography alone."""
    said = {"removed": CONFIRMED if confirmed else NOT_FOUND, "renumbered": SWAPPED} if swapped or "removed" in kinds else {}
    names = [translate(said[kind]) if kind in said else term("kind", kind, translate) for kind in kinds if kind != "unchanged"]
    if quiet:
        names = [name for name in names if name != term("kind", "modified", translate)] + [translate(TYPOGRAPHIC)]
    if binds_others:
        names.append(translate(BINDS_OTHERS))
    told = {"kinds": listed(names or [term("kind", "unchanged", translate)], language)}
    if old and new and tuple(old) != tuple(new):
        return translate(BECAME) % (told | {"old": listed(old, language), "new": listed(new, language)})
    return translate(STAYED) % (told | {"number": listed(new or old, language)})


def sentences(title: Spans, text: Spans, translate: Translate) -> list[Told]:
    """What changed in title and text, in their order; nothing where nothing did. Markup is left out, also of what is quoted."""
    said = [Told(translate(TITLE), {"old": _side(title, "+"), "new": _side(title, "-")})] if _both_sides(title) else []
    return [*said, *_of_text(text, translate)]


def _both_sides(title: Spans) -> bool:
    return any(mark != "=" for mark, _ in title) and bool(_side(title, "+").strip()) and bool(_side(title, "-").strip())


def _side(spans: Spans, without: str) -> str:
    return "".join(text for mark, text in spans if mark != without)


def _of_text(spans: Spans, translate: Translate) -> Iterable[Told]:
    before, at = "", 0
    while at < len(spans):
        mark, text = spans[at]
        if mark == "=":
            before, at = text, at + 1
            continue
        gone = come = ""
        while at < len(spans) and spans[at][0] != "=":
            gone, come = (gone + spans[at][1], come) if spans[at][0] == "-" else (gone, come + spans[at][1])
            at += 1
        told = _change(_context(before), _quotable(gone), _quotable(come), translate)
        if told is not None:
            yield told
        before = come


def _change(before: str, old: str, new: str, translate: Translate) -> Told | None:
    if old == new:
        return None
    after = {"before": before} if before else {}
    if old and new:
        return Told(translate(REPLACED_AFTER if before else REPLACED), after | {"old": old, "new": new})
    if old:
        return Told(translate(REMOVED_AFTER if before else REMOVED), after | {"old": old})
    return Told(translate(ADDED_AFTER if before else ADDED), after | {"new": new})


def _quotable(markdown: str) -> str:
    """A piece of a text on one line without markup; "" for markup and spaces alone."""
    return " ".join(plain_text(markdown).split())


def _context(kept: str) -> str:
    """The last words of the line before a change, so that one finds the place; "" at the beginning of a line."""
    line = _quotable(kept.rpartition("\n")[2])
    found = _BEFORE.search(line)
    return found[0].strip() if found and _LETTER.search(found[0]) else ""
