"""Tokens, queries and passages: two Han characters, accents, numbers with points, plurals, and no text that breaks them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core.search import hits, snippet, terms, tokens


def meets(query: str, text: str) -> bool:
    """As the databases do it: every token of every term, as a whole or as a beginning."""
    found = tokens(text)
    return all(
        any(each.startswith(token) if term.prefix else each == token for each in found) for term in terms(query) for token in term.tokens
    )


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("准则", "各准则的要求"), ("尽职调查", "人权尽职调查程序"), ("碳", "低碳铝"), ("emission", "GHG Emissions"), ("emissions", "an emission"),
        ("emissions", "Émissions de GES"), ("eau", "l’eau douce"), ("oeuvre", "mise en œuvre"), ("5.2", "see 5.2, 5.3"), ("policies", "a policy"),
        ("５.２", "criterion 5.2"), ("CO2", "t CO₂e"), ("anti corruption", "Anti-Corruption"), ("préjudice", "un PRE\u0301JUDICE"), ("annexe a", "Annexe A"),
        ("v3-draft-2", "of V3-draft-2"),
    ],
)  # fmt: skip
def test_query_finds_text(query: str, text: str) -> None:
    assert meets(query, text)
    assert hits(text, terms(query))


@pytest.mark.parametrize(
    ("query", "text"), [("5.2", "5.21"), ("5.2", "15.2"), ("调尽", "尽职调查"), ("water", "waste"), ("at", "attached"), ("5", "5.2")]
)
def test_query_does_not_find_text(query: str, text: str) -> None:
    assert not meets(query, text)


def test_passage_stands_around_the_densest_hits() -> None:
    text = "water " + "filler " * 80 + "the water and more water here " + "filler " * 80
    pieces = snippet(text, terms("water"), 60)
    assert [piece for piece, hit in pieces if hit] == ["water", "water"]
    assert (pieces[0], pieces[-1]) == (("…", False), ("…", False))
    assert len("".join(piece for piece, _ in pieces)) <= 62


def test_short_text_is_told_whole() -> None:
    assert snippet("人权尽职调查", terms("尽职")) == (("人权", False), ("尽职", True), ("调查", False))


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(words, words)
def test_nothing_breaks_tokens_hits_and_passages(text: str, query: str) -> None:
    assert all(token and " " not in token for token in tokens(text))
    asked = terms(query)
    pieces = snippet(text, asked)
    assert "".join(piece for piece, _ in pieces).strip("…").strip() in " ".join(text.split())
    assert all(0 <= a < b <= len(text) for a, b in hits(text, asked))


@given(words)
def test_text_is_found_by_its_own_words(text: str) -> None:
    assert meets(" ".join(text.split()[:8]), text)
