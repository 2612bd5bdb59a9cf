"""Every command explains itself, and the README knows every option of each."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from consult.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def commands(command: click.Command = main, path: str = "consult") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if found := command.get_command(context, name):
                yield from commands(found, f"{path} {name}")


ALL = dict(commands())


@pytest.mark.parametrize("path", ALL)
def test_every_command_and_option_has_words(path: str) -> None:
    command = ALL[path]
    assert command.help, path
    assert not command.get_short_help_str(60).endswith("..."), "give it a short_help"
    plain = [each for each in command.params if isinstance(each, click.Option) and not (each.help or each.required)]
    assert [each.name for each in plain if not isinstance(each.type, click.Path | click.types.Path)] == []
    for each in command.params:
        if isinstance(each, click.Option) and each.help:
            assert each.help[0].isupper() or each.help[0].isdigit(), each.name
            assert each.help.endswith("."), each.name


@pytest.mark.parametrize("path", [path for path, command in ALL.items() if not isinstance(command, click.Group)])
def test_readme_names_every_option_with_its_command(path: str) -> None:
    rows = [row for row in README.splitlines() if re.search(rf"`{re.escape(path)}[ `]", row)]
    assert rows, path
    named = {option for row in rows for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", row)}
    wanted = {option for each in ALL[path].params if isinstance(each, click.Option) for option in each.opts}
    assert wanted - named == set()
