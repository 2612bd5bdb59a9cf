"""A clause that a draft removed: its old text stays readable, and open for comments."""

from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from consult.core.tally import Tally
from consult.queries.changes import change_maps, change_words
from consult.queries.comments import published_comments, tallies
from consult.queries.counts import counts_of_comments, counts_on_clause
from consult.queries.standards import clauses
from consult.queries.texts import staff_texts
from consult.web.drawn import drawn, plain
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.reading.clause import ROUND, SHOWN_COMMENTS
from consult.web.reading.found import (
    found_clause,
    found_consultation,
    found_document,
    found_round,
    found_version,
    missing_baseline,
    title_of,
)
from consult.web.reading.room import blueprint
from consult.web.rendering import public_page


@blueprint.get(f"{ROUND}/removed/<standard>/<baseline>/<number>")
@needs("read")
def removed(consultation: str, number_of_round: int, standard: str, baseline: str, number: str) -> Response:
    project = found_consultation(consultation)
    round = found_round(project, number_of_round)
    document = found_document(project, round, standard)
    maps = change_maps(document.version, [baseline])
    if baseline not in maps:
        missing_baseline(document.version, baseline)
    before = found_version(standard, baseline)
    found = found_clause(before, clauses(before), number)
    links = maps[baseline].of_old(number)
    here: dict[str, Any] = {"consultation": consultation, "number_of_round": number_of_round, "standard": standard}
    gone = any({"removed", "merged"} & set(link.kinds) for link in links)  # merged away: its number has no clause of its own any more
    if not gone and (successors := [clause for link in links for clause in link.new]):
        return redirect(url_for("reading.clause", **here, number=successors[0].number), 302)
    words = change_words([link.id for link in links], document.version)
    now = request_time()
    page = published_comments(round_id=round.id, clause_id=found.id, limit=SHOWN_COMMENTS, now=now)
    return public_page(
        "reading/removed.html",
        consultation=project,
        round=round,
        document=document,
        baseline=before,
        title=title_of(before),
        clause=found,
        links=links,
        piece=plain(found) if gone else None,
        pieces=[(link, drawn("inline", words[link.id], words[link.id].text)) for link in links if link.id in words],
        reason=staff_texts([("clause", found.id)], page_language()).get(("clause", found.id, "reason")),
        comments=page.rows,
        endorsed=counts_of_comments(round_id=round.id, references=[each.reference for each in page.rows], viewer="public", now=now),
        counts=counts_on_clause(round_id=round.id, clause_id=found.id, viewer="public", now=now),
        more=page.next_after is not None,
        tally=tallies(round_id=round.id, viewer="public", now=now).get(found.id, Tally()),
        addresses={"clause": url_for("commenting.on_removed", **here, baseline=baseline, number=number), "new": ""},
    )
