"""What alignment leaves to a person: shortlists, possible splits and mergers, contradicted records, drafts that hardly belong together."""

from hypothesis import given
from hypothesis import strategies as st

from consult.core.align import align, candidates, doubtful, survey
from consult.core.clause import Draft
from consult.core.compare import doubts
from tests.core.align.test_align import SUBJECTS, draft, numbered
from tests.support.examples import examples

TURNED = [*SUBJECTS[4:], *SUBJECTS[:4]]
REWORDED = [(title, text.replace("shall", "must") + " The results are published.") for title, text in TURNED]


def test_trust_in_numbers_is_measured_on_the_two_versions() -> None:
    kept = [(title, text.replace("shall", "must")) for title, text in SUBJECTS]
    assert survey(numbered(SUBJECTS), numbered(kept)).trust == 0.8
    assert survey(numbered(SUBJECTS), numbered(REWORDED)).trust == 0.0


def test_drafts_of_one_standard_promise_a_good_map() -> None:
    found = survey(numbered(SUBJECTS), numbered(REWORDED))
    assert found.expected > 0.9
    assert not found.strangers
    assert doubts(found, numbered(SUBJECTS), numbered(REWORDED)) == ()


def test_a_recorded_link_that_reads_like_another_clause_is_contradicted() -> None:
    old, new = numbered(SUBJECTS), numbered(REWORDED)
    found = survey(old, new, correspondence={"1": ("1",), "2": ("6",), "3": ()})
    assert {link.new[0]: link.old for link in found.links if link.reason == "recorded"} == {"1": ("1",), "2": ("6",)}
    assert [(c.new, c.recorded, c.old) for c in found.contradicted] == [("1", ("1",), "5"), ("3", (), "7")]
    assert all(c.score >= 0.75 > 0.2 > c.recorded_score for c in found.contradicted)
    assert [(p.code, p.where, p.params["better"]) for p in doubts(found, old, new)] == [
        ("correspondence_contradicted", {"number": "1"}, "5"),
        ("addition_contradicted", {"number": "3"}, "7"),
    ]


def test_a_record_that_the_text_bears_out_is_not_contradicted() -> None:
    found = survey(numbered(SUBJECTS), numbered(REWORDED), correspondence={str(n): (str((n + 3) % 8 + 1),) for n in range(1, 9)})
    assert found.contradicted == ()
    assert found.shortlists.old == found.shortlists.new == {}


def test_a_record_of_clauses_that_do_not_exist_is_harmless() -> None:
    found = survey(numbered(SUBJECTS), numbered(REWORDED), correspondence={"99": ("1",), "1": ("77",)})
    assert [(c.new, c.recorded) for c in found.contradicted] == [("1", ())]


def test_shortlists_are_five_at_most_and_the_kept_link_leads_them() -> None:
    lists = candidates(numbered(SUBJECTS), numbered(REWORDED))
    assert all(len(found) <= 5 for side in lists for found in side.values())
    assert {new: found[0].number for new, found in lists.new.items()} == {str((n + 3) % 8 + 1): str(n) for n in range(1, 9)}


def test_shortlists_are_shown_for_clauses_in_doubt_only() -> None:
    found = survey(
        numbered(SUBJECTS),
        numbered([*REWORDED, ("Waste water", "Sewage is treated before it reaches the catchment and its risks are assessed.")]),
    )
    alone = {n for link in found.links if link.unsure or not link.old for n in link.new}
    assert set(doubtful(found)["new"]) == alone & set(found.shortlists.new)


def test_possible_links_are_none_that_was_made() -> None:
    old = numbered(
        [
            *SUBJECTS,
            ("Complaints", "A grievance mechanism shall be open to workers and to neighbours, and its results shall be published yearly."),
        ]
    )
    new = numbered([*SUBJECTS, ("Complaints", "A grievance mechanism shall be open to workers."), ("Disclosure", "Results are published yearly and neighbours are told.")])  # fmt: skip
    found = survey(old, new)
    made = {(a, b) for link in found.links for a in link.old for b in link.new}
    assert all((p.old, p.new) not in made and p.score >= 0.15 for p in found.possibles)
    assert ("9", "10") in made | {(p.old, p.new) for p in found.possibles}


TEXT = st.lists(st.sampled_from(["shall", "publish", "water", "targets", "every", "应", "排放", "rejets", "8 t"]), max_size=8).map(" ".join)
ROWS = st.lists(st.tuples(st.sampled_from(["1", "2", "1.1", "1.2", "2.1", "3"]), TEXT, TEXT), max_size=6, unique_by=lambda row: row[0]).map(
    draft
)


@given(ROWS, ROWS, st.dictionaries(st.sampled_from(["1", "2", "1.1"]), st.lists(st.sampled_from(["1", "3", "2.1"]), max_size=2).map(tuple)))
@examples(100)
def test_a_survey_repeats_and_stays_within_its_bounds(old: Draft, new: Draft, known: dict[str, tuple[str, ...]]) -> None:
    found = survey(old, new, correspondence=known)
    assert found == survey(old, new, correspondence=known)
    assert found.links == align(old, new, correspondence=known)
    made = {(a, b) for link in found.links for a in link.old for b in link.new}
    assert 0 <= found.trust <= 1
    assert 0 <= found.expected <= 1
    assert not made & {(p.old, p.new) for p in found.possibles}
    assert {c.new for c in found.contradicted} <= set(known)
    assert all(0 <= c.score <= 1 for side in found.shortlists for each in side.values() for c in each)
