"""A consultation's YAML file to its plan."""

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from consult.core.plan import ConsultationPlan, ItemPlan, ResourcePlan, RoundPlan
from consult.core.problem import Refused
from consult.exchange.consultation_file import read_consultation
from consult.resources import resource

WHOLE = """slug: performance-standard-v3
standard: performance-standard
prefix: PS3
texts:
  title: {en: Revision, fr: Révision}
items:
  - kind: milestone
    on: 2026-01-05
    title: {en: Begin}
  - kind: step
    title: {en: Decide}
    body: {en: The committee decides.}
rounds:
  - number: 1
    opens: 2026-03-01
    days: 60
    version: v3-draft-1
    baseline: v2
    title: {en: First}
  - number: 2
    opens: 90
    days: 30
    zone: Europe/Paris
    grace_minutes: 15
    display_rule: after_closing
    documents:
      - {version: v3-draft-2, baseline: v2}
      - {standard: guidance, version: v1}
"""


def read(tmp_path: Path, text: str | bytes, anchor: date | None = date(2026, 3, 1), zone: str = "Asia/Shanghai") -> ConsultationPlan:
    path = tmp_path / "c.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_consultation(path, zone=zone, anchor=anchor)


def test_dates_offsets_zones_and_documents_are_understood(tmp_path: Path) -> None:
    assert read(tmp_path, WHOLE) == ConsultationPlan(
        slug="performance-standard-v3",
        prefix="PS3",
        position=0,
        texts={"title": {"en": "Revision", "fr": "Révision"}},
        items=(
            ItemPlan("milestone", {"title": {"en": "Begin"}}, date(2026, 1, 5)),
            ItemPlan("step", {"title": {"en": "Decide"}, "body": {"en": "The committee decides."}}),
        ),
        rounds=(
            RoundPlan(
                1, datetime(2026, 3, 1), datetime(2026, 4, 30, 23, 59), "Asia/Shanghai", (("performance-standard", "v3-draft-1", "v2"),),
                {"title": {"en": "First"}},
            ),
            RoundPlan(
                2, datetime(2026, 5, 30), datetime(2026, 6, 29, 23, 59), "Europe/Paris",
                (("performance-standard", "v3-draft-2", "v2"), ("guidance", "v1", None)), {}, "after_closing", 15,
            ),
        ),
    )  # fmt: skip


PAPERS = """resources:
  - {name: highlights, kind: paper, folder: papers/highlights}
  - name: webinar
    kind: webinar
    folder: papers/webinar
    offset: 6
    time: '10:30'
    minutes: 90
    zone: Europe/Paris
"""


def papers(folder: Path) -> None:
    for name in ("highlights", "webinar"):
        (folder / "papers" / name).mkdir(parents=True)
        (folder / "papers" / name / "en.md").write_text(f"# The {name}\n\nIn short.\n\n## More\n\nAt length.\n", encoding="utf-8")
    (folder / "papers" / "webinar" / "fr.md").write_text("# Webinaire\n\nEn bref.\n", encoding="utf-8")


def test_papers_and_webinars_have_their_texts_in_folders_beside_the_file(tmp_path: Path) -> None:
    papers(tmp_path)
    body = "## More\n\nAt length."
    assert read(tmp_path, WHOLE + PAPERS).resources == (
        ResourcePlan("highlights", "paper", {"title": {"en": "The highlights"}, "lead": {"en": "In short."}, "body": {"en": body}}),
        ResourcePlan(
            "webinar", "webinar",
            {
                "title": {"en": "The webinar", "fr": "Webinaire"}, "lead": {"en": "In short.", "fr": "En bref."}, "body": {"en": body, "fr": ""},
            },
            datetime(2026, 3, 7, 10, 30), "Europe/Paris", 90,
        ),
    )  # fmt: skip


WRONG_PAPERS = {
    "a kind nobody knows": ("kind: paper", "kind: film", "“kind” is “film”, not one of paper, webinar, page"),
    "a name no address can hold": ("name: highlights", "name: High Lights", "“name” cannot be “High Lights”"),
    "a name twice": ("name: webinar", "name: highlights", "“name” is “highlights” twice"),
    "no folder": (", folder: papers/highlights", "", "“folder” is missing"),
    "a folder elsewhere": ("papers/highlights", "papers/../../etc", "“folder” leads out of the folder of this file"),
    "a folder from the root": ("papers/highlights", "/etc", "“folder” leads out of the folder of this file"),
    "a day without a time": ("    time: '10:30'\n", "", "“time” is missing"),
    "a time no clock shows": ("10:30", "24:30", "“time” cannot be “24:30”"),
    "a length of nothing": ("minutes: 90", "minutes: 0", "“minutes” is 0, not a number from 1 to 1440"),
    "a zone nobody knows": ("Europe/Paris\n", "Mars/Olympus\n", "“zone” is “Mars/Olympus”, not a time zone"),
}


@pytest.mark.parametrize("case", WRONG_PAPERS)
def test_what_is_wrong_with_a_paper_is_said(tmp_path: Path, case: str) -> None:
    papers(tmp_path)
    old, new, why = WRONG_PAPERS[case]
    assert old in PAPERS
    with pytest.raises(Refused) as refused:
        read(tmp_path, WHOLE.replace("Europe/Paris", "UTC") + PAPERS.replace(old, new, 1))
    (problem,) = refused.value.problems
    assert (problem.code, str(problem.params["why"])[: len(why)]) == ("consultation_file", why)


def test_a_paper_without_its_file_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(tmp_path, WHOLE + PAPERS)
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [
        ("page_missing", {"file": str(tmp_path / "papers" / "highlights")})
    ]


def test_our_own_consultations_are_in_order() -> None:
    for path in (resource("content") / "consultations").glob("*.yaml"):
        plan = read_consultation(path, zone="UTC", anchor=date(2026, 3, 1))
        assert set(plan.texts["title"]) == {"en", "fr", "zh"}
        assert [entry.number for entry in plan.rounds] == list(range(1, len(plan.rounds) + 1))


WRONG = {
    "no slug": ("slug: performance-standard-v3\n", "", 1, "“slug” is missing"),
    "a slug no address can hold": ("slug: performance-standard-v3", "slug: Ä/b", 1, "“slug” cannot be “Ä/b”"),
    "a prefix in small letters": ("prefix: PS3", "prefix: ps 3", 3, "“prefix” cannot be “ps 3”"),
    "no title": ("  title: {en: Revision, fr: Révision}", "  summary: {en: x}", 4, "“texts” needs at least a title"),
    "a title without a language": ("{en: Revision, fr: Révision}", "Revision", 5, "“title” is not a text per language"),
    "an item nobody knows": ("kind: step", "kind: party", 10, "“kind” is “party”, not one of milestone, step, highlight, question"),
    "a day no calendar has": ("on: 2026-01-05", "on: 2026-02-30", 8, "“on” is 2026-02-30, which no calendar has"),
    "a day in words": ("opens: 2026-03-01", "opens: soon", 15, "“opens” is “soon”, neither a date such as 2026-03-01 nor a number of days"),
    "no rounds": (WHOLE[WHOLE.index("rounds:") :], "rounds: []\n", 13, "“rounds” is missing or not a list of entries with keys"),
    "rounds that are no list": (WHOLE[WHOLE.index("rounds:") :], "rounds: 2\n", 13, "“rounds” is missing or not a list"),
    "a window of no length": ("days: 60", "days: 0", 16, "“days” is 0, not a number from 1 to 3650"),
    "a length in words": ("days: 60", "days: sixty", 16, "“days” cannot be “sixty”"),
    "no version": ("    version: v3-draft-1\n", "", 14, "“version” is missing"),
    "a zone nobody knows": ("zone: Europe/Paris", "zone: Mars/Olympus", 23, "“zone” is “Mars/Olympus”, not a time zone"),
    "a zone outside its folder": ("zone: Europe/Paris", "zone: ../../etc/passwd", 23, "not a time zone such as Europe/Paris"),
    "a rule nobody knows": ("after_closing", "never", 25, "“display_rule” is “never”, not one of after_moderation"),
    "grace below nothing": ("grace_minutes: 15", "grace_minutes: -5", 24, "“grace_minutes” is -5, not a number from 0"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, case: str) -> None:
    old, new, line, why = WRONG[case]
    assert old in WHOLE
    with pytest.raises(Refused) as refused:
        read(tmp_path, WHOLE.replace(old, new, 1))
    (problem,) = refused.value.problems
    assert (problem.code, problem.where) == ("consultation_file", {"file": str(tmp_path / "c.yaml"), "line": line})
    assert str(problem.params["why"]).startswith(why) or why in str(problem.params["why"])


def test_an_offset_without_an_anchor_asks_for_one(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="name the day it counts from"):
        read(tmp_path, WHOLE, anchor=None)


UNREADABLE: dict[str, tuple[str | bytes, str]] = {
    "nothing": ("", "consultation_file"),
    "a list": ("- 1\n", "yaml_not_mapping"),
    "no YAML": ("slug: [\n", "yaml_broken"),
    "a key twice": (WHOLE + "slug: b\n", "yaml_duplicate_key"),
    "a bomb": ("a: &a [x]\nb: [*a, *a]\n", "yaml_alias"),
    "code": ("slug: !!python/object/apply:os.system [echo]\n", "yaml_tag"),
    "another encoding": ("slug: é".encode("latin-1"), "not_utf8"),
    "too much of it": (b"x" * 5_000_000, "too_large"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_files_that_cannot_be_read_are_refused(tmp_path: Path, case: str) -> None:
    source, code = UNREADABLE[case]
    with pytest.raises(Refused) as refused:
        read(tmp_path, source)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert all(problem.where["file"] == str(tmp_path / "c.yaml") for problem in refused.value.problems)


def test_whatever_stands_in_a_place_the_reading_ends_in_a_refusal(tmp_path: Path) -> None:
    """Every value of the file replaced by every kind of other value: never another exception."""
    lines = WHOLE.splitlines()
    others: list[Any] = ["[]", "{}", "[[]]", "{a: {b: c}}", "''", "-1", "99999999999", "~", "x" * 300]
    for at, line in enumerate(lines):
        key, colon, _ = line.partition(":")
        for other in others if colon else ():
            changed = "\n".join([*lines[:at], f"{key}: {other}", *(each for each in lines[at + 1 :])])
            with suppress(Refused):
                assert read(tmp_path, changed).slug
