"""The languages of one version side by side."""

from consult.core.clause import Draft
from consult.core.draft import check_version, prevailing_language, read_annotations, read_draft
from consult.core.problem import Problem


def draft(language: str, body: str = "# G\n# 1 A\nx\n# 2 B\nx", keys: str = "", title: str = "T") -> Draft:
    source = f"---\nstandard: s\nversion: v2\nlanguage: {language}\ntitle: {title}\n{keys}---\n{body}"
    found, problems = read_draft(source, file=f"{language}.md")
    assert found is not None
    assert not [p for p in problems if p.grade == "error"]
    return found


def check(*drafts: Draft, **more: object) -> list[Problem]:
    return list(check_version({each.language: each for each in drafts}, None, ("v1", "v2"), **more))  # type: ignore[arg-type]


def test_equal_languages_have_no_problems():
    assert check(draft("en", keys="baselines: [v1]\nprevails: en\n"), draft("fr", title="Norme"), draft("zh")) == []


def test_a_clause_missing_in_a_translation_is_an_error_with_language_and_number():
    (problem,) = check(draft("en"), draft("fr", "# G\n# 1 A\nx"))
    assert (problem.code, problem.grade) == ("clause_missing", "error")
    assert problem.where == {"file": "fr.md", "language": "fr", "number": "2"}


def test_a_clause_only_a_translation_has_is_an_error_with_its_line():
    (problem,) = check(draft("en"), draft("fr", "# G\n# 1 A\nx\n# 2 B\nx\n# 3 C\nx"))
    assert (problem.code, problem.where["line"]) == ("clause_surplus", 12)


def test_keys_that_contradict_the_prevailing_file_are_errors():
    problems = check(draft("en", keys="status: draft\n"), draft("fr", keys="status: adopted\nprevails: en\n"))
    assert [(p.code, p.params["key"], p.where["line"]) for p in problems] == [
        ("key_contradicts", "status", 6),
        ("key_contradicts", "prevails", 7),
    ]


def test_the_prevailing_language_is_the_one_named_else_english_else_the_first():
    english, french, chinese = draft("en"), draft("fr"), draft("zh")
    assert prevailing_language({"fr": french, "en": english}) == "en"
    assert prevailing_language({"zh": chinese, "fr": french}) == "fr"
    assert prevailing_language({"fr": draft("fr", keys="prevails: fr\n"), "en": english}) == "fr"
    assert [p.code for p in check(draft("fr", keys="prevails: en\n"))] == ["prevailing_missing"]


def test_unknown_baselines_and_numbers_of_a_correspondence():
    found = check(draft("en", keys='baselines: [v0]\ncorrespondence: {v1: {"9": "1"}}\n'))
    assert [(p.code, p.grade) for p in found] == [
        ("baseline_unknown", "error"),
        ("baseline_unknown", "error"),
        ("correspondence_unknown", "warning"),
    ]


def test_order_level_and_headings_are_compared_as_warnings():
    found = check(draft("en"), draft("fr", "# 2 B\nx\n## 1 A\nx"))
    assert {(p.code, p.grade) for p in found} == {
        ("clause_order_differs", "warning"),
        ("clause_level_differs", "warning"),
        ("groups_differ", "warning"),
    }


def test_expected_languages_and_data_about_unknown_clauses_are_warned_of():
    annotations, _ = read_annotations('"7": {}', file="clauses.yaml")
    found = check_version({"en": draft("en")}, annotations, (), languages=("en", "fr"))
    assert [(p.code, p.grade) for p in found] == [("language_missing", "warning"), ("annotation_without_clause", "warning")]
    assert found[1].where == {"file": "clauses.yaml", "line": 1, "number": "7"}


def test_no_drafts_no_problems():
    assert check_version({}, None, ()) == ()
