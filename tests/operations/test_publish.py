"""Publishing: stored once, the same again changes nothing, another text is refused with its lines."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from consult.core.problem import Refused
from consult.exchange.draft_folder import read_versions
from consult.extensions import db, writing
from consult.models import ChangeClause, ChangeRow, ChangeSet, ChangeText, ClauseRow, ClauseText, Event, StaffText, Version
from consult.operations.publish import Published, publish_versions
from consult.operations.published import correct_translation
from consult.operations.record import OPERATOR

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
OLD = {
    "en": "# Climate\n\n## 5 Emissions\n\n### 5.1 Disclosure\n\nThe Entity shall publish its emissions every year by 30 June.\n\n"
    "### 5.2 Plans\n\nThe Entity should keep a plan for reducing direct and indirect emissions with time-bound targets.\n\n"
    "### 5.3 Smelting\n\nA smelter shall stay under 8 t of carbon dioxide per tonne of aluminium from 2030.\n",
    "fr": "# Climat\n\n## 5 Émissions\n\n### 5.1 Publication\n\nL’Entité doit publier ses émissions chaque année avant le 30 juin.\n\n"
    "### 5.2 Plans\n\nIl convient que l’Entité tienne un plan de réduction des émissions directes et indirectes avec des objectifs datés.\n\n"
    "### 5.3 Électrolyse\n\nUne aluminerie doit rester sous 8 t de dioxyde de carbone par tonne d’aluminium à partir de 2030.\n",
}
NEW = {
    "en": "# Climate\n\n## 5 Emissions\n\n### 5.1 Disclosure\n\nThe Entity shall publish its emissions every year by 30 June.\n\n"
    "### 5.2 Smelting\n\nA smelter shall stay under 11 t of carbon dioxide per tonne of aluminium from 2030.\n\n"
    "### 5.3 Plans\n\nThe Entity shall keep a plan for reducing direct and indirect emissions with time-bound targets.\n\n"
    "### 5.4 Management\n\nMeasures are evaluated by a named manager who reports shortfalls to the board.\n",
    "fr": "# Climat\n\n## 5 Émissions\n\n### 5.1 Publication\n\nL’Entité doit publier ses émissions chaque année avant le 30 juin.\n\n"
    "### 5.2 Électrolyse\n\nUne aluminerie doit rester sous 11 t de dioxyde de carbone par tonne d’aluminium à partir de 2030.\n\n"
    "### 5.3 Plans\n\nL’Entité doit tenir un plan de réduction des émissions directes et indirectes avec des objectifs datés.\n\n"
    "### 5.4 Management\n\nUne personne désignée évalue les mesures et signale les écarts au conseil.\n",
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Two versions in two languages, the second with the first as its baseline."""
    write(tmp_path, "v2", OLD)
    write(tmp_path, "v3-draft-1", NEW, baselines="[v2]")
    (tmp_path / "v3-draft-1" / "clauses.yaml").write_text(
        '"5.2":\n  applies: [smelter]\n  reason:\n    en: The limit covers more.\n    fr: La limite couvre plus.\n', encoding="utf-8"
    )
    return tmp_path


def write(folder: Path, version: str, texts: dict[str, str], baselines: str = "[]") -> None:
    (folder / version).mkdir(exist_ok=True)
    for language, text in texts.items():
        front = f"---\nstandard: demo\nversion: {version}\nlanguage: {language}\ntitle: Demo\nbaselines: {baselines}\n---\n"
        (folder / version / f"{language}.md").write_text(front + text, encoding="utf-8")


def publish(folder: Path) -> tuple[Published, ...]:
    versions, problems = read_versions([folder])
    assert [problem for problem in problems if problem.grade == "error"] == []
    return publish_versions(sources=versions, languages=("en", "fr"), by=OPERATOR, now=NOW)


def links() -> list[tuple[list[str], list[str | None], list[str | None]]]:
    found = []
    for row in db.session.scalars(select(ChangeRow).order_by(ChangeRow.position)):
        sides = {"old": list[str | None](), "new": list[str | None]()}
        for side in db.session.scalars(select(ChangeClause).where(ChangeClause.change_id == row.id).order_by(ChangeClause.position)):
            sides[side.side].append(side.clause.number)
        found.append((row.kinds, sides["old"], sides["new"]))
    return found


@pytest.mark.usefixtures("in_app")
def test_a_swap_and_an_addition_are_stored_as_changes(content: Path) -> None:
    assert [(p.version, p.outcome, p.clauses) for p in publish(content)] == [("v2", "new", 4), ("v3-draft-1", "new", 5)]
    assert links() == [
        (["unchanged"], ["5"], ["5"]),
        (["unchanged"], ["5.1"], ["5.1"]),
        (["renumbered", "modified"], ["5.3"], ["5.2"]),
        (["renumbered", "modified"], ["5.2"], ["5.3"]),
        (["added"], [], ["5.4"]),
    ]
    reasons = dict(tuple(row) for row in db.session.execute(select(StaffText.language, StaffText.text)))
    assert reasons == {"en": "The limit covers more.", "fr": "La limite couvre plus."}
    assert db.session.scalars(select(ClauseRow.applies).where(ClauseRow.number == "5.2").order_by(ClauseRow.version_id)).all() == [
        [],
        ["smelter"],
    ]


@pytest.mark.usefixtures("in_app")
def test_stored_spans_rebuild_both_texts_in_every_language(content: Path) -> None:
    publish(content)
    for row in db.session.scalars(select(ChangeRow)):
        sides = {
            side: [each.clause_id for each in row.sides if each.side == side] for side in ("old", "new")
        }  # one clause at most on either side here
        for language in ("en", "fr"):
            stored = db.session.execute(
                select(ChangeText.text).where(ChangeText.change_id == row.id, ChangeText.language == language)
            ).scalar_one()
            for side, mark in (("old", "-"), ("new", "+")):
                text = db.session.scalar(
                    select(ClauseText.text).where(ClauseText.clause_id.in_(sides[side]), ClauseText.language == language)
                )
                assert "".join(part for sign, part in stored if sign in ("=", mark)) == (text or "")


@pytest.mark.usefixtures("in_app")
def test_the_same_files_again_change_nothing(content: Path) -> None:
    publish(content)
    before = counts()
    assert [p.outcome for p in publish(content)] == ["unchanged", "unchanged"]
    assert counts() == before


def counts() -> list[int]:
    tables = (Version, ClauseRow, ClauseText, ChangeSet, ChangeText, Event)
    return [db.session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


@pytest.mark.usefixtures("in_app")
def test_another_text_for_a_published_version_is_refused_with_its_lines(content: Path) -> None:
    publish(content)
    before = counts()
    write(content, "v3-draft-1", {"en": NEW["en"].replace("11 t", "12 t"), "fr": NEW["fr"]}, baselines="[v2]")
    with pytest.raises(Refused) as refused:
        publish(content)
    (problem,) = refused.value.problems
    assert (problem.code, problem.where["number"], problem.where["language"], problem.where["line"]) == (
        "published_differs",
        "5.2",
        "en",
        18,
    )
    assert ("11 t" in str(problem.params["published"]), "12 t" in str(problem.params["written"])) == (True, True)
    assert counts() == before


@pytest.mark.usefixtures("in_app")
def test_an_error_in_one_version_publishes_none(content: Path) -> None:
    french = NEW["fr"].replace("### 5.4 Management\n\nUne personne désignée évalue les mesures et signale les écarts au conseil.\n", "")
    write(content, "v3-draft-1", {"en": NEW["en"], "fr": french}, baselines="[v2]")
    with pytest.raises(Refused) as refused:
        publish(content)
    assert [(p.code, p.where["language"], p.where["number"]) for p in refused.value.problems] == [("clause_missing", "fr", "5.4")]
    assert counts() == [0] * 6


@pytest.mark.usefixtures("in_app")
def test_a_corrected_translation_is_a_further_revision(content: Path) -> None:
    publish(content)
    write(content, "v3-draft-1", {"fr": NEW["fr"].replace("signale les écarts", "signale les insuffisances")}, baselines="[v2]")
    versions, _ = read_versions([content / "v3-draft-1"])
    assert correct_translation(source=versions[0], language="fr", reason="Terme de l’annexe A", by=OPERATOR, now=NOW) == 1
    stored = db.session.execute(
        select(ClauseText.revision, ClauseText.text)
        .join(ClauseRow)
        .where(ClauseRow.number == "5.4", ClauseText.language == "fr")
        .order_by(ClauseText.revision)
    ).all()
    assert [(revision, "insuffisances" in text) for revision, text in stored] == [(1, False), (2, True)]
    redone = db.session.scalars(select(ChangeText).where(ChangeText.revision == 2)).all()
    assert [(text.language, "".join(part for _, part in text.text)) for text in redone] == [("fr", stored[1].text)]


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    ("language", "change", "reason", "code"),
    [
        ("en", ("11 t", "12 t"), "why", "correct_prevailing"),
        ("fr", ("", ""), "why", "correct_nothing"),
        ("fr", ("11 t", "12 t"), " ", "reason_missing"),
        ("fr", ("### 5.4 Management", "### 5.5 Management"), "why", "correct_structure"),
    ],
)
def test_a_correction_that_may_not_be_is_refused(content: Path, language: str, change: tuple[str, str], reason: str, code: str) -> None:
    publish(content)
    texts = {tag: text.replace(*change) if tag == language and change[0] else text for tag, text in NEW.items()}
    write(content, "v3-draft-1", texts, baselines="[v2]")
    versions, _ = read_versions([content / "v3-draft-1"])
    with pytest.raises(Refused) as refused:
        correct_translation(source=versions[0], language=language, reason=reason, by=OPERATOR, now=NOW)
    assert {problem.code for problem in refused.value.problems} == {code}


@pytest.mark.usefixtures("in_app")
def test_the_database_refuses_to_change_what_is_published(content: Path) -> None:
    publish(content)
    with pytest.raises(IntegrityError), writing() as session:
        session.scalars(select(ClauseText)).first().text = "other"  # type: ignore[union-attr]
    with pytest.raises(IntegrityError), writing() as session:
        session.delete(session.scalars(select(Event)).first())
