"""Reading a draft file: exact texts, numbers, places, and every fault with its line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.core.clause import Draft
from consult.core.draft import LIMIT_BYTES, correspondence, read_draft
from consult.core.problem import Problem

FRONT = "---\nstandard: s\nversion: v1\nlanguage: en\ntitle: T\n---\n"


def read(body: str, front: str = FRONT) -> tuple[Draft, dict[str, Problem]]:
    draft, problems = read_draft(front + body, file="en.md")
    assert draft is not None
    return draft, {problem.code: problem for problem in problems}


def codes(source: bytes | str) -> list[str]:
    return [problem.code for problem in read_draft(source)[1]]


def test_clauses_carry_number_title_path_parent_and_line():
    draft, problems = read(
        "# Environment\n## 5 Greenhouse\nIntro.\n\n### 5.1 Disclosure\n\nThe Entity shall …\n\n# Annexes\n## Annex A Terms\nx\n"
    )
    assert not problems
    assert [(c.number, c.label, c.title, c.level, c.order, c.line) for c in draft.clauses] == [
        ("", "", "Environment", 1, 0, 7),
        ("5", "5", "Greenhouse", 2, 1, 8),
        ("5.1", "5.1", "Disclosure", 3, 2, 11),
        ("", "", "Annexes", 1, 3, 15),
        ("annex-a", "Annex A", "Terms", 2, 4, 16),
    ]
    assert draft.clauses[2].path == ("Environment", "5 Greenhouse")
    assert [c.parent for c in draft.clauses] == [None, None, "5", None, None]
    assert [c.kind for c in draft.clauses[:2]] == ["group", "requirement"]


def test_text_is_exact_but_for_line_ends_and_blank_lines_at_its_ends():
    draft, _ = read_draft((FRONT + "# 1 A\n\n \n  two  spaces \n\n\ta) tab\n \n\n# 2 B").replace("\n", "\r\n").encode())
    assert draft is not None
    assert draft.clauses[0].text == "  two  spaces \n\n\ta) tab"
    assert draft.clauses[1].text == ""


@given(st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=30), max_size=8))
def test_any_text_under_a_heading_comes_back_as_it_was(lines):
    body = "\n".join("." + line for line in lines)
    draft, _ = read_draft(FRONT + "# 1 A\n" + body)
    assert draft is not None
    assert draft.clauses[0].text == body


def test_byte_order_mark_is_tolerated_and_bytes_equal_text():
    assert read_draft(("\ufeff" + FRONT + "# 1 A\nx").encode()) == read_draft(FRONT + "# 1 A\nx")


def test_headings_inside_fences_and_closing_hashes():
    draft, problems = read("# 1 A ##\n```\n# 2 not\n```\n~~~~\n# 3 not\n~~~\n~~~~\n   ## 2 B #\n    # 4 indented is text")
    assert [c.label for c in draft.clauses] == ["1", "2"]
    assert draft.clauses[0].title == "A"
    assert not problems


def test_backslash_makes_a_number_a_group_title():
    draft, _ = read("# \\2030 goals\n# \\*starred\n# 1 A\nx")
    assert [(c.number, c.title) for c in draft.clauses] == [("", "2030 goals"), ("", "\\*starred"), ("1", "A")]


def test_typed_front_matter():
    front = (
        "---\nstandard: s\nversion: 2\nlanguage: zh-Hans\ntitle: 标准\nstatus: adopted\ndate: 2022-01-07\nbaselines: [v1, v0]\nprevails: en\n"
        'correspondence:\n  v1: {"5.10": "5.2", "Annex B": [], "5.3": [5.1, 5.2]}\n---\n'
    )
    draft, problems = read("# 1 A\nx", front)
    assert not problems
    assert (draft.version, draft.language, draft.title) == ("2", "zh-Hans", "标准")
    assert draft.meta["date"] == date(2022, 1, 7)
    assert draft.meta["baselines"] == ["v1", "v0"]
    assert correspondence(draft, "v1") == {"5.10": ("5.2",), "annex-b": (), "5.3": ("5.1", "5.2")}
    assert correspondence(draft, "v0") is None


def test_flat_correspondence_speaks_of_the_first_baseline_or_of_what_is_compared():
    front = FRONT.replace("---\n", "---\nbaselines: [v0, v00]\ncorrespondence: {'1': '2'}\n", 1)
    draft, _ = read("# 1 A\nx", front)
    assert correspondence(draft, "v0") == {"1": ("2",)}
    assert correspondence(draft, "v00") is None
    assert correspondence(draft, "elsewhere") == {"1": ("2",)}


@pytest.mark.parametrize(
    ("front", "code", "line"),
    [
        ("", "front_matter_missing", 1),
        ("---\nstandard: s\n", "front_matter_open", 1),
        ("---\nstandard: [\n---\n", "yaml_broken", 3),
        ("---\nstandard: &a s\nversion: *a\n---\n", "yaml_alias", 2),
        ("---\nstandard: !!python/object:os.system s\n---\n", "yaml_tag", 2),
        ("---\nstandard: " + "[" * 40 + "]" * 40 + "\n---\n", "yaml_deep", 2),
        ("---\n- a\n---\n", "yaml_not_mapping", 2),
        ("---\ntitle: a\ntitle: b\n---\n", "yaml_duplicate_key", 3),
        ("---\ntitle: a\n---\n", "key_missing", 1),
        ("---\ncolour: red\n---\n", "key_unknown", 2),
        ("---\nversion: Draft One\n---\n", "key_shape", 2),
        ("---\nstatus: final\n---\n", "key_value", 2),
        ("---\ndate: 2022-02-30\n---\n", "key_date", 2),
        ("---\nbaselines: {a: b}\n---\n", "key_type", 2),
        ("---\ntitle:\n---\n", "key_type", 2),
        ("---\ncorrespondence: {v1: {a: b}, c: d}\n---\n", "key_type", 2),
    ],
)
def test_front_matter_faults_name_their_line(front, code, line):
    draft, problems = read("# 1 A\nx", front)
    assert problems[code].where["line"] == line
    assert problems[code].grade == ("warning" if code == "key_unknown" else "error")
    if code != "front_matter_open":
        assert [c.number for c in draft.clauses if c.number] == ["1"]


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("text\n# 1 A\nx", "text_before_heading", 7),
        ("# 1 A\nx\n# 3 B\nx", "number_gap", 9),
        ("# 2 A\nx\n# 1 B\nx", "number_order", 9),
        ("# 1 A\n# 2 B\nx", "clause_empty", 7),
        ("# 1 A\nTitle\n===\n", "setext_heading", 9),
        ("# 1 A\n#2 B\n", "heading_without_space", 8),
        ("# 1 A\n<script>x</script>", "raw_html", 8),
        ("# 1 A\n```\n# 2 B", "fence_open", 8),
        ("# 1 A\nx\n# 5温室气体 x", "number_unclear", 9),
        ("#\n# 1 A\nx", "heading_empty", 7),
        ("# 1 A\n\u202eabc", "direction_character", 8),
    ],
)
def test_oddities_are_warnings_with_their_line(body, code, line):
    _, problems = read(body)
    assert list(problems) == [code]
    assert problems[code].where["line"] == line
    assert problems[code].where["file"] == "en.md"
    assert problems[code].grade == "warning"


def test_two_numbers_with_one_address_are_an_error():
    _, problems = read("# AC-2(1) A\nx\n# ac-2/1/ B\nx")
    problem = problems["duplicate_number"]
    assert (problem.grade, problem.where["line"], problem.where["number"]) == ("error", 9, "ac-2-1-")
    assert problem.params == {"label": "ac-2/1/", "first": "AC-2(1)", "first_line": 7}


def test_rows_of_numbers_may_begin_anywhere_and_code_may_hold_html():
    _, problems = read("# 5 A\n`<b>` and 1 < 2 and <https://a.example>\n## 5.3 B\nx\n## 5.4 C\nx\n# 6 D\nx\n## 6.a E\nx\n## 6.b F\nx")
    assert not problems


def test_text_before_the_first_heading_is_kept_as_a_part():
    draft, _ = read("Preamble.\n\n# 1 A\nx")
    assert [(c.text, c.is_group, c.path) for c in draft.clauses] == [("Preamble.", True, ()), ("x", False, ())]


@pytest.mark.parametrize(
    ("source", "code", "where"),
    [
        (b"x" * (LIMIT_BYTES + 1), "too_large", {}),
        (FRONT.encode() + b"# 1 A\n\xff", "not_utf8", {"line": 8}),
        ("a\nb\x00", "control_character", {"line": 2, "column": 2}),
        ("a\nb\x1b", "control_character", {"line": 2, "column": 2}),
        ("\ud800", "not_utf8", {"line": 1}),
    ],
)
def test_unreadable_files_give_no_draft(source, code, where):
    draft, problems = read_draft(source)
    assert draft is None
    assert [(p.code, p.where) for p in problems] == [(code, where)]


def test_ten_thousand_headings_and_a_large_file_are_read_in_time():
    many = "".join(f"# {i} T\nx\n" for i in range(1, 10_001))
    draft, problems = read(many)
    assert len(draft.clauses) == 10_000
    assert not problems
    full = FRONT + "# 1 A\n" + "word <b> " * ((LIMIT_BYTES - 200) // 9)
    assert codes(full) == ["raw_html"]


def test_many_findings_of_one_kind_are_counted_not_listed():
    found = codes(FRONT + "# 1 A\n" + "<b>\n" * 50)
    assert found.count("raw_html") == 20
    assert "and_more" in found


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_reader(text):
    read_draft(text)
    read_draft("---\n" + text + "\n---\n# 1 A\nx")
