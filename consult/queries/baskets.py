"""What a person keeps in her baskets: one per round, found by the token of the cookie; drafts in the order of the documents."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ScalarSelect, Select, func, or_, select
from sqlalchemy.orm import aliased

from consult.core.attachment import OwnFile
from consult.core.basket import Draft, lacks
from consult.core.comment_details import Details, Ground, read_details
from consult.core.problem import Problem
from consult.core.submission import CommentTarget
from consult.core.vocabulary import Target
from consult.core.window import Window
from consult.extensions import db
from consult.models import (
    Basket,
    BasketAnswer,
    BasketComment,
    ClauseRow,
    ClauseText,
    Comment,
    Consultation,
    Round,
    RoundDocument,
    Standard,
    Submission,
    Version,
    VersionText,
)
from consult.queries.attachments import files_of_forms
from consult.queries.commenting import clause_numbers
from consult.queries.late_links import may_enter_late
from consult.queries.texts import Wording, staff_texts


@dataclass(frozen=True, slots=True)
class DraftSeen:
    """A draft beside the text it speaks of. `submission` and `reference` where it was handed in, `removed_at` where it was taken out."""

    key: str
    target: CommentTarget
    standard: Wording | None
    version_name: str | None
    label: str | None
    clause_title: str | None
    clause_text: str | None
    clause_language: str | None
    draft: Draft
    revision: int
    saved_at: datetime
    removed_at: datetime | None
    submission: str | None
    reference: str | None
    ground: Ground = field(default_factory=Ground)
    files: tuple[OwnFile, ...] = ()

    @property
    def lacks(self) -> list[Problem]:
        return lacks(self.draft, self.target.kind, self.ground)

    @property
    def details(self) -> Details:
        """What it says besides its words, as far as that can be read."""
        return read_details(self.draft.fields, self.ground)[0]


@dataclass(frozen=True, slots=True)
class BasketSeen:
    """A basket with all its drafts. `revision` counts their changes; `seed` is what the resume code is made from."""

    seed: str
    consultation: str
    title: Wording
    number: int
    round_id: int
    window: Window
    cancelled: bool
    language: str
    particulars: dict[str, Any]
    revision: int
    created_at: datetime
    drafts: tuple[DraftSeen, ...]
    answers: int
    """To questions of the round that wait to be submitted."""

    @property
    def unsent(self) -> tuple[DraftSeen, ...]:
        return tuple(each for each in self.drafts if each.removed_at is None and each.reference is None)

    @property
    def removed(self) -> tuple[DraftSeen, ...]:
        return tuple(each for each in self.drafts if each.removed_at is not None and each.reference is None)

    @property
    def handed_in(self) -> tuple[DraftSeen, ...]:
        return tuple(each for each in self.drafts if each.reference is not None)

    @property
    def complete(self) -> tuple[DraftSeen, ...]:
        return tuple(each for each in self.unsent if not each.lacks)

    @property
    def wanting(self) -> tuple[DraftSeen, ...]:
        return tuple(each for each in self.unsent if each.lacks)


@dataclass(frozen=True, slots=True)
class Unsent:
    """How many drafts wait to be submitted, how many answers where no draft does, and the window that closes first."""

    count: int
    answers: int
    window: Window


def unsent(*, token_sha256: str, now: datetime) -> Unsent | None:
    """What waits in the rounds a token may still submit to; None where nothing does. One statement."""
    drafts = (
        select(func.count(BasketComment.id))
        .where(BasketComment.basket_id == Basket.id, BasketComment.removed_at.is_(None), BasketComment.comment_id.is_(None))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Round, drafts, answers_waiting())
        .join(Basket, Basket.round_id == Round.id)
        .where(Basket.token_sha256 == token_sha256)
        .where(Round.state == "planned", or_(Round.closes_at > now, may_enter_late(now)))
    ).all()
    waiting = [(round_.window, count, 0 if count else answers) for round_, count, answers in rows if count or answers]
    if not waiting:
        return None
    windows, counts, answers = zip(*waiting, strict=True)
    return Unsent(sum(counts), sum(answers), min(windows, key=lambda window: window.closes))


def answers_waiting() -> ScalarSelect[int]:
    """How many answers wait in a basket, as a column beside it."""
    return select(func.count(BasketAnswer.id)).where(BasketAnswer.basket_id == Basket.id, BasketAnswer.said != "").scalar_subquery()


def has_basket(*, token_sha256: str) -> bool:
    return db.session.scalar(select(Basket.id).where(Basket.token_sha256 == token_sha256).limit(1)) is not None


def baskets_of(*, token_sha256: str, language: str) -> tuple[BasketSeen, ...]:
    """All baskets of a token, the one that closes next first; seven statements however many drafts there are."""
    rows = db.session.execute(
        select(Basket, Round, Consultation, answers_waiting())
        .join(Round, Round.id == Basket.round_id)
        .join(Consultation, Consultation.id == Round.consultation_id)
        .where(Basket.token_sha256 == token_sha256)
        .order_by(Round.closes_at.desc(), Round.id)
    ).all()
    titles = staff_texts([("consultation", of.id) for _, _, of, _ in rows], language, ["title"])
    drafts = _drafts([basket.id for basket, *_ in rows], language)
    return tuple(
        BasketSeen(
            basket.seed, of.slug, titles.get(("consultation", of.id, "title"), Wording(of.slug, language)), round_.number, round_.id,
            round_.window, round_.state != "planned" or of.state != "active", basket.language, basket.particulars, basket.revision,
            basket.created_at, tuple(drafts[basket.id]), answers,
        )
        for basket, round_, of, answers in rows
    )  # fmt: skip


def draft_rows(baskets: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """The drafts of some baskets in document order: what concerns the process first, then document by document, each as a whole, then by clause."""
    holder = aliased(Version)
    return (
        select(BasketComment, ClauseRow.number, ClauseText, Version, holder, Standard.slug, Comment.reference, Submission.reference)
        .join(Basket, Basket.id == BasketComment.basket_id)
        .outerjoin(Version, Version.id == BasketComment.version_id)
        .outerjoin(Standard, Standard.id == Version.standard_id)
        .outerjoin(ClauseRow, ClauseRow.id == BasketComment.clause_id)
        .outerjoin(holder, holder.id == ClauseRow.version_id)
        .outerjoin(ClauseText, ClauseText.id == BasketComment.clause_text_id)
        .outerjoin(RoundDocument, (RoundDocument.round_id == Basket.round_id) & (RoundDocument.version_id == BasketComment.version_id))
        .outerjoin(Comment, Comment.id == BasketComment.comment_id)
        .outerjoin(Submission, Submission.id == Comment.submission_id)
        .where(BasketComment.basket_id.in_(baskets))
        .order_by(func.coalesce(RoundDocument.position, -1), func.coalesce(ClauseRow.position, -1), BasketComment.id)
    )


def draft_of(row: BasketComment) -> Draft:
    return Draft(
        row.text, row.rationale, row.proposed, cast(Any, row.type), cast(Any, row.position), row.language, cast(Any, row.publication_choice),
        row.quote, row.quote_place, row.further, row.evidence, row.edited,
    )  # fmt: skip


def target_of(row: BasketComment, number: str | None, holder: Version | None, standard: str | None) -> CommentTarget:
    """What a draft speaks of, by the words of its address; `holder` is the version of its clause."""
    baseline = holder.name if row.target == "removed" and holder else None
    said = (number or "") if row.target == "new" else number
    return CommentTarget(cast(Target, row.target), standard, said, baseline, row.clause_text_id)


def grounds(drafts: Sequence[tuple[BasketComment, CommentTarget]]) -> dict[str, Ground]:
    """Key of a draft -> what its details are read against; two statements however many there are."""
    texts = {
        each.id: each for each in db.session.scalars(select(ClauseText).where(ClauseText.id.in_({row.clause_text_id for row, _ in drafts})))
    }
    numbers = clause_numbers(versions={row.version_id for row, _ in drafts if row.version_id is not None})
    return {row.key: _ground(target, texts.get(row.clause_text_id or 0), numbers.get(row.version_id or 0)) for row, target in drafts}


def _ground(target: CommentTarget, text: ClauseText | None, numbers: Mapping[str, str] | None) -> Ground:
    return Ground.of(target, text.text if text else None, numbers or {})


def drafts_in(basket: int, language: str) -> list[DraftSeen]:
    """The drafts of one basket in document order, those handed in among them; three statements."""
    return _drafts([basket], language)[basket]


def _drafts(baskets: Sequence[int], language: str) -> dict[int, list[DraftSeen]]:
    found: dict[int, list[DraftSeen]] = defaultdict(list)
    rows = db.session.execute(draft_rows(baskets)).all()
    versions = {version.id for _, _, _, version, *_ in rows if version is not None}
    titles, numbers = _titles(versions, language), clause_numbers(versions=versions)
    files = files_of_forms({row.key for row, *_ in rows})
    for row, number, text, version, holder, standard, reference, submission in rows:
        target = target_of(row, number, holder, standard)
        found[row.basket_id].append(
            DraftSeen(
                row.key, target, titles.get(version.id) if version else None,
                (holder or version).name if version else None, text.label if text else None, text.title if text else None,
                text.text if text else None, text.language if text else None, draft_of(row), row.revision, row.saved_at, row.removed_at,
                submission, reference, _ground(target, text, numbers.get(version.id) if version else None), files.get(row.key, ()),
            )
        )  # fmt: skip
    return found


def _titles(versions: set[int], language: str) -> dict[int, Wording]:
    rows = db.session.execute(
        select(VersionText.version_id, VersionText.title, VersionText.language)
        .join(Version, Version.id == VersionText.version_id)
        .where(VersionText.version_id.in_(versions))
        .order_by(VersionText.language != language, VersionText.language != Version.prevails)
    )
    titles: dict[int, Wording] = {}
    for version, title, written in rows:
        titles.setdefault(version, Wording(title, written))
    return titles
