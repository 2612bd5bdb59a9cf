"""`consult doctor`: whether an installation is as it should be, line by line."""

import json
import os
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consult.core.health import APART, Finding, judge_address, judge_key, judge_mail
from consult.wording.operating import finding_sentence

if TYPE_CHECKING:
    from consult.config import Settings

FORMATS = ["text", "json"]


@click.command(short_help="Say what is fine, doubtful and wrong here.")
@click.option("--deep", is_flag=True, help="Read every stored file, and count everything again as consult verify does.")
@click.option("--smtp", is_flag=True, help="Ask the mail server whether it lets us in; no mail is sent.")
@click.option("--format", "ending", type=click.Choice(FORMATS), default="text", show_default=True, help="Of what is said.")
def doctor(deep: bool, smtp: bool, ending: str) -> None:
    """Look at settings, database, clock, disks, files, mail and worker, with the settings that server and worker have, and as the user they run as. Changes
    nothing, prints no secret and nobody's address. Ends with 1 where something is wrong; what is doubtful may be meant.
    """
    found = []
    for each in _findings(deep, smtp):
        found.append(each)
        if ending == "text":
            click.echo(f"{each.judgement:<9} {each.area}: {finding_sentence(each)}")
    counts = {judgement: sum(1 for each in found if each.judgement == judgement) for judgement in ("fine", "doubtful", "wrong")}
    if ending == "json":
        said = [
            {"area": each.area, "judgement": each.judgement, "code": each.code, "params": dict(each.params), "said": finding_sentence(each)}
            for each in found
        ]
        click.echo(json.dumps({**counts, "findings": said}, indent=2, ensure_ascii=False))
    else:
        click.echo(", ".join(f"{count} {judgement}" for judgement, count in counts.items()))
    if counts["wrong"]:
        sys.exit(1)


def _findings(deep: bool, smtp: bool) -> Iterator[Finding]:
    from consult.config import Settings

    try:
        settings = Settings.from_environment()
    except ValueError as error:
        yield Finding("settings", "wrong", "settings_unusable", {"said": str(error)})
        return
    yield judge_key(settings.secret_key)
    yield from judge_address(settings.public_address, secure_cookies=settings.secure_cookies, proxies=settings.trusted_proxies)
    yield from _mail(settings, smtp)
    yield from _scanner(settings)
    yield from _clock()
    yield from _fonts()
    yield from _storage(settings)
    yield from _application(settings, deep)


def _mail(settings: "Settings", smtp: bool) -> Iterator[Finding]:
    from consult.mail.smtp import Connection, Undelivered

    found = judge_mail(settings.smtp_url)
    yield found
    if smtp and found.judgement == "fine":
        try:
            with Connection(settings.smtp_url, ""):
                yield Finding("mail", "fine", "mail_answers")
        except Undelivered as refused:
            yield Finding("mail", "wrong", "mail_silent", {"said": refused.code})


def _scanner(settings: "Settings") -> Iterator[Finding]:
    if not settings.scanner:
        yield Finding("scanner", "fine", "scanner_off")
    elif shutil.which(shlex.split(settings.scanner)[0]) is None:
        yield Finding("scanner", "wrong", "scanner_missing")
    else:
        yield Finding("scanner", "fine", "scanner_there")


def _clock() -> Iterator[Finding]:
    from consult import clock

    apart = timedelta(seconds=abs(clock.now().timestamp() - time.time()))
    if apart > APART:
        yield Finding("clock", "wrong", "clock_stopped", {"seconds": int(apart.total_seconds())})


def _fonts() -> Iterator[Finding]:
    from consult.exchange.typeset import missing_faces

    missing = missing_faces()
    for name in missing:
        yield Finding("fonts", "doubtful", "fonts_missing", {"name": name})
    if not missing:
        yield Finding("fonts", "fine", "fonts_there")


def _storage(settings: "Settings") -> Iterator[Finding]:
    """The folder is made by the first file: until then its room is that of the folder it will lie in."""
    from consult.core.health import judge_room

    folder = settings.files_folder.absolute()
    if not settings.files_folder.is_absolute():
        yield Finding("files", "doubtful", "files_relative", {"folder": str(folder)})
    there = next(each for each in (folder, *folder.parents) if each.is_dir())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        yield Finding("files", "wrong", "storage_unwritable", {"folder": str(there), "said": error.strerror or str(error)})
        return
    yield judge_room(str(folder), shutil.disk_usage(there).free)


def _application(settings: "Settings", deep: bool) -> Iterator[Finding]:
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

    from consult import create_app
    from consult.cli.application import first_line
    from consult.extensions import db

    try:
        app = create_app(settings)
    except (ArgumentError, NoSuchModuleError):
        yield Finding("database", "wrong", "database_address")
        return
    except (ValueError, OSError) as error:
        yield Finding("settings", "wrong", "settings_unusable", {"said": first_line(error)})
        return
    with app.app_context():
        yield from _languages(settings)
        try:
            yield from _database(settings, deep)
        except SQLAlchemyError as error:
            yield Finding("database", "wrong", "database_silent", {"said": first_line(getattr(error, "orig", None) or error)})
        finally:
            db.session.remove()


def _languages(settings: "Settings") -> Iterator[Finding]:
    from consult.extensions import babel

    compiled = {each.language for each in babel.list_translations()} | {"en"}
    missing = [each for each in settings.languages if each.partition("-")[0] not in compiled]
    for language in missing:
        yield Finding("languages", "wrong", "catalogue_missing", {"language": language})
    if not missing:
        yield Finding("languages", "fine", "languages_there", {"languages": ", ".join(settings.languages)})


def _database(settings: "Settings", deep: bool) -> Iterator[Finding]:
    from consult.core.health import judge_durability, judge_room
    from consult.extensions import db
    from consult.operations.backup.copy import program
    from consult.queries.health import damage, durability_settings
    from consult.schema import newest_revision, stored_revision

    engine, name = db.engine.dialect.name, db.engine.url.database or ""
    if engine == "sqlite" and name and ":memory:" not in name:
        if not Path(name).is_file():
            yield Finding("database", "wrong", "database_absent", {"file": name})
            return
        if not os.access(name, os.W_OK) or not os.access(Path(name).parent, os.W_OK):
            yield Finding("database", "wrong", "database_read_only", {"file": name})
        if os.stat(name).st_mode & 0o004 and os.stat(Path(name).parent).st_mode & 0o001:
            yield Finding("database", "doubtful", "database_readable", {"file": name})
        yield judge_room(name, shutil.disk_usage(Path(name).parent).free)
    said = damage()
    if said is not None:
        yield Finding("database", "wrong", "database_broken", {"said": said.split("\n")[0]})
        return
    found, wanted = stored_revision(db.engine), newest_revision()
    yield Finding("database", "fine", "database_answers", {"engine": engine})
    if engine == "sqlite":
        yield Finding("database", "fine", "database_sound")
    else:
        for each in ("pg_dump", "pg_restore"):
            there = program(each) is not None
            yield Finding("programs", "fine" if there else "doubtful", "program_there" if there else "program_absent", {"program": each})
    yield from judge_durability(engine, durability_settings())
    if found != wanted:
        code = "schema_old" if found else "schema_empty"
        yield Finding("database", "wrong", code, {"found": found or "", "wanted": wanted or ""})
        return
    yield Finding("database", "fine", "schema_fine", {"found": found or ""})
    yield from _records(settings, deep)


def _records(settings: "Settings", deep: bool) -> Iterator[Finding]:
    """What can be asked of a database at the newest revision."""
    from typing import cast

    from flask import current_app

    from consult import clock
    from consult.core.health import Waiting, judge_clock, judge_files, judge_worker
    from consult.extensions import db
    from consult.queries.health import closings_unseen, database_ahead, newest_event
    from consult.queries.outbox import outbox_states
    from consult.queries.stored_files import files_found
    from consult.schema import lost_guards
    from consult.storage import Storage

    now = clock.now()
    lost = lost_guards(db.engine)
    if lost:
        yield Finding("guards", "wrong", "guards_lost", {"count": len(lost), "first": lost[0]})
    else:
        yield Finding("guards", "fine", "guards_there")
    yield from _receipts()
    yield from judge_clock(database_ahead=database_ahead(clock.now()), newest_event=newest_event(), now=clock.now())
    yield from judge_files(files_found(cast(Storage, current_app.config["STORAGE"]), deep=deep, now=now))
    waiting = [Waiting(each.kind, each.due, each.oldest, each.given_up) for each in outbox_states(now)]
    yield from judge_worker(waiting, mails_leave=bool(settings.smtp_url), unseen=closings_unseen(now), now=now)
    if deep:
        yield from _recount()


def _receipts() -> Iterator[Finding]:
    from consult.core.reference import code_sha256
    from consult.operations.submit import secret_of
    from consult.queries.health import newest_receipt

    newest = newest_receipt()
    if newest is not None:
        fits = code_sha256(secret_of(newest.key, newest.reference, newest.turn)) == newest.secret_sha256
        yield Finding("secret key", "fine" if fits else "wrong", "key_fits" if fits else "key_other")


def _recount() -> Iterator[Finding]:
    from consult.queries.verified import verified

    found = verified()
    differences = len(found.miscounted) + len(found.gaps) + len(found.numbers)
    if differences:
        yield Finding("record", "wrong", "record_wrong", {"count": differences})
    else:
        yield Finding("record", "fine", "record_sound", {"comments": found.comments, "events": found.events})
