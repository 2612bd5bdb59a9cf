"""Searching clauses and published comments."""

from collections.abc import Callable
from dataclasses import dataclass, replace
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
    """A result: where it leads, the number and title that head it, and a passage, each as (piece, is a hit)."""

    entry: ClauseFound | CommentFound
    label: tuple[tuple[str, bool], ...]
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
    clauses = _page_at_most(lambda page: clauses_found(wanted, language=language, page=page), asked.page if asked.among == "clauses" else 1)
    comments = _page_at_most(
        lambda page: comments_found(wanted, now=request_time(), page=page), asked.page if asked.among == "comments" else 1
    )
    pages = {"clauses": -(-clauses.total // PAGE), "comments": -(-comments.total // PAGE)}
    asked = replace(asked, page=min(asked.page, max(1, pages[asked.among] if asked.among else 1)))
    titles: dict[str, tuple[str, str]] = {slug: (title, written) for slug, title, written in known}
    return public_page(
        "reading/search.html",
        asked=asked,
        understood=bool(wanted.terms),
        clauses=_shown(clauses if asked.among != "comments" else nothing, wanted),
        comments=_shown(comments if asked.among != "clauses" else nothing, wanted),
        totals={"clauses": clauses.total, "comments": comments.total},
        pages=pages,
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
        q=_whole_words(given.get("q", "")),
        among=among if (among := given.get("in", "")) in ("clauses", "comments") else "",
        standard=standard if (standard := given.get("standard", "").lower()) in standards else "",
        written=written if (written := given.get("written", "")) in request_languages() else "",
        every=given.get("versions") == "all",
        page=min(DEEPEST, max(1, int(page))) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def _whole_words(query: str) -> str:
    """What of a query is read: a word that is cut would find nothing."""
    cut, _, _ = query[: LONGEST + 1].rpartition(" ")
    return query if len(query) <= LONGEST else cut or query[:LONGEST]


def _page_at_most(find: Callable[[int], Found], page: int) -> Found:
    """A page of what was found; the last one where an address asks for a later one."""
    found = find(page)
    return find(-(-found.total // PAGE)) if found.total and not found.entries else found


def _shown(found: Found, wanted: Wanted) -> list[Shown]:
    return [
        Shown(entry, snippet(entry.label, wanted.terms), snippet(entry.title, wanted.terms, 500), snippet(entry.plain, wanted.terms))
        if isinstance(entry, ClauseFound)
        else Shown(entry, (), (), snippet(entry.words, wanted.terms))
        for entry in found.entries
    ]
