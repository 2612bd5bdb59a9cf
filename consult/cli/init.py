"""`consult init`: creates or migrates the database."""

import click

from consult.cli.application import application


@click.command(short_help="Create or migrate the database.")
def init() -> None:
    """Create or migrate the database named by CONSULT_DATABASE_URL. Run again, it changes nothing.

    Texts published before are searched for citations and terms where that was not done yet, or with older rules.
    """
    with application(migrated=False):
        bring_up_to_date()


def bring_up_to_date() -> None:
    """Migrates, finishes what older programs left, and says so. Needs an application context."""
    from consult import clock
    from consult.extensions import db
    from consult.operations.cite import index_citations
    from consult.operations.likeness import recognise_missing
    from consult.operations.meaning import suggest_missing
    from consult.operations.parity import compare_languages
    from consult.operations.record import OPERATOR
    from consult.operations.search_index import index_missing
    from consult.queries.standards import versions
    from consult.schema import migrate_database, newest_revision, stored_revision

    before = stored_revision(db.engine)
    migrate_database(db.engine)
    suggest_missing(now=clock.now())
    after = newest_revision()
    index_missing()
    searched = index_citations(by=OPERATOR, now=clock.now())
    for standard in dict.fromkeys(each.standard for each in versions("en")):
        compare_languages(standard=standard, now=clock.now())
    compared = 0
    while some := recognise_missing():
        compared += some
        click.echo(f"{compared} comments compared with those before them", err=True)
    click.echo(f"the database is at revision {after}" + (", as before" if before == after else ""))
    if searched:
        click.echo(f"{searched} published versions searched for citations and terms")
