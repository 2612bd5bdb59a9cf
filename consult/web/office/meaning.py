"""What changes mean: the suggested labels with their signs beside the words, to be confirmed or changed."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.meaning import LABELS
from consult.core.problem import Problem, Refused
from consult.operations.meaning import LONGEST_NOTE, review_meaning
from consult.queries.changes import LinkSeen, change_maps, change_words
from consult.queries.meaning import MeaningSeen, reviews
from consult.queries.standards import VersionSeen, titles_of_standards, version
from consult.web import forms
from consult.web.drawn import Piece, drawn
from consult.web.locale import page_language
from consult.web.office.room import blueprint, by, refusals
from consult.web.permissions import allowed, needs, request_time
from consult.web.rendering import private_page

PURPOSE = "staff.meaning"
ADDRESS = "/office/meaning/<standard>/<version>/<baseline>/"
SHOWN = ("open", "confirmed", "all")


@dataclass(frozen=True, slots=True)
class Item:
    """One change with its redline and what it means; `labels` and `note` as the form shows them."""

    link: LinkSeen
    meaning: MeaningSeen
    piece: Piece | None
    signed: str | None
    labels: tuple[str, ...]
    note: str
    problem: str | None = None
    errors: tuple[tuple[str, str], ...] = ()


@blueprint.get("/office/meaning/")
@needs("read_office")
def meaning_list() -> Response:
    return private_page("office/meaning_list.html", reviews=reviews(), titles=titles_of_standards(page_language()))


@blueprint.get(ADDRESS)
@needs("read_office")
def meaning(standard: str, version: str, baseline: str) -> Response:
    return _page(standard, version, baseline)


@blueprint.post(ADDRESS)
@needs("review_changes")
def confirm_meaning(standard: str, version: str, baseline: str) -> Response:
    signed = forms.signed(PURPOSE)
    if signed is None:
        return _page(standard, version, baseline, Problem("form_not_ours"), 400)
    change = int(signed["change"])
    try:
        review_meaning(
            standard=standard, version=version, baseline=baseline, change=change, seen=int(signed["seen"]),
            labels=request.form.getlist("labels"), note=request.form.get("note", ""), by=by(), now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        problem = refused.problems[0]
        return _page(standard, version, baseline, problem, 409 if problem.code == "stale_meaning" else 422, change)
    here: dict[str, Any] = {
        "standard": standard,
        "version": version,
        "baseline": baseline,
        "show": _asked() if _asked() != "open" else None,
    }
    following = request.form.get("next", "")
    return redirect(url_for("office.meaning", **here, done=change) + (f"#m-{following}" if following.isdigit() else ""), 303)


def _asked() -> str:
    show = request.args.get("show", "open")
    return show if show in SHOWN else "open"


def _page(
    standard: str, name: str, baseline: str, problem: Problem | None = None, status: int = 200, change: int | None = None
) -> Response:
    seen = version(standard, name, page_language()) or abort(404)
    found = change_maps(seen, [baseline]).get(baseline) or abort(404)
    labelled = [link for link in found.links if link.meaning]
    show = _asked()
    wanted = [link for link in labelled if link.id == change or show == "all" or _confirmed(link) == (show == "confirmed")]
    done = next((link for link in labelled if link.id == request.args.get("done", type=int)), None) if status == 200 else None
    return private_page(
        "office/meaning.html",
        status,
        version=seen,
        baseline=baseline,
        items=_items(wanted, seen, problem, change),
        counts={
            "open": sum(not _confirmed(link) for link in labelled), "confirmed": sum(map(_confirmed, labelled)),
            "all": len(labelled),
        },
        by_label=Counter(label for link in labelled if link.meaning for label in link.meaning.labels),
        labels=LABELS,
        show=show,
        done=done,
        errors=refusals([problem]) if problem and change is None else [],
        note_limit=LONGEST_NOTE,
        may=allowed("review_changes"),
    )  # fmt: skip


def _confirmed(link: LinkSeen) -> bool:
    return bool(link.meaning and link.meaning.confirmed)


def _items(links: list[LinkSeen], seen: VersionSeen, problem: Problem | None, change: int | None) -> list[Item]:
    """Of a refused form what was typed stays; of a stale one the labels shown are those that somebody else set."""
    words = change_words([link.id for link in links], seen)
    may = allowed("review_changes")
    items = []
    for link in links:
        said = link.meaning
        assert said
        typed = link.id == change and problem is not None
        labels = tuple(request.form.getlist("labels")) if typed and problem and problem.code != "stale_meaning" else said.labels
        items.append(
            Item(
                link=link,
                meaning=said,
                piece=drawn("inline", words[link.id], words[link.id].text) if link.id in words else None,
                signed=forms.sign(PURPOSE, change=link.id, seen=said.row) if may else None,
                labels=labels,
                note=request.form.get("note", "") if typed else "",
                problem=problem.code if typed and problem else None,
                errors=tuple(refusals([problem])) if typed and problem else (),
            )
        )
    return items
