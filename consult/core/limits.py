"""How often something may be tried, by whom and from where."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Literal

from consult.core.problem import Problem

DoorName = Literal["submit", "keep", "upload", "endorse", "room", "room_again", "remind"]


@dataclass(frozen=True, slots=True)
class Limit:
    """No more than `tries` within a sliding `period`."""

    tries: int
    period: timedelta

    def since(self, now: datetime) -> datetime:
        return now - self.period


SIGN_IN = Limit(10, timedelta(minutes=15))
SUBSCRIBE_MAIL, SUBSCRIBE_FROM = Limit(5, timedelta(hours=1)), Limit(60, timedelta(hours=1))
"""Requests for mails to one address, and from one network: a whole office may subscribe within an hour."""


@dataclass(frozen=True, slots=True)
class Door:
    """How often people may come through a door of theirs: from one `network`, and one `person` (a basket, a mail address, an account)."""

    network: Limit
    person: Limit | None = None


_HOUR = timedelta(hours=1)
DOORS: dict[DoorName, Door] = {
    "submit": Door(Limit(1200, _HOUR), Limit(120, _HOUR)),
    "keep": Door(Limit(6000, _HOUR), Limit(600, _HOUR)),
    "upload": Door(Limit(300, _HOUR), Limit(60, _HOUR)),
    "endorse": Door(Limit(3000, _HOUR), Limit(600, _HOUR)),
    "room": Door(Limit(3000, _HOUR), Limit(600, _HOUR)),
    "room_again": Door(Limit(300, _HOUR), Limit(5, _HOUR)),
    "remind": Door(Limit(300, _HOUR), Limit(30, _HOUR)),
}
"""Far above what people do: thirty behind one address who submit within an hour, one who keeps a hundred comments in ten minutes. `keep` counts
new drafts: saving one again changes a row that is there. `room_again` sends mail to somebody who may not have asked for it. Beginning a basket and typing a wrong code have limits of their own.
"""


def from_outside(address: str | None) -> bool:
    """Whether a request came over the network. What comes from this machine itself is either ours, or passed on by a proxy that hides its
    visitors: counted as one network, the first to reach a limit would shut out everybody.
    """
    try:
        found = ip_address((address or "").split("%")[0])
    except ValueError:
        return address is not None
    return not (getattr(found, "ipv4_mapped", None) or found).is_loopback


def prefix(address: str | None) -> str:
    """The network an address is counted under: /24 in IPv4, /48 in IPv6 (what one household or office usually holds); "unknown" else."""
    try:
        found = ip_address((address or "").split("%")[0])
    except ValueError:
        return "unknown"
    mapped = getattr(found, "ipv4_mapped", None) or found
    return str(ip_network(f"{mapped}/{24 if mapped.version == 4 else 48}", strict=False))


def minutes_to_wait(reached: Problem) -> int:
    """How long until a limit that was reached (params: seconds) lets somebody on, in whole minutes, at least one."""
    return max(1, -(-int(reached.params.get("seconds", 60)) // 60))
