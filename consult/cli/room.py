"""`consult room`: for the secretariat, where the coordinator of an organisation's room cannot be reached. What is in a room is never shown."""

import click

from consult.cli.application import application, refusals_said


@click.group(short_help="Rooms of organisations.")
def room() -> None:
    """Rooms of organisations: who coordinates them."""


@room.command("list", short_help="List the rooms of a round with their people.")
@click.argument("round_", metavar="ROUND")
def list_(round_: str) -> None:
    """List the rooms of ROUND, such as performance-standard-v3/2, with the people in them."""
    from consult.queries.room_lists import room_lines

    consultation, _, number = round_.rpartition("/")
    if not consultation or not number.isascii() or not number.isdigit():
        raise click.BadParameter("a consultation and the number of a round, such as performance-standard-v3/2", param_hint="ROUND")
    with application():
        for line in room_lines(consultation=consultation, number=int(number)):
            click.echo(f"{line.address}\t{line.organisation}")
            for member in line.members:
                click.echo(f"\t{member.id}\t{member.name}\t{member.role}")


@room.command(short_help="Make another member the coordinator of a room.")
@click.argument("room_", metavar="ROOM")
@click.argument("member", type=int)
@refusals_said
def coordinator(room_: str, member: int) -> None:
    """Make MEMBER (its number in the list) the coordinator of ROOM. Both are told by mail; the act stands on the record."""
    from consult import clock
    from consult.operations.organisation_room.members import replace_coordinator
    from consult.operations.record import OPERATOR

    with application():
        replace_coordinator(address=room_, member=member, by=OPERATOR, now=clock.now())
    click.echo(f"{room_} is coordinated by {member}")
