"""Working together on one submission: an organisation's room, its people, its comments, the forms of its members, its one submission."""

from consult.web.working_together import again, comment, entering, forms, people, review, room
from consult.web.working_together.blueprint import blueprint

__all__ = ["again", "blueprint", "comment", "entering", "forms", "people", "review", "room"]
