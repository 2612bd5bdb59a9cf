"""How often something may be tried, by whom and from where."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network


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


def prefix(address: str | None) -> str:
    """The network an address is counted under: /24 in IPv4, /48 in IPv6 (what one household or office usually holds); "unknown" else."""
    try:
        found = ip_address((address or "").split("%")[0])
    except ValueError:
        return "unknown"
    mapped = getattr(found, "ipv4_mapped", None) or found
    return str(ip_network(f"{mapped}/{24 if mapped.version == 4 else 48}", strict=False))
