"""Positions and types as people write them in a cell, in three languages and in the letters of the ISO table."""

from consult.core.comment_form.headings import folded

_POSITIONS = {
    "support": ("support", "agree", "yes", "y", "soutien", "favorable", "d'accord", "oui", "支持", "赞成", "同意", "是"),
    "support_with_changes": (
        "support with changes", "agree with changes", "yes with changes", "favorable avec modifications", "favorable sous reserve de modifications", "soutien avec modifications",
        "oui avec modifications", "修改后支持", "修改后赞成", "修改后同意",
    ),
    "neutral": ("neutral", "no view", "none", "neutre", "sans avis", "abstention", "中立", "无意见"),
    "oppose": ("oppose", "disagree", "no", "n", "against", "defavorable", "contre", "non", "opposition", "反对", "不赞成", "不支持", "不同意", "否"),
    "question": ("question", "疑问", "问题", "?", "？", "提问"),
}  # fmt: skip
_TYPES = {
    "general": ("general", "ge", "gen", "generale", "一般", "一般性", "general comment"),
    "technical": ("technical", "te", "tech", "technique", "fond", "技术", "技术性", "substantive"),
    "editorial": ("editorial", "ed", "redactionnel", "redactionnelle", "forme", "编辑", "编辑性", "re"),
    "translation": ("translation", "tr", "traduction", "翻译", "翻译问题"),
}
POSITION_OF = {folded(word): code for code, words in _POSITIONS.items() for word in words}
TYPE_OF = {folded(word): code for code, words in _TYPES.items() for word in words}


def code_of(text: str, known: dict[str, str]) -> str | None:
    """The code of a word, or of the one word before an explanation ("Oppose: far too costly")."""
    whole = folded(text)
    if whole in known:
        return known[whole]
    for mark in (":", ";", ",", "，", "：", "(", "（", " - ", "/"):
        first = folded(text.split(mark)[0])
        if mark in text and first in known:
            return known[first]
    return None
