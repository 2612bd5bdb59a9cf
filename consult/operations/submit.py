"""Handing in: one submission with its party, comments, first revisions and placements, answers, or nothing at all.

A key counts once: the same form sent again gives the same receipt, another content under the same key is refused. The round is locked
first, so that references are gap-free and two equal posts meet each other.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import cast

from flask import current_app
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, object_session

from consult.core import reference as codes
from consult.core.endorsement import EndorsementForm
from consult.core.problem import Problem, Refused
from consult.core.submission import CommentTarget, NewComment, Person, SubmittedForm
from consult.extensions import writing
from consult.models import (
    BasketComment,
    Comment,
    CommentClause,
    CommentRevision,
    Consultation,
    GroupInputRow,
    LateLink,
    Party,
    Placement,
    Room,
    Round,
    Submission,
)
from consult.operations.answer_sheets import new_sheet
from consult.operations.answers import answer, forget_waiting
from consult.operations.attachments import attach_to
from consult.operations.attempts import pass_door
from consult.operations.counted import keep_counted
from consult.operations.late import late_link_of
from consult.operations.likeness import recognise
from consult.operations.receipt_mail import ask_confirmation
from consult.operations.record import Actor, record
from consult.queries.commenting import Place, clause_ids, place_of, shown_text

EQUAL_WITHIN = timedelta(hours=1)
"""A form with another key but the very same content within this time is most likely the same person after Back or Reload: we ask once."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender gets at once. `comments` are their references, `answers` that of answers without a comment; `again`: it had been handed in
    before and nothing was added.
    """

    reference: str
    secret: str
    received_at: datetime
    late: bool
    comments: tuple[str, ...]
    again: bool = False
    answers: str | None = None


def submit(
    *, form: SubmittedForm, now: datetime, by: Actor | None = None, address: str | None = None, basket: str | None = None
) -> Receipt:
    """Stores a hand-in (comments, answers to the questions of the round, or both) and gives its receipt; `by` is the account that types it in for somebody, else the party itself. `address`: where it
    comes from, to be counted; `basket`: the hash of the token of its sender's basket, which may hold a late link.

    Refused with: unknown_round, round_cancelled, window_coming, window_closed, unknown_target (where: number), other_content
    (params: reference), equal_content (just received under another key; send it with `again`), nothing_to_submit (neither comment nor answer).
    """
    with writing() as session:
        return hand_in(session, form=form, now=now, by=by, address=address, basket=basket)


def hand_in(
    session: Session, *, form: SubmittedForm, now: datetime, by: Actor | None = None, address: str | None = None, basket: str | None = None
) -> Receipt:
    """What `submit` does, within the transaction of another operation. It records its event: take it last."""
    found = session.execute(
        select(Round, Consultation)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Consultation.slug == form.consultation, Round.number == form.round)
        .with_for_update(of=Round),
        execution_options={"populate_existing": True},
    ).first()
    if found is None:
        raise Refused(Problem("unknown_round"))
    round_, consultation = found
    earlier = session.scalar(select(Submission).where(Submission.key == form.key))
    if earlier is not None:
        return _earlier(session, earlier, form)
    arrived = form.arrived_at or now
    link = late_link_of(session, basket, round_, arrived)
    late = admitted(round_, consultation, form.opened_at, arrived, link=link, recorded=form.arrived_at is not None)
    pass_door(
        session, door="submit", address=address, who=basket, now=now
    )  # a mail address is claimed, not proven: it must not shut its owner out
    draft = _draft(session, form)
    places = [_place(round_, comment.target) for comment in form.comments]
    if form.channel == "web" and not form.again and form.tells_sender:
        refuse_equal(session, round_, form, now)
    submission = new_submission(session, round_, form, late, arrived)
    if link is not None and late:
        link.submission_id = submission.id
    actor = by or Actor("party", submission.party_id)
    made = [
        _comment(session, round_, consultation.prefix, submission, comment, place, actor, arrived)
        for comment, place in zip(form.comments, places, strict=True)
    ]
    session.flush()
    if made:
        _settle(session, form, made, draft)
    sheet = _answers(session, form, submission, round_, consultation.prefix, basket)
    references = tuple(comment.reference for comment in made)
    if form.person.mail:
        ask_confirmation(session, submission, now)
    record(
        session, scope=consultation.slug, kind="submission_received", subject=submission.reference, by=actor, now=now,
        codes={"round": round_.number, "channel": form.channel, "late": late, "comments": list(references),
               **({"answers": sheet} if sheet else {}), **({"late_reason": link.reason} if link else {})},
    )  # fmt: skip
    return Receipt(submission.reference, _secret(submission), arrived, late, references, answers=sheet)


def _settle(session: Session, form: SubmittedForm, made: Sequence[Comment], draft: BasketComment | None) -> None:
    """What follows from the comments of a hand-in: whom they repeat, how they are counted, the draft and the files they came with."""
    recognise(session, made)
    keep_counted(session, [each.id for each in made])
    if draft is not None:
        hand_over(draft, made[0].id)
    session.flush()
    attach_to(session, key=form.key, comment=made[0].id)


def _answers(session: Session, form: SubmittedForm, submission: Submission, round_: Round, prefix: str, basket: str | None) -> str | None:
    """The answers of a hand-in; their reference where they are all of it. Refused: nothing_to_submit."""
    answers = dict(form.answers)
    asked = answer(session, submission=submission.id, round_id=round_.id, answers=answers, now=submission.received_at)
    if not asked and not form.comments:
        raise Refused(Problem("nothing_to_submit"))
    if basket and asked:
        forget_waiting(session, token_sha256=basket, round_id=round_.id, codes=answers)
    return None if form.comments else new_sheet(session, submission, round_, prefix, asked, answers)


def hand_over(draft: BasketComment, comment: int) -> None:
    """A draft that became a comment: its words stand there now, and erasing them there must leave none behind."""
    session = object_session(draft)
    assert session is not None
    attach_to(session, key=draft.key, comment=comment)
    draft.comment_id = comment
    draft.text = draft.rationale = draft.proposed = draft.edited = draft.evidence = draft.quote = None


def admitted(
    round_: Round,
    consultation: Consultation,
    opened_at: datetime | None,
    at: datetime,
    *,
    link: LateLink | None = None,
    recorded: bool = False,
) -> bool:
    """Whether what arrived at an instant is late. Refused: round_cancelled, window_coming, window_closed. `opened_at`: when its form was opened;
    `link`: the valid late link it came through; `recorded`: the instant stands on the record (a file came then), it is not now.
    """
    if round_.state != "planned" or consultation.state != "active":
        raise Refused(Problem("round_cancelled"))
    admission = round_.window.admits(at, opened_at, recorded=recorded)
    if admission == "refused" and link is not None:
        return True
    if admission == "refused":
        raise Refused(Problem("window_coming" if round_.window.phase(at) == "coming" else "window_closed"))
    return admission == "late"


def correct_language(*, submission: str, comment: str, language: str, now: datetime) -> None:
    """Sets the language of a comment's text, by its author until closing. Refused with unknown_target, window_closed."""
    with writing() as session:
        found = session.scalar(
            select(Comment)
            .join(Submission, Submission.id == Comment.submission_id)
            .where(Comment.reference == comment, Submission.reference == submission)
            .with_for_update(of=Comment)
        )
        if found is None or found.state in ("withdrawn", "erased"):
            raise Refused(Problem("unknown_target"))
        if found.round.window.phase(now) == "closed":
            raise Refused(Problem("window_closed"))
        if found.language == language:
            return
        before, found.language = found.language, language
        record(
            session, scope=found.round.consultation.slug, kind="comment_language_corrected", subject=comment,
            by=Actor("party", found.submission.party_id), now=now, codes={"before": before, "after": language},
        )  # fmt: skip


def secret_of(key: str, reference: str, turn: int = 0) -> str:
    """The secret code of a receipt, made again from its form's key; `turn` counts the codes that took the place of earlier ones."""
    return codes.secret_code(_secret_key(), f"{key}.{turn}" if turn else key, reference)


def _secret_key() -> str:
    return str(current_app.config["SETTINGS"].secret_key)


def _secret(submission: Submission) -> str:
    return secret_of(submission.key, submission.reference, submission.secret_turn)


def _earlier(session: Session, earlier: Submission, form: SubmittedForm) -> Receipt:
    if earlier.content_sha256 != form.content_sha256:
        raise Refused(Problem("other_content", params={"reference": earlier.reference}))
    comments = session.scalars(select(Comment.reference).where(Comment.submission_id == earlier.id).order_by(Comment.number))
    return Receipt(earlier.reference, _secret(earlier), earlier.received_at, earlier.late, tuple(comments), again=True)


def _draft(session: Session, form: SubmittedForm) -> BasketComment | None:
    """The draft of a basket that was begun with this very form: handed in now, it is a draft no more. Refused where it was handed in already.

    What was given to an organisation's room since is the room's: whoever sends the form all the same says it for herself besides.
    """
    row = session.execute(
        select(BasketComment, Submission.reference)
        .outerjoin(Comment, Comment.id == BasketComment.comment_id)
        .outerjoin(Submission, Submission.id == Comment.submission_id)
        .where(BasketComment.key == form.key, BasketComment.basket_id.not_in(select(Room.basket_id)))
    ).first()
    if row is None:
        return None
    draft, reference = row
    if reference is not None:
        raise Refused(Problem("other_content", params={"reference": reference}))
    return cast(BasketComment, draft)


def _place(round_: Round, target: CommentTarget) -> Place:
    place = place_of(round_id=round_.id, target=target)
    if place is None:
        raise Refused(Problem("unknown_target", {"number": target.number or ""}))
    return place


def refuse_equal(session: Session, round_: Round, form: SubmittedForm | EndorsementForm, now: datetime) -> None:
    """Asks once where the very same content was just received under another key (equal_content)."""
    equal = select(Submission.id).where(
        Submission.round_id == round_.id,
        Submission.content_sha256 == form.content_sha256,
        Submission.received_at > now - EQUAL_WITHIN,
    )
    if session.scalar(equal.limit(1)) is not None:
        raise Refused(Problem("equal_content"))


def new_submission(session: Session, round_: Round, form: SubmittedForm | EndorsementForm, late: bool, now: datetime) -> Submission:
    """The hand-in and its party. Refused with other_content where the key was used in another round."""
    person: Person = form.person
    party = Party(name=person.name, mail=person.mail, organisation=person.organisation)
    session.add(party)
    session.flush()
    reference = _free_reference(session, form.key)
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    values = {
        "round_id": round_.id, "party_id": party.id, "reference": reference, "key": form.key, "content_sha256": form.content_sha256,
        "secret_sha256": codes.code_sha256(secret_of(form.key, reference)), "channel": form.channel, "language": form.language,
        "received_at": now, "late": late, "confirmation": "unconfirmed" if person.mail else "none", "capacity": person.capacity,
        "declared_class": person.stakeholder_class, "country": person.country, "publication_choice": person.choice,
        "consent_version": person.consent_version,
    }  # fmt: skip
    insert = dialect.insert(Submission).values(values).on_conflict_do_nothing(index_elements=[Submission.key])
    made: Submission | None = session.scalar(insert.returning(Submission))
    if made is None:  # the lock on the round makes equal keys meet; only a key of another round comes this far
        raise Refused(Problem("other_content", params={"reference": ""}))
    if person.group is not None:
        session.add(GroupInputRow(submission_id=made.id, **asdict(person.group)))
    return made


def _free_reference(session: Session, key: str) -> str:
    for attempt in range(100):
        reference = codes.receipt_reference(_secret_key(), key, attempt)
        if session.scalar(select(Submission.id).where(Submission.reference == reference)) is None:
            return reference
    raise RuntimeError("no free reference in a hundred: something is wrong with how they are made")


def _comment(
    session: Session, round_: Round, prefix: str, submission: Submission, said: NewComment, place: Place, actor: Actor, now: datetime
) -> Comment:
    round_.last_comment += 1
    target = said.target
    comment = Comment(
        submission_id=submission.id, round_id=round_.id, number=round_.last_comment,
        reference=codes.comment_reference(prefix, round_.number, round_.last_comment), target=target.kind, version_id=place.version,
        clause_id=place.clause, clause_text_id=_text_seen(target, place, submission.language), type=said.type, position=said.position,
        language=said.language, publication_choice=said.choice, state="pending",
        **({f"anchor_{name}": value for name, value in asdict(said.anchor).items()} if said.anchor else {}),
    )  # fmt: skip
    comment.revisions.append(
        CommentRevision(
            number=1, text=said.text, rationale=said.rationale, proposed=said.proposed, evidence="\n".join(said.evidence) or None,
            whole=said.whole, position=said.position, type=said.type, at=now,
        )
    )  # fmt: skip
    comment.further = [CommentClause(clause_id=clause) for clause in _further(said, place)]
    comment.placements.append(Placement(clause_id=place.clause, actor_kind=actor.kind, actor_id=actor.id, at=now))
    session.add(comment)
    return comment


def _further(said: NewComment, place: Place) -> list[int]:
    """The further clauses in their order. Refused with unknown_target (where: number)."""
    if not said.further:
        return []
    known = clause_ids(version=place.version, numbers=said.further) if place.version is not None else {}
    if missing := [number for number in said.further if number not in known]:
        raise Refused(Problem("unknown_target", {"number": missing[0]}))
    return [clause for clause in dict.fromkeys(known[number] for number in said.further) if clause != place.clause]


def _text_seen(target: CommentTarget, place: Place, language: str) -> int | None:
    """The text its author saw; without a form the newest in the language of the submission. One of another clause is a forged form."""
    if place.clause is None:
        return None
    shown = shown_text(clause=place.clause, language=language, text=target.clause_text)
    if shown is None:
        raise Refused(Problem("unknown_target", {"number": target.number or ""}))
    return shown.id
