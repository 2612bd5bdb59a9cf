"""Small worlds for tests: a standard with versions in three languages, a consultation, a round around a given now, comments by the real operation.

All functions need an application context (`in_app`, or `with app.app_context()`), give plain words and keys back, and have defaults for all
that a test does not care about:

    round_of(now=NOW)                                  # everything down to an open round 1 of performance-standard-v3
    comment("5.2", text="…", now=NOW)                  # by operations.submit: a receipt
    comment("5.2", text="同意。", language="zh", person=person(choice="confidential"), now=NOW)
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consult.core.render import plain_text
from consult.core.submission import CommentTarget, NewComment, Person, SubmittedForm
from consult.extensions import writing
from consult.models import (
    ChangeClause,
    ChangeRow,
    ChangeSet,
    ChangeText,
    ClauseRow,
    ClauseText,
    Consultation,
    Round,
    RoundDocument,
    StaffText,
    Standard,
    Version,
    VersionText,
)
from consult.operations.submit import Receipt, submit

NOW = datetime(2026, 3, 24, 13, 31, 7, tzinfo=UTC)
STANDARD, CONSULTATION, DRAFT, BASELINE = "performance-standard", "performance-standard-v3", "v3-draft-1", "v2"
TITLES = {"en": "Performance Standard", "fr": "Norme de performance", "zh": "绩效标准"}
WORDS = {
    "5": ({"en": "Greenhouse Gas Emissions", "fr": "Émissions de gaz à effet de serre", "zh": "温室气体排放"}, {"en": "The Entity commits to less.", "fr": "L’Entité s’engage à réduire.", "zh": "实体承诺减排。"}),
    "5.1": ({"en": "Disclosure", "fr": "Publication", "zh": "披露"}, {"en": "The Entity shall publish its emissions every year.", "fr": "L’Entité doit publier ses émissions chaque année.", "zh": "实体应每年公布其排放量。"}),
    "5.2": ({"en": "Reduction plan", "fr": "Plan de réduction", "zh": "减排计划"}, {"en": "The Entity shall:\n\na) set a target; and\nb) review it every year.", "fr": "L’Entité doit :\n\na) fixer un objectif ; et\nb) le revoir chaque année.", "zh": "实体应：\n\na) 设定目标；以及\nb) 每年审查。"}),
    "5.3": ({"en": "Smelters", "fr": "Alumineries", "zh": "铝冶炼厂"}, {"en": "Smelters shall stay below 11 t.", "fr": "Les alumineries doivent rester sous 11 t.", "zh": "铝冶炼厂应低于11吨。"}),
}  # fmt: skip
"""Number -> titles and texts by language; the default clauses of a version."""
Words = Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]]
_keys = count(1)


def standard(slug: str = STANDARD) -> int:
    """The standard, made where it is not there yet."""
    with writing() as session:
        found = session.scalar(select(Standard.id).where(Standard.slug == slug))
        if found is None:
            session.add(made := Standard(slug=slug))
            session.flush()
            found = made.id
        return found


def version(
    name: str = DRAFT, *, standard_slug: str = STANDARD, words: Words = WORDS, status: str = "draft", titles: Mapping[str, str] = TITLES,
    applies: Mapping[str, list[str]] = {},
) -> int:  # fmt: skip
    """A version of a standard with its clauses and their texts; a clause's parent is the number without its last part.

    `applies`: number -> activities; a clause that it leaves out binds all.
    """
    owner = standard(standard_slug)
    with writing() as session:
        position = len(session.scalars(select(Version.id).where(Version.standard_id == owner)).all())
        made = Version(
            standard_id=owner, name=name, position=position, status=status, date=date(2026, 1, 1 + position), prevails="en",
            published_at=NOW - timedelta(days=100), source_sha256=_sha256(f"{standard_slug} {name}"),
        )  # fmt: skip
        session.add(made)
        session.flush()
        session.add_all(VersionText(version_id=made.id, language=language, title=title) for language, title in titles.items())
        rows: dict[str, ClauseRow] = {}
        for order, (number, (heads, texts)) in enumerate(words.items()):
            parent = rows.get(number.rpartition(".")[0])
            rows[number] = row = ClauseRow(
                version_id=made.id, number=number, position=order, level=number.count(".") + 2, parent_id=parent and parent.id,
                kind="requirement", applies=applies.get(number, []), source=[],
            )  # fmt: skip
            session.add(row)
            session.flush()
            session.add_all(_clause_text(row.id, number, language, heads[language], text) for language, text in texts.items())
        return made.id


def change(*, kinds: Sequence[str], old: Sequence[str] = (), new: Sequence[str] = (), texts: Mapping[str, Any] | None = None,
           baseline: str = BASELINE, draft: str = DRAFT, standard_slug: str = STANDARD) -> None:  # fmt: skip
    """A stored change between two versions; `texts`: language -> spans of the text."""
    with writing() as session:
        versions = {v.name: v.id for v in session.scalars(select(Version).join(Standard).where(Standard.slug == standard_slug))}
        pair = {"version_id": versions[draft], "baseline_id": versions[baseline]}
        change_set = session.scalar(select(ChangeSet).filter_by(**pair))
        if change_set is None:
            session.add(change_set := ChangeSet(**pair, position=0, engine=1, made_at=NOW))
            session.flush()
        position = len(session.scalars(select(ChangeRow.id).where(ChangeRow.change_set_id == change_set.id)).all())
        row = ChangeRow(change_set_id=change_set.id, position=position, kinds=list(kinds), score=1.0, reason="content", unsure=False)
        session.add(row)
        session.flush()
        for side, of, numbers in (("old", baseline, old), ("new", draft, new)):
            for place, number in enumerate(numbers):
                clause = session.scalars(select(ClauseRow.id).where(ClauseRow.version_id == versions[of], ClauseRow.number == number)).one()
                session.add(ChangeClause(change_id=row.id, side=side, clause_id=clause, position=place))
        session.add_all(ChangeText(change_id=row.id, language=tag, title=[], text=spans) for tag, spans in (texts or {}).items())


def consultation(slug: str = CONSULTATION, *, prefix: str = "PS3", titles: Mapping[str, str] | None = None) -> int:
    with writing() as session:
        position = len(session.scalars(select(Consultation.id)).all())
        made = Consultation(slug=slug, prefix=prefix, position=position, created_at=NOW - timedelta(days=100))
        session.add(made)
        session.flush()
        words = titles or {language: f"{title} V3" for language, title in TITLES.items()}
        session.add_all(
            StaffText(owner_kind="consultation", owner_id=made.id, field="title", language=tag, text=text) for tag, text in words.items()
        )
        return made.id


def round_of(*, now: datetime = NOW, opens: timedelta = timedelta(days=-22), closes: timedelta = timedelta(days=8), number: int = 1,
             consultation_slug: str = CONSULTATION, draft: str = DRAFT, baseline: str | None = BASELINE, standard_slug: str = STANDARD,
             zone: str = "Europe/Zurich", **more: Any) -> int:  # fmt: skip
    """A round around `now` (open on its day 23 of 30 unless told), with the consultation and versions it needs where they are missing.

    `more`: columns of Round such as grace_minutes, display_rule, state.
    """
    opens_at, closes_at = (now + each for each in (opens, closes))
    local = {
        name: at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%S")
        for name, at in (("opens_local", opens_at), ("closes_local", closes_at))
    }
    of = _consultation_id(consultation_slug) or consultation(consultation_slug)
    base = baseline and (_version_id(standard_slug, baseline) or version(baseline, standard_slug=standard_slug, status="adopted"))
    shown = _version_id(standard_slug, draft) or version(draft, standard_slug=standard_slug)
    document = standard(standard_slug)
    with writing() as session:
        made = Round(consultation_id=of, number=number, opens_at=opens_at, closes_at=closes_at, zone=zone, **local, **more)
        session.add(made)
        session.flush()
        session.add(RoundDocument(round_id=made.id, version_id=shown, standard_id=document, baseline_id=base, position=0))
        return made.id


def person(**changed: Any) -> Person:
    """A person who gave everything and lets all of it be published; `changed`: fields of Person."""
    given = Person(
        capacity="organisation", stakeholder_class="production", country="CH", choice="named", consent_version="2026-11",
        name="Anna Keller", mail="anna@example.org", organisation="Cooperative of Lake Foundries",
    )  # fmt: skip
    return replace(given, **changed)


def target(
    number: str | None = "5.2", *, kind: str | None = None, standard_slug: str = STANDARD, baseline: str | None = None
) -> CommentTarget:
    """A clause; kind `new` (after it), `removed` (of the baseline), `document` or `process`."""
    kind = kind or "clause"
    if kind == "process":
        return CommentTarget("process")
    if kind == "document":
        return CommentTarget("document", standard_slug)
    return CommentTarget(kind, standard_slug, number, (baseline or BASELINE) if kind == "removed" else None)  # type: ignore[arg-type]


def new_comment(number: str | None = "5.2", *, text: str | None = "A yearly review is not possible for us.", language: str = "en",
                kind: str | None = None, standard_slug: str = STANDARD, baseline: str | None = None, **more: Any) -> NewComment:  # fmt: skip
    """A comment as data; `more`: proposed, rationale, type, position, choice."""
    return NewComment(target(number, kind=kind, standard_slug=standard_slug, baseline=baseline), text, language, **more)


def form(*comments: NewComment, key: str | None = None, consultation_slug: str = CONSULTATION, number: int = 1, language: str = "en",
         by: Person | None = None, again: bool = True, **more: Any) -> SubmittedForm:  # fmt: skip
    """A hand-in as data, with a key of its own unless told."""
    return SubmittedForm(
        key=key or f"test-{next(_keys):06}", consultation=consultation_slug, round=number, language=language, person=by or person(),
        comments=comments or (new_comment(),), again=again, **more,
    )  # fmt: skip


def comment(number: str | None = "5.2", *, now: datetime = NOW, person: Person | None = None, consultation_slug: str = CONSULTATION,
            round_number: int = 1, language: str = "en", **more: Any) -> Receipt:  # fmt: skip
    """One comment handed in by the real operation; its reference is `comment(...).comments[0]`. `more` as in `new_comment`."""
    one = new_comment(number, language=language, **more)
    pages = language if language in TITLES else "en"
    return submit(form=form(one, consultation_slug=consultation_slug, number=round_number, language=pages, by=person), now=now)


def _clause_text(clause: int, number: str, language: str, title: str, text: str) -> ClauseText:
    digest = _sha256(f"{number}\n{title}\n{text}")
    return ClauseText(clause_id=clause, language=language, label=number, title=title, text=text, plain=plain_text(text), sha256=digest)


def _consultation_id(slug: str) -> int | None:
    with writing() as session:
        return session.scalar(select(Consultation.id).where(Consultation.slug == slug))


def _version_id(slug: str, name: str) -> int | None:
    with writing() as session:
        return session.scalar(select(Version.id).join(Standard).where(Standard.slug == slug, Version.name == name))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
