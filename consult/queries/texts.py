"""Texts that staff wrote in several languages, in the reader's or the nearest one there is."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select, tuple_

from consult.extensions import db
from consult.models import StaffText

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """A text with the language it is in, which is not the reader's where nothing was written in that. `state`: machine, checked, official."""

    text: str
    language: str
    state: str = "official"


Texts = dict[tuple[str, int, str], Wording]
"""(owner kind, owner id, field) -> the text."""


def staff_texts(owners: Collection[tuple[str, int]], language: str, fields: Collection[str] = ()) -> Texts:
    """Texts of the owners (kind, id) in `language`, else in English, else in any; one statement. `fields`: only these, empty for all."""
    if not owners:
        return {}
    query = (
        select(StaffText.owner_kind, StaffText.owner_id, StaffText.field, StaffText.language, StaffText.text, StaffText.state)
        .where(tuple_(StaffText.owner_kind, StaffText.owner_id).in_(list(owners)))
        .order_by(StaffText.id)
    )
    rows = db.session.execute(query.where(StaffText.field.in_(list(fields))) if fields else query)
    found: Texts = {}
    for kind, owner, field, written, text, state in rows:
        key = (kind, owner, field)
        if key not in found or _rank(written, language) < _rank(found[key].language, language):
            found[key] = Wording(text, written, state)
    return found


class Fields(dict[str, Wording | None]):
    """Field -> text of one owner; None for a field that nobody wrote."""

    def __missing__(self, field: str) -> None:
        return None


def fields_of(texts: Texts, kind: str, owner: int) -> Fields:
    return Fields({field: wording for (owner_kind, owner_id, field), wording in texts.items() if (owner_kind, owner_id) == (kind, owner)})


def nearest(written: Iterable[str], language: str, prevails: str) -> str:
    """The language to show: the reader's where there is an edition in it, else the prevailing one."""
    return language if language in written else prevails


def _rank(written: str, language: str) -> int:
    return 0 if written == language else 1 if written == ENGLISH else 2
