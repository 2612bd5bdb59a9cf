"""What is judged fine, doubtful and wrong, at the edges of each rule."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.core.health import (
    DURABLE,
    FilesFound,
    Finding,
    Waiting,
    judge_address,
    judge_clock,
    judge_durability,
    judge_files,
    judge_key,
    judge_mail,
    judge_room,
    judge_worker,
)
from consult.wording.operating import FINDINGS, finding_sentence

NOW = datetime(2026, 3, 24, 13, 31, 7, tzinfo=UTC)
SECONDS = timedelta(seconds=1)


def told(*findings: Finding) -> list[tuple[str, str]]:
    """What each says; each has a sentence with all that it needs."""
    for each in findings:
        assert "%" not in finding_sentence(each)
    return [(each.judgement, each.code) for each in findings]


@pytest.mark.parametrize(
    ("key", "judged"),
    [
        ("", ("wrong", "key_missing")),
        ("abcdefghijklmno", ("wrong", "key_short")),
        ("abcdefghijklmnop", ("fine", "key_set")),
        ("changeme" * 2 + "aaaa", ("doubtful", "key_weak")),
        ("a" * 40, ("doubtful", "key_weak")),
    ],
)
def test_a_key_is_long_and_drawn(key: str, judged: tuple[str, str]) -> None:
    assert told(judge_key(key)) == [judged]


def test_the_public_address_is_https_behind_a_proxy() -> None:
    def judged(address: str, cookies: bool = True, proxies: int = 1) -> list[str]:
        return [f"{judgement} {code}" for judgement, code in told(*judge_address(address, secure_cookies=cookies, proxies=proxies))]

    assert judged("") == ["doubtful address_missing"]
    assert judged("https://consult.example.org") == ["fine address_set"]
    assert judged("https://consult.example.org", proxies=0) == ["fine address_set", "doubtful proxies_none"]
    assert judged("http://consult.example.org", cookies=False) == ["doubtful address_plain", "doubtful cookies_plain"]
    assert judged("consult.example.org") == ["wrong address_wrong"]


def test_a_mail_address_is_told_without_its_password() -> None:
    assert told(judge_mail("")) == [("doubtful", "mail_off")]
    assert told(judge_mail("mail.example.org")) == [("wrong", "mail_wrong")]
    found = judge_mail("smtp://me:very-secret@mail.example.org:587")
    assert (found.judgement, finding_sentence(found)) == ("fine", "leaves by mail.example.org (--smtp asks whether it answers)")


def test_settings_that_can_lose_what_was_acknowledged_are_wrong() -> None:
    for engine, settings in DURABLE.items():
        good = {name: values[0] for name, values in settings.items()}
        assert told(*judge_durability(engine, good)) == [("fine", "durability_fine")]
        for name in settings:
            assert told(*judge_durability(engine, good | {name: "off"})) == [("wrong", "durability_poor")]
    assert told(*judge_durability("sqlite", {"journal_mode": "wal", "synchronous": "1", "foreign_keys": "1"})) == [
        ("wrong", "durability_poor")
    ]


def test_clocks_may_differ_by_seconds_and_the_record_lies_behind_us() -> None:
    def judged(ahead: int, newest: int | None) -> list[tuple[str, str]]:
        event = None if newest is None else NOW + newest * SECONDS
        return told(*judge_clock(database_ahead=ahead * SECONDS, newest_event=event, now=NOW))

    assert judged(0, None) == judged(-5, 60) == [("fine", "clock_fine")]
    assert judged(-6, 0) == [("doubtful", "clocks_apart")]
    assert judged(61, 0) == [("wrong", "clocks_apart")]
    assert judged(0, 61) == [("wrong", "events_ahead")]


def test_room_files_and_worker_are_judged_by_what_is_lost() -> None:
    assert [judge_room("/srv", free).judgement for free in (2**28 - 1, 2**28, 2**31 - 1, 2**31)] == [
        "wrong",
        "doubtful",
        "doubtful",
        "fine",
    ]
    assert told(*judge_files(FilesFound(3, read=3))) == [("fine", "files_there")]
    assert told(*judge_files(FilesFound(3, remade=["a"], unnamed=1))) == [
        ("doubtful", "files_remade"), ("doubtful", "files_unnamed"), ("fine", "files_there"),
    ]  # fmt: skip
    assert told(*judge_files(FilesFound(3, missing=["a"], resized=["b"], damaged=["c"]))) == [
        ("wrong", "files_missing"), ("wrong", "files_resized"), ("wrong", "files_damaged"),
    ]  # fmt: skip

    def worker(*waiting: Waiting, mails: bool = True, unseen: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        return told(*judge_worker(waiting, mails_leave=mails, unseen=unseen, now=NOW))

    late = Waiting("mail", 2, NOW - 601 * SECONDS, 0)
    assert worker(Waiting("mail", 2, NOW - 600 * SECONDS, 0)) == worker(late, mails=False) == worker() == [("fine", "worker_fine")]
    assert worker(late) == [("wrong", "outbox_late")]
    assert worker(Waiting("files", 0, None, 4), mails=False) == [("doubtful", "outbox_given_up"), ("fine", "worker_fine")]
    assert worker(unseen=("performance-standard-v3/1",)) == [("wrong", "closing_unseen")]


def test_no_sentence_of_the_doctor_is_without_words() -> None:
    assert [code for code, sentence in FINDINGS.items() if not sentence.strip()] == []
