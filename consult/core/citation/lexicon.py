"""Words that lead to a clause number, per language; a language without an entry of its own uses all of them.

What is left out on purpose: "article" in English and 条 without a decimal number name articles of law.
"""

import re
from dataclasses import dataclass

GAP = r"[ \u00a0\u202f\n]*"
SPACE = r"[ \u00a0\u202f\n]+"
ASIDE = r"(?:[ \u00a0]?[(（][^()（）]{1,80}[)）])?"
"""A remark in brackets between a number and the title: criterion 2.4 (responsible sourcing) of the Performance Standard."""

NUMBER = r"(?:[A-Za-z]{1,4}[.\-‑])*[A-Za-z]?\d[A-Za-z0-9.\-‑]*(?:\([A-Za-z0-9]{1,4}\))*"
IDENTIFIER = re.compile(
    r"(?<![^\W\u3400-\u9fff])(?<![.\-‑])(?:(?:[A-Z]{1,4}[.\-‑]){1,3}|[A-Z](?=\d+\.\d))\d[A-Za-z0-9.\-‑]*(?:\([A-Za-z0-9]{1,4}\))*"
)
"""A number with letters, such as AC-2, ID.AM-1 or V1.2, needs no leading word."""

UNIT = re.compile(
    r"[ \u00a0\u202f]?(?:[%‰€$£¥％℃]|°[CFK]?|(?:[kMGT]?t|[kmµ]?g|[kcm]?m[23²³]?|ha|[mc]?[lL]|h|min|[kMGT]?Wh?|[kMGTP]?J|k?V|A|[kM]?Pa|bar|dB|ppm|ppb"
    r"|EUR|USD|CHF|CNY|CO[2₂]\w*|per" + SPACE + r"cent|pour" + SPACE + r"cent|percent|million|times|tonnes?|tons?"
    r"|(?:working|calendar|consecutive|business)" + SPACE + r"\w+|years?|months?|weeks?|days?|hours?|minutes?"
    r"|ans?|années?|mois|semaines?|jours?|heures?|fois)(?![\w])"
    r"|[个项年月日天吨千公克米升倍次名人家级类种份件万亿百度周元小分])"
)
"""Behind a figure: then it is a quantity and no number of a clause."""

DESIGNATION = re.compile(
    r"(?P<name>[A-Z]{2,}(?:/[A-Z]+)*[ \u00a0\-]?(?:[A-Z]{1,3}[ \u00a0\-])?\d[\w:./\-–—]*"
    r"|(?:Directive|Regulation|Règlement|Convention|Act|Law|Loi|Code|Protocol|Protocole|Guideline)s?\b[^.;:,\x00]{0,30}\d[\w/]*)"
    r",?[ \u00a0]*(?:in |under |dans |的|中|，)*$"
)
"""Before a reference: it belongs to a norm or a law of somebody else ("ISO 14064-1, section 5.2")."""


@dataclass(frozen=True)
class Words:
    """Patterns of one language. `many` lead to lists ("criteria 5.1, 5.3 and 5.4"), `pointing` only to numbers with a dot ("see 5.2").

    `joint` parts the numbers of a list, `until` those of a range. `of` links a reference to the title behind it, `ours` says that this is the
    text's own standard, `theirs` that it is something else. `annex` goes before a letter.
    """

    one: str
    many: str
    annex: str
    pointing: str
    joint: str
    until: str
    of: str
    ours: re.Pattern[str]
    theirs: re.Pattern[str]


_UNTIL = GAP + r"[–—~～-]" + GAP
ENGLISH = Words(
    one=r"(?:criterion|principle|section|clause|chapter|control|requirement|provision)",
    many=r"(?:criteria|principles|sections|clauses|chapters|controls|requirements|provisions)",
    annex=r"(?:annex(?:es)?|appendix|appendices)",
    pointing=r"(?:see(?: also)?)",
    joint=rf"(?:{GAP},{GAP}(?:(?:and|or){SPACE})?|{SPACE}(?:and|or|as well as){SPACE})",
    until=rf"(?:{SPACE}(?:to|through|until){SPACE}|{_UNTIL})",
    of=rf"{ASIDE}{GAP},?{SPACE}(?:of|in|from|under){SPACE}(?:the{SPACE})?(?:[A-Z][\w&-]*{SPACE}){{0,2}}",
    ours=re.compile(rf"{SPACE}(?:of|in){SPACE}(?:this|the{SPACE}(?:present|same))\b"),
    theirs=re.compile(rf"{SPACE}of\b"),
)
_LAWS = r"(?:normes?|lois?|directives?|règlements?|conventions?|codes?|décrets?|arrêtés?|traités?|accords?|contrats?|protocoles?|guides?|lignes|principes|constitution|pacte|charte|statuts?)"
FRENCH = Words(
    one=r"(?:critère|principe|section|chapitre|article|exigence|clause)",
    many=r"(?:critères|principes|sections|chapitres|articles|exigences|clauses)",
    annex=r"(?:annexes?|appendices?)",
    pointing=r"(?:voir(?: aussi)?|cf\.)",
    joint=rf"(?:{GAP},{GAP}(?:(?:et|ou){SPACE})?|{SPACE}(?:et|ou|ainsi que){SPACE})",
    until=rf"(?:{SPACE}(?:à|au|jusqu[’']à){SPACE}|{_UNTIL})",
    of=rf"{ASIDE}{GAP},?{SPACE}(?:de{SPACE}la|du|de{SPACE}l[’']|des|de|dans{SPACE}la){GAP}(?:[A-Z]{{2,}}{SPACE}){{0,2}}",
    ours=re.compile(rf"{SPACE}(?:de{SPACE}la{SPACE}présente|du{SPACE}présent|de{SPACE}cette|de{SPACE}ce|de{SPACE}la{SPACE}même)\b"),
    theirs=re.compile(rf"{SPACE}(?:de{SPACE}la{SPACE}|du{SPACE}|de{SPACE}l[’']|des{SPACE}|de{SPACE}|d[’'])(?:{_LAWS}\b|[A-ZÀ-Ý0-9])"),
)
CHINESE = Words(
    one=r"(?!)",
    many=r"(?:准则|原则|条款|章节|要求)",
    annex=r"附录",
    pointing=r"(?:见|参见|详见|参照|符合|按照|根据|依据|满足)",
    joint=rf"(?:{GAP}、{GAP}|{GAP}(?:和|及|与|或|以及){GAP})",
    until=rf"(?:{GAP}[至到]{GAP}|{_UNTIL})",
    of=rf"{ASIDE}{GAP}[（(]?见?{GAP}《(?:[A-Z]+)?",
    ours=re.compile(r"(?!)"),
    theirs=re.compile(r"(?!)"),
)
ORDINAL = re.compile(r"第[ \u00a0]?(?P<token>" + NUMBER + r")[ \u00a0]?(?P<unit>[章节条款])")
"""第8章, 第5.2条."""

WORDS = {"en": (ENGLISH,), "fr": (FRENCH,), "zh": (CHINESE,)}


def words_of(language: str) -> tuple[Words, ...]:
    return WORDS.get(language.split("-")[0].lower(), (ENGLISH, FRENCH, CHINESE))
