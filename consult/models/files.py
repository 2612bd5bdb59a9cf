"""Files made of published versions, kept in the storage under their SHA-256."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.version_file import FORMATS
from consult.extensions import Base
from consult.models.columns import Code, Key, Language, Sha256, one_of

ENDINGS = tuple(dict.fromkeys(ending for endings in FORMATS.values() for ending in endings))


class VersionFileRow(Base):
    """A file that was made of a version in a language: of its text or, with a baseline, of what changed since. Never overwritten.

    `basis` says which revisions of the texts and, for changes, which change set it was made from: once a translation is corrected it is
    another, and a further file is made. `engine` is the number of the program's typesetting.
    """

    __tablename__ = "version_file"
    __table_args__ = (
        UniqueConstraint("version_id", "language", "kind", "format", "basis"),
        one_of("kind", tuple(FORMATS)),
        one_of("format", ENDINGS),
    )
    id: Mapped[Key]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    baseline_id: Mapped[int | None] = mapped_column(ForeignKey("version.id"))
    language: Mapped[Language]
    kind: Mapped[Code]
    format: Mapped[Code]
    basis: Mapped[Code]
    sha256: Mapped[Sha256]
    size: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime]
    engine: Mapped[int]
