"""What a stranger relies on before reading any code: the lock, the README, the wheel."""

import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_locked_package_has_hashes_and_no_address() -> None:
    packages = re.split(r"(?m)^(?=[a-z0-9])", LOCK)[1:]
    assert len(packages) > 50
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package or "==" not in package.split()[0]] == []
    assert "://" not in LOCK
    assert "index-url" not in LOCK


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"], *project["build-system"]["requires"]]
    names = {re.split(r"[\[<>=!~ ;]", each)[0].lower() for each in wanted}
    assert names - set(re.findall(r"(?m)^([a-z0-9._-]+)==", LOCK)) == set()


def test_readme_names_the_commands_to_begin_with() -> None:
    assert "make demo" in readme()
    assert "make test" in readme()


def test_readme_names_every_target_of_make() -> None:
    targets = re.findall(r"(?m)^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert [target for target in targets if target != "help" and f"make {target}" not in readme()] == []


def test_readme_names_every_command() -> None:
    assert [path for path in commands() if path not in readme()] == []


def test_readme_names_every_setting() -> None:
    assert [name for name in sorted(settings()) if name not in readme()] == []


def commands() -> Iterator[str]:
    from consult.cli import main

    def below(command: click.Command, path: str) -> Iterator[str]:
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                if (found := command.get_command(context, name)) and not found.hidden:
                    yield from below(found, f"{path} {name}")
        else:
            yield path

    yield from below(main, "consult")


def settings() -> set[str]:
    """Fields of Settings, and whatever else the code calls by a full name; the CONSULT_TEST_ ones are the tests' own."""
    from consult.config import Settings

    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "consult").rglob("*.py"))
    spoken = {name for name in re.findall(r"\bCONSULT_[A-Z_]*[A-Z]\b", source) if not name.startswith("CONSULT_TEST_")}
    return spoken | {f"CONSULT_{field.name.upper()}" for field in fields(Settings)}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built and laid out as an installer would, away from the checkout."""
    built, target = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("target")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", built], cwd=ROOT, check=True, capture_output=True)
    (archive,) = built.glob("consult-*.whl")
    with zipfile.ZipFile(archive) as file:
        file.extractall(target)
    return target


def run_from(wheel: Path, code: str) -> str:
    """What the code prints, run by an interpreter that finds consult in the wheel before anywhere else."""
    environment = {"PYTHONPATH": str(wheel), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run([sys.executable, "-c", code], cwd=wheel, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_wheel_carries_all_that_the_checkout_has(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "consult", "migrations", "translations", "content"], cwd=ROOT, capture_output=True, text=True
    )
    tracked = {name for name in listed.stdout.splitlines() if not Path(name).name.startswith(".")}
    carried = {str(path.relative_to(wheel)) for path in wheel.rglob("*") if path.is_file()}
    assert {name for name in tracked if name not in carried and f"consult/_data/{name}" not in carried} == set()
    catalogues = {name for name in carried if name.endswith(".po")}
    assert {f"{name[:-3]}.mo" for name in catalogues} <= carried


def test_wheel_finds_what_it_carries_and_migrates(wheel: Path, tmp_path: Path) -> None:
    said = run_from(
        wheel,
        f"""
from sqlalchemy import create_engine, inspect
from consult.extensions import prepare
from consult.resources import resource
from consult.schema import migrate_database
print(*(resource(name) for name in ("migrations", "translations", "content")), sep="\\n")
engine = create_engine({f"sqlite:///{tmp_path}/wheel.db"!r})
prepare(engine)
migrate_database(engine)
with engine.connect() as connection:
    print(inspect(connection).has_table("alembic_version"))
""",
    )
    assert said.split() == [f"{wheel}/consult/_data/{name}" for name in ("migrations", "translations", "content")] + ["True"]


def test_wheel_serves_its_first_page_in_each_language(wheel: Path, tmp_path: Path) -> None:
    said = run_from(
        wheel,
        f"""
from consult import create_app
from consult.config import Settings
from consult.extensions import db
from consult.schema import migrate_database
app = create_app(Settings(database_url={f"sqlite:///{tmp_path}/wheel.db"!r}, secret_key="x"))
with app.app_context():
    migrate_database(db.engine)
for language in ("en", "fr", "zh"):
    print(app.test_client().get(f"/{{language}}/").status_code)
""",
    )
    assert said.split() == ["200"] * 3
