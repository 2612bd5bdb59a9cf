"""Standards for benches: always the same, with links that are true, and corpus files read as they are."""

import json
from pathlib import Path

import pytest

from consult.core.compare import compare
from consult.demo.bench_diff import find
from consult.demo.bench_standard import Corpus, blinded, read_corpus, synthetic


def text_of(corpus: Corpus, number: str, side: str) -> str:
    return next(clause.text for clause in getattr(corpus, side).clauses if clause.number == number)


def test_a_synthetic_standard_is_always_the_same() -> None:
    assert synthetic(40) == synthetic(40)
    assert synthetic(40) != synthetic(40, seed=2)
    assert len(synthetic(40).old.clauses) == 40
    assert len(synthetic(1).old.clauses) == 1


def test_its_links_join_clauses_that_exist_and_say_the_like() -> None:
    corpus = synthetic(200)
    numbers = [{clause.number for clause in draft.clauses} for draft in (corpus.old, corpus.new)]
    assert all(a in numbers[0] and b in numbers[1] for a, b in corpus.links)
    for a, b in sorted(corpus.links):
        assert set(text_of(corpus, a, "old").split()) & set(text_of(corpus, b, "new").split())
    assert any(a != b for a, b in corpus.links)
    sources = [a for a, _ in corpus.links]
    assert len(sources) > len(set(sources)), "some clause is split"


def test_blind_numbers_say_nothing() -> None:
    corpus = blinded(synthetic(60))
    assert {clause.number for clause in corpus.old.clauses}.isdisjoint(clause.number for clause in corpus.new.clauses)
    assert len(corpus.links) == len(synthetic(60).links)
    assert [row.f1 for row in find(synthetic(60)) if row.blind and row.method == "by number"] == [0.0]


def test_our_alignment_finds_what_was_made_whatever_the_numbers() -> None:
    found = {(row.method, row.blind): row.f1 for row in find(synthetic(200))}
    assert found["ours", False] > 96
    assert found["ours", True] > 96
    assert found["by number", False] < 50


def test_a_corpus_file_is_read_as_it_stands(tmp_path: Path) -> None:
    row = {"id": "AC-2(1)", "title": None, "text": "Manage accounts.\n", "path": ["Access"]}
    data = {"lang": "en", "old": [row], "new": [{**row, "id": "AC-2"}], "links": [["AC-2(1)", "AC-2"]]}
    (tmp_path / "c.json").write_text(json.dumps(data), encoding="utf-8")
    corpus = read_corpus(tmp_path / "c.json")
    assert corpus.links == {("ac-2-1-", "ac-2")}
    assert [(c.number, c.label, c.title, c.text, c.path) for c in corpus.old.clauses] == [
        ("ac-2-1-", "AC-2(1)", "", "Manage accounts.", ("Access",))
    ]
    assert [change.link.old for change in compare(corpus.old, corpus.new)] == [("ac-2-1-",)]


@pytest.mark.parametrize("data", [{}, {"lang": "en", "old": [{}], "new": []}, {"lang": "en", "old": 3, "new": []}])
def test_what_is_no_corpus_is_refused(tmp_path: Path, data: object) -> None:
    (tmp_path / "c.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_corpus(tmp_path / "c.json")
