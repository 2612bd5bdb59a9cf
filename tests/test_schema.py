"""The database's structure: what migrations make is what the models say, on both databases, with every guard in place."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError

from consult.extensions import Base, db, writing
from consult.models import Standard
from consult.schema import migrate_database, newest_revision, stored_revision

GUARDED = {
    "event", "version_text", "clause", "clause_text", "correction", "change_set", "change", "change_clause", "change_text", "placement",
    "comment_revision", "comment_clause", "moderation_step", "version_file",
    "office_draft", "draft_file", "draft_import", "passage_decision", "publication_request", "link_edit", "link_confirmation",
    "change_set_making", "answer", "answer_step", "reply",
    "change_set_trust", "change_candidate", "possible_link", "contradicted_link",
    "change_meaning", "parity_acknowledgement", "correction_request",
    "revision_step", "choice_narrowing", "party", "submission",
    "received_file", "endorsement_step", "group_input",
    "decision", "decision_reason", "disposition",
}  # fmt: skip


@pytest.mark.usefixtures("in_app")
def test_migrations_make_what_the_models_say() -> None:
    with db.engine.connect() as connection:
        own = {"include_object": lambda _object, name, *_rest: not (name or "").startswith("search_index")}  # the database's own index
        assert compare_metadata(MigrationContext.configure(connection, opts=own), Base.metadata) == []
    assert stored_revision(db.engine) == newest_revision()


@pytest.mark.usefixtures("in_app")
def test_migrating_again_changes_nothing() -> None:
    tables = inspect(db.engine).get_table_names()
    migrate_database(db.engine)
    assert inspect(db.engine).get_table_names() == tables


@pytest.mark.usefixtures("in_app")
def test_append_only_tables_have_their_guards() -> None:
    sqlite = db.engine.dialect.name == "sqlite"
    listed = (
        "select tbl_name from sqlite_master where type = 'trigger' and name not like 'search_entry_%'"  # those keep the search index
        if sqlite
        else "select distinct event_object_table from information_schema.triggers"
    )
    assert set(db.session.execute(text(listed)).scalars()) == GUARDED


@pytest.mark.usefixtures("in_app")
def test_a_write_outside_an_operation_is_refused_by_the_database() -> None:
    db.session.add(Standard(slug="sneaked-in"))
    with pytest.raises(DBAPIError):
        db.session.commit()
    db.session.rollback()
    assert db.session.scalars(select(Standard)).all() == []


def test_an_operation_inside_an_operation_is_a_mistake(in_app: Flask) -> None:
    with writing() as session:
        session.add(Standard(slug="outer"))
        with pytest.raises(RuntimeError), writing():
            pass
    assert db.session.scalars(select(Standard.slug)).all() == ["outer"]
