"""Reading: consultations, standards, clauses, changes, published comments. A module per kind of page; `room` holds the blueprint."""

from consult.web.reading import (
    attachments,
    changes,
    clause,
    clause_history,
    comments,
    consultations,
    correspondence,
    counting,
    feeds,
    figures,
    files,
    pages,
    removed,
    search,
    standards,
    terms,
    words,
)
from consult.web.reading.room import blueprint

__all__ = [
    "attachments",
    "blueprint",
    "changes",
    "clause",
    "clause_history",
    "comments",
    "consultations",
    "correspondence",
    "counting",
    "feeds",
    "figures",
    "files",
    "pages",
    "removed",
    "search",
    "standards",
    "terms",
    "words",
]
