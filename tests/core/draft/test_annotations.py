"""clauses.yaml: data about clauses, with the line of every fault."""

from datetime import date

import pytest

from consult.core.draft import ClauseAnnotation, read_annotations

WHOLE = """\
normative: true
effective: '2027-06-01'
transition_until: 2028-05-31
clauses:
  '5.10':
    applies: [smelter, mine]
    kind: requirement
    reason: {en: Because., fr: Parce que., zh: ""}
    source: ["comment:round-1"]
"5.2": {kind: note}
Annex A:
"""


def test_annotations_are_read_with_exact_numbers():
    found, problems = read_annotations(WHOLE, file="clauses.yaml")
    assert problems == ()
    assert found is not None
    assert (found.normative, found.effective, found.transition_until) == (True, date(2027, 6, 1), date(2028, 5, 31))
    assert found.clauses == {
        "5.2": ClauseAnnotation("5.2", kind="note", line=10),
        "annex-a": ClauseAnnotation("annex-a", line=11),
        "5.10": ClauseAnnotation(
            "5.10", ("smelter", "mine"), "requirement", {"en": "Because.", "fr": "Parce que."}, ("comment:round-1",), 5
        ),
    }


def test_an_empty_file_says_nothing():
    found, problems = read_annotations(b"")
    assert found is not None
    assert (found.clauses, found.normative, problems) == ({}, None, ())


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ('"5.1": {kind: rule}', "key_value", 1),
        ('"5.1": {applies: {a: b}}', "key_type", 1),
        ('"5.1": {applies: [Big Word]}', "key_type", 1),
        ('"5.1": {reason: because}', "key_type", 1),
        ('"5.1": [a]', "key_type", 1),
        ('"5.1":\n  colour: red', "key_unknown", 2),
        ("colour: red", "key_unknown", 1),
        ('"5.1": {}\nclauses:\n  "5.1": {}', "duplicate_number", 3),
        ("clauses: [a]", "key_type", 1),
        ("normative: perhaps", "key_value", 1),
        ("effective: soon", "key_date", 1),
        ("effective: 2027-01-01\ntransition_until: 2026-01-01", "transition_before_effective", 2),
        ("a: &x [1]\nb: *x", "yaml_alias", 1),
    ],
)
def test_faults_name_their_line(source, code, line):
    _, problems = read_annotations(source, file="c.yaml")
    assert [(p.code, p.where["line"], p.where["file"]) for p in problems] == [(code, line, "c.yaml")]


def test_a_yaml_bomb_is_refused_at_once():
    bomb = "a: &a [x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)},*{chr(97 + i)}]\n" for i in range(20))
    found, problems = read_annotations(bomb)
    assert found is None
    assert [p.code for p in problems] == ["yaml_alias"]
