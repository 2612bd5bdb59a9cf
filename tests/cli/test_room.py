"""`consult room`: who coordinates a room, and nothing of what is in it."""

from collections.abc import Callable

from consult.cli.application import application
from consult.operations.basket import token_sha256
from consult.operations.organisation_room.found import invite_token
from consult.operations.organisation_room.members import NewMember, join_room, open_room
from consult.queries.organisation_rooms import room_seen
from tests import factories
from tests.cli.conftest import Run
from tests.factories import CONSULTATION, NOW
from tests.support.database import on_sqlite


@on_sqlite
def test_the_secretariat_lists_rooms_and_makes_another_member_the_coordinator(run: Run, stored: Callable[[], dict[str, int]]) -> None:
    assert run("init").exit_code == 0
    with application():
        factories.round_of()
        anna = open_room(
            key="o1", consultation=CONSULTATION, round_number=1, organisation="Association of Foundries", stakeholder_class="associations",
            country="CH", coordinator=NewMember("Anna Keller"), language="en", address=None, now=NOW,
        )  # fmt: skip
        seen = room_seen(token_sha256s=[token_sha256(anna.token)], address=anna.address, language="en")
        assert seen
        join_room(invite=invite_token(seen.invite or ""), key="j1", who=NewMember("Bo Lind"), language="en", tokens=(), now=NOW)
    listed = run("room", "list", f"{CONSULTATION}/1").stdout
    assert listed == f"{anna.address}\tAssociation of Foundries\n\t1\tAnna Keller\tcoordinator\n\t2\tBo Lind\tmember\n"
    assert run("room", "coordinator", anna.address, "2").stdout == f"{anna.address} is coordinated by 2\n"
    assert run("room", "list", f"{CONSULTATION}/1").stdout.splitlines()[1] == "\t2\tBo Lind\tcoordinator"
    gone = run("room", "coordinator", "nowhere", "2")
    assert (gone.exit_code, "There is no room of this address." in gone.stderr) == (1, True)
    assert stored()["event"] == 1
