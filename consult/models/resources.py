"""What a consultation offers to read and to hear beside its drafts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.core.plan import RESOURCES
from consult.extensions import Base
from consult.models.columns import Code, Key, one_of


class Resource(Base):
    """A paper, a webinar with its transcript, or another page. `name` stands in addresses; title, lead and body are StaffText rows.

    `at` with its zone and length in minutes: when a webinar was or will be held.
    """

    __tablename__ = "resource"
    __table_args__ = (
        UniqueConstraint("consultation_id", "name"),
        UniqueConstraint("consultation_id", "position"),
        one_of("kind", RESOURCES),
        CheckConstraint("(at is null) = (zone is null)", name="zone"),
        CheckConstraint("minutes is null or (minutes > 0 and at is not null)", name="minutes"),
    )
    id: Mapped[Key]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    name: Mapped[Code]
    kind: Mapped[Code]
    position: Mapped[int]
    at: Mapped[datetime | None]
    zone: Mapped[Code | None]
    minutes: Mapped[int | None]
