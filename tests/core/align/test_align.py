"""Alignment of a small standard: content decides, numbers only as far as they agree with it."""

from hypothesis import given
from hypothesis import strategies as st

from consult.core.align import align, survey
from consult.core.align.chances import MODELLED
from consult.core.align.links import POSSIBLE
from consult.core.align.select import FLOOR
from consult.core.clause import Clause, Draft
from tests.support.examples import examples

SUBJECTS = [
    (
        "Legal compliance",
        "The Entity shall know the laws that apply to its activities and shall keep a documented system for following them.",
    ),
    (
        "Anti-corruption",
        "The Entity shall work against bribery, extortion and money laundering, and shall train managers who negotiate contracts.",
    ),
    (
        "Emergency response",
        "The Entity shall keep an emergency plan for each facility and shall test the alarms with neighbours every two years.",
    ),
    ("Water assessment", "The Entity shall map water withdrawals and shall assess catchment risks such as drought and flooding."),
    (
        "Mine rehabilitation",
        "Bauxite mines shall be rehabilitated step by step, with native topsoil, and money shall be set aside for closure.",
    ),
    ("Working time", "Overtime shall be voluntary, and workers shall have one rest day in seven and paid annual leave."),
    ("Dross", "Smelters and casthouses shall recover aluminium from dross and shall not send salt slag to landfill."),
    ("Security practice", "Guards shall respect human rights; weapons shall be locked away and each use of force recorded."),
]


def draft(rows: list[tuple[str, str, str]]) -> Draft:
    return Draft("s", "v", "en", "S", tuple(Clause(n, n, title, text, 2, at, at + 1) for at, (n, title, text) in enumerate(rows)))


def numbered(subjects: list[tuple[str, str]], first: int = 1) -> Draft:
    return draft([(str(n), title, text) for n, (title, text) in enumerate(subjects, first)])


def pairs(old: Draft, new: Draft) -> set[tuple[str, str]]:
    return {(a, b) for link in align(old, new) for a in link.old for b in link.new}


def test_a_number_given_to_another_subject_links_nothing() -> None:
    turned = [*SUBJECTS[4:], *SUBJECTS[:4]]
    reworded = [(title, text.replace("shall", "must") + " The results are published.") for title, text in turned]
    assert pairs(numbered(SUBJECTS), numbered(reworded)) == {(str(n), str((n + 3) % 8 + 1)) for n in range(1, 9)}


def test_two_parts_of_a_clause_are_found_as_a_split() -> None:
    old = numbered(
        [
            *SUBJECTS,
            (
                "Impact assessments",
                "Before new projects the Entity shall assess effects on air, soil and wildlife. Before new projects the Entity shall assess effects on human rights, with a view to gender and to Indigenous Peoples.",
            ),
        ]
    )
    new = numbered([
        *SUBJECTS,
        ("Environmental impact assessments", "Before new projects the Entity shall assess effects on air, soil and wildlife, including cumulative ones."),
        ("Human rights impact assessment", "Before new projects the Entity shall assess effects on human rights, with a view to gender and to Indigenous Peoples, and publish a summary."),
    ])  # fmt: skip
    assert {("9", "9"), ("9", "10")} <= pairs(old, new)


def test_two_clauses_in_one_are_found_as_a_merger() -> None:
    joined = ("Water and working time", f"{SUBJECTS[3][1]} {SUBJECTS[5][1]}")
    new = numbered([*SUBJECTS[:3], joined, SUBJECTS[4], *SUBJECTS[6:]])
    assert {("4", "4"), ("6", "4")} <= pairs(numbered(SUBJECTS), new)


@given(st.integers(0, len(SUBJECTS) - 1), st.sampled_from(["Each supplier", "The contractor", "Every carrier of goods"]), st.booleans())
@examples(50)
def test_a_clause_written_after_the_model_of_one_that_stays_is_added(at: int, who: str, changed: bool) -> None:
    new = [(title, text.replace("shall", "must") + (" The results are published." if changed else "")) for title, text in SUBJECTS]
    title, text = new[at]
    new.insert(at + 1, (f"{title} of others", text.replace("The Entity", who).replace("mines", who)))
    found = survey(numbered(SUBJECTS), numbered(new))
    assert [(link.kinds, link.old) for link in found.links if str(at + 2) in link.new] == [(("added",), ())]
    assert (str(at + 1), str(at + 2)) in {(each.old, each.new) for each in found.possibles}


def test_a_modelled_clause_is_shown_for_confirmation_and_never_linked() -> None:
    assert POSSIBLE <= MODELLED < FLOOR


def test_subjects_that_share_nothing_are_not_linked() -> None:
    other = [("Cooking", "Boil the rice with salt and butter."), ("Music", "Tune the violin before the concert begins.")]
    assert pairs(numbered(SUBJECTS[:2]), numbered(other, 20)) == set()


def test_equal_clauses_in_two_parts_stay_in_their_part() -> None:
    rows = [(f"{part}.{n}", title, text, part) for part in (1, 2, 3) for n, (title, text) in enumerate(SUBJECTS, 1)]

    def parts(kept: list[tuple[str, str, str, int]]) -> Draft:
        return Draft(
            "s", "v", "en", "S", tuple(Clause(n, n, t, x, 2, at, at + 1, (f"Part {'ABC'[p - 1]}",)) for at, (n, t, x, p) in enumerate(kept))
        )

    kept = [row for row in rows if row[0] not in {"1.3", "2.5"}]
    assert pairs(parts(rows), parts(kept)) == {(row[0], row[0]) for row in kept}


def test_chinese_clauses_are_linked_by_their_characters() -> None:
    old = draft(
        [
            ("1", "水资源评估", "实体应绘制取水图，并应评估流域的干旱和洪水风险。"),
            ("2", "工作时间", "加班应自愿，工人每七天应有一天休息。"),
            ("3", "铝渣", "铝冶炼厂应从铝渣中回收铝，不应填埋盐渣。"),
        ]
    )
    new = draft(
        [
            ("1", "铝渣", "铝冶炼厂应尽可能从铝渣中回收铝，不得填埋盐渣。"),
            ("2", "水资源评估和披露", "实体应绘制取水图，评估流域的干旱和洪水风险并公布结果。"),
            ("3", "工作时间", "加班应自愿，工人每七天应至少有一天休息。"),
        ]
    )
    assert pairs(old, new) == {("1", "2"), ("2", "3"), ("3", "1")}
