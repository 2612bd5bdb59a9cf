"""Whether an installation is as it should be: what was found, judged. Thresholds are here; what is found comes as plain values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

Judgement = Literal["fine", "doubtful", "wrong"]
SHORTEST_KEY = 16
"""Characters of a secret key."""
FEWEST_LETTERS = 8
"""Different characters of a key that somebody drew and did not type."""
LITTLE_ROOM, NO_ROOM = 2 * 2**30, 256 * 2**20
"""Bytes free on a disk."""
APART, FAR_APART = timedelta(seconds=5), timedelta(seconds=60)
"""Between the clocks of two machines."""
LATE = timedelta(minutes=10)
"""So long at most something waits for a worker that runs: it looks every five seconds."""
DURABLE: dict[str, Mapping[str, Sequence[str]]] = {
    "sqlite": {"journal_mode": ("wal",), "synchronous": ("2", "3"), "foreign_keys": ("1",)},
    "postgresql": {"fsync": ("on",), "synchronous_commit": ("on", "remote_apply", "remote_write", "local"), "full_page_writes": ("on",)},
}
"""Engine -> its settings without which something acknowledged can be lost, each with the values that keep it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`area` groups findings; `code` and `params` are put into a sentence by `consult.wording.operating`."""

    area: str
    judgement: Judgement
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


def judge_key(key: str) -> Finding:
    if len(key) < SHORTEST_KEY:
        return Finding("secret key", "wrong", "key_short" if key else "key_missing", {"least": SHORTEST_KEY})
    if len(set(key)) < FEWEST_LETTERS:
        return Finding("secret key", "doubtful", "key_weak", {"letters": len(set(key))})
    return Finding("secret key", "fine", "key_set", {"characters": len(key)})


def judge_address(address: str, *, secure_cookies: bool, proxies: int) -> Iterator[Finding]:
    parts = urlsplit(address)
    if not address:
        yield Finding("public address", "doubtful", "address_missing")
    elif parts.scheme not in ("http", "https") or not parts.hostname:
        yield Finding("public address", "wrong", "address_wrong")
    elif parts.scheme == "http":
        yield Finding("public address", "doubtful", "address_plain")
    else:
        yield Finding("public address", "fine", "address_set", {"host": parts.hostname})
    if not secure_cookies:
        yield Finding("public address", "doubtful", "cookies_plain")
    if parts.scheme == "https" and not proxies:
        yield Finding("public address", "doubtful", "proxies_none")


def judge_mail(url: str) -> Finding:
    parts = urlsplit(url)
    if not url:
        return Finding("mail", "doubtful", "mail_off")
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        return Finding("mail", "wrong", "mail_wrong")
    return Finding("mail", "fine", "mail_set", {"host": parts.hostname})


def judge_durability(engine: str, settings: Mapping[str, str]) -> Iterator[Finding]:
    poor = {name: settings[name] for name, good in DURABLE[engine].items() if settings[name].lower() not in good}
    for name, value in poor.items():
        yield Finding("database", "wrong", "durability_poor", {"name": name, "value": value, "wanted": DURABLE[engine][name][0]})
    if not poor:
        yield Finding(
            "database", "fine", "durability_fine", {"settings": ", ".join(f"{name}={settings[name]}" for name in DURABLE[engine])}
        )


def judge_clock(*, database_ahead: timedelta, newest_event: datetime | None, now: datetime) -> Iterator[Finding]:
    apart = abs(database_ahead)
    if apart > APART:
        seconds = int(apart.total_seconds())
        yield Finding("clock", "wrong" if apart > FAR_APART else "doubtful", "clocks_apart", {"seconds": seconds})
    if newest_event is not None and newest_event > now + FAR_APART:
        yield Finding("clock", "wrong", "events_ahead", {"minutes": int((newest_event - now).total_seconds() // 60)})
    elif apart <= APART:
        yield Finding("clock", "fine", "clock_fine", {"now": f"{now:%Y-%m-%d %H:%M:%S}"})


def judge_room(folder: str, free: int) -> Finding:
    judgement: Judgement = "wrong" if free < NO_ROOM else "doubtful" if free < LITTLE_ROOM else "fine"
    return Finding("room", judgement, "room_free" if judgement == "fine" else "room_little", {"folder": folder, "free_mb": free // 2**20})


@dataclass(frozen=True, slots=True)
class FilesFound:
    """Of the files that rows name, by their SHA-256: `named` altogether, `missing`, those of another size (`resized`), of those whose bytes were read
    (`read`) the `damaged`; `remade`: missing ones that the worker makes again. `unnamed`: kept, though no row names them, for a day and longer.
    """

    named: int
    missing: Sequence[str] = ()
    remade: Sequence[str] = ()
    resized: Sequence[str] = ()
    read: int = 0
    damaged: Sequence[str] = ()
    unnamed: int = 0


def judge_files(found: FilesFound) -> Iterator[Finding]:
    for code, sums in (("files_missing", found.missing), ("files_resized", found.resized), ("files_damaged", found.damaged)):
        if sums:
            yield Finding("files", "wrong", code, {"count": len(sums), "first": sums[0]})
    if found.remade:
        yield Finding("files", "doubtful", "files_remade", {"count": len(found.remade)})
    if found.unnamed:
        yield Finding("files", "doubtful", "files_unnamed", {"count": found.unnamed})
    if not (found.missing or found.resized or found.damaged):
        yield Finding("files", "fine", "files_there", {"count": found.named - len(found.remade), "read": found.read})


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows of a kind in the outbox: how many are due, since when, how many were given up."""

    kind: str
    due: int
    oldest: datetime | None
    given_up: int


def judge_worker(waiting: Iterable[Waiting], *, mails_leave: bool, unseen: Sequence[str], now: datetime) -> Iterator[Finding]:
    """`unseen`: rounds that closed and are not on the record as closed."""
    wrong = False
    for each in waiting:
        if each.oldest is not None and now - each.oldest > LATE and (each.kind != "mail" or mails_leave):
            wrong = True
            minutes = int((now - each.oldest).total_seconds() // 60)
            yield Finding("worker", "wrong", "outbox_late", {"kind": each.kind, "due": each.due, "minutes": minutes})
        if each.given_up:
            yield Finding("worker", "doubtful", "outbox_given_up", {"kind": each.kind, "count": each.given_up})
    for round_ in unseen:
        wrong = True
        yield Finding("worker", "wrong", "closing_unseen", {"round": round_})
    if not wrong:
        yield Finding("worker", "fine", "worker_fine")
