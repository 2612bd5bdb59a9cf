"""Searching clauses and published comments."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from werkzeug.wrappers import Response

from consult.core.search import snippet, terms
from consult.queries.search import PAGE, ClauseFound, CommentFound, Found, Wanted, clauses_found, comments_found
from consult.queries.standards import versions
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.reading.room import blueprint
from consult.web.rendering import public_page
from consult.wording.dates import language_text

LONGEST = 200
"""Characters of a query that are read."""
DEEPEST = 500
"""The last page that is asked for: who looks further narrows the search."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The query as typed and its filters, as they stand in the address."""

    q: str
    among: str
    standard: str
    written: str
    every: bool
    page: int

    def address(self, **other: Any) -> str:
        asked = {
            "q": self.q, "in": self.among, "standard": self.standard, "written": self.written, "versions": "all" if self.every else "",
        } | other  # fmt: skip
        return url_for("reading.search", **{name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class Shown:
    """A result: where it leads, what heads it, and a passage as (piece, is a hit)."""

    entry: ClauseFound | CommentFound
    title: tuple[tuple[str, bool], ...]
    passage: tuple[tuple[str, bool], ...]


@blueprint.get("/search")
@needs("read")
def search() -> Response:
    language = page_language()
    known = sorted({(each.standard, each.title, each.language) for each in versions(language)})
    asked = _asked([slug for slug, _, _ in known])
    wanted = Wanted(
        terms(asked.q), asked.q.strip().lower().replace(" ", "-"), asked.standard or None, asked.written or None, newest=not asked.every
    )
    nothing = Found((), 0)
    clauses = clauses_found(wanted, language=language, page=asked.page if asked.among == "clauses" else 1)
    comments = comments_found(wanted, now=request_time(), page=asked.page if asked.among == "comments" else 1)
    titles: dict[str, tuple[str, str]] = {slug: (title, written) for slug, title, written in known}
    return public_page(
        "reading/search.html",
        asked=asked,
        understood=bool(wanted.terms),
        clauses=_shown(clauses if asked.among != "comments" else nothing, wanted),
        comments=_shown(comments if asked.among != "clauses" else nothing, wanted),
        totals={"clauses": clauses.total, "comments": comments.total},
        pages={"clauses": -(-clauses.total // PAGE), "comments": -(-comments.total // PAGE)},
        standards=[(slug, title) for slug, (title, _) in titles.items()],
        titles=titles,
        tongues=[(code, language_text(code, language)) for code in request_languages()],
    )


def request_languages() -> tuple[str, ...]:
    languages: tuple[str, ...] = current_app.config["SETTINGS"].languages
    return languages


def _asked(standards: list[str]) -> Asked:
    given = request.args
    page = given.get("page", "1")
    return Asked(
        q=given.get("q", "")[:LONGEST],
        among=among if (among := given.get("in", "")) in ("clauses", "comments") else "",
        standard=standard if (standard := given.get("standard", "").lower()) in standards else "",
        written=written if (written := given.get("written", "")) in request_languages() else "",
        every=given.get("versions") == "all",
        page=min(DEEPEST, max(1, int(page))) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def _shown(found: Found, wanted: Wanted) -> list[Shown]:
    return [
        Shown(entry, snippet(entry.title, wanted.terms, 500), snippet(entry.plain, wanted.terms))
        if isinstance(entry, ClauseFound)
        else Shown(entry, (), snippet(entry.words, wanted.terms))
        for entry in found.entries
    ]
