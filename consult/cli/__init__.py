"""The command line: a module per group of commands, loaded when it is called; no rules here."""

from importlib import import_module

import click

COMMANDS = {
    "account": "account",
    "backup": "backup",
    "bench": "bench",
    "check": "check",
    "demo": "demo",
    "diff": "diff",
    "doctor": "doctor",
    "export": "export",
    "extend": "extend",
    "form": "form",
    "i18n": "i18n",
    "import-form": "form",
    "init": "init",
    "publish": "publish",
    "restore": "restore",
    "room": "room",
    "schedule": "schedule",
    "serve": "serve",
    "verify": "verify",
    "worker": "worker",
}
"""Command -> its module in this room; the function has the command's name, a hyphen read as an underscore."""


class Late(click.Group):
    """Imports a command's module only when it is called, so that `consult diff` does not wait for the web."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"consult.cli.{COMMANDS[cmd_name]}"), cmd_name.replace("-", "_"))
        return command


@click.command(cls=Late)
@click.version_option(package_name="consult", prog_name="consult")
def main() -> None:
    """Consultation and revision of standards."""
