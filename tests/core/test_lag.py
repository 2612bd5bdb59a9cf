"""Two languages over two versions: what one changed and the other did not. Measured on our content, as it is and deliberately damaged."""

import re
from dataclasses import replace

import pytest

from consult.core.align import align
from consult.core.clause import Clause, Draft
from consult.core.draft import read_draft
from consult.core.lag import Editions, lag
from consult.core.meaning.compared import only_form
from consult.core.parity import parity
from consult.resources import resource

PAIRS = [
    ("performance-standard", "v2", "v3-draft-1"),
    ("performance-standard", "v3-draft-1", "v3-draft-2"),
    ("chain-of-custody", "v1", "v2-draft-1"),
]


def content(standard, version, language):
    draft, _ = read_draft((resource("content") / standard / version / f"{language}.md").read_bytes())
    return draft


def edition(language, old, new, title="T"):
    drafts = [Draft("s", name, language, "T", (Clause("5.1", "5.1", title, text, 2, 0, 7),)) for name, text in (("v1", old), ("v2", new))]
    return Editions(*drafts)


def found(english, other):
    links = align(english.old, english.new)
    return {(problem.code, problem.params.get("there"), problem.params.get("here")) for problem in lag(english, other, links)}


@pytest.mark.parametrize(("standard", "old", "new"), PAIRS)
@pytest.mark.parametrize("language", ["fr", "zh"])
def test_our_own_translations_kept_step_and_give_the_same_map(standard, old, new, language):
    english = Editions(content(standard, old, "en"), content(standard, new, "en"))
    other = Editions(content(standard, old, language), content(standard, new, language))
    told = lag(english, other, align(english.old, english.new))
    assert [(each.code, each.where["number"], each.params) for each in told] == []


ENGLISH = "The Entity shall keep a list of its sites.\n\nIt shall publish the list every year."
FRENCH = "L’Entité doit tenir une liste de ses sites.\n\nElle doit publier la liste chaque année."
CHINESE = "实体应保存其场所清单。\n\n实体应每年公布清单。"


def test_a_passage_that_did_not_follow_is_stale():
    english = edition("en", ENGLISH, ENGLISH.replace("every year", "every quarter"))
    assert found(english, edition("fr", FRENCH, FRENCH)) == {
        ("stale_passage", "quarter", "L’Entité doit tenir une liste de ses sites. Elle doit publier la liste chaque année.")
    }
    half = FRENCH.replace("tenir une liste", "tenir à jour une liste complète")
    assert ("stale_passage", "quarter", "Elle doit publier la liste chaque année.") in found(english, edition("fr", FRENCH, half))


def test_a_translation_that_changed_alone_is_told():
    assert found(edition("en", ENGLISH, ENGLISH), edition("zh", CHINESE, CHINESE.replace("每年", "每季度"))) == {
        ("changed_alone", "The Entity shall keep a list of its sites. It shall publish the list every year.", "每季度")
    }


def test_a_translation_that_was_only_polished_is_let_pass():
    english = edition("en", ENGLISH, ENGLISH.replace("sites", "places"))
    assert found(english, edition("fr", FRENCH, FRENCH.replace("sites", "lieux").replace("publier la", "publier cette"))) == set()


def test_an_edition_that_aligns_otherwise_is_told():
    def two(language, version, first, second):
        return Draft("s", version, language, "T", (Clause("1", "1", "", first, 2, 0, 1), Clause("2", "2", "", second, 2, 1, 5)))

    water, noise = (
        "The Entity shall measure the water it takes from rivers and wells.",
        "The Entity shall limit noise and vibration at night near homes.",
    )
    eau, bruit = (
        "L’Entité doit mesurer l’eau qu’elle prélève dans les rivières et les puits.",
        "L’Entité doit limiter le bruit et les vibrations la nuit près des logements.",
    )
    english = Editions(two("en", "v1", water, noise), two("en", "v2", noise, water))
    french = Editions(two("fr", "v1", eau, bruit), two("fr", "v2", eau, bruit))
    told = [each for each in lag(english, french, align(english.old, english.new)) if each.code == "map_differs"]
    assert [(each.where["number"], each.params["theirs"], each.params["ours"]) for each in told] == [("1", "2", "1"), ("2", "1", "2")]


def test_opposite_directions_of_a_limit_are_told():
    english = edition("en", "Smelters shall stay below 11 t.", "Smelters shall stay below 8 t.")
    french = edition("fr", "Les alumineries doivent rester en dessous de 11 t.", "Les alumineries doivent rester en dessous de 13 t.")
    assert found(english, french) == {("meaning_differs", "stay below 11 t → stay below 8 t", "en dessous de 11 t → en dessous de 13 t")}


DAMAGE = {
    "another figure": {
        "fr": (r"(?<![\d.,])(\d{2,})(?![\d.,]*\d)(?=[ \u00a0\u202f](?:jours|mois|ans|%|t\b|km))", r"\g<1>7"),
        "zh": (r"(?<![\d.])(\d{2,})(?=(?:日|个月|年(?!\d)|%|吨))", r"\g<1>7"),
    },
    "a weaker verb": {"fr": (r"(?<!ne )\bdoi(t|vent)\b", "peut"), "zh": ("(?<=实体)应(?!急|用)", "可")},
    "a lifted prohibition": {"fr": (r"\bne doi(t|vent) pas\b", r"doi\1"), "zh": ("不应", "应")},
    "an item less": {"fr": (r"\n[c-e]\) [^\n]+", ""), "zh": (r"\n[c-e]\) [^\n]+", "")},
    "another year": {"fr": (r"\b(20[2-5])\d\b", r"\g<1>1"), "zh": (r"(20[2-5])\d(?=年)", r"\g<1>1")},
    "another unit": {"fr": (r"(?<=\d[ \u00a0])jours", "mois"), "zh": (r"(?<=\d)日(?!前)", "个月")},
    "no percent": {"fr": (r"(?<=\d)[ \u00a0\u202f]%", " t"), "zh": (r"(?<=\d)%", "吨")},
    "another word for a term": {"fr": (r"Travailleurs?\b", "employé"), "zh": ("工人", "人员")},
}


@pytest.mark.parametrize("language", ["fr", "zh"])
@pytest.mark.parametrize("damage", DAMAGE)
def test_every_deliberate_damage_is_found(damage, language):
    """Each clause by itself gets the damage (all places of it for a term, else one); each must be told, with the place."""
    english, other = (content("performance-standard", "v3-draft-1", each) for each in ("en", language))
    pattern, instead = DAMAGE[damage][language]
    missed, tried = [], 0
    theirs, glossary = (
        {clause.number: clause for clause in english.clauses},
        next(clause for clause in other.clauses if clause.number == "annex-a"),
    )
    for clause in other.clauses:
        text = re.sub(pattern, instead, clause.text, count=0 if damage == "another word for a term" else 1)
        if text == clause.text or clause.number == "annex-a":
            continue
        tried += 1
        damaged = replace(other, clauses=(replace(clause, text=text), glossary))
        if not parity(replace(english, clauses=(theirs[clause.number], theirs["annex-a"])), damaged):
            missed.append(clause.number)
    assert tried >= 3
    assert missed == (
        ["8.6"] if (damage, language) == ("a lifted prohibition", "zh") else []
    )  # there the Chinese has one more than the English


@pytest.mark.parametrize("language", ["fr", "zh"])
def test_clauses_left_in_their_old_wording_are_found(language):
    english = Editions(*(content("performance-standard", version, "en") for version in ("v2", "v3-draft-1")))
    old, new = (content("performance-standard", version, language) for version in ("v2", "v3-draft-1"))
    links = [link for link in align(english.old, english.new) if len(link.old) == len(link.new) == 1 and "modified" in link.kinds]
    before = {clause.number: clause for clause in old.numbered}
    missed = []
    for link in links:
        at = next(place for place, clause in enumerate(new.clauses) if clause.number == link.new[0])
        kept = replace(new.clauses[at], text=before[link.old[0]].text)
        theirs = [
            next(each for each in draft.clauses if each.number == number[0])
            for draft, number in ((english.old, link.old), (english.new, link.new))
        ]
        if only_form(theirs[0].text, theirs[1].text, "en"):
            continue  # a reference to another number: parity finds that
        told = lag(
            Editions(replace(english.old, clauses=(theirs[0],)), replace(english.new, clauses=(theirs[1],))),
            Editions(replace(old, clauses=(before[link.old[0]],)), replace(new, clauses=(kept,))), [link],
        )  # fmt: skip
        missed += [] if any(each.code == "stale_passage" and each.where["number"] == link.new[0] for each in told) else [link.new[0]]
    assert len(links) > 40
    assert missed == []
