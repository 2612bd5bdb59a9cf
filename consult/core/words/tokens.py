"""Text cut into tokens for the word diff: joined together they are the text again, character for character.

Whole are: words with hyphen and apostrophe, numbers with their parts and unit, modal verbs with their negation, labels of list items at the
start of a line, runs of markup; Han is cut by character, but for numbers and modal verbs.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_GAP = r"[ \u00a0\u202f\u2009]"
_GROUPED = r"\d{1,3}(?:[ \u00a0\u202f\u2009,]\d{3})+(?!\d)(?:[.,]\d+)?"
_PLAIN_NUMBER = r"\d+(?:[.,:/\-‐‑]\d+)*"
"""A reference or a date is one number, whatever parts it: 14064-1:2006, 2016/679, 2022-01-07. Half of one reads as another reference."""
_SYMBOL = r"(?:°[CFK]?|[%‰€$£¥]|CO[2₂]e?|[kMG]?t|[kmµμ]?g|[kcmnµμ]?m[23²³]?|ha|[mc]?[lL]|[kMGT]?Wh?|[kMGTP]?J|[kMG]?Hz|[kKMGT]i?B|dB|[km]?V|m?A|[kM]?Pa|m?bar|ppm|ppb|min|ms|h|s|USD|EUR|CNY)"
_LATIN_UNIT = rf"{_GAP}?{_SYMBOL}(?:/{_SYMBOL})*(?:{_GAP}CO[2₂](?:e|eq)?)?(?![A-Za-zÀ-ÿ0-9])"
_MEASURE = r"吨|千克|公斤|毫克|微克|克|千米|公里|厘米|毫米|平方米|立方米|米|公顷|升|兆瓦时|千瓦时|兆瓦|千瓦|小时|分钟|个月|个工作日|工作日|年|月|日|天|周|岁|美元|欧元|元"
_HAN_UNIT = rf"(?:万|亿|千)?(?:{_MEASURE}|万|亿)"
_LETTER = rf"[^\W\d_{HAN}]"
_NUMBER = rf"(?:{_GROUPED}|{_PLAIN_NUMBER})(?:{_LATIN_UNIT}|{_HAN_UNIT}|{_LETTER}{{1,3}}(?![^\W{HAN}]))?"
"""A few letters that touch a number belong to it: 3e, 4th, 12a."""
_WORD = rf"{_LETTER}(?:[^\W{HAN}]|[\u0300-\u036f])*(?:['’ʼ\-‐‑][^\W{HAN}](?:[^\W{HAN}]|[\u0300-\u036f])*)*['’]?"
_NUMERAL = "[零〇一二两三四五六七八九十百千万亿半]"
_HAN_COUNT = rf"{_NUMERAL}+分之{_NUMERAL}+|{_NUMERAL}+(?:{_MEASURE}|个百分点|次|倍|项|名|人|家|轮|级|个)|{_NUMERAL}{{2,}}|(?<=第){_NUMERAL}|每个?(?:年|月|周|日|天|次|项|名|人)"
"""Numbers in Chinese numerals: a fraction, a quantity with its unit, or a number of its own (第二十六条), which no mark may halve."""
_PHRASE = (
    rf"(?:shall|should|may|must|can|need|will|do|does|is|are){_GAP}not(?![^\W_])"
    rf"|ne{_GAP}(?:doi(?:t|vent)|devr(?:a|ait|aient|ont)|peu(?:t|vent)|pourr(?:a|ait|aient|ont)|faut|saurait){_GAP}(?:pas|plus|jamais|point|en{_GAP}aucun{_GAP}cas)(?![^\W_])"
)
"""A modal verb with its negation: one word, so that a prohibition never loses its "not" in half a mark."""
_MODAL = r"不应当|不应该|不应|不得|不宜|不必|不能|不可|不需|无须|无需|必须|应当|应该|可以|需要|能够"
_TOKEN = re.compile(
    rf"(?P<space>\r\n|\n|\r|[^\S\r\n]+)|(?P<number>{_NUMBER}|{_HAN_COUNT})|(?P<modal>(?i:{_PHRASE})|{_MODAL})|(?P<word>{_WORD})|(?P<han>[{HAN}])|(?P<mark>\*+|_+|`+|~+|——|……|\.\.\.|.)",
    re.S,
)
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "as",
        "is",
        "are",
        "be",
        "been",
        "was",
        "were",
        "that",
        "this",
        "these",
        "those",
        "it",
        "its",
        "their",
        "any",
        "all",
        "such",
        "not",
        "no",
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "du",
        "de",
        "d'",
        "l'",
        "et",
        "ou",
        "à",
        "au",
        "aux",
        "en",
        "dans",
        "par",
        "pour",
        "sur",
        "avec",
        "que",
        "qui",
        "se",
        "sa",
        "son",
        "ses",
        "leur",
        "leurs",
        "ce",
        "cette",
        "ces",
        "il",
        "elle",
        "est",
        "sont",
        "的",
        "了",
        "和",
        "或",
        "与",
        "及",
        "在",
        "于",
        "对",
        "为",
        "以",
        "其",
        "并",
        "等",
        "是",
        "有",
        "中",
        "将",
        "由",
        "从",
        "被",
        "之",
        "者",
    ]
)


_LABEL_LENGTH = 5
LABEL = re.compile(r"[(（]?(?:[a-z]|[ivx]{1,4}|\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、]", re.I)
"""What a list item begins with at the start of its line: a), (iv), 2., 一、"""


class Token(NamedTuple):
    """A piece of text and what it is: space, number, word, modal, han, label or mark."""

    text: str
    kind: str


def tokens(text: str) -> list[Token]:
    """Cuts a text; the pieces joined are the text. A combining mark, joiner or selector stays with the piece before it."""
    found = _labelled(Token(match.group(), match.lastgroup or "mark") for match in _TOKEN.finditer(text))
    return found if text.isascii() else _whole(found)


def _labelled(cut: Iterable[Token]) -> list[Token]:
    """Joins the pieces of a list label that opens a line."""
    found: list[Token] = []
    opened: int | None = 0  # where the first piece of the line is or will be; None behind a label or a longer piece
    for token in cut:
        found.append(token)
        if token.kind == "space":
            if token.text[0] in "\r\n":
                opened = len(found)
            elif opened is not None:
                opened = len(found) if opened == len(found) - 1 else None
        elif opened is not None:
            label = "".join(piece.text for piece in found[opened:])
            if len(found) - opened > 1 and LABEL.fullmatch(label):
                found[opened:] = [Token(label, "label")]
                opened = None
            elif len(found) - opened > 2 or len(label) > _LABEL_LENGTH:
                opened = None
    return found


def _whole(found: list[Token]) -> list[Token]:
    whole: list[Token] = []
    for token in found:
        first = token.text[0]
        joined = whole and (
            whole[-1].text[-1] == "\u200d" or (first > "\u02ff" and (first == "\u200d" or unicodedata.category(first)[0] == "M"))
        )
        if joined and whole[-1].kind != "space" and token.kind != "space":
            whole[-1] = Token(whole[-1].text + token.text, whole[-1].kind)
        else:
            whole.append(token)
    return whole


def content_word(token: Token) -> bool:
    """Whether a piece carries meaning of its own: a number, a modal verb, or a word that is not a mere connective."""
    if token.kind in {"number", "modal"}:
        return True
    return token.kind in {"word", "han"} and token.text.casefold() not in _SMALL
