"""The editor's table of links between two versions: the list sorted by doubt, one link with its words, and what is done to it."""

from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.problem import Problem, Refused
from consult.core.relink import Pairing
from consult.operations.relink import (
    Pair,
    checked_pairing,
    confirm_links,
    newest_edit,
    publish_links,
    set_link,
    undo_link,
)
from consult.queries.link_table import Key, LinkTable, link_table
from consult.queries.office_drafts import drafts
from consult.queries.office_pairs import pairs
from consult.queries.standards import titles_of_standards
from consult.web import forms
from consult.web.locale import page_language
from consult.web.office.links import (
    ORDERS,
    SHOWN,
    Row,
    asked_pairing,
    choices,
    counted,
    key_from,
    key_text,
    of_state,
    ordered,
    pair_of,
    proposal,
    row_with,
    rows_of,
    words_of,
)
from consult.web.office.room import blueprint, by, refusals
from consult.web.permissions import allowed, needs, request_time
from consult.web.rendering import private_page

PURPOSE = "staff.links"
NEAR = 7
"""Links listed before and after the open one."""


@blueprint.get("/office/changes/")
@needs("read_office")
def link_tables() -> Response:
    return private_page(
        "office/link_tables.html",
        pairs=pairs(),
        drafts=[each for each in drafts() if not each.published],
        titles=titles_of_standards(page_language()),
    )


@blueprint.get("/office/changes/<standard>/<version>/<baseline>/")
@needs("read_office")
def links(standard: str, version: str, baseline: str) -> Response:
    return _page(found_table(standard, version, baseline))


@blueprint.post("/office/changes/<standard>/<version>/<baseline>/")
@needs("review_changes")
def change_links(standard: str, version: str, baseline: str) -> Response:
    """One act on one link, on the ticked ones, or on the whole table (publish). Afterwards the next link of the list is open."""
    signed = forms.signed(PURPOSE)
    pair = Pair(standard, version, baseline)
    if signed is None or signed.get("pair") != [standard, version, baseline]:
        return _page(found_table(standard, version, baseline), (Problem("form_not_ours"),), 400)
    act = request.form.get("act", "")
    seen = _key(signed.get("seen"))
    done: dict[str, Any] = {}
    try:
        if act == "publish":
            revision = publish_links(
                pair=pair, seen_revision=signed["revision"], seen_edit=signed["edit"], by=by(), now=request_time()
            )  # fmt: skip
            return redirect(_here(pair, link=None, published=revision), 303)
        if act == "confirm_ticked":
            ticked = [key for text in request.form.getlist("tick") if (key := key_from(text))]
            if not ticked:
                raise Refused(Problem("none_ticked_links"))
            count = confirm_links(pair=pair, seen=ticked, confirmed=True, by=by(), now=request_time())
            return redirect(_here(pair, link=None, confirmed=count), 303)
        if seen is None:
            abort(400)
        if act in ("confirm", "unconfirm"):
            confirm_links(pair=pair, seen=[seen], confirmed=act == "confirm", by=by(), now=request_time())
            done = {"said": key_text(seen)} if act == "confirm" else {}
        elif act == "undo":
            undo_link(pair=pair, edit=signed["undo"], by=by(), now=request_time())
            return redirect(_here(pair, link=key_text(seen), undone=1), 303)
        elif wanted := _wanted(act, signed, seen):
            edit = set_link(pair=pair, seen=seen, pairing=wanted, by=by(), now=request_time())
            done = {"did": edit} if edit else {}
        else:
            abort(400)
    except Refused as refused:
        stale = any(problem.code == "link_stale" for problem in refused.problems)
        return _page(found_table(standard, version, baseline), refused.problems, 409 if stale else 422, seen)
    return redirect(_here(pair, link=signed.get("next") if act != "unconfirm" else key_text(seen), **done), 303)


def _wanted(act: str, signed: Any, seen: Key) -> Pairing | None:
    if act == "set":
        old, new = _key(signed.get("pairing")) or ((), ())
        return Pairing(old, new, request.form.get("also") == "1")
    return {"new": Pairing((), seen[1]), "removed": Pairing(seen[0], ())}.get(act)


def _key(stored: Any) -> Key | None:
    return (tuple(stored[0]), tuple(stored[1])) if isinstance(stored, list) and len(stored) == 2 else None


def found_table(standard: str, version: str, baseline: str) -> LinkTable:
    return link_table(standard, version, baseline) or abort(404)


def _filters() -> dict[str, str]:
    show, order = request.args.get("show", "all"), request.args.get("order", "doubt")
    return {"show": show if show in SHOWN else "all", "order": order if order in ORDERS else "doubt"}


def _here(pair: Pair, **more: Any) -> str:
    kept = {name: value for name, value in (_filters() | more).items() if value is not None and (name, value) not in _USUAL}
    return url_for("office.links", standard=pair.standard, version=pair.version, baseline=pair.baseline, **kept)


_USUAL = {("show", "all"), ("order", "doubt")}


def _page(table: LinkTable, problems: tuple[Problem, ...] = (), status: int = 200, seen: Key | None = None) -> Response:
    rows = rows_of(table)
    filters = _filters()
    listed = of_state(ordered(rows, filters["order"]), filters["show"])
    asked = seen or key_from(request.args.get("link", ""))
    pair = pair_of(table)
    shared: dict[str, Any] = {
        "table": table,
        "counts": counted(rows),
        "filters": filters,
        "address": lambda **changed: _here(pair, **changed),
        "refusals": refusals(problems),
        "stale": any(problem.code == "link_stale" for problem in problems),
        "may": allowed("review_changes"),
        "signed_for": lambda **content: forms.sign(PURPOSE, pair=[pair.standard, pair.version, pair.baseline], **content),
        "newest_edit": newest_edit(table),
        "done": _done(table),
        "post_address": request.full_path.rstrip("?"),
    }
    row = row_with(rows, asked) if asked else None
    if row is None:
        return private_page("office/links.html", status, rows=listed, **shared)
    return private_page("office/link.html", status, **_of_row(table, row, listed), **shared)


def _done(table: LinkTable) -> dict[str, Any]:
    """What the address says was just done, told from the record."""
    did, said = request.args.get("did", ""), key_from(request.args.get("said", ""))
    return {
        "edit": next((edit for edit in table.edits if str(edit.id) == did), None),
        "confirmed": said if said in table.confirmed else None,
        "undone": "undone" in request.args,
        "count": request.args.get("confirmed", type=int),
        "published": next((each for each in table.revisions if str(each.revision) == request.args.get("published")), None),
    }


def _of_row(table: LinkTable, row: Row, listed: list[Row]) -> dict[str, Any]:
    at = next((n for n, each in enumerate(listed) if each.key == row.key), None)
    before, after = (listed[max(0, at - NEAR) : at], listed[at + 1 : at + 1 + NEAR]) if at is not None else ([], listed[:NEAR])
    pairing, made = asked_pairing(row), None
    wrong: tuple[Problem, ...] = ()
    if pairing is not None:
        try:
            pairing = checked_pairing(table, pairing)
            made = proposal(table, row, pairing) if (pairing.old, pairing.new) != row.sides or pairing.also else None
        except Refused as refused:
            wrong = refused.problems
    title, piece = words_of(table, row.link)
    return {
        "row": row, "before": before, "behind": after, "title_piece": title, "piece": piece, "choices": choices(table, row),
        "proposal": made, "wrong": [(_field_typed(name), words) for name, words in refusals(wrong)], "typed": request.args, "place": (at + 1 if at is not None else None, len(listed)),
    }  # fmt: skip


def _field_typed(side: str) -> str:
    """The field a number of this side was typed into."""
    return next((name for name in (f"add_{side}", f"only_{side}") if request.args.get(name)), side)
