"""Which language a text is written in: by script, then by its most frequent small words. No library, no memory, never fails.

A guess is shown and can be corrected; a short or mixed text takes the language of the page it was written on.
"""

import re
from collections import Counter
from dataclasses import dataclass

WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("kana", re.compile(r"[\u3041-\u30ff]")),
    ("han", re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")),
    ("hangul", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("arabic", re.compile(r"[\u0620-\u064a\u066e-\u06d3]")),
    ("greek", re.compile(r"[\u0370-\u03ff]")),
    ("hebrew", re.compile(r"[\u05d0-\u05ea]")),
    ("devanagari", re.compile(r"[\u0900-\u097f]")),
    ("thai", re.compile(r"[\u0e01-\u0e4e]")),
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
)
ONE_TONGUE = {"kana": "ja", "hangul": "ko", "greek": "el", "hebrew": "he", "devanagari": "hi", "thai": "th"}
TRADITIONAL = re.compile(r"[這個們來時會對後說國學與為應該將還開關過點種從無實發電業標準條區內環經體項見議產鋁長專據廠]")
SIMPLIFIED = re.compile(r"[这个们来时会对后说国学与为应该将还开关过点种从无实发电业标准条区内环经体项见议产铝长专据厂]")
LETTERS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("cyrillic", "uk", re.compile(r"[іїєґІЇЄҐ]")),
    ("cyrillic", "sr", re.compile(r"[ђћџјљњЂЋЏЈЉЊ]")),
    ("cyrillic", "kk", re.compile(r"[әғқңөұүһӘҒҚҢӨҰҮҺ]")),
    ("arabic", "ur", re.compile(r"[ٹڈڑےں]")),
    ("arabic", "fa", re.compile(r"[پچژگ]")),
)
"""Letters that one language of a script has and its main one does not."""
MAIN = {"cyrillic": "ru", "arabic": "ar"}
LETTERS_SAY = 0.01
_TABLE = """
en the of and a to is in that for it as be this are on not by or with should have an from which would we our shall at more but they can was has
fr le la les de des du et en un une que qui est pour dans pas sur par au aux ne ce cette il nous avec sont plus ou être doit d l qu n s c se
es el la los las de del y en un una que es por para con no se su al lo como más o pero sus este esta son está debe nos sobre ser entre
pt o a os as de do da dos das e em um uma que é por para com não se no na ao mais ou como mas são deve pelo pela nos nas ser seu sua isso
de der die das und in zu den von ist des mit nicht für auf ein eine dem sich auch es an werden aus er wird sind bei oder wir als nach muss soll
it il lo la i gli le di del della e in un una che è per con non si da al dei delle più come sono o ma anche nel nella deve alla questo
nl de het een van en in is op te dat die voor met niet zijn aan er ook als bij door om of wordt naar maar moet worden deze wij
sv och att det i en som är på för av med till den inte om ett har de vi kan ska från eller vid bör
no og å det i en som er på for av med til den ikke om et har de vi kan skal fra eller ved bør at
da og at det i en som er på for af med til den ikke om et har de vi kan skal fra eller ved bør
pl i w na z do nie się że to jest o dla jak po od przez lub oraz są być tego powinien które który
tr ve bir bu için ile de da olarak daha çok olan gibi veya en değil ne göre her kadar olmalıdır
id yang dan di untuk dengan ini dari pada tidak dalam adalah oleh atau harus kami akan ke itu juga dapat bagi
vi và của là có trong cho không được các với những này để một phải cần theo từ khi đến
ro și de la în a că pe cu nu este pentru din care un o să sunt sau mai se prin trebuie
is og að í er á sem um til við af það með fyrir ekki en frá eða vera skal
sw ya na wa kwa ni katika la za cha kuwa hii au kama hiyo lazima sisi
"""
SMALL_WORDS: dict[str, frozenset[str]] = {tag: frozenset(words) for tag, *words in map(str.split, _TABLE.strip().splitlines())}
ENOUGH_WORDS = 6
"""Small words below which a guess stays unsure."""
SURE = 0.5
"""Below it the language of the page is taken."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A language tag and how sure (0..1)."""

    tag: str
    sureness: float


def guess_language(text: str, expected: str = "en") -> Guess:
    """The language of `text`; `expected` (that of the page) where the text does not tell."""
    counts = {script: len(found.findall(text)) for script, found in SCRIPTS}
    # a Han character or a syllable says about as much as two letters
    weights = {script: count * (2 if script in ("han", "kana", "hangul") else 1) for script, count in counts.items()}
    total = sum(weights.values())
    if not total:
        return Guess(expected, 0.0)
    if counts["kana"] * 10 > counts["han"] and weights["kana"] + weights["han"] > total / 2:
        return Guess("ja", (weights["kana"] + weights["han"]) / total)
    script = max(weights, key=lambda each: weights[each])
    share = weights[script] / total
    if script == "han":
        return Guess(_chinese(text, expected), share)
    if script in ONE_TONGUE:
        return Guess(ONE_TONGUE[script], share)
    return _latin(text, expected) if script == "latin" else Guess(_by_letters(text, script, counts[script]), share)


def _chinese(text: str, expected: str) -> str:
    if len(TRADITIONAL.findall(text)) > len(SIMPLIFIED.findall(text)):
        return "zh-Hant"
    return expected if expected.split("-")[0] == "zh" and expected != "zh-Hant" else "zh"


def _by_letters(text: str, script: str, letters: int) -> str:
    for own_script, tag, own in LETTERS:
        if own_script == script and len(own.findall(text)) > LETTERS_SAY * letters:
            return tag
    return MAIN[script]


def _latin(text: str, expected: str) -> Guess:
    # French and Italian small words hide before an apostrophe: l'eau, dell'acqua
    words = Counter(part for word in WORDS.findall(text.lower()) for part in re.split("['’]", word))
    hits = {tag: sum(words[small] for small in smalls) for tag, smalls in SMALL_WORDS.items()}
    best = max(hits, key=lambda tag: (hits[tag], tag == expected))
    found = hits[best]
    if not found or (found == 1 and expected in SMALL_WORDS):  # one small word is no sentence of a language
        return Guess(expected, 0.0)
    second = max(count for tag, count in hits.items() if tag != best)
    clear = (found - second) / found
    sureness = clear * min(1.0, found / ENOUGH_WORDS)
    # neighbours share small words (Spanish and Portuguese, Danish and Norwegian): a slight lead over the expected one decides nothing
    if sureness < SURE / 2 and hits.get(expected, 0) > found * 0.8:
        return Guess(expected, sureness)
    return Guess(best, sureness)
