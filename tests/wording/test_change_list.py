"""Changes told in sentences."""

from consult.wording.change_list import headline, sentences


def told(*spans: tuple[str, str], title: tuple[tuple[str, str], ...] = ()) -> list[str]:
    return [each.sentence % each.quoted for each in sentences(title, spans, str)]  # type: ignore[arg-type]


def test_a_headline_names_both_numbers_where_they_differ_and_all_kinds() -> None:
    assert headline(["renumbered", "modified"], ["5.2"], ["5.3"], "en", str) == "5.2 became 5.3: renumbered and modified"
    assert headline(["renumbered"], ["5.2"], ["5.3"], "en", str, swapped=True) == "5.2 became 5.3: swapped"
    assert headline(["modified"], ["5.1"], ["5.1"], "en", str) == "5.1: modified"
    assert headline(["split"], ["2.5"], ["2.5", "2.6"], "en", str) == "2.5 became 2.5 and 2.6: split"
    assert headline(["added"], [], ["5.4"], "en", str) == "5.4: added"


def test_a_clause_is_removed_only_where_a_person_said_so() -> None:
    assert headline(["removed"], ["7.3"], [], "en", str) == "7.3: no successor found"
    assert headline(["removed"], ["7.3"], [], "en", str, confirmed=True) == "7.3: removed, confirmed by the secretariat"


def test_other_activities_are_told_even_where_the_words_are_equal() -> None:
    assert headline(["unchanged"], ["6.8"], ["6.8"], "en", str, binds_others=True) == "6.8: binds others than before"
    assert headline(["unchanged"], ["6.8"], ["6.8"], "en", str) == "6.8: unchanged"


def test_a_quiet_change_is_typographic_only() -> None:
    assert (
        headline(["renumbered", "modified"], ["5.2"], ["5.3"], "en", str, quiet=True) == "5.2 became 5.3: renumbered and typographic only"
    )


def test_each_change_is_quoted_behind_the_words_before_it() -> None:
    assert told(("=", "The Entity "), ("-", "should"), ("+", "shall"), ("=", " keep a "), ("+", "written "), ("=", "plan.")) == [
        "after “The Entity”: “should” became “shall”",
        "added after “keep a”: “written”",
    ]
    assert told(("-", "All of it.")) == ["removed: “All of it.”"]
    assert told(("=", "Lines:\n"), ("+", "- (c) **purchased** energy\n")) == ["added: “(c) purchased energy”"]


def test_chinese_context_is_some_characters() -> None:
    assert told(("=", "企业应当每年公开其温室气体排放量，"), ("-", "八"), ("+", "十一"), ("=", "吨")) == [
        "after “其温室气体排放量，”: “八” became “十一”"
    ]


def test_spaces_and_markup_alone_are_not_told_and_a_title_is_told_whole() -> None:
    assert told(("=", "a"), ("-", " "), ("+", "\n"), ("=", "b")) == []
    title = (("=", "Plan"), ("+", " of reduction"))
    assert told(title=title) == ["Title: “Plan” became “Plan of reduction”"]
    assert told(("+", "New."), title=(("+", "Checking"),)) == ["added: “New.”"]
