"""A version stored with an older engine keeps showing what was published."""

from pathlib import Path

import pytest
from sqlalchemy import select

from consult.core.change import Link
from consult.core.compare import ENGINE
from consult.exchange.draft_folder import read_versions
from consult.extensions import db
from consult.models import ChangeSet
from consult.operations import publish as publishing
from consult.operations.publish import publish_versions
from consult.operations.record import OPERATOR
from consult.queries.changes import change_maps, change_words
from consult.queries.standards import version
from tests.operations.test_publish import NEW, NOW, OLD, write

pytestmark = pytest.mark.usefixtures("in_app")


def shown() -> object:
    seen = version("demo", "v3-draft-1", "en")
    assert seen is not None
    links = change_maps(seen)["v2"].links
    return links, change_words([link.id for link in links], seen)


def publish(folder: Path) -> list[str]:
    versions, _ = read_versions([folder])
    return [done.outcome for done in publish_versions(sources=versions, languages=("en", "fr"), by=OPERATOR, now=NOW)]


def test_a_newer_engine_leaves_published_changes_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "v2", OLD)
    write(tmp_path, "v3-draft-1", NEW, baselines="[v2]")
    assert publish(tmp_path) == ["new", "new"]
    before = shown()

    def otherwise(*_: object, **__: object) -> tuple[Link, ...]:
        raise AssertionError("a stored map is never computed again")

    monkeypatch.setattr(publishing, "ENGINE", ENGINE + 1)
    monkeypatch.setattr(publishing, "compare_fully", otherwise)
    assert publish(tmp_path) == ["unchanged", "unchanged"]
    assert shown() == before
    assert db.session.scalars(select(ChangeSet.engine)).all() == [ENGINE]
