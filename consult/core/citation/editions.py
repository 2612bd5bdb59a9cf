"""Which version of another standard a text means when it names none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of a standard; `day` is its date, or that of its publication."""

    id: int
    standard: str
    name: str
    day: date
    is_draft: bool


Editions = Mapping[str, Sequence[Edition]]
"""Standard -> its versions, the oldest first."""


def edition(editions: Editions, standard: str, name: str) -> Edition | None:
    return next((each for each in editions.get(standard, ()) if each.name == name), None)


def cited_edition(
    editions: Editions, citing: Edition, standard: str, named: str = "", beside: Mapping[str, str] | None = None
) -> Edition | None:
    """The version of `standard` that a text of `citing` means: the one it names; the one laid open beside it (standard -> version of a round);
    the newest one of its time, for an adopted text an adopted one; else the newest of all. None where the standard has none.
    """
    if standard == citing.standard and not named:
        return citing
    every = editions.get(standard, ())
    wanted = named or (beside or {}).get(standard, "")
    if found := next((each for each in every if each.name == wanted), None):
        return found
    of_its_time = [each for each in every if each.day <= citing.day]
    adopted = [each for each in of_its_time if not each.is_draft]
    return next(reversed(adopted if adopted and not citing.is_draft else of_its_time or list(every)), None)
