"""Searching on both databases: two Han characters, accents, numbers, filters; nothing is found by words the public may not read."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from consult.core.search import terms
from consult.extensions import db
from consult.operations.moderate import move_comment
from consult.operations.record import OPERATOR
from consult.operations.search_index import index_missing
from consult.operations.withdraw import erase_comment, withdraw_comment
from consult.queries.search import Wanted, clauses_found, comments_found
from tests import factories
from tests.support.statements import counted_statements

pytestmark = pytest.mark.usefixtures("in_app")
NOW = factories.NOW
OLD = {"5.2": ({"en": "Old", "fr": "Ancien", "zh": "旧"}, {"en": "words of before", "fr": "les mots d’avant", "zh": "以前的文字"})}
WORDS = {
    "5.2": (
        {"en": "Emissions plan", "fr": "Plan d’émissions", "zh": "排放计划"},
        {"en": "The Entity shall carry out due diligence.", "fr": "L’Entité doit exercer une diligence raisonnable.", "zh": "实体应开展尽职调查。"},
    ),
    "5.21": ({"en": "Water", "fr": "Eau", "zh": "水"}, {"en": "Nothing of the sort; see 5.2.", "fr": "Voir 5.2.", "zh": "见5.2。"}),
}  # fmt: skip


@pytest.fixture(autouse=True)
def laid(in_app) -> None:
    factories.version("v2", words=OLD, status="adopted")
    factories.version("v3-draft-1", words=WORDS)
    factories.round_of(draft="v3-draft-1", baseline="v2")
    index_missing()


def numbers(query: str, language: str = "en", **filters: object) -> list[tuple[str, str]]:
    found = clauses_found(replace(Wanted(terms(query), query), **filters), language=language)
    assert found.total == len(found.entries)
    return [(each.number, each.language) for each in found.entries]


def references(query: str, now=NOW, **filters: object) -> list[str]:
    found = comments_found(replace(Wanted(terms(query)), **filters), now=now)
    assert found.total == len(found.entries)
    return [each.reference for each in found.entries]


def commented(words: str, *states: str, choice: str = "named", **given: object) -> str:
    reference = factories.comment("5.2", text=words, person=factories.person(choice=choice), **given).comments[0]
    before = "pending"
    for to in states:
        move_comment(reference=reference, seen_state=before, to=to, reason="spam" if to == "withheld" else None, by=OPERATOR, now=NOW)
        before = to
    return reference


CASES = (
        ("尽职", "zh", [("5.2", "zh")]), ("排放 实体", "zh", [("5.2", "zh")]), ("职尽", "zh", []),
        ("emission", "en", [("5.2", "en")]), ("emissions", "fr", [("5.2", "fr")]), ("ENTITE diligence", "fr", [("5.2", "fr")]),
        ("due diligence", "fr", [("5.2", "en")]), ("5.2", "en", [("5.2", "en"), ("5.21", "en")]), ("water", "en", [("5.21", "en")]),
        ("before", "en", []), ("'\"*: &|!()<->", "en", []), ("5.2 OR NOT", "en", []),
)  # fmt: skip


def test_clauses_are_found_in_the_reader_s_language_first():
    for query, language, expected in CASES:
        assert numbers(query, language) == expected, query


def test_filters_narrow_and_all_versions_widen():
    assert numbers("before", newest=False) == [("5.2", "en")]
    assert numbers("5.2", language="en", standard="another") == []
    found = clauses_found(Wanted(terms("diligence"), language="fr"), language="en")
    assert [(each.number, each.language) for each in found.entries] == [("5.2", "fr")]


def test_only_comments_the_public_may_read_are_found():
    seen = commented("A forgotten word: quicksilver.", "cleared")
    commented("Quicksilver in a comment that waits.")
    commented("Quicksilver held back.", "held")
    commented("Quicksilver withheld.", "withheld")
    commented("Quicksilver in confidence.", "cleared", choice="confidential")
    commented("Quicksilver taken out again.", "cleared", "held")
    assert references("quicksilver") == [seen]
    assert references("quicksilver", language="fr") == []
    assert references("quicksilver", standard=factories.STANDARD) == [seen]
    assert references(seen) == [seen]


def test_nothing_is_found_before_the_display_rule_lets_it_out():
    factories.round_of(number=2, draft="v3-draft-2", baseline="v2", display_rule="after_closing")
    reference = commented("Quicksilver of round two.", "cleared", round_number=2)
    assert references("quicksilver") == []
    assert references("quicksilver", now=NOW + timedelta(days=9)) == [reference]


@pytest.mark.parametrize("end", [withdraw_comment, erase_comment])
def test_words_of_a_comment_that_ended_are_gone_from_the_index(end):
    reference = commented("Quicksilver, soon gone.", "cleared")
    end(reference=reference, by=OPERATOR, now=NOW)
    assert references("quicksilver") == []
    assert db.session.execute(text("select count(*) from search_entry where tokens like '%quicksilver%'")).scalar_one() == 0
    if db.engine.dialect.name == "sqlite" and end is erase_comment:
        blocks = db.session.execute(text("select block from search_index_data")).scalars().all()
        assert not any(b"quicksilver" in bytes(block) for block in blocks)


def test_number_of_statements_does_not_grow():
    for place in range(3):
        commented(f"Quicksilver {place}.", "cleared")
    with counted_statements() as told:
        references("quicksilver")
        numbers("emissions")
    assert len(told) == 5
