"""Words of English, French and Chinese that parity reads: months, numbers, units. A further language is added here."""


def _listed(words: str) -> list[str]:
    return words.split()


MONTHS = {
    "en": _listed("january february march april may june july august september october november december"),
    "fr": _listed("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
}

_TO_TWENTY = {
    "en": _listed(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
        nineteen twenty"""
    ),
    "fr": _listed(
        """zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf
        vingt"""
    ),
}
_BEYOND = {
    "en": {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "second": 2},
    "fr": {
        "trente": 30,
        "quarante": 40,
        "cinquante": 50,
        "soixante": 60,
        "quatre-vingts": 80,
        "quatre-vingt-dix": 90,
        "cent": 100,
        "une": 1,
    },
}
NUMBERS = {language: {word: at for at, word in enumerate(words)} | _BEYOND[language] for language, words in _TO_TWENTY.items()}
"""Number words to 100; "every second year" is a period of two."""

HAN_DIGITS = {char: at for at, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
SCALES = {"million": 10**6, "mille": 1000, "万": 10**4, "亿": 10**8}

UNITS = {
    "year": r"years?\b|ans?\b|années?\b|exercices?\b|年|周?岁|周年|(?:完整)?(?:财政|会计)?年度",
    "month": r"months?\b|mois\b|个月",
    "week": r"weeks?\b|semaines?\b|周(?!岁|边|期|年)|星期",
    "day": r"days?\b|jours?\b|日|天",
    "hour": r"hours?\b|heures?\b|h\b|小时",
    "minute": r"minutes?\b|min\b|分钟",
    "percent": r"%|％|per ?cent\b|pour cent\b",
    "tonne": r"tonnes?\b|t\b|吨",
    "kilogram": r"kilograms?\b|kilogrammes?\b|kg\b|千克|公斤",
    "milligram": r"milligrams?\b|milligrammes?\b|mg\b|毫克",
    "kilometre": r"kilometres?\b|kilomètres?\b|km\b|千米|公里",
    "metre": r"metres?\b|mètres?\b|m\b|米",
    "hectare": r"hectares?\b|ha\b|公顷",
    "decibel": r"decibels?\b|décibels?\b|dB\b|分贝",
    "degree": r"°C|degrees? Celsius|degrés? Celsius|摄氏度|℃",
}
PERIODS = ("year", "month", "week", "day", "hour", "minute")
BETWEEN = (
    r"(?:working |calendar |full |financial |consecutive |business |successive |further |preceding |previous |last |reporting |"
    r"derni(?:er|ère)s? |autres |premi(?:er|ère)s? |整|个完整|个工作|个自然|工作|个)?"
)
"""Words that may stand between a figure and its unit."""

FUNCTION_WORDS = {
    "en": frozenset(
        _listed("the of and to shall should may is are be by for with that which its their at least or not from any each this")
    ),
    "fr": frozenset(
        _listed("le la les des du de et à doit doivent est sont par pour avec que qui ses leur leurs au aux ou ne pas une un l d")
    ),
}
