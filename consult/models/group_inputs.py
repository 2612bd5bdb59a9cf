"""What a facilitator tells of the group whose spoken input she hands in."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import Base


class GroupInputRow(Base):
    """Frozen with its submission; the words may be erased, the number of people stays."""

    __tablename__ = "group_input"
    __table_args__ = (CheckConstraint("people > 0", name="people"),)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    people: Mapped[int | None]
    """About how many."""
    name: Mapped[str | None]
    language: Mapped[str | None]
    """That was spoken, as written."""
    given: Mapped[str | None]
    """How, where and when the input was given."""
    consent: Mapped[str | None]
    """How the group agreed that it is handed in."""
    conditions: Mapped[str | None]
    """Under which the group allows its use."""
