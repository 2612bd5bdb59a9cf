"""What says the same: copies of real comments with other greetings and names are found, different comments on the same clauses are not."""

from itertools import combinations

import pytest
import yaml

from consult.core.alike import Candidate, gist, likeness, offered
from consult.resources import resource

GREETINGS = {
    "en": ("Dear Sir or Madam,\n\n", "I am writing on behalf of the Bay Smelter Workers' Union in Port Elm. "),
    "fr": ("Madame, Monsieur,\n\n", "Au nom de l’association Les Amis du Fleuve, de Conakry, je vous écris. "),
    "zh": ("尊敬的秘书处：\n\n", "我代表山东某铝业有限公司提出以下意见。"),
}
ENDINGS = {
    "en": "\n\nKind regards,\nA. Miller, Riverside Aluminium",
    "fr": "\n\nCordialement,\nP. Durand, Alu Rivière",
    "zh": "\n\n此致敬礼，\n李明，河畔铝业",
}
CAMPAIGN = "I am writing because I care about the last tall jarrah forests"
"""Two comments of the demonstration carry one text: they are alike, and nothing else is."""


@pytest.fixture(scope="module")
def comments():
    entries = yaml.safe_load((resource("content") / "demo" / "comments.yaml").read_text(encoding="utf-8"))
    return [comment for entry in entries for comment in entry["comments"] if comment["language"] in GREETINGS]


def words(comment):
    return comment.get("text") or "", comment.get("proposed"), comment.get("rationale")


def test_different_comments_are_never_taken_for_copies(comments):
    told = [(gist(*words(each)), each.get("text") or "") for each in comments]
    alike = [(one[1], other[1]) for one, other in combinations(told, 2) if likeness(one[0], other[0])]
    assert [all(text.startswith(CAMPAIGN) for text in pair) for pair in alike] == [True]


def test_a_copy_with_another_greeting_and_another_name_is_found(comments):
    missed = []
    for index, each in enumerate(comments):
        text, *rest = words(each)
        greeting, ending = GREETINGS[each["language"]][index % 2], ENDINGS[each["language"]]
        for changed in (text.upper(), f"{greeting}{text}", f"{greeting}{text}{ending}"):
            if likeness(gist(changed, *rest), gist(text, *rest)) is None:
                missed.append(changed)
    assert missed == []


def test_half_of_a_text_is_enough_to_be_offered_the_whole(comments):
    candidates = [Candidate(index, gist(*words(each))) for index, each in enumerate(comments)]
    missed = []
    for index, each in enumerate(comments):
        text = words(each)[0]
        if text and index not in {match.key for match in offered(gist(text[: len(text) // 2]), candidates)}:
            missed.append(text)
    assert missed == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The limit of 500 t is too low for small plants that cast twice a week.",
            "The limit of 600 t is too low for small plants that cast twice a week.",
        ),
        (
            "Le site doit publier les données chaque mois, avec les riverains.",
            "Le site ne doit pas publier les données chaque mois, avec les riverains.",
        ),
        ("实体应当每年公布氟化物排放数据并接受社区监督。", "实体不应当每年公布氟化物排放数据并接受社区监督。"),
        ("I agree.", "I agree fully."),
        ("", ""),
    ],
    ids=["figure", "negation", "negation in Chinese", "too short", "nothing"],
)
def test_what_makes_another_point_is_no_copy(one, other):
    assert likeness(gist(one), gist(other)) is None


def test_another_proposed_wording_is_another_text():
    said = "This should be measured every month, since the values change with the season and the ore."
    assert likeness(gist(said, "measured every month"), gist(said, "Measured every month.")) == ("identical", 1.0)
    assert likeness(gist(said, "measured every month"), gist(said, "measured every week")) is None
