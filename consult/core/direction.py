"""Which way a language is written. A list and no library: `consult diff` starts without one (the test compares it with CLDR)."""

LANGUAGES = frozenset(
    ["apc", "ar", "bal", "bgn", "ckb", "dv", "fa", "he", "ks", "lrc", "mzn", "nqo", "ps", "rhg", "sd", "sdh", "skr", "syr", "trw", "ug", "ur", "yi"]
)  # fmt: skip
"""Written from right to left where their tag names no script."""
SCRIPTS = frozenset(("adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"))


def runs_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left, as Arabic is; one that nobody knows is not."""
    primary, *further = tag.lower().split("-")
    script = next((each for each in further if len(each) == 4 and each.isalpha()), None)
    return script in SCRIPTS if script else primary in LANGUAGES
