"""`consult schedule`: a consultation from its file."""

from collections.abc import Callable
from pathlib import Path

from consult.resources import resource
from tests.cli.conftest import Run
from tests.support.database import on_sqlite

FILE = resource("content") / "consultations" / "performance-standard-v3.yaml"


def test_the_demonstrations_consultation_is_scheduled_once(run: Run, stored: Callable[[], dict[str, int]]) -> None:
    assert (
        run("publish", resource("content") / "performance-standard", resource("content") / "performance-standard-guidance").exit_code == 0
    )
    done = run("schedule", FILE, "--anchor", "2026-03-01")
    assert (done.exit_code, done.output.splitlines()[0]) == (0, "performance-standard-v3: 2 rounds")
    assert "  2: 2026-03-01 00:00 to 2026-03-31 23:59 " in done.output
    before = stored()
    again = run("schedule", FILE, "--anchor", "2026-03-01")
    assert (again.exit_code, again.stdout) == (1, "")
    assert "There is a consultation with the name performance-standard-v3" in again.stderr
    assert (before["consultation"], before["round"], stored()) == (1, 2, before)


@on_sqlite
def test_what_cannot_be_scheduled_is_said_and_not_stored(run: Run, tmp_path: Path, stored: Callable[[], dict[str, int]]) -> None:
    file = tmp_path / "c.yaml"
    file.write_text("slug: [\n", encoding="utf-8")
    for words, status, said in (
        ([FILE, "--anchor", "2026-03-01"], 1, "The version v3-draft-1 of performance-standard is not published."),
        ([FILE], 1, f"{FILE}, line 42: The consultation cannot be read: “offset” is a number of days (-420)"),
        ([file], 1, f"error: {file}, line "),
        ([tmp_path / "none.yaml"], 1, "none.yaml: The file cannot be read: No such file or directory."),
        ([FILE, "--anchor", "soon"], 2, "'soon' does not match the format"),
    ):
        done = run("schedule", *words)
        assert (done.exit_code, done.stdout) == (status, "")
        assert said in done.stderr
    assert stored() == {}
