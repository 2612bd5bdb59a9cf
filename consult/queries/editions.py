"""Published versions as their files tell of them: whole editions, two compared, and the files that were made."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from consult.core.change import Change, Link
from consult.core.edition import Corrected, Edition, EditionChanges, Noted, Reason
from consult.core.version_file import VersionFile, files_for
from consult.extensions import db
from consult.models import ChangeMeaning, ChangeRow, ChangeSet, ClauseRow, ClauseText, Version, VersionFileRow
from consult.queries.changes import ChangeMap, LinkSeen, Words, change_maps, change_words
from consult.queries.drafts import stored_draft, version_row
from consult.queries.standards import VersionSeen, corrections, version
from consult.queries.texts import staff_texts


@dataclass(frozen=True, slots=True)
class Kept:
    """The bytes of a file that was made."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file of a version. `basis` says what it is made from; `kept` is None until it was made from that."""

    file: VersionFile
    basis: str
    kept: Kept | None


def edition(standard: str, name: str, language: str) -> Edition | None:
    """A version in a language, the newest revision of its texts; None where there is no such edition. Nine statements."""
    seen, row = version(standard, name, language), version_row(standard, name)
    draft = stored_draft(row, language) if row else None
    if seen is None or row is None or draft is None:
        return None
    applies = db.session.execute(select(ClauseRow.number, ClauseRow.applies).where(ClauseRow.version_id == row.id))
    return Edition(
        draft=draft, status=row.status, dated=row.date, effective=row.effective, transition_until=row.transition_until,
        normative=row.normative, prevails=row.prevails, published_at=row.published_at, baselines=seen.baselines,
        applies={number: tuple(activities) for number, activities in applies if number},
        corrections=tuple(Corrected(each.at, each.reason, each.labels) for each in corrections(seen) if each.language == language),
    )  # fmt: skip


def edition_changes(standard: str, name: str, baseline: str, language: str) -> EditionChanges | None:
    """Two versions in a language with their stored changes; None where they were not compared in it."""
    seen = version(standard, name, language)
    new, old = edition(standard, name, language), edition(standard, baseline, language)
    if seen is None or new is None or old is None:
        return None
    map = change_maps(seen, [baseline]).get(baseline)
    if map is None:
        return None
    words = change_words([link.id for link in map.links], seen)
    told = zip(map.links, _reasons(map, language), strict=True)
    noted = tuple(_noted(link, words[link.id], reasons) for link, reasons in told)
    return EditionChanges(old, new, noted, total=sum(len(each.shown) for each in noted))


def _noted(link: LinkSeen, words: Words, reasons: Mapping[str, Reason]) -> Noted:
    numbers = [tuple(clause.number for clause in side) for side in (link.old, link.new)]
    found = Link(link.kinds, numbers[0], numbers[1], link.score, link.reason, link.unsure)  # type: ignore[arg-type]
    return Noted(
        Change(found, words.title, words.text, words.bounded), link.swapped, link.confirmed, link.came, link.went,
        link.meaning.labels if link.meaning else (), reasons,
    )  # fmt: skip


def _reasons(map: ChangeMap, language: str) -> list[Mapping[str, Reason]]:
    """Per link: number -> why the clause changed."""
    texts = staff_texts([("clause", name.id) for link in map.links for name in (link.new or link.old)], language)
    return [
        {
            name.number: Reason(wording.text, wording.language)
            for name in (link.new or link.old)
            if (wording := texts.get(("clause", name.id, "reason")))
        }
        for link in map.links
    ]


def files_of(versions: Collection[VersionSeen]) -> Mapping[int, tuple[FileSeen, ...]]:
    """Version id -> its files as they should be now, made or not; four statements, however many versions."""
    bases = _Bases([each.id for each in versions])
    listed: dict[int, tuple[FileSeen, ...]] = defaultdict(tuple)
    for each in versions:
        files = files_for(each.standard, each.name, each.languages, each.baselines)
        listed[each.id] = tuple(
            FileSeen(file, basis, bases.kept.get((each.id, file.language, file.kind, file.format, basis)))
            for file in files
            if (basis := bases.of(each.id, file))
        )
    return listed


def file_of(file: VersionFile) -> FileSeen | None:
    """One file as it should be now; None where there is none such. A few statements."""
    seen = version(file.standard, file.version, file.language)
    return next((each for each in files_of([seen])[seen.id] if each.file == file), None) if seen else None


class _Bases:
    """What files of some versions are to be made from, and which were made."""

    def __init__(self, versions: Sequence[int]) -> None:
        sets = db.session.execute(
            select(ChangeSet.id, ChangeSet.version_id, ChangeSet.baseline_id, Version.name)
            .join(Version, Version.id == ChangeSet.baseline_id)
            .where(ChangeSet.version_id.in_(versions))
            .order_by(ChangeSet.revision)
        ).all()
        self.sets = {(row.version_id, row.name): (row.id, row.baseline_id) for row in sets}
        every = {*versions, *(row.baseline_id for row in sets)}
        self.texts: dict[tuple[int, str], int] = {
            (owner, language): newest
            for owner, language, newest in db.session.execute(
                select(ClauseRow.version_id, ClauseText.language, func.max(ClauseText.id))
                .join(ClauseText, ClauseText.clause_id == ClauseRow.id)
                .where(ClauseRow.version_id.in_(every))
                .group_by(ClauseRow.version_id, ClauseText.language)
            )
        }
        meanings = db.session.execute(
            select(ChangeRow.change_set_id, func.max(ChangeMeaning.id))
            .join(ChangeMeaning, ChangeMeaning.change_id == ChangeRow.id)
            .where(ChangeRow.change_set_id.in_([each for each, _ in self.sets.values()]))
            .group_by(ChangeRow.change_set_id)
        )
        self.meanings = {owner: newest for owner, newest in meanings if newest}
        rows = db.session.scalars(select(VersionFileRow).where(VersionFileRow.version_id.in_(versions)))
        self.kept = {
            (row.version_id, row.language, row.kind, row.format, row.basis): Kept(row.sha256, row.size) for row in rows
        }  # fmt: skip

    def of(self, version: int, file: VersionFile) -> str | None:
        """None where a language is missing in the version or in the baseline."""
        text = self.texts.get((version, file.language))
        if text is None:
            return None
        if file.baseline is None:
            return f"t{text}"
        changes, baseline = self.sets.get((version, file.baseline), (0, 0))
        before = self.texts.get((baseline, file.language))
        return f"t{text}-t{before}-s{changes}-m{self.meanings.get(changes, 0)}" if changes and before else None
