"""Reading a sent form: exactly what was said, or every problem beside its field."""

import re

import pytest

from consult.core import reference as codes
from consult.core.group_input import GroupInput
from consult.core.submission import (
    LIMITS,
    CommentTarget,
    FilledIn,
    NewComment,
    Person,
    SubmittedForm,
    group_of,
    is_language_tag,
    read_form,
    who_sees,
)

SENT = {
    "text": "One thing.", "capacity": "individual", "stakeholder_class": "workers", "country": "GN", "choice": "class", "consent": "1",
}  # fmt: skip


def read(**changed):
    return read_form(
        {**SENT, **changed}, classes=["workers", "production"], countries=["GN", "CH"], consent_version="2026-11",
        proposes=changed.pop("proposes", True),
    )  # fmt: skip


def found(read):
    return [(p.code, p.where["field"]) for p in read]


def test_the_least_that_is_needed():
    person = Person("individual", "workers", "GN", "class", "2026-11")
    assert read() == FilledIn(person, "One thing.", None, None, None, None, "")


def test_everything_that_can_be_said():
    given = read(
        text=" a\r\nb\t ", proposed="c", rationale="d", type="technical", position="support", comment_language="de", capacity="organisation",
        organisation=" Works ", name="Ann", mail=" ann@example.org ", choice="named",
    )  # fmt: skip
    person = Person("organisation", "workers", "GN", "named", "2026-11", "Ann", "ann@example.org", " Works ")
    assert given == FilledIn(person, " a\nb\t ", "c", "d", "technical", "support", "de")


def test_a_proposed_wording_alone_is_a_comment():
    assert read(text="", proposed="The Entity shall not.").proposed == "The Entity shall not."


@pytest.mark.parametrize("empty", ["", "   ", "\r\n\t\n", "\u3000"])
def test_white_space_alone_says_nothing(empty):
    assert found(read(text=empty, proposed=empty)) == [("nothing_said", "text")]


def test_where_nothing_can_be_proposed_a_text_is_needed():
    read_ = read_form({**SENT, "text": "", "proposed": "x"}, classes=["workers"], countries=["GN"], consent_version="1", proposes=False)
    assert found(read_) == [("no_text", "text")]


def test_an_empty_form_names_every_field_in_its_order():
    nothing = read_form({}, classes=["workers"], countries=["GN"], consent_version="1")
    assert found(nothing) == [
        ("nothing_said", "text"), ("capacity_missing", "capacity"), ("stakeholder_class_missing", "stakeholder_class"),
        ("country_missing", "country"), ("choice_missing", "choice"), ("consent_missing", "consent"),
    ]  # fmt: skip


@pytest.mark.parametrize("field", ["position", "type", "comment_language", "capacity", "stakeholder_class", "country", "choice"])
def test_what_is_in_no_list_is_refused(field):
    assert found(read(**{field: "'; drop table"})) == [("not_in_list", field)]


def test_on_behalf_of_an_organisation_its_name_is_needed():
    assert found(read(capacity="organisation", organisation=" ")) == [("organisation_missing", "organisation")]


@pytest.mark.parametrize("field", ["text", "proposed", "rationale"])
def test_limits_count_characters_after_line_ends_became_one(field):
    fits = "x\r\n" * (LIMITS[field] // 2)
    assert isinstance(read(**{field: fits}), FilledIn)
    problem = read(**{field: fits + "🙂"})[0]
    assert (problem.code, problem.where, problem.params) == ("too_long", {"field": field}, {"limit": LIMITS[field], "over": 1})


@pytest.mark.parametrize("field", ["name", "organisation", "mail"])
def test_names_have_their_limit_too(field):
    assert found(read(**{field: "é" * (LIMITS[field] + 1)})) == [("too_long", field)]


@pytest.mark.parametrize(
    ("sign", "code"), [("\x00", "U+0000"), ("\x0b", "U+000B"), ("\x85", "U+0085"), ("\ud800", "U+D800"), ("\r", "U+000D")]
)
def test_a_control_character_is_named_with_its_place(sign, code):
    problem = read(text=f"one\r\ntw{sign}o")[0]
    assert (problem.code, problem.where, problem.params) == ("control_character", {"field": "text", "line": 2, "column": 3}, {"code": code})


def test_joiners_direction_marks_and_signs_of_all_planes_stay():
    text = "می‌خواهم\u200f 👩‍🏭 𠮷 \u2028 a\u0301"
    assert read(text=text).text == text


def test_a_name_keeps_to_one_line():
    assert found(read(name="Ann\nBcc: x@example.org")) == [("control_character", "name")]


@pytest.mark.parametrize("mail", ["ann@example.org", "a.b+c@sub.example.co.uk", "用户@例子.中国", "o'hara@example.org"])
def test_addresses_of_all_countries_are_taken(mail):
    assert read(mail=mail).person.mail == mail


@pytest.mark.parametrize(
    "mail",
    [
        "ann",
        "ann@",
        "@example.org",
        "a b@example.org",
        "ann@example",
        "a@b@example.org",
        "ann@example..org",
        "<ann@example.org>",
        "a,b@example.org",
    ],
)
def test_what_is_no_address_is_said_so(mail):
    assert found(read(mail=mail)) == [("mail_form", "mail")]


def test_language_tags_of_any_language_are_taken():
    assert [is_language_tag(tag) for tag in ("de", "zh-Hant", "es-419", "sus", "", "x", "english!", "a" * 40)] == [True] * 4 + [False] * 4


def test_who_sees_what_follows_the_rule_of_visibility():
    assert {choice: [len(pieces) for pieces in who_sees(choice).values()] for choice in ("named", "organisation", "class", "confidential")} == {
        "named": [5, 5, 6], "organisation": [4, 4, 6], "class": [2, 3, 6], "confidential": [0, 2, 6],
    }  # fmt: skip
    assert who_sees("class")["public"] == ("text", "stakeholder_class")


def form(**changed):
    comment = NewComment(CommentTarget("clause", "ps", "5.2", clause_text=1), changed.pop("text", "x"), "en")
    person = Person("individual", "workers", "GN", "class", "1", mail=changed.pop("mail", None))
    return SubmittedForm("key", "c", 1, "en", person, (comment,), **changed)


def test_the_digest_of_a_form_tells_contents_apart_and_nothing_else():
    assert form().content_sha256 == form(again=True).content_sha256
    assert len({form().content_sha256, form(text="y").content_sha256, form(mail="a@example.org").content_sha256}) == 3


def test_references_and_codes_are_made_of_plain_signs_and_come_again():
    reference = codes.receipt_reference("secret", "key")
    code = codes.secret_code("secret", "key", reference)
    assert re.fullmatch(rf"R(-[{codes.ALPHABET}]{{4}}){{2}}", reference)
    assert re.fullmatch(rf"[{codes.ALPHABET}]{{4}}(-[{codes.ALPHABET}]{{4}}){{3}}", code)
    assert (codes.receipt_reference("secret", "key"), codes.secret_code("secret", "key", reference)) == (reference, code)
    others = {
        codes.receipt_reference("secret", "key", 1),
        codes.receipt_reference("secret", "yek"),
        codes.receipt_reference("terces", "key"),
    }
    assert len(others | {reference}) == 4


@pytest.mark.parametrize("typed", ["R-7KQM-4TWX", "r7kqm4twx", " 7kqm 4twx ", "Ｒ－７ＫＱＭ－４ＴＷＸ", "R–7KQM–4TWX"])
def test_a_reference_is_found_however_it_is_typed(typed):
    assert codes.reference_as_typed(typed) == "R-7KQM-4TWX"


def test_comment_references_have_four_digits_and_grow():
    assert [codes.comment_reference("PS3", 2, n) for n in (41, 12345)] == ["PS3-2-0041", "PS3-2-12345"]


GROUP = {
    "capacity": "facilitator", "group_people": "about 1,200", "group_language": "Susu", "group_given": "In the school.\r\n12 March.",
    "group_consent": "By a show of hands.", "choice": "organisation",
}  # fmt: skip


def test_a_facilitator_says_how_many_spoke_how_and_that_they_agreed():
    assert read(**GROUP).person.group == GroupInput(1200, None, "Susu", "In the school.\n12 March.", "By a show of hands.", None)
    missing = [(f"group_{name}_missing", f"group_{name}") for name in ("people", "language", "given", "consent")]
    assert found(read(capacity="facilitator")) == missing
    assert found(read(**GROUP | {"group_people": "3 or 4"})) == [("group_people_form", "group_people")]
    assert found(read(**GROUP | {"group_language": "a\nb", "group_name": "x" * 201})) == [
        ("too_long", "group_name"), ("control_character", "group_language"),
    ]  # fmt: skip
    assert read(**GROUP | {"capacity": "individual"}).person.group is None


@pytest.mark.parametrize(("said", "people"), [("40", 40), (" ４０ 人", 40), ("1 200", 1200), ("1.200", 1200), ("0", None), ("forty", None)])
def test_the_number_of_people_is_read_as_people_write_it(said, people):
    assert group_of({"group_people": said}).people == people


def test_who_speaks_for_nobody_else_has_the_same_sum_as_before_there_were_groups():
    assert "group" not in read().person.as_data
    assert read(**GROUP).person.as_data["group"]
