"""What strangers send is read in a child with little of everything: a verdict in time, and never a way out."""

import time

import pytest

from consult.core.problem import Problem, Refused
from consult.exchange.limited import Answer, one_verdict, run_limited

HERE = "tests.support.limited_work"


def refused(function: str, data: bytes = b"", seconds: int = 10, megabytes: int = 256) -> list[tuple[str, dict[str, str | int]]]:
    with pytest.raises(Refused) as caught:
        run_limited(f"{HERE}:{function}", data, seconds=seconds, megabytes=megabytes)
    return [(problem.code, problem.params) for problem in caught.value.problems]


def test_json_bytes_and_both_come_back_as_they_were_given() -> None:
    assert run_limited(f"{HERE}:turned", b"abc", options={"times": 2}) == Answer({"read": "cbacba", "é": None})
    assert run_limited(f"{HERE}:same", b"\0\xff" * 300_000) == Answer(None, {"": b"\0\xff" * 300_000})
    assert run_limited(f"{HERE}:both", b"xyz") == Answer([1, 2], {"a": b"xyz", "b": b""})


def test_what_the_function_refuses_arrives_with_place_and_grade() -> None:
    with pytest.raises(Refused) as caught:
        run_limited(f"{HERE}:refuses", b"")
    assert caught.value.problems == (Problem("wrong_type", {"row": 3}, {"found": "PDF"}), Problem("gap", {}, {}, "warning"))


def test_endless_work_ends_by_the_clock_or_the_processor() -> None:
    begun = time.monotonic()
    assert refused("endless", seconds=1) == [("too_slow", {"seconds": 1})]
    assert refused("sleeps", seconds=1) == [("too_slow", {"seconds": 1})]
    assert time.monotonic() - begun < 6


def test_all_that_is_read_of_one_file_shares_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consult.exchange.limited.SECONDS", 1)
    begun = time.monotonic()
    with one_verdict():
        assert [refused("sleeps") for _ in range(3)] == [[("too_slow", {"seconds": 10})]] * 3
    assert time.monotonic() - begun < 3


def test_memory_beyond_the_limit_is_refused_not_taken() -> None:
    assert refused("hoards", megabytes=200) == [("too_much_inside", {"limit": 200 * 1024 * 1024})]


@pytest.mark.parametrize("function", ["breaks", "dies", "babbles", "unknown"])
def test_whatever_breaks_is_a_file_that_cannot_be_read(function: str) -> None:
    assert refused(function) == [("not_readable", {})]


def test_the_child_reaches_no_network_starts_no_program_and_writes_no_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    target = tmp_path_factory.mktemp("out") / "written"
    found = run_limited(f"{HERE}:tries", str(target).encode()).value
    assert found == {"socket": "PermissionError", "program": "PermissionError", "system": "PermissionError", "write": "PermissionError"}
    assert not target.exists()


def test_nothing_of_our_environment_reaches_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSULT_SECRET_KEY", "only for us")
    assert "CONSULT_SECRET_KEY" not in run_limited(f"{HERE}:environment", b"").value
