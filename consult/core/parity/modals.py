"""Verbs that bind, counted by strength in English, French and Chinese (facts 5.5: word to write, and words accepted as equal)."""

import re

MODALS = ("shall", "shall_not", "should", "should_not", "may")

_PATTERNS: dict[str, dict[str, re.Pattern[str]]] = {
    "en": {
        "shall_not": re.compile(r"\b(?:shall|must)\s+not\b|\bshall\s+(?:neither|in no case|under no)\b", re.IGNORECASE),
        "shall": re.compile(r"\bshall\b", re.IGNORECASE),
        "should_not": re.compile(r"\bshould\s+not\b", re.IGNORECASE),
        "should": re.compile(r"\bshould\b", re.IGNORECASE),
        "may": re.compile(r"\bmay\b(?! (?:be (?:affected|harmed|exposed|needed)|result|arise|occur))"),
    },
    "fr": {
        "shall_not": re.compile(
            r"\bne\s+doi(?:t|vent)\b[^.;:]{0,40}?\b(?:pas|jamais|aucun\w*|ni|plus)\b|\baucun\w*\b[^.;:]{0,60}\bne\s+doi(?:t|vent)\b",
            re.IGNORECASE,
        ),
        "shall": re.compile(r"\bdoi(?:t|vent)\b|\b(?:est|sont)\s+tenue?s?\s+d[e’']", re.IGNORECASE),
        "should_not": re.compile(
            r"\bconvient\s+(?:de\s+ne\s+(?:pas|jamais)|d’éviter|que\b[^.;:]{0,120}?\bne\s+\w+\s+pas\b)|\bne\s+devrai(?:t|ent)\s+pas",
            re.IGNORECASE,
        ),
        "should": re.compile(
            r"\bil\s+(?:\w+\s+){0,2}convient\b|\bconvient[- ]il\b|\bdevrai(?:t|ent)\b|\bil\s+est\s+recommandé", re.IGNORECASE
        ),
        "may": re.compile(
            r"\b(?:est|sont)\s+autorisée?s?\s+à|\bpeu(?:t|vent)\b|\bpourra(?:it|ient)?\b|\bsusceptibles?\b|\béventuel", re.IGNORECASE
        ),
    },
    "zh": {
        "shall_not": re.compile(r"不应|不得|禁止|严禁"),
        "shall": re.compile(
            r"(?<![反响供效适相感回呼顺答不对])应(?!急|用|付|答|力|变|激|聘|届|收(?:账款|款|票据)|征(?!求|集|得|询)|纳(?!入)|有的"
            r"|对(?:气候|突发|紧急|措施|计划|能力|变化|策略|方案|风险)(?![^。；，]{0,20}(?:进行|开展|予以|作出|加以)))"
        ),
        "should_not": re.compile(r"不宜"),
        "should": re.compile(r"(?<![适事便不权])宜(?!居)"),
        "may": re.compile(r"可(?!再生|持续|行|靠|见|追溯|信|及|比|燃|回收|核|逆|利用|识)"),
    },
}
_WITHIN = {"shall": "shall_not", "should": "should_not"}
_LOOSE_MAY = {"zh": re.compile("可|允许|能"), "fr": _PATTERNS["fr"]["may"], "en": re.compile(r"\bmay\b|\bcan\b|\ballowed\b|\bable\b")}


def count_modals(text: str, language: str) -> dict[str, int] | None:
    """How often each strength occurs; a prohibition does not count as a requirement. `may_loosely`: words that can express a permission.

    None for languages whose verbs are not known here.
    """
    patterns = _PATTERNS.get(language)
    if patterns is None:
        return None
    counts = {modal: len(patterns[modal].findall(text)) for modal in MODALS}
    counts["may_loosely"] = len(_LOOSE_MAY[language].findall(text))
    if language != "zh":
        for modal, within in _WITHIN.items():
            counts[modal] = max(0, counts[modal] - counts[within])
    return counts


def modal_words(text: str, language: str, modal: str) -> tuple[str, ...]:
    """The verbs of one strength as the text writes them, prohibitions aside where a requirement is asked for."""
    pattern = _PATTERNS.get(language, {}).get(modal)
    return tuple(dict.fromkeys(found[0] for found in pattern.finditer(text))) if pattern else ()
