"""Words next to a figure that say how it binds, by language; and rhythms without a figure (every year, 每年)."""

import re

DAYS = {"year": 365.0, "month": 30.4, "week": 7.0, "day": 1.0, "hour": 1 / 24, "minute": 1 / 1440}
"""Units of time in days, so that 18 months and two years compare."""

Roles = tuple[tuple[str, re.Pattern[str]], ...]


def _before(*pairs: tuple[str, str]) -> Roles:
    return tuple(
        (role, re.compile(rf"(?:{words})\s*(?:(?:a|an|the|les?|la|une?|period of|total of)\s+)*$", re.IGNORECASE)) for role, words in pairs
    )


def _after(*pairs: tuple[str, str]) -> Roles:
    return tuple((role, re.compile(rf"^\s*(?:{words})", re.IGNORECASE)) for role, words in pairs)


BEFORE: dict[str, Roles] = {
    "en": _before(
        ("frequency", r"(?:at least |at most |no less than )?(?:once )?(?:in )?every|at intervals of (?:at most |no more than |not more than )?"),
        ("deadline", r"\bwithin(?: a (?:maximum|period) of)?(?: the (?:first|next))?|\b(?:no|not) later than|\bat the latest|\bin (?:no more|less) than|\bnot (?:more|later) than (?=\d+ days (?:after|from))"),
        ("min", r"\bat least|\b(?:no|not) (?:less|fewer|lower|shorter) than|\ba minimum of|\bminimum(?: of)?|\bnot (?:fall |be )?below|\bas (?:many|much) as|≥"),
        ("max", r"\bat most|\b(?:no|not) (?:more|higher|greater|longer) than|\bup to|\ba maximum of|\bmaximum(?: of)?|\bnot (?:to )?exceed(?:ing)?|\blimited to|\bcapped at|\b(?:stay|stays|keep|kept|remain|remains)\b[^.;]{0,20}\b(?:below|under)|≤"),
        ("over", r"\b(?:more|greater|higher|longer|older) than|\bover|\babove|\bexceed(?:s|ing)?|\bin excess of|>"),
        ("under", r"\b(?:less|fewer|lower|shorter|younger) than|\bbelow|\bunder|<"),
        ("until", r"\buntil|\bthrough"),
        ("from", r"\bfrom|\bas (?:of|from)|\bstarting(?: on| in)?|\bafter|\bsince"),
    ),
    "fr": _before(
        ("frequency", r"(?:au moins |au minimum )?(?:une fois )?(?:tous|toutes)(?: les)?|à intervalles de"),
        ("deadline", r"\bdans (?:les|un délai(?: maximal| maximum)? de|le délai de)|\bau plus tard(?: dans)?|\bd[’']ici(?: à)?|\ben moins de|\bsous (?=\d+ jours)|\bdans un délai (?:n[’']excédant|ne dépassant) pas"),
        ("min", r"\bau (?:moins|minimum)|\bminimum(?: de| d[’'])?|\bpas moins d[e’']|\bsupérieure?s? ou égale?s? à|\bpas être inférieure?s? à|≥"),
        ("max", r"\bau (?:plus|maximum)|\bmaximum(?: de| d[’'])?|\bpas (?:dépasser|excéder|plus d[e’'])|\bne (?:dépass|excèd)\w+ pas|\bn[’']excéd\w+ pas|\bne dépassant pas|\bsans (?:dépasser|excéder)|\bjusqu[’']à(?! (?:19|20)\d\d)|\binférieure?s? ou égale?s? à|\bpas être supérieure?s? à|\blimitée?s? à|\bplafonnée?s? à|\bsous(?: le seuil de| la limite de)?|≤"),
        ("over", r"\bplus d[e’']|\bsupérieure?s? à|\bdépass\w+|\bexcèd\w+|\bexcéd\w+|\bau-delà d[e’']|\bau-dessus d[e’']|>"),
        ("under", r"\bmoins d[e’']|\binférieure?s? à|\b(?:en|au)[- ]dessous d[e’']|<"),
        ("until", r"\bjusqu[’'](?:au|en|à)"),
        ("from", r"\bà (?:partir|compter) d[eu]|\bdès(?: le)?|\bdepuis(?: le)?|\baprès(?: le)?"),
    ),
    "zh": _before(
        ("frequency", r"(?:至少|最少|不少于)?每隔?"),
        ("deadline", r"(?:不迟于|不晚于|最迟|最晚)(?:在|于)?|在(?=\S{1,8}(?:内|之内|以内))"),
        ("min", r"至少(?:为|有|占|在|提前|保存|保留)?|(?:不|不得|不应|未)(?:少于|低于|小于|短于)|最少|下限为|≥"),
        ("max", r"至多|最多|(?:不|不得|不应|未)(?:超过|超出|大于|高于|多于|长于)|上限为|控制在|限于|≤"),
        ("over", r"超过|超出|大于|高于|多于|长于|逾|>"),
        ("under", r"低于|小于|少于|短于|不足|不到|<"),
        ("until", r"直至|截至|至"),
        ("from", r"自|从"),
    ),
}  # fmt: skip
AFTER: dict[str, Roles] = {
    "en": _after(
        ("deadline", r"at the latest"), ("min", r"or (?:more|above|over)\b|at (?:least|a minimum)\b|as a minimum"), ("max", r"or (?:less|fewer|below)\b|at (?:most|a maximum)\b|as a maximum"),
    ),
    "fr": _after(("deadline", r"au plus tard"), ("min", r"ou plus\b|au (?:moins|minimum)\b"), ("max", r"ou moins\b|au (?:plus|maximum)\b")),
    "zh": _after(("deadline", r"(?:之|以)?内(?!容|部)"), ("min", r"(?:及|或)?(?:以上|更多)"), ("max", r"(?:及|或)?以下"), ("until", r"止|为止"), ("from", r"(?:起|以后|之后)")),
}  # fmt: skip
"""Behind a figure; asked before BEFORE, because they stand closer to what they limit."""


def _rhythms(**words: str) -> tuple[tuple[re.Pattern[str], float], ...]:
    days = {"twice": 182.5, "year": 365.0, "half": 182.5, "quarter": 91.3, "month": 30.4, "week": 7.0, "day": 1.0, "now": 0.0}
    return tuple((re.compile(pattern, re.IGNORECASE), days[name]) for name, pattern in words.items())


RHYTHMS = {
    "en": _rhythms(
        twice=r"\b(?:at least )?(?:twice (?:a|per|each|every) year|every six months)\b",
        year=r"\b(?:at least )?(?:once (?:a|each|every|per|in each)|each|every) (?:calendar |financial )?year\b|\b(?:at least )?(?:annual(?:ly)?|yearly)\b",
        quarter=r"\b(?:at least )?(?:once a|once per|once every|each|every) quarter\b|\bquarterly\b",
        month=r"\b(?:at least )?(?:once a|once per|once every|each|every) month\b|\bmonthly\b",
        week=r"\b(?:at least )?(?:once a|once per|once every|each|every) week\b|\bweekly\b",
        day=r"\b(?:at least )?(?:once a|once per|once every|each|every) day\b|\bdaily\b",
        now=r"\bimmediately\b|\bat once\b",
    ),
    "fr": _rhythms(
        twice=r"\b(?:au moins )?deux fois par an\b|\btous les six mois\b|\bsemestriel(?:le)?(?:ment|s)?\b",
        year=r"\b(?:au moins )?(?:une fois par an|chaque année|tous les ans)\b|\bannuel(?:le)?(?:ment|s)?\b",
        quarter=r"\b(?:au moins )?(?:une fois par trimestre|chaque trimestre|tous les trimestres)\b|\btrimestriel(?:le)?(?:ment|s)?\b",
        month=r"\b(?:au moins )?(?:une fois par mois|chaque mois|tous les mois)\b|\bmensuel(?:le)?(?:ment|s)?\b",
        week=r"\b(?:une fois par semaine|chaque semaine)\b|\bhebdomadaire(?:ment|s)?\b",
        day=r"\b(?:une fois par jour|chaque jour|tous les jours)\b|\bquotidien(?:ne)?(?:ment|s)?\b",
        now=r"\bimmédiatement\b|\bsans délai\b|\baussitôt\b",
    ),
    "zh": _rhythms(
        half=r"(?:至少)?每半年(?:一次)?|(?:至少)?每年两次", year=r"(?:至少)?每(?:一|个)?(?:会计|财政)?年(?:度)?(?:一次)?|年度(?=报告|评审|审核)", quarter=r"(?:至少)?每(?:个)?季度?(?:一次)?", month=r"(?:至少)?每个?月(?:一次)?",
        week=r"(?:至少)?每周(?:一次)?", day=r"(?:至少)?每(?:日|天)(?:一次)?", now=r"立即|立刻",
    ),
}  # fmt: skip

_EN_NAMES = r"criteri(?:on|a)|clauses?|sections?|principles?|annex(?:es)?|articles?|paragraphs?|items?|tables?|parts?|chapters?|ISO(?:/IEC)?|IEC|EN|scopes?|categor(?:y|ies)|conventions?|no\.|round|draft|steps?"
_FR_NAMES = r"crit[eè]res?|articles?|sections?|principes?|annexes?|paragraphes?|points?|tableaux?|parties?|chapitres?|ISO(?:/CEI)?|CEI|scopes?|catégories?|conventions?|n[°o]|étapes?"
_CHAIN = r"(?:[ \u00a0]*(?:,|and|or|to|et|ou|à|–|-|、|和|至|及)[ \u00a0]*\d[\d.]*)*"
REFERENCES = {
    "en": re.compile(rf"\b(?:{_EN_NAMES})[ \u00a0](?:\d[\d.]*\d|\d+[a-z]?|[A-Z]\b){_CHAIN}|\bV\d\b|\bCO2e?\b|\b\d+\.\d+\.\d+\b", re.IGNORECASE),
    "fr": re.compile(rf"\b(?:{_FR_NAMES})[ \u00a0](?:\d[\d.]*\d|\d+[a-z]?|[A-Z]\b){_CHAIN}|\bV\d\b|\bCO2e?\b|\b\d+\.\d+\.\d+\b", re.IGNORECASE),
    "zh": re.compile(rf"(?:准则|条款|原则|附录|表|第|ISO(?:/IEC)?|范围|类别|公约)[ \u00a0]?(?:\d[\d.]*\d|\d+|[一二三四五六七八九十]+){_CHAIN}|V\d|CO2e?"),
}  # fmt: skip
"""Numbers that name a clause or a document: never a figure."""
