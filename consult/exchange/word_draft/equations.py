"""Equations (OMML) as a line of text, where a line can say it."""

from collections.abc import Callable

from consult.exchange.word_draft.ooxml import Element, M, local
from consult.exchange.word_draft.symbols import lowered, raised

_PLAIN = ("r", "t", "sSub", "sSup", "sSubSup", "oMath", "oMathPara", "e", "sub", "sup", "rPr", "ctrlPr", "sty")


def equation_text(element: Element) -> tuple[str, bool]:
    """The equation on one line, and whether that is surely how a reader would write it (fractions and sums are worth a look)."""
    plain = all(local(each) in _PLAIN or local(each).endswith("Pr") or not str(each.tag).startswith(M) for each in element.iter())
    return _text(element), plain


def _text(element: Element) -> str:
    parts = []
    for each in element:
        name = local(each)
        if name == "t" and str(each.tag).startswith(M):
            parts.append(each.text or "")
        elif name in _FORMS:
            parts.append(_FORMS[name](each))
        elif not name.endswith("Pr"):
            parts.append(_text(each))
    return "".join(parts)


def _part(element: Element, name: str) -> str:
    found = element.find(M + name)
    return _text(found) if found is not None else ""


def _group(text: str) -> str:
    return text if text.isalnum() or len(text) < 2 else f"({text})"


def _script(mark: str, text: str) -> str:
    small = (lowered if mark == "_" else raised)(text)
    return small if small is not None else f"{mark}{_group(text)}"


def _sign(element: Element, parent: str, name: str, usual: str) -> str:
    found = element.find(f"{M}{parent}/{M}{name}")
    return usual if found is None else (found.get(M + "val") or "")


def _delimited(element: Element) -> str:
    inner = _sign(element, "dPr", "sepChr", "|").join(_text(each) for each in element.iterfind(M + "e"))
    return _sign(element, "dPr", "begChr", "(") + inner + _sign(element, "dPr", "endChr", ")")


def _scripts(element: Element) -> str:
    return _part(element, "e") + _limits(element)


def _limits(element: Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    return (_script("_", below) if below else "") + (_script("^", above) if above else "")


_FORMS: dict[str, Callable[[Element], str]] = {
    "f": lambda e: f"{_group(_part(e, 'num'))}/{_group(_part(e, 'den'))}",
    "sSub": _scripts,
    "sSup": _scripts,
    "sSubSup": _scripts,
    "rad": lambda e: f"{_script('^', _part(e, 'deg')) if _part(e, 'deg') else ''}√{_group(_part(e, 'e'))}",
    "nary": lambda e: f"{_sign(e, 'naryPr', 'chr', '∫')}{_limits(e)} {_part(e, 'e')}",
    "d": _delimited,
    "m": lambda e: "[" + "; ".join(", ".join(_text(cell) for cell in row) for row in e.iterfind(M + "mr")) + "]",
    "func": lambda e: f"{_part(e, 'fName')}({_part(e, 'e')})",
    "limLow": lambda e: f"{_part(e, 'e')}_({_part(e, 'lim')})",
    "limUpp": lambda e: f"{_part(e, 'e')}^({_part(e, 'lim')})",
}
