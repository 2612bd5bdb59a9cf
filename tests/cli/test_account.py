"""`consult account`, as an administrator types it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine

from consult.cli import main


@pytest.fixture
def typed(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch):
    database = tmp_path / "consult.db"
    database.write_bytes(migrated_file.read_bytes())
    monkeypatch.setenv("CONSULT_DATABASE_URL", f"sqlite:///{database}")
    with create_engine(f"sqlite:///{database}").begin() as connection:
        connection.exec_driver_sql(
            "insert into consultation (slug, prefix, position, state, created_at) values ('coc', 'COC', 0, 'active', '2026-01-01 00:00:00')"
        )

    def type_(line: str, stdin: str = "") -> Result:
        return CliRunner().invoke(main, ["account", *line.split()], input=stdin)

    return type_


def test_account_gets_a_password_that_is_printed_once(typed) -> None:
    added = typed("add Li@Example.org --name Li --language zh")
    assert (added.exit_code, added.output.startswith("Li@Example.org added, password ")) == (0, True)
    password = added.output.split()[-1]
    assert len(password) == 23
    assert password not in typed("list").output
    assert typed("list").output == "li@example.org\tLi\tno seat\n"


def test_password_may_come_from_standard_input(typed) -> None:
    assert typed("add li@example.org --name Li --password-stdin", "a long enough secret\n").output == "li@example.org added\n"
    refused = typed("add om@example.org --name Omar --password-stdin", "short\n")
    assert refused.exit_code == 1
    assert "12 to 256 characters" in refused.stderr


def test_seats_are_given_listed_and_taken(typed) -> None:
    typed("add li@example.org --name Li --password-stdin", "a long enough secret\n")
    assert (
        typed("seat li@example.org chair --consultation coc --half civil_society --from 2026-01-01").output
        == "li@example.org is chair in coc\n"
    )
    assert typed("seat li@example.org secretariat").output == "li@example.org is secretariat in all\n"
    assert typed("list").output == "li@example.org\tLi\tchair in coc, secretariat in all\n"
    assert typed("seat li@example.org secretariat --end").output == "li@example.org is no longer secretariat in all\n"
    assert typed("disable li@example.org").output == "li@example.org disabled\n"
    assert typed("list").output == "li@example.org\tLi\tdisabled\n"


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("seat nobody@example.org chair", 1, "No account has this mail address."),
        ("seat li@example.org chair --consultation nowhere", 1, "There is no consultation nowhere."),
        ("seat li@example.org chair --from 2026-02-01 --to 2026-01-01", 1, "The seat would end before it begins."),
        ("seat li@example.org chair --end", 1, "The account has no seat as chair there."),
        ("seat li@example.org emperor", 2, "'emperor' is not one of"),
        ("add li@example.org --name Again", 1, "There is an account with this mail address already."),
        ("add nonsense --name Li", 1, "This is not the form of a mail address."),
        ("add om@example.org --name Omar --language tlh", 2, "one of en, fr, zh"),
        ("disable nobody@example.org", 1, "No account has this mail address."),
    ],
)
def test_refusal_is_one_line_and_a_status(typed, line: str, status: int, said: str) -> None:
    typed("add li@example.org --name Li --password-stdin", "a long enough secret\n")
    refused = typed(line)
    assert refused.exit_code == status
    assert said in refused.stderr
    assert "Traceback" not in refused.output
