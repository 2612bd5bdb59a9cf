"""Phrases that loosen or tighten what a sentence asks, by language: conditions, weak verbs, assurance, narrowing words, words of direction.

An editor of a standard who misses a phrase adds it here and a case to tests/core/meaning/cases.md.
"""

import re
from typing import Literal

PhraseKind = Literal["condition", "weakener", "public", "independent", "documented", "approved", "narrowing"]
ASSURANCE: tuple[PhraseKind, ...] = ("public", "independent", "documented", "approved")


def _any(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(words), re.IGNORECASE)


PHRASES: dict[PhraseKind, dict[str, re.Pattern[str]]] = {
    # what must hold before the sentence binds, or where it does not: the fewer, the more it binds
    "condition": {
        "en": _any(
            r"\b(?:where|when|if|as|wherever|whenever)(?:\s+\w+)?\s+(?:applicable|relevant|appropriate|practicable|possible|feasible|necessary|needed|available|reasonable)\b",
            r"\b(?:as|so|in so|in as|to the extent)\s+(?:far\s+(?:as\s+)?)?(?:reasonably\s+)?(?:possible|practicable|feasible)\b",
            r"\bto the extent (?:possible|practicable|that)\b", r"\bunless\b", r"\bexcept(?:\s+(?:for|where|when|in|that|if))?\b", r"\bother than\b", r"\bwith the exception of\b",
            r"\bsubject to\b", r"\bprovided that\b", r"\b(?:on|upon) request\b", r"\bwithout prejudice to\b", r"\bnotwithstanding\b",
        ),
        "fr": _any(
            r"\ble cas échéant\b", r"\b(?:s[’']il y a lieu|s[’']il en existe)\b", r"\b(?:si|lorsque|quand|là où)\s+(?:c[’']est|cela est|cela s[’']avère|elles? (?:est|sont)|ils? (?:est|sont))?\s*(?:applicables?|pertinente?s?|nécessaires?|possibles?|réalisables?|approprié(?:e|s|es)?|disponibles?)\b",
            r"\bdans la mesure (?:du possible|où)\b", r"\bautant que (?:possible|faire se peut)\b", r"\bsi possible\b", r"\bsi nécessaire\b", r"\bà moins (?:que|de|d[’'])", r"\bsauf\b", r"\bexcepté\b",
            r"\bà l[’']exception d[eu’']", r"\bsous réserve d[e’']", r"\bà condition (?:que|de)\b", r"\bpourvu que\b", r"\b(?:sur|à la) demande\b", r"\bsans préjudice d[e’']", r"\bhormis\b",
        ),
        "zh": _any(
            "(?:在)?适用(?:时|的情况下|情况下)", "(?:在)?(?:可行|可能|必要|需要|相关|合理|适当)(?:时|的情况下|情况下|的范围内)", "如(?:果)?(?:适用|可行|可能|必要|相关)", "除非", "除[^。，；]{1,30}(?:外|之外)", "但[^。；]{1,30}除外", "在可能的范围内",
            "应要求|根据要求", "前提是|条件是", "另有规定",
        ),
    },
    # verbs that ask for an effort or a thought instead of the thing
    "weakener": {
        "en": _any(
            r"\bconsider\b(?! to be)(?!ed)", r"\bseeks?\s+to\b", r"\bendeavours?\s+to\b", r"\bstrives?\s+to\b", r"\baims?\s+(?:to|at)\b", r"\btr(?:y|ies)\s+to\b", r"\bencourages?\b",
            r"\b(?:make|use)s?\s+(?:reasonable|best|every)\s+(?:effort|endeavour)s?\b", r"\b(?:work|move)s?\s+towards?\b", r"\bexplores?\b", r"\bwhere(?:ver)? it can\b", r"\bpromotes?\b", r"\battempts?\s+to\b",
        ),
        "fr": _any(
            r"\benvisage(?:r|nt)?\b", r"\bs[’']efforce(?:r|nt)?\s+d[e’']", r"\bcherche(?:r|nt)?\s+à\b", r"\btend(?:re|ent)?\s+(?:à|vers)\b", r"\bvise(?:r|nt)?\s+à\b", r"\bencourage(?:r|nt)?\b", r"\bétudie(?:r|nt)?\s+la possibilité\b",
            r"\b(?:faire|fait|font)\s+(?:tout(?: son| leur)? (?:possible|efforts?)|(?:ses|leurs|des) (?:meilleurs )?efforts)\b", r"\btente(?:r|nt)?\s+d[e’']", r"\bessaye?(?:r|nt)?\s+d[e’']", r"\bpromouvoir\b",
        ),
        "zh": _any("考虑(?!到|在内|了)", "争取", "努力", "力求", "力争", "尽量", "尽可能", "尽力", "(?<!受)鼓励", "探索", "致力于", "试图"),
    },
    # who else may see or check it: the more, the stricter
    "public": {
        "en": _any(r"\bmakes?\b[^.;,]{0,60}?\bpublicly available\b", r"\bpublic(?:ly)?\s+(?:available|disclosed?|accessible)\b", r"\bpublicly\b", r"\bdisclos\w+\b", r"\bpublish\w*\b"),
        "fr": _any(
            r"\b(?:mettre|met|mettent|mise?s?|mis)\b[^.;,]{0,60}?\bà (?:la )?disposition du public\b", r"\baccessibles? au public\b", r"\brend(?:re|ent)?\b[^.;,]{0,60}?\bpubli(?:c|que)s?\b", r"\bpubliquement\b",
            r"\bpubli(?:er|e|ent|ée?s?|cation)\b",
        ),
        "zh": _any("公开(?!征|招|网)", "公布", "披露", "向公众"),
    },
    "independent": {
        "en": _any(
            r"\b(?:independent|third[- ]party|external)(?:ly)?\s+(?:verif\w+|audit\w*|assur\w+|review\w*|expert|certif\w+|engineer|check\w*)\b",
            r"\b(?:verified|audited|checked|reviewed|assured)\s+(?:by|through)\s+(?:an?\s+)?(?:independent|third|external|accredited)\b", r"\bindependently\b",
        ),
        "fr": _any(
            r"\b(?:vérifi\w+|audité\w*|contrôlé\w*|examiné\w*|attesté\w*|certifié\w*)\b[^.;,]{0,30}\b(?:indépendante?s?|tiers|tierce|externe)\b",
            r"\b(?:vérification|audit|contrôle|examen|expert|auditeur|ingénieur|vérificateur)s?\s+(?:externe|indépendante?)s?\b", r"\bde (?:façon|manière) indépendante\b",
        ),
        "zh": _any("(?:独立|第三方|外部)[^，。；]{0,8}(?:核查|审计|验证|评审|审查|审核|核实|工程师|专家)", "经独立"),
    },
    "documented": {
        "en": _any(r"\bdocument(?:ed|s)?\b", r"\bin writing\b", r"\bwritten\b", r"\bon record\b"),
        "fr": _any(r"\bdocument(?:er|ée?s?)\b", r"\bpar écrit\b", r"\bécrite?s?\b", r"\bconsign(?:er|ée?s?)\b"),
        "zh": _any("书面", "文件化", "形成文件", "记录在案"),
    },
    "approved": {
        "en": _any(r"\b(?:approved|signed) by\b"),
        "fr": _any(r"\b(?:approuvée?s?|signée?s?) par\b"),
        "zh": _any("批准(?!的)", "签署"),
    },
    # adjectives that leave something out: the more, the less is asked
    "narrowing": {
        "en": _any(r"\b(?:main|major|significant|relevant|key|principal|serious|priority|primary|substantial)\b(?!\s+changes?\b)", r"\bselected\b", r"\b(?:some|certain)\b", r"\bsample of\b"),
        "fr": _any(r"\b(?:principa(?:l|le|ux|les)|majeure?s?|significati(?:f|ve)s?|pertinente?s?|importante?s?|prioritaires?|essentiel(?:le)?s?|notables?)\b", r"\bcertaine?s?\b", r"\b(?:un|d[’']un) échantillon d"),
        "zh": _any("主要|重大(?!变更)|显著|相关(?!方|者)|关键|重要|优先(?!级)|实质性", "部分|某些|选定的", "抽样"),
    },
}  # fmt: skip

CAUSES: dict[str, re.Pattern[str]] = {
    "en": _any(r"\b(?:if|where|when|whenever|wherever|with|having|employing|that|which|who|whose|of|for|working)\b"),
    "fr": _any(r"\b(?:si|lorsqu[e’']|quand|où|comptant|ayant|employant|qui|dont|présente?s?|pendant|de|d[’'])"),
    "zh": _any("如|若|当|凡|对于|的|从事|在"),
}
"""Before a figure and before the verb that binds: the figure says whom or what the sentence speaks of, not what it asks."""

LESS_IS_ASKED: dict[str, re.Pattern[str]] = {
    "en": _any(r"\b(?:reduc\w+|cut(?:s|ting)?|lower(?:s|ed|ing)?|decreas\w+|sav(?:e|es|ing)|recycl\w+|recover\w*|cover(?:s|ing)?|train(?:s|ed|ing)?|keep|kept|retain\w*|stor(?:e|ed|es|ing)|archiv\w+|preserv\w+|remain\w*|accessible|available|notice|advance)\b"),
    "fr": _any(r"\b(?:rédui\w+|réduction|diminu\w+|baiss\w+|abaiss\w+|économis\w+|recycl\w+|récupér\w+|couvr\w+|form(?:er|ée?s?)|conserv\w+|gard(?:er|ée?s?)|archiv\w+|rest(?:er|e|ent)|accessibles?|disponibles?|préavis|avance)\b"),
    "zh": _any("减少|降低|减排|削减|节约|回收|覆盖|涵盖|培训|保存|保留|保持|存档|提前|提供"),
}  # fmt: skip
"""Words before a figure after which a higher one asks more: a reduction, a share covered, a time kept."""
COORDINATORS: dict[str, re.Pattern[str]] = {
    "en": re.compile(r"^\s*,?\s*(?:and|as well as|together with|with|after|before|in|by|through|free of charge)\b(?!\s+(?:accordance|line|particular|other words|way of|example))", re.IGNORECASE),
    "fr": re.compile(r"^\s*,?\s*(?:et|ainsi que|avec|après|avant|dans|par|au moyen|gratuitement)\b(?!\s+(?:exemple|particulier|le cadre))", re.IGNORECASE),
    "zh": re.compile(r"^\s*[，、；]?\s*(?:和|及|以及|并|且|与|连同|经|在|由|免费)"),
}  # fmt: skip
"""How words begin that add a further demand to a requirement."""
