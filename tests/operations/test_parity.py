"""Findings between languages: let stand until a text changes; corrections by one or two persons; authors are told."""

import pytest
from sqlalchemy import func, select

from consult.core.problem import Refused
from consult.extensions import db
from consult.jobs.compare_languages import compare as compare_next
from consult.jobs.deliver import BUILDERS
from consult.models import Correction, CorrectionRequest, Event, Outbox, ParityAcknowledgement
from consult.operations.correct import confirm_correction, correct_clause
from consult.operations.parity import SeenFinding, acknowledge_finding, compare_languages
from consult.operations.record import Actor
from consult.queries.corrections import corrections_of, waiting
from consult.queries.drafts import stored_draft, version_row
from consult.queries.loads import CorrectionAsked, second_person
from consult.queries.parity import clause_sha256, findings, open_findings, open_in
from consult.queries.standards import clauses, version
from tests import factories
from tests.factories import DRAFT, NOW, STANDARD, WORDS

pytestmark = pytest.mark.usefixtures("in_app")
ONE, OTHER = Actor("account", 1), Actor("account", 2)
WRONG = dict(WORDS, **{"5.3": (WORDS["5.3"][0], {**WORDS["5.3"][1], "fr": "Les alumineries doivent rester sous 13 t."})})


def world() -> None:
    factories.version(factories.BASELINE, status="adopted")
    factories.version(DRAFT, words=WRONG)
    factories.round_of()


def found(language: str = "fr"):
    seen = version(STANDARD, DRAFT, "en")
    assert seen
    return [each for each in findings(seen) if each.language == language]


@pytest.fixture(autouse=True)
def _world(in_app):
    world()


def compare() -> int:
    return compare_languages(standard=STANDARD, version=DRAFT, now=NOW)


def acknowledge(*, stands: bool = True, reason: str = "", by: Actor = ONE) -> None:
    clause = next(each for each in found() if each.number == "5.3")
    finding = next(each for each in clause.findings if each.problem.code == "figures_differ")
    told = SeenFinding("fr", "5.3", finding.problem.code, finding.finding, clause.prevailing_sha256, clause.text_sha256)
    acknowledge_finding(standard=STANDARD, version=DRAFT, seen=told, stands=stands, reason=reason, by=by, now=NOW)


def french(number: str = "5.3"):
    draft = stored_draft(version_row(STANDARD, DRAFT), "fr")
    return next(each for each in draft.numbered if each.number == number)


def correct(
    text: str = "Les alumineries doivent rester sous 11 t.",
    *,
    reason: str = "Chiffre erroné.",
    second: bool = False,
    by: Actor = ONE,
    sha: str = "",
):
    clause = french()
    return correct_clause(
        standard=STANDARD, version=DRAFT, language="fr", number="5.3", title=clause.title, text=text, seen_sha256=sha or clause_sha256(clause),
        reason=reason, second_person=second, by=by, now=NOW,
    )  # fmt: skip


def test_a_finding_quotes_the_words_of_both_languages():
    clause = next(each for each in found() if each.number == "5.3")
    finding = next(each for each in clause.findings if each.problem.code == "figures_differ")
    assert (finding.there, finding.here, finding.let_stand) == (("11",), ("13",), None)


def test_a_false_alarm_stays_so_until_a_text_changes():
    assert (open_findings(), compare(), compare()) == (None, 2, 0)  # French and Chinese
    before = open_findings()
    acknowledge(reason="Meant so.")
    acknowledge()
    assert (open_findings(), db.session.scalar(select(func.count()).select_from(ParityAcknowledgement))) == (before - 1, 1)
    stood = [finding.let_stand for each in found() for finding in each.findings if finding.let_stand]
    assert [each.reason for each in stood] == ["Meant so."]
    correct("Les alumineries doivent rester bien sous 13 t.")
    assert open_findings() is None  # never what held before
    assert not [finding for each in found() for finding in each.findings if finding.let_stand]


def test_a_false_alarm_can_be_taken_back():
    compare()
    before = open_findings()
    acknowledge()
    acknowledge(stands=False)
    assert open_findings() == before
    kinds = db.session.scalars(select(Event.kind).where(Event.kind.like("finding_%")).order_by(Event.id)).all()
    assert kinds == ["finding_acknowledged", "finding_reopened"]


def test_a_finding_of_a_text_corrected_meanwhile_is_stale():
    clause = next(each for each in found() if each.number == "5.3")
    told = SeenFinding("fr", "5.3", "figures_differ", clause.findings[0].finding, clause.prevailing_sha256, clause.text_sha256)
    correct()
    with pytest.raises(Refused) as refused:
        acknowledge_finding(standard=STANDARD, version=DRAFT, seen=told, stands=True, by=ONE, now=NOW)
    assert refused.value.problems[0].code == "stale_finding"


def test_a_correction_is_told_at_the_clause_and_ends_the_finding():
    assert correct() == "corrected"
    assert not [each for each in found() if each.number == "5.3" and any(f.problem.code == "figures_differ" for f in each.findings)]
    seen = version(STANDARD, DRAFT, "fr")
    clause = next(each for each in clauses(seen) if each.number == "5.3")
    assert [(each.reason, each.at) for each in corrections_of(clause.id, "fr")] == [("Chiffre erroné.", NOW)]
    assert corrections_of(clause.id, "en") == ()


def test_authors_of_comments_in_that_language_get_one_mail_each():
    anna, ben = factories.person(), factories.person(mail="ben@example.org", name="Ben")
    factories.comment("5.3", text="Trop bas.", language="fr", person=anna)
    factories.comment("5.3", text="Encore.", language="fr", person=factories.person(mail="ANNA@example.org "))
    factories.comment("5.3", text="Too low.", language="en", person=ben)
    factories.comment("5.2", text="Autre article.", language="fr", person=ben)
    factories.comment("5.3", text="Sans adresse.", language="fr", person=factories.person(mail=None))
    correct()
    rows = [row.payload for row in db.session.scalars(select(Outbox)) if row.payload.get("template") == "correction"]
    assert len(rows) == 1
    mail = BUILDERS["correction"](rows[0])
    assert mail.to.strip().lower() == "anna@example.org"
    assert mail.language == "fr"
    assert "13 t" in mail.text
    assert "11 t" in mail.text
    assert "Chiffre erroné." in mail.text


def test_where_two_persons_are_asked_for_nobody_confirms_their_own():
    assert correct(second=True) == "asked"
    seen = version(STANDARD, DRAFT, "fr")
    id = next(each.id for each in clauses(seen) if each.number == "5.3")
    asked = waiting(id, "fr", clause_sha256(french()))
    assert (asked.text, asked.account, french().text[-5:]) == ("Les alumineries doivent rester sous 11 t.", 1, "13 t.")
    place = {"standard": STANDARD, "version": DRAFT, "language": "fr", "number": "5.3", "request": asked.id, "now": NOW}
    with pytest.raises(Refused) as refused:
        confirm_correction(**place, by=ONE)
    assert refused.value.problems[0].code == "second_person_same"
    told = [second_person(account=each.id, language="en", now=NOW).corrections for each in (ONE, OTHER)]
    assert told == [(), (CorrectionAsked(STANDARD, DRAFT, "fr", "5.3", "5.3"),)]
    confirm_correction(**place, by=OTHER)
    assert not second_person(account=OTHER.id, language="en", now=NOW)
    assert french().text.endswith("11 t.")
    assert waiting(id, "fr", clause_sha256(french())) is None
    with pytest.raises(Refused) as refused:
        confirm_correction(**place, by=OTHER)
    assert refused.value.problems[0].code == "stale_text"
    assert [db.session.scalar(select(func.count()).select_from(table)) for table in (Correction, CorrectionRequest)] == [1, 1]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"reason": "  "}, "reason_missing"),
        ({"text": "Les alumineries doivent rester sous 13 t.\n\n"}, "correct_nothing"),
        ({"sha": "0" * 64}, "stale_text"),
        ({"text": "x" * 60_001}, "correct_long"),
    ],
)
def test_corrections_that_cannot_be_are_refused(given, code):
    with pytest.raises(Refused) as refused:
        correct(**given)
    assert refused.value.problems[0].code == code
    assert db.session.scalar(select(func.count()).select_from(Correction)) == 0


def test_the_prevailing_text_is_never_corrected():
    with pytest.raises(Refused) as refused:
        correct_clause(
            standard=STANDARD, version=DRAFT, language="en", number="5.3", title="", text="x", seen_sha256="", reason="r", second_person=False,
            by=ONE, now=NOW,
        )  # fmt: skip
    assert refused.value.problems[0].code == "correct_prevailing"


def test_what_the_worker_stored_is_what_is_found_by_comparing():
    correct("Les alumineries doivent rester bien sous 13 t.")
    live = findings(version(STANDARD, DRAFT, "en"))
    due = db.session.scalars(select(Outbox.payload).where(Outbox.kind == "parity")).all()
    assert due == [{"standard": STANDARD, "version": DRAFT}]
    while compare_next():
        pass
    assert (findings(version(STANDARD, DRAFT, "en")), open_findings()) == (live, open_in(live))
    assert open_in(live) > 0
