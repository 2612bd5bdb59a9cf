"""What changes mean, stored: suggested at publication, confirmed or changed by people, kept over a further revision of the map."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from consult.core.problem import Refused
from consult.exchange.draft_folder import read_versions
from consult.extensions import db
from consult.models import ChangeMeaning, Event
from consult.operations.meaning import review_meaning, suggest_missing
from consult.operations.publish import publish_versions
from consult.operations.record import OPERATOR, Actor
from consult.queries.changes import change_maps
from consult.queries.meaning import reviews
from consult.queries.standards import version
from tests.factories import NOW

pytestmark = pytest.mark.usefixtures("in_app")
WHO = Actor("account", 7)
HEAD = "---\nstandard: s\nversion: {version}\nlanguage: {language}\ntitle: S\n{more}---\n"
OLD = {
    "en": "# 1 Reports\n\nThe Entity should publish its list of suppliers every year.\n\n# 2 Water\n\nThe Entity shall measure the water that it takes.\n",
    "fr": "# 1 Rapports\n\nIl convient que l’Entité publie sa liste de fournisseurs chaque année.\n\n# 2 Eau\n\nL’Entité doit mesurer l’eau qu’elle prélève.\n",
}
NEW = {
    "en": "# 1 Reports\n\nThe Entity shall publish its list of suppliers every year.\n\n# 2 Water\n\nThe Entity shall measure the water that it takes.\n",
    "fr": "# 1 Rapports\n\nL’Entité doit publier sa liste de fournisseurs chaque année.\n\n# 2 Eau\n\nL’Entité doit mesurer l’eau qu’elle prélève.\n",
}


@pytest.fixture
def published(in_app, tmp_path: Path) -> None:
    for name, texts, more, clauses in (
        ("v1", OLD, "status: adopted\n", "clauses:\n  '2':\n    applies: [mining]\n"),
        ("v2", NEW, "baselines: [v1]\n", "clauses:\n  '2':\n    applies: [mining, refining]\n"),
    ):
        folder = tmp_path / "s" / name
        folder.mkdir(parents=True)
        for language, text in texts.items():
            (folder / f"{language}.md").write_text(HEAD.format(version=name, language=language, more=more) + text, encoding="utf-8")
        (folder / "clauses.yaml").write_text(clauses, encoding="utf-8")
    sources, problems = read_versions([tmp_path / "s"])
    assert problems == ()
    publish_versions(sources=sources, languages=("en", "fr"), by=OPERATOR, now=NOW)


def seen(language: str = "en"):
    found = version("s", "v2", language)
    assert found
    return {link.new[0].number: link for link in change_maps(found)["v1"].links}


def confirm(number: str = "1", labels: tuple[str, ...] = ("stricter",), row: int | None = None, note: str = "", by: Actor = WHO) -> None:
    link = seen()[number]
    review_meaning(
        standard="s", version="v2", baseline="v1", change=link.id, seen=row or link.meaning.row, labels=labels, note=note, by=by, now=NOW
    )


@pytest.mark.usefixtures("published")
def test_publishing_stores_a_suggestion_from_the_prevailing_language():
    english, french = seen()["1"].meaning, seen("fr")["1"].meaning
    assert english == french
    assert (english.labels, english.confirmed) == (("stricter",), False)
    assert [(sign.kind, sign.language, sign.old, sign.new) for sign in english.signs] == [("strength", "en", "should", "shall")]
    other = seen()["2"].meaning
    assert (other.labels, [(sign.old, sign.new) for sign in other.signs]) == (("scope_changed",), [("mining", "mining,refining")])


@pytest.mark.usefixtures("published")
def test_confirming_keeps_the_signs_and_stands_on_the_record():
    confirm(labels=("stricter", "clarified"), note="Seen with the group.")
    meaning = seen()["1"].meaning
    assert (meaning.labels, meaning.suggested, meaning.confirmed) == (("clarified", "stricter"), ("stricter",), True)
    assert (meaning.note, len(meaning.signs)) == ("Seen with the group.", 1)
    event = db.session.scalars(select(Event).where(Event.kind == "meaning_confirmed")).one()
    assert (event.subject, event.codes["labels"], event.codes["before"], event.actor_id) == ("s/v2/v1", "clarified,stricter", "stricter", 7)
    assert [(each.version, each.labelled, each.confirmed) for each in reviews()] == [("v2", 2, 1)]


@pytest.mark.usefixtures("published")
def test_who_was_slower_overwrites_nothing_and_the_same_act_twice_is_one():
    row = seen()["1"].meaning.row
    confirm(labels=("looser",), row=row)
    confirm(labels=("looser",), row=row)
    with pytest.raises(Refused) as refused:
        confirm(labels=("stricter",), row=row, by=Actor("account", 8))
    assert refused.value.problems[0].code == "stale_meaning"
    assert seen()["1"].meaning.labels == ("looser",)
    assert db.session.scalar(select(func.count()).select_from(ChangeMeaning).where(ChangeMeaning.state == "confirmed")) == 1


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(("labels", "code"), [((), "labels_missing"), (("harsher",), "label_unknown")])
def test_labels_come_from_the_list(labels, code):
    with pytest.raises(Refused) as refused:
        confirm(labels=labels)
    assert refused.value.problems[0].code == code


@pytest.mark.usefixtures("published")
def test_a_change_of_another_map_is_not_confirmed_here():
    with pytest.raises(Refused) as refused:
        review_meaning(standard="s", version="v1", baseline="v2", change=seen()["1"].id, seen=1, labels=["stricter"], by=WHO, now=NOW)
    assert refused.value.problems[0].code == "meaning_unknown"


@pytest.mark.usefixtures("published")
def test_a_further_revision_of_the_map_keeps_what_people_confirmed():
    from consult.core.change import Link
    from consult.extensions import writing
    from consult.models import ChangeRow, ChangeSet
    from consult.operations.change_sets import store_revision

    confirm(labels=("clarified",))
    links = [
        Link(tuple(each.kinds), tuple(c.number for c in each.old), tuple(c.number for c in each.new), 1.0, "content")
        for each in seen().values()
    ]
    with writing() as session:
        set_id = session.scalars(select(ChangeSet.id)).one()
        store_revision(session, set_id, links, links, now=NOW)
    assert db.session.scalar(select(func.count()).select_from(ChangeRow)) == 4
    assert (seen()["1"].meaning.labels, seen()["1"].meaning.confirmed) == (("clarified",), True)
    assert (seen()["2"].meaning.labels, seen()["2"].meaning.confirmed) == (("scope_changed",), False)
    assert suggest_missing(now=NOW) == 0
