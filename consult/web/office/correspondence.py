"""The correspondence table of the office: as a file, and a corrected one taken in, with a preview before anything is set."""

from typing import Any

from flask import Response as FlaskResponse
from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.body import Body
from consult.core.correspondence import CorrespondenceRow, differing, read_rows
from consult.core.problem import Problem, Refused
from consult.core.relink import HAND, Pairing, relinked
from consult.exchange.correspondence_table import MEDIA, correspondence_csv, correspondence_xlsx, read_correspondence
from consult.operations.relink import checked_pairing, newest_edit, set_links
from consult.queries.link_table import LinkTable, hopes_of
from consult.web import forms
from consult.web.locale import page_language
from consult.web.office.changes import found_table
from consult.web.office.links import Row, pair_of, rows_of
from consult.web.office.room import blueprint, by, refusals
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page
from consult.wording.correspondence import correspondence_words

PURPOSE = "staff.correspondence"
HERE = "/office/changes/<standard>/<version>/<baseline>/correspondence"


@blueprint.get(f"{HERE}.<any(csv, xlsx):ending>")
@needs("read_office")
def correspondence_file(standard: str, version: str, baseline: str, ending: str) -> Response:
    table = found_table(standard, version, baseline)
    rows = table_rows(table)
    body: Body = current_app.config["BODY"]
    words = correspondence_words(table.new.title or standard, baseline, version, body)
    dated = table.revisions[-1].made_at if table.revisions else request_time()
    data = correspondence_csv(rows) if ending == "csv" else correspondence_xlsx(rows, words, dated=dated)
    response = FlaskResponse(data, content_type=MEDIA[ending])
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{standard}_{baseline}_to_{version}_correspondence_{page_language()}.{ending}"'
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get(HERE)
@needs("review_changes")
def correspondence(standard: str, version: str, baseline: str) -> Response:
    return _page(found_table(standard, version, baseline))


@blueprint.post(HERE)
@needs("review_changes")
def take_in_correspondence(standard: str, version: str, baseline: str) -> Response:
    """Reads a corrected table and shows what it would change; a second form, which carries that, sets it. Nothing is stored by the first."""
    table = found_table(standard, version, baseline)
    signed = forms.signed(PURPOSE)
    if signed is None or signed.get("pair") != [standard, version, baseline]:
        return _page(table, (Problem("form_not_ours"),), 400)
    try:
        if "pairings" in signed:
            pairings = [Pairing(tuple(old), tuple(new), also) for old, new, also in signed["pairings"]]
            set_links(
                pair=pair_of(table), seen_revision=signed["revision"], seen_edit=signed["edit"], pairings=pairings, by=by(), now=request_time()
            )  # fmt: skip
            return redirect(url_for("office.links", standard=standard, version=version, baseline=baseline), 303)
        upload = request.files.get("file")
        data = upload.read() if upload else b""
        if upload is None or not data:
            raise Refused(Problem("file_missing", {"field": "file"}))
        said = read_correspondence(data, upload.filename or "")
        pairs, problems = read_rows(said, {c.number for c in table.old.numbered}, {c.number for c in table.new.numbered})
        if problems:
            return _page(table, tuple(problems), 422)
        wanted = [checked_pairing(table, each) for each in differing(pairs, table.links)]
    except Refused as refused:
        stale = any(problem.code == "link_stale" for problem in refused.problems)
        return _page(table, refused.problems, 409 if stale else 422)
    return _page(table, (), 200, wanted)


def table_rows(table: LinkTable) -> list[CorrespondenceRow]:
    """A row per pair of clauses, in document order."""
    found = []
    for row in rows_of(table):
        for old in row.old or (None,):
            for new in row.new or (None,):
                found.append(
                    CorrespondenceRow(
                        old.label if old else "", old.title if old else "", new.label if new else "", new.title if new else "",
                        row.link.kinds, row.link.score, row.link.reason, row.state == "settled",
                    )
                )  # fmt: skip
    return found


def _page(table: LinkTable, problems: tuple[Problem, ...] = (), status: int = 200, wanted: list[Pairing] | None = None) -> Response:
    pair = [table.standard, table.version, table.baseline]
    carried: dict[str, Any] = {"revision": table.revision, "edit": newest_edit(table)}
    if wanted:
        carried["pairings"] = [[each.old, each.new, each.also] for each in wanted]
    return private_page(
        "office/correspondence.html",
        status,
        table=table,
        problems=refusals(problems),
        wanted=wanted,
        preview=_preview(table, wanted) if wanted else [],
        signed_upload=forms.sign(PURPOSE, pair=pair),
        signed_apply=forms.sign(PURPOSE, pair=pair, **carried),
    )


def _preview(table: LinkTable, wanted: list[Pairing]) -> list[Row]:
    """The links that would be others than now, as they would be."""
    before = {(link.old, link.new) for link in table.links}
    pairings = [*(edit.pairing for edit in table.edits), *wanted]
    links = relinked(table.base, pairings, table.old, table.new, hopes_of(table.alignment))
    return [row for row in rows_of(table, links) if row.sides not in before or (row.link.reason == HAND and table.link(row.sides) is None)]
