"""`consult account`: who may sign in, and with which seats."""

import secrets
import sys
from datetime import date, datetime

import click

from consult.cli.application import application, refusals_said
from consult.core.permission import ROLES

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0 and 1: a password that is read from a screen and typed."""
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def account() -> None:
    """Staff accounts and their seats."""


@account.command()
@click.argument("mail")
@click.option("--name", required=True, help="As others see it.")
@click.option("--language", default="en", show_default=True, help="Of the pages after signing in.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of making one.")
@refusals_said
def add(mail: str, name: str, language: str, password_stdin: bool) -> None:
    """Add an account. Prints the password it made, once; it is stored nowhere."""
    from consult import clock
    from consult.operations.accounts import add_account
    from consult.operations.record import OPERATOR

    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else made_password()
    with application() as app:
        languages = app.config["SETTINGS"].languages
        if language not in languages:
            raise click.BadParameter(f"one of {', '.join(languages)}", param_hint="--language")
        add_account(mail=mail, name=name, language=language, password=password, by=OPERATOR, now=clock.now())
    click.echo(f"{mail} added" if password_stdin else f"{mail} added, password {password}")


@account.command("list")
def list_() -> None:
    """List the accounts with their seats."""
    from consult.queries.accounts import account_lines

    with application():
        for line in account_lines():
            seats = ", ".join(f"{role} in {slug or 'all'}" for role, slug in line.seats) or "no seat"
            click.echo(f"{line.mail}\t{line.name}\t{'disabled' if line.disabled else seats}")


@account.command()
@click.argument("mail")
@click.argument("role", type=click.Choice([role for role in ROLES if role != "visitor"]))
@click.option("--consultation", metavar="SLUG", help="Only there; without it in all.")
@click.option("--half", metavar="CODE", help="The half or class it is held for, where a body is balanced.")
@click.option("--from", "begins", type=DAY, help="First day, such as 2026-03-01.")
@click.option("--to", "ends", type=DAY, help="Last day.")
@click.option("--end", is_flag=True, help="Take the seat away.")
@refusals_said
def seat(
    mail: str, role: str, consultation: str | None, half: str | None, begins: datetime | None, ends: datetime | None, end: bool
) -> None:
    """Give an account a seat, or take it away. Ends its sign-ins."""
    from consult import clock
    from consult.operations.accounts import seat_account, unseat_account
    from consult.operations.record import OPERATOR

    where = consultation or "all"
    with application():
        if end:
            unseat_account(mail=mail, role=role, consultation=consultation, by=OPERATOR, now=clock.now())
        else:
            seat_account(
                mail=mail,
                role=role,
                consultation=consultation,
                half=half,
                begins=_day(begins),
                ends=_day(ends),
                by=OPERATOR,
                now=clock.now(),
            )
    click.echo(f"{mail} is no longer {role} in {where}" if end else f"{mail} is {role} in {where}")


@account.command()
@click.argument("mail")
@refusals_said
def disable(mail: str) -> None:
    """Shut an account out at once. What it did stays on the record."""
    from consult import clock
    from consult.operations.accounts import disable_account
    from consult.operations.record import OPERATOR

    with application():
        disable_account(mail=mail, by=OPERATOR, now=clock.now())
    click.echo(f"{mail} disabled")


def made_password() -> str:
    """About 99 bits, in four groups."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None
