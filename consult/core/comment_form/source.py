"""What a round's form is made of, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from consult.core.window import Window


@dataclass(frozen=True, slots=True)
class SourceClause:
    """`number` "" for an unnumbered heading. `parent`: number of the clause above it. `applies`: activities it binds, empty for all."""

    number: str
    label: str
    title: str
    plain: str
    parent: str | None = None
    applies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceChange:
    kinds: tuple[str, ...]
    old: tuple[str, ...]
    swapped: bool = False


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """`changes`: number -> its change against the main baseline."""

    standard: str
    version: str
    title: str
    clauses: tuple[SourceClause, ...]
    changes: Mapping[str, SourceChange] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormSource:
    consultation: str
    title: str
    round: int
    window: Window
    documents: tuple[SourceDocument, ...]
