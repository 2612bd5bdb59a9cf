"""Files of versions: asked for at publication, made once, kept by their SHA-256."""

from dataclasses import asdict
from datetime import datetime

from flask import current_app
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.core.edition import only_binding
from consult.core.version_file import VersionFile, files_for
from consult.exchange.version_formats import ENGINE, changes_file, text_file
from consult.extensions import writing
from consult.mail.message import in_language
from consult.models import ChangeSet, Standard, Version, VersionFileRow
from consult.operations.record import enqueue
from consult.queries.drafts import languages_of, version_row
from consult.queries.editions import FileSeen, Kept, edition, edition_changes
from consult.storage import Storage
from consult.wording.version_file import file_words

JOB = "files"
"""Kind of the outbox rows; the payload names one file."""


def ask_for_files(session: Session, version: Version, *, now: datetime) -> None:
    """Within the transaction that published, corrected or linked anew: the files it concerns are made once that holds.

    Those are the version's own, and the changes of every version that is compared with it. What was made already is not made again.
    """
    slug = session.execute(select(Standard.slug).where(Standard.id == version.standard_id)).scalar_one()
    pairs = session.execute(
        select(ChangeSet.version_id, ChangeSet.baseline_id)
        .where(or_(ChangeSet.version_id == version.id, ChangeSet.baseline_id == version.id))
        .distinct()
        .order_by(ChangeSet.version_id, ChangeSet.baseline_id)
    ).all()
    asked = list(files_for(slug, version.name, languages_of(version)))
    for newer, older in pairs:
        new, old = session.get_one(Version, newer), session.get_one(Version, older)
        both = [language for language in languages_of(new) if language in languages_of(old)]
        asked += [file for file in files_for(slug, new.name, both, [old.name]) if file.baseline]
    for file in asked:
        enqueue(session, kind=JOB, payload=asdict(file), now=now)


def built(file: VersionFile, activities: tuple[str, ...] = ()) -> bytes | None:
    """The bytes of a file, made now; None where there is no such edition. `activities`: of changes, only what binds these."""
    body = current_app.config["BODY"]
    with in_language(file.language):
        words = file_words(language=file.language, body=body)
        if file.baseline is None:
            found = edition(file.standard, file.version, file.language)
            return text_file(found, words, file.format) if found else None
        changes = edition_changes(file.standard, file.version, file.baseline, file.language)
        return changes_file(only_binding(changes, activities), words, file.format) if changes else None


def keep_file(*, of: FileSeen, content: bytes, now: datetime) -> Kept:
    """Puts the bytes into the storage and notes them. Who was earlier wins: a file that was published stays what it was."""
    storage: Storage = current_app.config["STORAGE"]
    sha256 = storage.put(content)
    file = of.file
    with writing() as session:
        owner, baseline = version_row(file.standard, file.version), version_row(file.standard, file.baseline) if file.baseline else None
        assert owner is not None
        session.get(Version, owner.id, with_for_update=True)
        same = {
            "version_id": owner.id, "language": file.language, "kind": file.kind, "format": file.format, "basis": of.basis,
        }  # fmt: skip
        earlier = session.scalar(select(VersionFileRow).filter_by(**same))
        if earlier is not None:  # where its bytes were lost, these stand in for them
            return Kept(earlier.sha256, earlier.size) if storage.size(earlier.sha256) is not None else Kept(sha256, len(content))
        made = VersionFileRow(
            **same, baseline_id=baseline.id if baseline else None, sha256=sha256, size=len(content), made_at=now, engine=ENGINE
        )
        session.add(made)
        return Kept(sha256, len(content))
