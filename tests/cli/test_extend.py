"""`consult extend`: what it does is tested with the operation; here, how it speaks."""

from collections.abc import Callable

from tests.cli.conftest import Run
from tests.support.database import on_sqlite


@on_sqlite
def test_a_round_that_is_not_there_and_a_wrong_word_are_said(run: Run, stored: Callable[[], dict[str, int]]) -> None:
    gone = run("extend", "no-such/2", "--closes", "2026-04-30T23:59")
    assert (gone.exit_code, gone.stdout) == (1, "")
    assert "The consultation no-such has no round 2." in gone.stderr
    assert run("extend", "no-such", "--closes", "2026-04-30T23:59").exit_code == 2
    assert run("extend", "no-such/2", "--closes", "soon").exit_code == 2
    assert stored() == {}
