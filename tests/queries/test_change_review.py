"""What a stored map left open: candidates, possible links, contradicted records, clauses that nobody has confirmed to be new or gone."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select

from consult.core.relink import fingerprint
from consult.exchange.draft_folder import read_versions
from consult.extensions import db, writing
from consult.models import ChangeRow, ChangeSet, ClauseRow, ClauseText, LinkConfirmation, Version
from consult.operations.publish import publish_versions
from consult.operations.record import OPERATOR
from consult.queries.change_review import change_review, unconfirmed
from tests import factories
from tests.operations.test_publish import NEW, NOW, OLD, write
from tests.support.statements import counted_statements

pytestmark = pytest.mark.usefixtures("in_app")


def published(folder: Path, correspondence: str = "") -> tuple[int, int]:
    """Two versions as in the tests of publishing; their ids, the newer first."""
    write(folder, "v2", OLD)
    write(folder, "v3-draft-1", NEW, baselines="[v2]")
    if correspondence:
        path = folder / "v3-draft-1" / "en.md"
        path.write_text(
            path.read_text(encoding="utf-8").replace("baselines:", f"correspondence: {correspondence}\nbaselines:"), encoding="utf-8"
        )
    versions, _ = read_versions([folder])
    publish_versions(sources=versions, languages=("en", "fr"), by=OPERATOR, now=NOW)
    return version_id("v3-draft-1"), version_id("v2")


def version_id(name: str) -> int:
    return db.session.scalars(select(Version.id).where(Version.name == name)).one()


def test_a_map_keeps_how_far_it_can_be_trusted_and_candidates_of_what_has_no_link(tmp_path: Path) -> None:
    version, baseline = published(tmp_path)
    with counted_statements() as statements:
        found = change_review(version, baseline)
    assert len(statements) <= 5
    assert found is not None
    assert 0 <= found.trust_in_numbers < 0.8
    assert found.expected_f1 > 0.8
    assert not found.strangers
    assert found.contradicted == ()
    new = db.session.scalars(select(ClauseRow.id).where(ClauseRow.version_id == version, ClauseRow.number == "5.4")).one()
    assert set(found.candidates) <= {new}
    assert all(
        [c.score for c in listed] == sorted((c.score for c in listed), reverse=True) and len(listed) <= 5
        for listed in found.candidates.values()
    )


def test_a_record_that_the_text_speaks_against_is_kept_with_the_better_clause(tmp_path: Path) -> None:
    version, baseline = published(tmp_path, '{v2: {"5.2": "5.2", "5.3": "5.3"}}')
    found = change_review(version, baseline)
    assert found is not None
    assert [(each.new_number, each.old_number) for each in found.contradicted] == [("5.2", "5.3"), ("5.3", "5.2")]
    assert all(each.score >= 0.75 > each.recorded_score for each in found.contradicted)


def test_two_versions_that_were_never_compared_have_no_review() -> None:
    factories.version("v2", status="adopted")
    assert change_review(version_id("v2"), version_id("v2")) is None
    assert unconfirmed(version_id("v2"), version_id("v2")) == frozenset()


def test_what_the_program_calls_new_or_removed_waits_for_a_person(tmp_path: Path) -> None:
    version, baseline = published(tmp_path)
    added = next(row for row in db.session.scalars(select(ChangeRow)) if row.kinds == ["added"])
    with counted_statements() as statements:
        assert unconfirmed(version, baseline) == {added.id}
    assert len(statements) <= 4
    confirm(new=[named(version, "5.4")])
    assert unconfirmed(version, baseline) == frozenset()
    confirm(new=[named(version, "5.4")], confirmed=False)
    assert unconfirmed(version, baseline) == {added.id}
    confirm(new=[["5.4", hashlib.sha256(b"another text").hexdigest()]])
    assert unconfirmed(version, baseline) == {added.id}


def test_a_revision_made_by_hand_counts_and_its_own_links_need_no_confirmation(tmp_path: Path) -> None:
    version, baseline = published(tmp_path)
    with writing() as session:
        session.add(made := ChangeSet(version_id=version, baseline_id=baseline, position=0, revision=2, engine=1, made_at=NOW))
        session.flush()
        session.add(ChangeRow(change_set_id=made.id, position=0, kinds=["added"], score=1.0, reason="hand", unsure=False))
    assert unconfirmed(version, baseline) == frozenset()
    assert change_review(version, baseline) is not None
    assert db.session.scalar(select(func.count()).select_from(ChangeSet)) == 2


def named(version: int, number: str) -> list[str]:
    title, text = db.session.execute(
        select(ClauseText.title, ClauseText.text)
        .join(ClauseRow, ClauseRow.id == ClauseText.clause_id)
        .where(ClauseRow.version_id == version, ClauseRow.number == number, ClauseText.language == "en")
    ).one()
    return [number, fingerprint(title, text)]


def confirm(*, old: Sequence[list[str]] = (), new: Sequence[list[str]] = (), confirmed: bool = True) -> None:
    with writing() as session:
        session.add(
            LinkConfirmation(
                standard="demo", version="v3-draft-1", baseline="v2", old=list(old), new=list(new), confirmed=confirmed, at=NOW,
                actor_kind="operator",
            )
        )  # fmt: skip
