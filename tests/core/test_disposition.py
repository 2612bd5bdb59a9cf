"""What a form says of a decision, and what is wrong with it."""

from datetime import UTC, datetime

import pytest

from consult.core.disposition import DISPOSITIONS, LONGEST, Decided, NewDecision, needs_reason, read_decision

LANGUAGES = ("fr", "en", "zh")


def read(**fields: str) -> tuple[NewDecision | None, list[tuple[str, str]]]:
    new, problems = read_decision({name.replace("_in_", "-"): value for name, value in fields.items()}, LANGUAGES)
    return new, [(each.code, str(each.where.get("field", ""))) for each in problems]


def test_a_decision_has_its_disposition_and_the_reasons_that_were_given() -> None:
    assert read(disposition="partially_accepted", reason_in_fr=" Déjà dit.\r\n", reason_in_zh=" ") == (
        NewDecision("partially_accepted", {"fr": " Déjà dit.\n"}),
        [],
    )
    assert read(disposition="accepted") == (NewDecision("accepted"), [])


@pytest.mark.parametrize("disposition", DISPOSITIONS)
def test_everything_but_yes_and_a_duplicate_asks_for_a_reason(disposition: str) -> None:
    new, problems = read(disposition=disposition, duplicate_of="ps3-1-0001 ")
    assert (("decision_reason_needed", "reason-fr") in problems) is (disposition not in ("accepted", "duplicate"))
    assert needs_reason(disposition) is (disposition not in ("accepted", "duplicate"))  # type: ignore[arg-type]
    if disposition == "duplicate":
        assert new == NewDecision("duplicate", {}, "PS3-1-0001")


def test_what_is_wrong_is_said_field_by_field() -> None:
    assert read() == (None, [("disposition_missing", "disposition")])
    assert read(disposition="maybe", reason_in_en="x" * (LONGEST + 1))[1] == [
        ("disposition_missing", "disposition"),
        ("decision_reason_long", "reason-en"),
    ]
    assert read(disposition="duplicate")[1] == [("duplicate_of_missing", "duplicate_of")]
    assert read(disposition="noted", reason_in_en="a\x00b")[1] == [("control_character", "reason-en")]


def test_a_reader_gets_the_reason_in_her_language_else_in_english_else_in_any() -> None:
    def decided(**reasons: str) -> Decided:
        return Decided("PS3-1-D0001", "noted", reasons, None, 1, datetime(2026, 1, 1, tzinfo=UTC))

    assert decided(en="E", fr="F").reason("fr") == ("fr", "F")
    assert decided(zh="Z", en="E").reason("fr") == ("en", "E")
    assert decided(zh="Z").reason("fr") == ("zh", "Z")
    assert decided().reason("fr") is None
