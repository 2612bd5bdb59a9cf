"""The committee: a table over all clauses of a round, and a room per clause with all that was said on it."""

from consult.web.committee import attachments, clause, grid, places, questions
from consult.web.committee.room import blueprint

__all__ = ["attachments", "blueprint", "clause", "grid", "places", "questions"]
