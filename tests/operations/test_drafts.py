"""Drafts before publication: files taken in, passages decided, what is wrong told, publication by two persons."""

import io
from datetime import UTC, datetime

import pytest
from docx import Document
from sqlalchemy import select

from consult.core.problem import Refused
from consult.extensions import db
from consult.models import ClauseRow, DraftFile, DraftImport, Event, PassageDecision, Version
from consult.operations.drafts import decide_passages, make_draft, publish_draft, request_publication, shown_name, take_in
from consult.operations.record import OPERATOR, Actor
from consult.queries.loads import second_person
from consult.queries.office_drafts import Decision, DraftSeen, draft_problems, drafts, open_draft, version_files
from tests.staff import account
from tests.support.statements import counted_statements

pytestmark = pytest.mark.usefixtures("in_app")
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
LANGUAGES = ("en", "fr")
TEXTS = {
    "en": "## 5 Emissions\n\n### 5.1 Disclosure\n\nThe Entity shall publish its emissions every year.\n",
    "fr": "## 5 Émissions\n\n### 5.1 Publication\n\nL’Entité doit publier ses émissions chaque année.\n",
}


def person() -> Actor:
    return Actor("account", account(now=NOW)[0])


def made(by: Actor = OPERATOR, version: str = "v1") -> None:
    make_draft(standard="demo", version=version, prevails="en", baselines=[], by=by, now=NOW)


def front(language: str, version: str = "v1", standard: str = "demo") -> str:
    return f"---\nstandard: {standard}\nversion: {version}\nlanguage: {language}\ntitle: Demo\n---\n"


def take(data: bytes | str, name: str = "en.md", by: Actor = OPERATOR, **more: str) -> str:
    sent = data.encode() if isinstance(data, str) else data
    return take_in(standard="demo", version="v1", file_name=name, data=sent, by=by, now=NOW, **more)


def both(by: Actor = OPERATOR) -> None:
    made(by)
    for language, text in TEXTS.items():
        take(front(language) + text, f"{language}.md", by)


def opened() -> DraftSeen:
    db.session.rollback()
    found = open_draft("demo", "v1")
    assert found is not None
    return found


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, object]]:
    return [(problem.code, problem.where.get("field")) for problem in refused.value.problems]


def word(*paragraphs: tuple[str, str]) -> bytes:
    document = Document()
    for text, style in paragraphs:
        added = document.add_paragraph("" if style == "bold" else text, style=None if style in ("", "bold") else style)
        if style == "bold":
            added.add_run(text).bold = True
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


WORD = word(
    ("5 Emissions", "Heading 1"), ("5.1 Disclosure", "Heading 2"), ("The Entity shall publish its emissions every year.", ""),
    ("Plans", "bold"), ("The Entity shall keep a plan.", ""),
)  # fmt: skip


def test_a_draft_needs_names_that_an_address_can_hold() -> None:
    with pytest.raises(Refused) as refused:
        make_draft(standard="Demo Standard", version="", prevails="english!", baselines=["v0"], by=OPERATOR, now=NOW)
    assert codes(refused) == [
        ("draft_name", "standard"), ("draft_version_missing", "version"), ("draft_name", "prevails"), ("baseline_unknown", "baselines"),
    ]  # fmt: skip
    made()
    with pytest.raises(Refused) as refused:
        made()
    assert codes(refused) == [("draft_exists", "version")]


def test_the_newest_file_of_a_language_counts_and_earlier_ones_are_kept() -> None:
    both()
    take(front("en") + TEXTS["en"].replace("every year", "twice a year"))
    assert version_files(opened())[0].drafts["en"].clauses[1].text == "The Entity shall publish its emissions twice a year."
    assert db.session.scalars(select(DraftImport.part).order_by(DraftImport.id)).all() == ["en", "fr", "en"]
    take(front("en") + TEXTS["en"])
    assert len(db.session.scalars(select(DraftFile.sha256)).all()) == 3
    assert draft_problems(opened(), LANGUAGES) == ()


def test_files_that_cannot_be_taken_in_are_refused_with_their_reason() -> None:
    made()
    found = []
    for data, name, more in (
        (b"", "en.md", {}), (b"x", "en.pdf", {}), (b"x" * 5_000_000, "en.md", {}), (b"no front matter", "en.md", {}), (WORD, "a.docx", {}),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            take(data, name, **more)
        found += codes(refused)
    assert found == [
        ("file_missing", "file"), ("file_kind", "file"), ("too_large", "file"), ("language_needed", "language"), ("language_needed", "language"),
    ]  # fmt: skip
    assert db.session.scalars(select(DraftImport)).all() == []


def test_what_is_wrong_is_told_with_file_and_line() -> None:
    made()
    take(front("en") + TEXTS["en"])
    take(front("fr", standard="autre") + TEXTS["fr"].replace("5.1", "5.2"), "fr-old.md")
    take(b"\xff\xfe", "zh.md", language="zh")
    take("5.1:\n  applies: [mine]\n5.9:\n  kind: note\n", "clauses.yaml")
    found = [(p.code, p.where.get("file"), p.where.get("line"), p.grade) for p in draft_problems(opened(), LANGUAGES)]
    assert ("not_utf8", "zh.md", 1, "error") in found
    assert ("draft_of_another", "fr-old.md", 2, "error") in found
    assert ("clause_surplus", "fr-old.md", 9, "error") in found
    assert ("annotation_without_clause", "clauses.yaml", 3, "warning") in found
    assert [grade for *_, grade in found] == sorted((grade for *_, grade in found), key=lambda grade: grade != "error")


def test_an_empty_draft_says_that_nothing_was_taken_in() -> None:
    made()
    assert [problem.code for problem in draft_problems(opened(), LANGUAGES)] == ["draft_empty"]


def test_a_passage_that_was_not_understood_is_decided_and_stays_decided_in_later_files() -> None:
    made()
    take(WORD, "draft.docx", language="en", title="Demo")
    (passage,) = opened().parts["en"].passages
    assert (passage.quote, passage.read_as, passage.decided) == ("Plans", "text", None)
    decide_passages(
        standard="demo", version="v1", part="en", seen_import=opened().parts["en"].id, decisions={passage.key: Decision("clause", "5.2")},
        by=OPERATOR, now=NOW,
    )  # fmt: skip
    assert [clause.number for clause in version_files(opened())[0].main.numbered] == ["5", "5.1", "5.2"]
    again = word(
        ("5 Emissions", "Heading 1"),
        ("5.1 Disclosure", "Heading 2"),
        ("The Entity shall publish them.", ""),
        ("Plans", "bold"),
        ("New.", ""),
    )
    take(again, "draft-2.docx", language="en", title="Demo")
    assert [(c.number, c.text) for c in version_files(opened())[0].main.numbered] == [
        ("5", ""), ("5.1", "The Entity shall publish them."), ("5.2", "New."),
    ]  # fmt: skip
    assert db.session.scalars(select(PassageDecision.number)).all() == ["5.2"]


@pytest.mark.parametrize(
    ("key", "decision", "code"),
    [("gone", Decision("text", None), "passage_unknown"), ("", Decision("maybe", None), "passage_choice"), ("", Decision("clause", " "), "passage_number")],
)  # fmt: skip
def test_a_decision_that_says_nothing_is_refused(key: str, decision: Decision, code: str) -> None:
    made()
    take(WORD, "draft.docx", language="en", title="Demo")
    part = opened().parts["en"]
    with pytest.raises(Refused) as refused:
        decide_passages(
            standard="demo", version="v1", part="en", seen_import=part.id, decisions={key or part.passages[0].key: decision}, by=OPERATOR,
            now=NOW,
        )  # fmt: skip
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_decision_on_a_file_that_was_replaced_is_refused() -> None:
    made()
    take(WORD, "draft.docx", language="en", title="Demo")
    before = opened().parts["en"]
    take(WORD, "again.docx", language="en", title="Demo")
    with pytest.raises(Refused) as refused:
        decide_passages(
            standard="demo", version="v1", part="en", seen_import=before.id, decisions={before.passages[0].key: Decision("text", None)},
            by=OPERATOR, now=NOW,
        )  # fmt: skip
    assert [problem.code for problem in refused.value.problems] == ["draft_stale"]


def publish(by: Actor, second_person: bool = True, state: str | None = None) -> str:
    seen = state or opened().state_sha256
    return publish_draft(
        standard="demo", version="v1", seen_state=seen, languages=LANGUAGES, second_person=second_person, by=by, now=NOW
    ).outcome  # fmt: skip


def request(by: Actor) -> None:
    request_publication(standard="demo", version="v1", seen_state=opened().state_sha256, languages=LANGUAGES, by=by, now=NOW)


def test_one_person_asks_and_another_publishes() -> None:
    first, second = person(), person()
    both(first)
    found = []
    for asked, who in ((False, first), (True, first), (True, OPERATOR)):
        if asked and opened().request is None:
            request(first)
        with pytest.raises(Refused) as refused:
            publish(who)
        found += codes(refused)
    assert found == [("second_person_needed", None), ("second_person_same", None), ("second_person_same", None)]
    assert db.session.scalars(select(Version)).all() == []
    told = [[each.version for each in second_person(account=each.id, language="en", now=NOW).drafts] for each in (first, second)]
    assert told == [[], ["v1"]]
    assert publish(second) == "new"
    assert not second_person(account=second.id, language="en", now=NOW)
    assert db.session.scalars(select(ClauseRow.number).order_by(ClauseRow.position)).all() == ["5", "5.1"]
    told = db.session.scalars(select(Event).where(Event.kind == "draft_published")).one()
    assert (told.actor_id, told.codes["asked_by"]) == (second.id, first.id)
    assert opened().published


def test_a_request_lapses_when_the_draft_changes() -> None:
    first, second = person(), person()
    both(first)
    request(first)
    state = opened().state_sha256
    take(front("en") + TEXTS["en"].replace("every", "each"))
    with pytest.raises(Refused) as refused:
        publish(second, state=state)
    assert codes(refused) == [("draft_stale", None)]
    with pytest.raises(Refused) as refused:
        publish(second)
    assert codes(refused) == [("second_person_needed", None)]
    stale = opened().request
    assert stale is not None
    assert not stale.valid


def test_one_person_is_enough_where_the_installation_says_so() -> None:
    first = person()
    both(first)
    assert publish(first, second_person=False) == "new"
    for act in (lambda: take("x"), made, lambda: request(first)):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused)[0][0] == "version_published"


def test_errors_stop_publication_and_the_request_for_it() -> None:
    first = person()
    both(first)
    take(front("fr") + TEXTS["fr"].replace("5.1", "5.2"), "fr.md")
    for act in (lambda: request(first), lambda: publish(first, second_person=False)):
        with pytest.raises(Refused) as refused:
            act()
        assert [code for code, _ in codes(refused)] == ["clause_missing", "clause_surplus"]
    assert db.session.scalars(select(Version)).all() == []


def test_the_list_costs_one_statement_however_many_drafts_there_are() -> None:
    both()
    for number in range(2, 6):
        made(version=f"v{number}")
    with counted_statements() as statements:
        found = drafts()
    assert len(statements) == 1
    assert [(each.version, each.parts) for each in sorted(found, key=lambda each: each.version)] == [
        ("v1", ("en", "fr")), ("v2", ()), ("v3", ()), ("v4", ()), ("v5", ()),
    ]  # fmt: skip


def test_only_the_last_part_of_a_name_is_kept() -> None:
    assert [shown_name(each) for each in ("../../en.md", "C:\\drafts\\en.md", "a\x00b\u202e.md", "x" * 300 + ".md")] == [
        "en.md", "en.md", "ab.md", "x" * 117 + ".md",
    ]  # fmt: skip


def test_a_draft_knows_the_published_versions_it_may_be_compared_with() -> None:
    both()
    publish(person(), second_person=False)
    made(version="v2")
    found = open_draft("demo", "v2")
    assert found is not None
    assert (found.known, found.published) == (("v1",), False)
