"""The queue as read: filters, pages, counts, one comment with its log; on both databases."""

from datetime import timedelta

import pytest
from flask import Flask

from consult.core.vocabulary import STATES
from consult.operations.accounts import add_account
from consult.operations.moderate import move_comment
from consult.operations.place import place_comment
from consult.operations.record import OPERATOR, Actor
from consult.operations.withdraw import erase_comment, withdraw_comment
from consult.queries.clause_names import clauses_of_round
from consult.queries.loads import Load, loads
from consult.queries.moderation import Facets, Filter, facets, newest_steps, open_comment, queue
from tests import factories
from tests.factories import CONSULTATION, NOW, STANDARD

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def round_id(in_app: Flask) -> int:
    return factories.round_of()


def handed_in(number: str | None = "5.2", **given) -> str:
    return factories.comment(number, **given).comments[0]


def move(reference: str, to: str, seen: str = "pending", by: Actor = OPERATOR, **given) -> None:
    move_comment(reference=reference, seen_state=seen, to=to, by=by, now=NOW, **given)


def listed(wanted: Filter | None = None, **given) -> list[str]:
    page = queue(consultation=CONSULTATION, wanted=wanted or Filter(), language="en", **given)
    return [row.reference for row in page.rows]


def clause(round_id: int, number: str) -> int:
    return next(each.id for each in clauses_of_round(round_id, "en") if each.number == number)


def test_queue_goes_by_receipt_and_over_rounds(round_id: int) -> None:
    factories.round_of(number=2, opens=timedelta(days=-5), closes=timedelta(days=20))
    references = [handed_in(round_number=number) for number in (1, 2, 1)]
    assert listed() == references == ["PS3-1-0001", "PS3-2-0001", "PS3-1-0002"]


def test_pages_follow_each_other_without_gap_or_double(round_id: int) -> None:
    references = [handed_in(text=f"number {n}") for n in range(7)]
    found, after = [], None
    while True:
        page = queue(consultation=CONSULTATION, wanted=Filter(), language="en", after=after, limit=3)
        found += [row.reference for row in page.rows]
        if (after := page.after) is None:
            break
    assert found == references
    assert listed(before=references[4], limit=2) == references[2:4]
    assert listed(before=references[0]) == []
    assert listed(after="PS3-9-9999") == []


def test_comments_of_other_consultations_never_show(round_id: int) -> None:
    factories.consultation("other", prefix="OT")
    factories.round_of(consultation_slug="other")
    elsewhere = handed_in(consultation_slug="other")
    mine = handed_in()
    assert listed(Filter(state=None)) == [mine]
    assert listed(Filter(words=elsewhere)) == []
    assert open_comment(consultation=CONSULTATION, reference=elsewhere, language="en") is None
    move(elsewhere, "cleared")
    assert newest_steps(consultation=CONSULTATION, references=[elsewhere]) == {}
    assert facets(consultation=CONSULTATION, wanted=Filter()).states == {"pending": 1}


def test_words_are_found_in_texts_and_in_who_wrote_them(round_id: int) -> None:
    keller = handed_in(text="The 100% target_", rationale="Because of water.", proposed="A new item.")
    other = handed_in(text="水资源的界线由谁划定？", language="zh", person=factories.person(name="Li Na", organisation="清河"))
    sought = {"100%": [keller], "target_": [keller], "%": [keller], "_": [keller], "BECAUSE": [keller], "new item": [keller], "界线": [other], "清河": [other], "Keller": [keller], "nothing": []}  # fmt: skip
    assert {words: listed(Filter(words=words)) for words in sought} == sought


def test_reference_finds_its_comment_whatever_the_other_filters_say(round_id: int) -> None:
    reference = handed_in()
    move(reference, "withheld", reason="spam")
    assert listed(Filter(state="pending", language="zh", words=f" {reference.lower()} ")) == [reference]


def test_filters_narrow_together(round_id: int) -> None:
    civil = factories.person(stakeholder_class="civil_society")
    one = handed_in("5.2", language="fr", person=civil)
    handed_in("5.2", language="fr")
    handed_in("5.3", language="fr", person=civil)
    handed_in("5.2", person=civil)
    assert listed(Filter(language="fr", stakeholder_class="civil_society", clause=clause(round_id, "5.2"))) == [one]


def test_clause_filter_follows_the_newest_placement(round_id: int) -> None:
    reference = handed_in("5.2")
    here, there = clause(round_id, "5.2"), clause(round_id, "5.3")
    place_comment(reference=reference, seen_clause=here, to=there, by=OPERATOR, now=NOW)
    assert (listed(Filter(clause=here)), listed(Filter(clause=there))) == ([], [reference])
    assert facets(consultation=CONSULTATION, wanted=Filter()).clauses == {there: 1}


def test_counts_cover_all_states_and_the_chosen_ones_choices(round_id: int) -> None:
    made = [handed_in(language=language) for language in ("en", "fr", "fr", "zh")]
    move(made[0], "cleared")
    civil = handed_in("5.3", person=factories.person(stakeholder_class="civil_society"))
    found = facets(consultation=CONSULTATION, wanted=Filter())
    places = {clause(round_id, "5.2"): 3, clause(round_id, "5.3"): 1}
    assert found == Facets(
        {"pending": 4, "cleared": 1}, {"fr": 2, "zh": 1, "en": 1}, {"production": 3, "civil_society": 1}, places, {STANDARD: 4}
    )
    assert facets(consultation=CONSULTATION, wanted=Filter(state=None)).languages == {"en": 2, "fr": 2, "zh": 1}
    assert facets(consultation=CONSULTATION, wanted=Filter(state="held")).languages == {}
    assert civil


def test_row_names_its_clause_in_the_language_of_the_page(round_id: int) -> None:
    handed_in("5.2", language="zh")
    names = {}
    for language in ("en", "fr", "zh", "es"):
        (row,) = queue(consultation=CONSULTATION, wanted=Filter(), language=language).rows
        assert row.clause is not None
        names[language] = (row.clause.label, row.clause.title, row.clause.language)
    assert names == {
        "en": ("5.2", "Reduction plan", "en"),
        "fr": ("5.2", "Plan de réduction", "fr"),
        "zh": ("5.2", "减排计划", "zh"),
        "es": ("5.2", "Reduction plan", "en"),
    }


@pytest.mark.parametrize(("kind", "number"), [("document", None), ("process", None), ("new", "5.2"), ("removed", "5.3")])
def test_every_target_stands_in_the_queue(round_id: int, kind: str, number: str | None) -> None:
    factories.change(kinds=["removed"], old=["5.3"])
    reference = handed_in(number, kind=kind)
    (row,) = queue(consultation=CONSULTATION, wanted=Filter(), language="en").rows
    assert (row.reference, row.target, row.clause and row.clause.number) == (reference, kind, number)


def test_narrower_choice_of_a_comment_is_the_one_told(round_id: int) -> None:
    handed_in(choice="confidential")
    (row,) = queue(consultation=CONSULTATION, wanted=Filter(), language="en").rows
    assert (row.choice, row.name) == ("confidential", "Anna Keller")


def test_open_comment_tells_its_whole_log(round_id: int) -> None:
    li_na = add_account(mail="li@example.org", name="Li Na", language="en", password="a long enough secret", by=OPERATOR, now=NOW)
    receipt = factories.submit(
        form=factories.form(factories.new_comment("5.2", text="One."), factories.new_comment("5.3", text="Two.")), now=NOW
    )
    one, two = receipt.comments
    move(one, "held", by=Actor("account", li_na), note="Ask the author.")
    move(one, "withheld", seen="held", reason="abuse")
    here, there = clause(round_id, "5.2"), clause(round_id, "5.3")
    place_comment(reference=one, seen_clause=here, to=there, by=Actor("account", li_na), now=NOW)
    found = open_comment(consultation=CONSULTATION, reference=one, language="fr")
    assert found is not None
    assert [(s.before, s.after, s.reason, s.note, s.by, s.account, s.who) for s in found.steps] == [
        ("pending", "held", None, "Ask the author.", "account", li_na, "Li Na"),
        ("held", "withheld", "abuse", None, "operator", None, None),
    ]
    assert [(p.clause and p.clause.title, p.by, p.who) for p in found.placings] == [
        ("Plan de réduction", "party", None),
        ("Alumineries", "account", "Li Na"),
    ]
    assert (found.clause_id, found.author_clause, found.siblings) == (there, here, (two,))
    assert found.row.text == "One."
    assert newest_steps(consultation=CONSULTATION, references=[one, two])[one].after == "withheld"


@pytest.mark.parametrize("reference", ["PS3-1-9999", "nonsense", "", "%", "PS3-1-0001 or 1=1"])
def test_no_such_comment_is_none(round_id: int, reference: str) -> None:
    handed_in()
    assert open_comment(consultation=CONSULTATION, reference=reference, language="en") is None


def test_erased_comment_tells_no_word_of_it(round_id: int) -> None:
    reference = handed_in(text="SECRET", rationale="SECRET", proposed="SECRET")
    withdraw_comment(reference=reference, by=OPERATOR, now=NOW)
    erase_comment(reference=reference, by=OPERATOR, now=NOW)
    (row,) = queue(consultation=CONSULTATION, wanted=Filter(state="erased"), language="en").rows
    assert row.erased
    assert "SECRET" not in repr(row)
    assert (row.name, row.organisation, row.mail, row.stakeholder_class, row.country) == (None,) * 5


def test_load_tells_what_waits_and_since_when(round_id: int) -> None:
    assert loads(NOW) == {}
    references = [handed_in(now=NOW - timedelta(hours=hours)) for hours in (5, 3, 1)]
    move(references[0], "held")
    assert loads(NOW) == {CONSULTATION: Load(pending=2, held=1, oldest=NOW - timedelta(hours=3))}
    for each in references[1:]:
        move(each, "cleared")
    assert loads(NOW) == {CONSULTATION: Load(pending=0, held=1, oldest=None)}
    assert set(STATES) >= {"pending", "held"}
