"""Reading: consultations, standards, clauses, changes, published comments. A module per kind of page; `room` holds the blueprint."""

from consult.web.reading import changes, clause, comments, consultations, removed, standards, words
from consult.web.reading.room import blueprint

__all__ = ["blueprint", "changes", "clause", "comments", "consultations", "removed", "standards", "words"]
