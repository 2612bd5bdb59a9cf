"""Characters of the symbol fonts, and raised and lowered ones, as Unicode."""

import unicodedata

_SYMBOL = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = {
    0xA1: "ϒ", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xA6: "ƒ", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷",
    0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈", 0xCF: "∉", 0xD1: "∇", 0xD2: "®",
    0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xD9: "∧", 0xDA: "∨", 0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒", 0xE5: "∑",
    0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "❐", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA7: "▪", 0xA8: "◻",
    0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x53: "☒", 0xA3: "☐"}
_RAISED = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓ", strict=True))
ORDINALS = ("er", "re", "e", "ère", "ème", "eme", "ers", "res", "es", "nd", "nde", "st", "rd", "th", "o", "a", "os", "™", "®", "°")
"""Raised letters that mean the same on the line."""


def symbol(code: int, font: str) -> str | None:
    """The character of a symbol font at this code (with or without 0xF000), None where it is not known."""
    low, name = code & 0xFF if 0xF000 <= code <= 0xF0FF else code, font.lower()
    if name == "symbol":
        return _SYMBOL[low - 0x20] if 0x20 <= low < 0x20 + len(_SYMBOL) else _SYMBOL_HIGH.get(low)
    if name == "wingdings":
        return _WINGDINGS.get(low)
    if name == "wingdings 2":
        return _WINGDINGS_2.get(low)
    if 0xE000 <= code <= 0xF8FF or not 0x20 <= code <= 0x10FFFF or unicodedata.category(chr(code)) in ("Cc", "Cs", "Cn"):
        return None
    return chr(code)


def raised(text: str) -> str | None:
    """The text as superscript characters; None where one of them has no such form."""
    return _each(text, _RAISED)


def lowered(text: str) -> str | None:
    return _each(text, _LOWERED)


def _each(text: str, forms: dict[str, str]) -> str | None:
    return "".join(forms.get(char, char) for char in text) if all(char in forms or char.isspace() for char in text) else None
