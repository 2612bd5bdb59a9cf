"""A file as its sender finds it again: its receipt, what was understood of it, and where she says that its rows belong."""

from collections.abc import Mapping

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.problem import Problem, Refused
from consult.jobs.read_files import read_at_once
from consult.operations.basket import resume_code, token_sha256
from consult.operations.place_rows import Decided, decide_rows
from consult.queries.received_files import FileSeen, RowSeen, found_file, gone_rows, rows_of_file, unplaced_rows
from consult.web import baskets
from consult.web.file_rows import AT_A_TIME, after_asked, changes_of, documents_of, said, said_of, shown_place
from consult.web.forms import sign, signed
from consult.web.locale import page_language
from consult.web.mine.blueprint import blueprint
from consult.web.mine.device import asked
from consult.web.offers import offers_for_rows
from consult.web.permissions import needs, request_time
from consult.web.rendering import private_page

HERE = "/my/files/<reference>"
LOOK_AGAIN = "5"
"""Seconds after which the page of a file that is being read is asked for again, without a script."""
OVER = {"confirm_over": 403, "round_cancelled": 403, "file_handed_in": 409, "file_unknown": 404}


@blueprint.get(HERE)
@needs("comment")
def received(reference: str) -> Response:
    """A later copy of what was handed in is read beside it, at its receipt."""
    file = _mine(reference)
    if file and file.submission:
        return redirect(url_for("commenting.compared", reference=file.submission, copy=file.reference), 303)
    return _page(file) if file else asked()


@blueprint.post(HERE)
@needs("comment")
def decide(reference: str) -> Response:
    """Where the rows belong, as ticked and typed; or, of a file that still waits, that it be read now."""
    file, field = _mine(reference), signed("my.file")
    if file is None:
        return asked("no_basket", 400 if field is None else 409)
    if field is None or field["reference"] != file.reference:
        return _page(file, status=400, trouble="not_ours")
    if request.form.get("act") == "read":
        read_at_once(file.reference, 0)
        return redirect(url_for("mine.received", reference=file.reference), 303)
    gone = [int(each) for each in request.form.getlist("gone") if each.isascii() and each.isdigit() and len(each) < 10]
    try:
        done = decide_rows(
            token=baskets.token() or "", reference=file.reference, said=said_of(request.form), gone=gone, language=page_language(),
            now=request_time(),
        )  # fmt: skip
    except Refused as refused:
        return _page(file, status=OVER.get(refused.problems[0].code, 422), trouble=refused.problems[0].code, refusal=refused.problems[0])
    if done.problems:
        return _page(_mine(reference) or file, status=422, done=done)
    left = _mine(reference)
    if left is not None and left.waiting:
        return redirect(url_for("mine.received", reference=reference, done=done.taken + done.changed + done.revised), 303)
    return redirect(url_for("mine.review", round=f"{file.consultation}/{file.number}"), 303)


def _mine(reference: str) -> FileSeen | None:
    """Only whoever holds the basket it lies in finds it."""
    mine, file = baskets.token(), found_file(reference, page_language())
    return file if mine and file and file.token_sha256 == token_sha256(mine) else None


def _page(
    file: FileSeen, *, status: int = 200, trouble: str | None = None, refusal: Problem | None = None, done: Decided | None = None
) -> Response:  # fmt: skip
    after = after_asked()
    rows = rows_of_file(file, page_language(), after=after, most=AT_A_TIME + 1) if file.state == "read" else ()
    more, rows = len(rows) > AT_A_TIME, rows[:AT_A_TIME]
    now = request_time()
    of = next((each for each in baskets.baskets() if each.round_id == file.round_id), None)
    answer = private_page(
        "mine/file.html", status,
        file=file, phase="cancelled" if file.cancelled else file.window.phase(now), over=now >= file.until, trouble=trouble,
        refusal=said(refusal) if refusal else None, problems={row: said(each) for row, each in done.problems.items()} if done else {},
        done=done, again=bool(request.args.get("again")) and status == 200, kept=_number("done") if status == 200 else 0,
        why=[said(each) for each in file.problems], groups=_groups(rows), unplaced=unplaced_rows(file.id), left_names=", ".join(name or "–" for name, _ in file.left),
        offered=offers_for_rows(file, [(each.id, each.row) for each in rows if each.state == "waiting" and each.earlier is None], now),
        gone=gone_rows(file) if not more and not after else (), next_after=rows[-1].place if more else None, after=after,
        documents=documents_of(file, page_language()), place_of=shown_place, changes_of=changes_of, typed=request.form if status == 422 else {},
        code=resume_code(of.seed) if of else None, unsent=len(of.unsent) if of else 0,
        signed=sign("my.file", reference=file.reference),
    )  # fmt: skip
    if file.state == "waiting":
        answer.headers["Refresh"] = LOOK_AGAIN
    return answer


def _groups(rows: tuple[RowSeen, ...]) -> Mapping[str, list[RowSeen]]:
    """In the order of the page: what needs a word first."""
    found: dict[str, list[RowSeen]] = {name: [] for name in ("unplaced", "changed", "placed", "left_out", "taken", "same")}
    for each in rows:
        found[_waits(each) if each.state == "waiting" else each.state].append(each)
    return found


def _waits(row: RowSeen) -> str:
    taken_before = row.earlier is not None and (row.earlier.draft_key or row.earlier.reference)
    return "unplaced" if not row.row.placed else "changed" if taken_before else "placed"


def _number(name: str) -> int:
    given = request.args.get(name, "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
