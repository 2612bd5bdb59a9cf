"""The grammar of clause numbers and their form in addresses (design, section 5)."""

import re

_PREFIX = r"(?:[^\W\d_]{1,4}[.\-])"
_ROMAN = r"[ivx]{2,5}"
_SHAPE = re.compile(r"[\w.\-‐‑–()\[\]/§:]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_TRAILING = re.compile(r"(?<=[\w)\]])[.:、．：]+$")
_ANNEX = re.compile(
    r"(?P<word>annexe?|附录)(?P<gap>[ \u00a0\u202f]*)(?P<letter>[A-Z]|\d{1,2})(?![^\W_])(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Letters, figures and signs as wide as a Han character, typed in Chinese texts, mean the same as the narrow ones."""
_TITLE_JOINT = re.compile(r"^[\s.:：．—–-]+")


def address(label: str) -> str:
    """The form of a number in addresses: lower-case, everything but letters, digits, dot and hyphen turned into a hyphen; an annex is
    `annex-a`. Full-width characters count as the narrow ones.
    """
    label = label.translate(_WIDE)
    if annex := _annex(label):
        return f"annex-{annex['letter'].lower()}"
    return re.sub(r"[^\w.\-]|_", "-", label.lower())


def annex_or_number(heading: str) -> tuple[str, str] | None:
    """A heading's label and title ("5.1", "Disclosure"), or None when its first word is no number: a group.

    A number is a word with a digit and no letters but single ones, a short prefix (at most four letters) with hyphen or dot, or a small
    roman numeral after a separator: 5, 5.1, 5.1.a, 5.1.ii, AC-2.2, ID.AM-1, V1.2, o0001x. Or Annex, Annexe, 附录 with its letter or number.
    """
    if annex := _annex(heading):
        return heading[: annex.end("letter")], _TITLE_JOINT.sub("", annex["rest"]).strip()
    word, _, title = _split(heading)
    label = _TRAILING.sub("", word)
    return (label, title) if is_number(label) else None


def is_number(word: str) -> bool:
    """Whether a single word is a clause number (annexes apart)."""
    word = word.translate(_WIDE)
    if not any(c.isdigit() for c in word) or not _SHAPE.fullmatch(word):
        return False
    rest = word
    while (prefix := re.match(_PREFIX, rest)) and len(word) - len(rest) < 12:
        rest = rest[prefix.end() :]
    runs = [(found.start(), found[0]) for found in _LETTERS.finditer(rest)]
    return any(c.isdigit() for c in rest) and all(
        len(run) == 1 or (start and not rest[start - 1].isalnum() and re.fullmatch(_ROMAN, run)) for start, run in runs
    )


def looks_numbered(heading: str) -> bool:
    """A heading that begins with a digit, perhaps behind emphasis marks, and yet is no number: worth a warning."""
    return heading.lstrip("*_`([")[:1].isdigit()


def _annex(heading: str) -> re.Match[str] | None:
    found = _ANNEX.match(heading)
    if not found or (found["word"] != "附录" and not found["gap"]):
        return None
    small_word = found["letter"].islower() and bool(re.match(r"\s+\w", found["rest"]))  # "Annex a list to …"
    return None if small_word else found


def _split(heading: str) -> tuple[str, str, str]:
    parts = re.split(r"(\s+)", heading.strip(), maxsplit=1)
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else (heading.strip(), "", "")
