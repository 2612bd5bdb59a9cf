"""Seeds a demonstration: content published, consultations scheduled around today, comments handed in and moderated, accounts made."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from flask import current_app

from consult.core.comment_details import Details, read_details
from consult.core.group_input import GroupInput
from consult.core.plan import ConsultationPlan
from consult.core.problem import Refused
from consult.core.proposal import editable
from consult.core.submission import CommentTarget, NewComment, Person, SubmittedForm
from consult.core.window import instant
from consult.demo.afterwards import confirm, revise
from consult.demo.decisions import seed_decisions, seed_responses
from consult.demo.endorsements import seed_endorsements
from consult.demo.office import prepare_draft
from consult.exchange.consultation_file import read_consultation
from consult.exchange.draft_folder import read_versions
from consult.operations.accounts import add_account, seat_account
from consult.operations.attach import Upload, attach_files
from consult.operations.moderate import move_comment
from consult.operations.publish import publish_versions
from consult.operations.record import OPERATOR, Actor
from consult.operations.reply import reply
from consult.operations.schedule import schedule_consultation
from consult.operations.submit import submit
from consult.operations.withdraw import erase_comment, withdraw_comment
from consult.queries.commenting import ground_in_round
from consult.resources import resource

DAY_OF_ROUND_2 = 23
"""The demonstration shows round 2 on this day of its window, relative to today."""
CONSULTATION = "performance-standard-v3"
DAYS_TO_COMING = 7
"""The other consultation opens in a week."""
COMING = "chain-of-custody-v2"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    mail: str
    name: str
    language: str
    role: str
    consultation: str | None = None
    half: str | None = None


ACCOUNTS = (
    DemoAccount("amelie@secretariat.example", "Amélie Tremblay", "fr", "secretariat"),
    DemoAccount("jun@secretariat.example", "Jun Zhou", "zh", "secretariat"),
    DemoAccount("ngaire@committee.example", "Ngaire Walker", "en", "committee", CONSULTATION, "civil_society"),
    DemoAccount("ibrahima@committee.example", "Ibrahima Diallo", "fr", "committee", CONSULTATION, "value_chain"),
    DemoAccount("lihua@committee.example", "Li Hua", "zh", "chair", CONSULTATION, "value_chain"),
    DemoAccount("observer@committee.example", "Ada Obi", "en", "observer", CONSULTATION),
)


def seed(*, now: datetime) -> dict[str, str]:
    """Fills an empty, migrated database; returns mail -> password of the accounts made. Dates move by one offset, so that today is day 23."""
    plan, coming = _plan(CONSULTATION, now, 1 - DAY_OF_ROUND_2), _plan(COMING, now, DAYS_TO_COMING)
    _publish(plan, now)
    schedule_consultation(plan=plan, by=OPERATOR, now=_opening(plan, 1) - timedelta(days=30))
    _publish(coming, now)
    schedule_consultation(plan=coming, by=OPERATOR, now=now - timedelta(days=1))
    made = tuple(_accounts(now=_opening(plan, 1) - timedelta(days=20)))
    staff = Actor("account", made[0].id)
    prepare_draft(by=staff, now=now - timedelta(hours=20))
    references: dict[str, str] = {}
    for entry in _comments(plan, now):
        references |= _hand_in(entry, plan, staff, now)
    seed_endorsements(plan=plan, staff=staff, now=now)
    members = {account.mail: Actor("account", account.id) for account in made}
    seed_decisions(plan=plan, references=references, members=members, now=now)
    seed_responses(plan=plan, staff=staff, now=now)
    return {account.mail: account.password for account in made}


def _plan(slug: str, now: datetime, days: int) -> ConsultationPlan:
    """The plan of a consultation with its anchor so many days from today, in the zone of the body."""
    zone = current_app.config["BODY"].zone
    anchor = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return read_consultation(resource("content") / "consultations" / f"{slug}.yaml", zone=zone, anchor=anchor)


def _opening(plan: ConsultationPlan, number: int) -> datetime:
    entry = plan.rounds[number - 1]
    return instant(entry.opens, entry.zone)


def _publish(plan: ConsultationPlan, now: datetime) -> None:
    """Every version of its documents at a believable time: the edition years ago, each draft the day before its round opens, or yesterday."""
    standards = dict.fromkeys(standard for entry in plan.rounds for standard, _, _ in entry.documents)
    versions, problems = read_versions([resource("content") / standard for standard in standards])
    if errors := [problem for problem in problems if problem.grade == "error"]:
        raise RuntimeError(f"content cannot be read: {errors[:3]}")
    opens = {document[:2]: instant(entry.opens, entry.zone) for entry in plan.rounds for document in entry.documents}
    first = min(opens.values())
    languages = current_app.config["SETTINGS"].languages
    for version in versions:
        when = min(opens.get((version.standard, version.version), first - timedelta(days=1200)), now) - timedelta(days=1)
        publish_versions(sources=[version], languages=languages, by=OPERATOR, now=when)


@dataclass(frozen=True, slots=True)
class Made:
    id: int
    mail: str
    password: str


def _accounts(*, now: datetime) -> Iterator[Made]:
    for account in ACCOUNTS:
        password = secrets.token_urlsafe(9)
        key = add_account(mail=account.mail, name=account.name, language=account.language, password=password, by=OPERATOR, now=now)
        seat_account(mail=account.mail, role=account.role, consultation=account.consultation, half=account.half, by=OPERATOR, now=now)
        yield Made(key, account.mail, password)


@dataclass(frozen=True, slots=True)
class HandIn:
    at: datetime
    data: Mapping[str, Any]
    index: int


def _comments(plan: ConsultationPlan, now: datetime) -> list[HandIn]:
    """The submissions of the content in the order of their time; what would lie in the future is left out."""
    entries = yaml.safe_load((resource("content") / "demo" / "comments.yaml").read_text(encoding="utf-8"))
    placed = []
    for index, data in enumerate(entries):
        day: date = plan.rounds[data["round"] - 1].opens.date() + timedelta(days=data["day"] - 1)
        local = datetime.combine(day, time(data["hour"], data.get("minute", (index * 17) % 60)))
        placed.append(HandIn(instant(local, plan.rounds[data["round"] - 1].zone), data, index))
    return sorted((entry for entry in placed if entry.at < now), key=lambda entry: entry.at)


def _hand_in(entry: HandIn, plan: ConsultationPlan, staff: Actor, now: datetime) -> dict[str, str]:
    """Gives the references of the comments that have a key in the content."""
    data, documents = entry.data, plan.rounds[entry.data["round"] - 1].documents
    party = data["party"]
    form = SubmittedForm(
        key=f"demo-{entry.index:03}-{secrets.token_urlsafe(6)}",
        consultation=plan.slug,
        round=data["round"],
        language=data["language"],
        person=Person(
            capacity=data["capacity"],
            stakeholder_class=data["class"],
            country=data["country"],
            choice=data["choice"],
            consent_version=current_app.config["BODY"].consent_version,
            name=party.get("name"),
            mail=party.get("mail"),
            organisation=party.get("organisation"),
            group=GroupInput(**data["group"]) if "group" in data else None,
        ),
        comments=tuple(_comment(comment, documents, f"{plan.slug}/{data['round']}", data["language"]) for comment in data["comments"]),
        opened_at=entry.at - timedelta(minutes=20),
        answers=tuple(data.get("answers", {}).items()),
    )
    if files := [Upload(file["name"], file["text"].encode()) for file in data.get("files", [])]:
        attach_files(
            consultation=plan.slug, round_number=data["round"], key=form.key, files=files, token=None, opened_at=form.opened_at, address=None,
            now=entry.at,
        )  # fmt: skip
    receipt = submit(form=form, now=entry.at)
    for reference, comment in zip(receipt.comments, data["comments"], strict=True):
        _moderate(reference, comment.get("moderation", []), entry.at, staff, now)
        if "answered" in comment:
            _answer(plan.slug, reference, comment["answered"], entry.at, staff, now)
        if "revised" in comment:
            revise(
                submission=receipt.reference,
                comment=reference,
                said=comment,
                consultation=plan.slug,
                received=entry.at,
                staff=staff,
                now=now,
            )
    if data.get("confirmed"):
        confirm(reference=receipt.reference, received=entry.at, now=now)
    return {said["key"]: reference for reference, said in zip(receipt.comments, data["comments"], strict=True) if "key" in said}


def _answer(consultation: str, reference: str, said: Mapping[str, Any], received: datetime, staff: Actor, now: datetime) -> None:
    """What the secretariat answered to a question."""
    at = received + timedelta(hours=said["after_hours"])
    if at < now:
        texts = {language: (text, "official") for language, text in said.items() if language != "after_hours"}
        reply(consultation=consultation, reference=reference, texts=texts, seen={}, by=staff, now=at)


def _comment(data: Mapping[str, Any], documents: Sequence[tuple[str, str, str | None]], round_name: str, pages: str) -> NewComment:
    """On the first document of the round, unless it names another standard. `edit`: words of the clause text, and what stands in their place."""
    standard, _, baseline = next(document for document in documents if document[0] == data.get("standard", documents[0][0]))
    target = CommentTarget(
        kind=data["target"],
        standard=None if data["target"] == "process" else standard,
        number=data.get("number"),
        baseline=baseline if data["target"] == "removed" else None,
    )
    fields = {
        "quote": data.get("quote", ""),
        "further": ", ".join(data.get("further", ())),
        "evidence": "\n".join(data.get("evidence", ())),
    }
    details, proposed = Details(), data.get("proposed")
    if any(fields.values()) or "edit" in data:
        ground = ground_in_round(round_name=round_name, target=target, language=pages)
        if "edit" in data and ground.source:
            proposed = fields["edited"] = editable(ground.source).replace(*data["edit"])
        details, problems = read_details(fields, ground)
        if problems:
            raise Refused(*problems)
    return NewComment(
        target, data.get("text"), data["language"], proposed, data.get("rationale"), data.get("type"), data.get("position"),
        data.get("choice"), details.anchor, details.further, details.evidence, details.whole,
    )  # fmt: skip


def _moderate(reference: str, steps: list[Mapping[str, Any]], received: datetime, staff: Actor, now: datetime) -> None:
    state = "pending"
    for step in steps:
        at = received + timedelta(hours=step["after_hours"])
        if at >= now:
            return
        if step["to"] == "withdrawn":
            withdraw_comment(reference=reference, by=staff, now=at)
        elif step["to"] == "erased":
            erase_comment(reference=reference, by=staff, now=at)
        else:
            move_comment(
                reference=reference, seen_state=state, to=step["to"], reason=step.get("reason"), note=step.get("note", ""), by=staff, now=at
            )
        state = step["to"]
