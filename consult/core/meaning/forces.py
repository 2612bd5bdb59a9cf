"""The force of verbs: what a sentence requires, forbids, recommends, allows or leaves free (facts 5.5, and words met in drafts)."""

import re
from dataclasses import dataclass
from typing import Literal

Strength = Literal["shall", "shall_not", "should", "should_not", "may", "need_not"]
BINDING = ("shall", "shall_not")
ADVISING = ("should", "should_not")
RANK = {"shall": 3, "shall_not": 3, "should": 2, "should_not": 2, "may": 1, "need_not": 0, None: 1}
"""How much is asked. A sentence without such a verb asks as little as one that allows."""


@dataclass(frozen=True, slots=True)
class Force:
    strength: Strength
    words: str
    start: int
    end: int


_N = r"(?:\s+(?:also|only|then|further|likewise|in addition|at all times))?"
_NOT_RESPOND = (
    r"(?<![反响供效适相感回呼顺答不对])应(?!急|用|付|答|力|变|激|聘|届|有的|邀|收(?:账款|款|票据)|征(?!求|集|得|询)|纳(?!入)"
    r"|对(?:气候|突发|紧急|措施|计划|能力|变化|策略|方案|风险)(?![^。；，]{0,20}(?:进行|开展|予以|作出|加以)))(?:当|该)?"
)
_FORCES: dict[str, tuple[tuple[Strength, str], ...]] = {
    "en": (
        ("need_not", r"\bneed\s+not\b|\b(?:is|are)\s+not\s+(?:required|obliged|bound)\s+to\b|\bdo(?:es)?\s+not\s+(?:need|have)\s+to\b"),
        ("shall_not", r"\b(?:shall|must|may)\s+(?:not|never|in no case|under no circumstances)\b|\bshall\s+neither\b|\bno\s+(?!later|more|less|fewer|longer)[\w\s-]{1,40}?\b(?:shall|must|may)\b|\b(?:is|are)\s+(?:prohibited|forbidden|not\s+(?:permitted|allowed))\b|\bcannot\b"),
        ("should_not", r"\bshould\s+(?:not|never)\b"),
        ("shall", rf"\b(?:shall|must){_N}\b|\b(?:is|are)\s+(?:required|obliged)\s+to\b|\bha(?:s|ve)\s+to\b"),
        ("should", rf"\b(?:should|ought\s+to){_N}\b|\b(?:is|are)\s+(?:recommended|encouraged|invited|advised)\s+to\b"),
        ("may", r"\bmay\b(?!\s+(?:be\s+(?:affected|harmed|exposed|needed)|result|arise|occur|have been))|\b(?:is|are)\s+(?:allowed|permitted|free)\s+to\b"),
    ),
    "fr": (
        ("need_not", r"\bn[’']\s?(?:est|sont)\s+pas\s+tenue?s?\s+d[e’']|\bil\s+n[’']est\s+pas\s+nécessaire\b|\bn[’']\s?(?:a|ont)\s+pas\s+à\b|\b(?:est|sont)\s+dispensée?s?\s+d[e’']"),
        ("shall_not", r"\bne\s+(?:doi(?:t|vent)|devr(?:a|ont)|peu(?:t|vent))\b[^.;:]{0,40}?\b(?:pas|jamais|aucun\w*|ni|plus|en aucun cas)\b|\b(?:aucune?|nul(?:le)?)\b[^.;:]{0,60}?\bne\s+(?:doi(?:t|vent)|peu(?:t|vent))\b|\b(?:est|sont)\s+interdite?s?\b|\bil\s+est\s+interdit\b"),
        ("should_not", r"(?:\bil\s+(?:\w+\s+){0,2})?\bconvient\s+(?:de\s+ne\s+(?:pas|jamais)|d[’']éviter)|(?:\bil\s+(?:\w+\s+){0,2})?\bconvient\s+que\b[^.;:]{0,120}?\bne\s+\w+\s+pas\b|\bne\s+devrai(?:t|ent)\s+(?:pas|jamais)"),
        ("shall", r"\bdoi(?:t|vent)\b|\bdevr(?:a|ont)\b|\b(?:est|sont)\s+tenue?s?\s+d[e’']|\b(?:est|sont)\s+obligatoires?\b|\b(?:a|ont)\s+l[’']obligation\s+d[e’']|\bdoit-(?:il|elle)\b"),
        ("should", r"\bil\s+(?:\w+\s+){0,2}convient\b|\bconvient[- ]il\b|\bdevrai(?:t|ent)\b|\bil\s+est\s+(?:recommandé|conseillé)|\b(?:est|sont)\s+(?:encouragée?s?|invitée?s?)\s+à"),
        ("may", r"\bpeu(?:t|vent)\b(?!\s+(?:résulter|survenir|être\s+(?:touché|affecté|exposé)))|\b(?:est|sont)\s+(?:autorisée?s?|libres?)\s+(?:à|de)\b|\bpourr(?:a|ont)\b"),
    ),
    "zh": (
        ("need_not", r"不必|无须|无需|不需要?|毋须"),
        ("shall_not", r"不应当|不应该|不应|不得|禁止|严禁|不可(?!避免|抗|逆|预见|再生|持续|或缺|接受)|不能(?!满足|达到|履行)"),
        ("should_not", r"不宜"),
        ("shall", rf"必须|务必|(?<![无毋必])须(?!知)|{_NOT_RESPOND}"),
        ("should", r"(?<![适事便不权])宜(?!居)|建议(?!书)|鼓励"),
        ("may", r"可以|(?<![不许认尽])可(?!再生|持续|行|靠|见|追溯|信|及|比|燃|回收|核|逆|利用|识|能|以|获得|量化|衡量|测量|用|操作|接受|预见)|允许"),
    ),
}  # fmt: skip
_COMPILED = {
    language: re.compile("|".join(f"(?P<{strength}>{words})" for strength, words in table), re.IGNORECASE)
    for language, table in _FORCES.items()
}
"""Alternatives from the longer to the shorter at one place: a prohibition is never read as a requirement."""


def read_forces(text: str, language: str) -> tuple[Force, ...]:
    """Verbs that bind, recommend or allow, in order; none for a language that is not known here."""
    pattern = _COMPILED.get(language)
    if pattern is None:
        return ()
    return tuple(Force(found.lastgroup, found[0], found.start(), found.end()) for found in pattern.finditer(text))  # type: ignore[arg-type]


def turned(old: str | None, new: str | None) -> Literal["stricter", "looser", "none"]:
    """What it does to a reader when one force takes the place of another."""
    if old == new:
        return "none"
    if "need_not" in (old, new):
        return "looser" if new == "need_not" else "stricter"
    if RANK[new] != RANK[old]:
        return "stricter" if RANK[new] > RANK[old] else "looser"
    if old is None or new is None:  # may against a plain statement
        return "none"
    return "stricter" if new.endswith("_not") else "looser"  # shall against shall not: what was required is forbidden, or the reverse
