"""What stays whole in a redline: numbers, and passages written anew."""

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from consult.core.change import Spans
from consult.core.diff import diff
from tests.support.examples import examples

NUMBERS = ["14064-1:2006", "14064-1:2019", "2022-01-07", "2022-03-07", "2016/679", "8 t", "1 234", "二十六", "二十五", "五万元", "十五万元"]
OTHERS = ["shall", "Entity", "应", "条", "，", "\n", "第", "的规定"]
PARTED = st.lists(st.sampled_from([*NUMBERS, *OTHERS]), max_size=30)
CHANCE = ["grievance mechanisms", "biodiversity conservation"]


def _words(text: str) -> list[str]:
    return text.split()


SUBJECTS = _words(
    "water dross mines guards bribery rivers gender topsoil alarms leave closure scrap noise dust wages unions soil audits permits "
    "blasting lakes pensions"
)
OTHER_SUBJECTS = _words(
    "ballots fonts anthems violins harbours kitchens atlases lanterns orchards ferries sonnets museums carpets bakers comets mirrors "
    "puppets gardens skates tents waltzes kites"
)


def _edges(spans: Spans, side: str) -> set[int]:
    return set(accumulate(len(text) for mark, text in spans if mark in {"=", side}))


@given(PARTED, PARTED, st.sampled_from(["en", "fr", "zh"]))
@examples(300)
def test_no_mark_halves_a_number(old: list[str], new: list[str], language: str) -> None:
    spans, _ = diff(" . ".join(old), " . ".join(new), language)
    for words, side in ((old, "-"), (new, "+")):
        at, inside = 0, set[int]()
        for word in words:
            inside |= set(range(at + 1, at + len(word))) if word in NUMBERS else set()
            at += len(word) + len(" . ")
        assert not inside & _edges(spans, side)


@given(st.permutations(SUBJECTS), st.permutations(OTHER_SUBJECTS), st.tuples(st.integers(1, 9), st.integers(11, 19)), st.integers(1, 9))
@examples(200)
def test_a_passage_written_anew_is_not_cut_around_chance_words(old: list[str], new: list[str], places: tuple[int, int], at: int) -> None:
    for words, where in ((old, (at, at + 10)), (new, places)):
        for phrase, place in zip(CHANCE, reversed(where), strict=True):
            words.insert(place, phrase)
    spans, _ = diff(f"{' '.join(old)}.", f"{' '.join(new)}.", "en")
    assert [mark for mark, _ in spans] == ["-", "+", "="]


def test_a_phrase_that_stays_in_a_passage_written_anew_is_shown() -> None:
    spans, _ = diff(
        f"{' '.join(SUBJECTS)} under the national carbon programme.",
        f"{' '.join(OTHER_SUBJECTS)} under the national carbon programme.",
        "en",
    )
    assert spans[-1] == ("=", " under the national carbon programme.")


def test_a_row_of_a_table_keeps_its_cells_however_little_stays() -> None:
    old, new = (f"| {' '.join(words[:6])} | {' '.join(words[6:])} | by 2030 |" for words in (SUBJECTS, OTHER_SUBJECTS))
    assert "".join(text for mark, text in diff(old, new, "en")[0] if mark == "=").count("|") == 4
