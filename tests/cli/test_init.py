"""`consult init`: creates a database, migrates it, and leaves it alone the second time."""

from pathlib import Path

from consult.schema import newest_revision
from tests.cli.conftest import Run


def test_init_creates_a_database_and_then_changes_nothing(run: Run, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/new.db"
    assert run("init", CONSULT_DATABASE_URL=address).output == f"the database is at revision {newest_revision()}\n"
    assert run("init", CONSULT_DATABASE_URL=address).output == f"the database is at revision {newest_revision()}, as before\n"
    assert run("account", "list", CONSULT_DATABASE_URL=address).exit_code == 0


def test_a_setting_of_the_wrong_kind_is_one_line(run: Run) -> None:
    done = run("init", CONSULT_TRUSTED_PROXIES="many")
    assert (done.exit_code, done.output) == (1, "Error: CONSULT_TRUSTED_PROXIES must be a number, not 'many'\n")


def test_every_command_asks_for_a_migrated_database(run: Run, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/empty.db"
    (tmp_path / "c.yaml").write_text("slug: x\n", encoding="utf-8")
    for words in (["account", "list"], ["schedule", tmp_path / "c.yaml"], ["worker", "--once"]):
        done = run(*words, CONSULT_DATABASE_URL=address)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.endswith("run consult init first\n")
