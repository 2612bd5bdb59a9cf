"""What the comparison left for a person to judge, stored with the change set it was made for. Rows are added, never changed."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.extensions import Base
from consult.models.columns import Code, Key, one_of


class ChangeSetTrust(Base):
    """How far the map of a change set can be believed, 0 to 1: equal numbers, and the F1 to expect. Sets made by people have none."""

    __tablename__ = "change_set_trust"
    change_set_id: Mapped[int] = mapped_column(ForeignKey("change_set.id"), primary_key=True)
    numbers: Mapped[float]
    expected_f1: Mapped[float]
    strangers: Mapped[bool]
    """The two versions hardly belong together: only links more likely right than wrong were made."""


class ChangeCandidate(Base):
    """A clause of the other version that may correspond to one without a sure link; `position` 0 is the most probable."""

    __tablename__ = "change_candidate"
    __table_args__ = (UniqueConstraint("change_set_id", "clause_id", "position"),)
    id: Mapped[Key]
    change_set_id: Mapped[int] = mapped_column(ForeignKey("change_set.id"))
    clause_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    position: Mapped[int]
    score: Mapped[float]


class PossibleLink(Base):
    """A further link that waits for a person: a possible split or merger, or two clauses that have no link at all."""

    __tablename__ = "possible_link"
    __table_args__ = (UniqueConstraint("change_set_id", "position"), one_of("kind", ("split", "merged", "link")))
    id: Mapped[Key]
    change_set_id: Mapped[int] = mapped_column(ForeignKey("change_set.id"))
    position: Mapped[int]
    kind: Mapped[Code]
    old_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    new_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    score: Mapped[float]


class ContradictedLink(Base):
    """A recorded correspondence that the text speaks against: the new clause reads like `old_id` instead."""

    __tablename__ = "contradicted_link"
    __table_args__ = (Index("ix_contradicted_link_change_set_id", "change_set_id"),)
    id: Mapped[Key]
    change_set_id: Mapped[int] = mapped_column(ForeignKey("change_set.id"))
    new_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    old_id: Mapped[int] = mapped_column(ForeignKey("clause.id"))
    score: Mapped[float]
    recorded_score: Mapped[float]
