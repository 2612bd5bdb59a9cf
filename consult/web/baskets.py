"""The basket of this browser: its cookie, what waits in it, and keeping what a form says. Only pages that are never stored ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, g, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from consult.core.basket import draft_from
from consult.core.limits import from_outside
from consult.core.problem import Problem, Refused
from consult.core.submission import CommentTarget
from consult.operations.basket import Kept, keep_comment, token_sha256
from consult.queries import baskets as stored
from consult.queries.baskets import BasketSeen, DraftSeen, Unsent
from consult.queries.late_links import late_until as _late_until
from consult.queries.questions import QuestionSeen, answers_in_words
from consult.queries.received_files import FileSeen, Origin, drafts_in_time, files_of_basket, origins
from consult.queries.texts import Wording
from consult.queries.waiting_rows import WaitingFile, waiting_files
from consult.web.locale import page_language
from consult.web.permissions import request_time

COOKIE = "consult_basket"
SECURE_COOKIE = "__Host-consult_basket"
LASTS = timedelta(days=180)
"""Longer than any window, so that a basket outlives the round it was made for."""
STATUS = {"stale_draft": 409, "other_content": 409, "basket_full": 409, "too_many_attempts": 429, "control_character": 422}
OF_THE_WINDOW = ("window_closed", "window_coming", "round_cancelled")


def token() -> str | None:
    """Of this browser's basket. Reading it makes the answer private."""
    g.basket_read = True
    return request.cookies.get(_cookie())


def own_sha256() -> str | None:
    """What the database knows this browser's basket by."""
    mine = token()
    return token_sha256(mine) if mine else None


def late_until(round_id: int) -> datetime | None:
    """Until when this browser may still hand in to a round that has closed, through a personal link; None where it may not."""
    mine = token()
    return _late_until(token_sha256=token_sha256(mine), round_id=round_id, now=request_time()) if mine else None


def phase_of(of: BasketSeen) -> str:
    """cancelled, coming, closed, open; open too where a late link lets this browser in."""
    if of.cancelled:
        return "cancelled"
    phase = of.window.phase(request_time())
    return "open" if phase == "closed" and late_until(of.round_id) else phase


def in_time(of: BasketSeen) -> frozenset[str]:
    """Keys of the drafts that may be submitted though the window is closed: they came with a file in time. Empty while it is open."""
    if of.cancelled or of.window.phase(request_time()) != "closed":
        return frozenset()
    return drafts_in_time(of, request_time())


def only_in_time(of: BasketSeen) -> BasketSeen:
    """The basket as it can be submitted after closing: only what came with a file in time; as it is where nothing did."""
    keys = in_time(of) if phase_of(of) == "closed" else frozenset()
    return replace(of, drafts=tuple(each for each in of.drafts if each.key in keys)) if keys else of


def files() -> tuple[FileSeen, ...]:
    """What this browser sent, the newest first."""
    mine = own_sha256()
    return files_of_basket(token_sha256=mine, language=page_language()) if mine else ()


def file_origins() -> Mapping[str, Origin]:
    """Key of a draft -> the file it came with."""
    mine = own_sha256()
    return origins(token_sha256=mine) if mine else {}


def hasty(opened: datetime | None) -> bool:
    """Whether a form comes back over the network faster than people read it: it is asked once more, with one button."""
    least = timedelta(seconds=current_app.config["SETTINGS"].least_seconds)
    return opened is not None and from_outside(request.remote_addr) and request_time() - opened < least


def has_basket() -> bool:
    mine = token()
    return mine is not None and stored.has_basket(token_sha256=token_sha256(mine))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person: drafts to be submitted, and files with rows to be confirmed."""

    drafts: Unsent | None
    files: tuple[WaitingFile, ...]

    @property
    def count(self) -> int:
        return (self.drafts.count + self.drafts.answers if self.drafts else 0) + sum(each.rows for each in self.files)


def waiting() -> Waiting | None:
    """What waits in rounds that take it in still; None for nothing. Two statements."""
    mine = own_sha256()
    if mine is None:
        return None
    now = request_time()
    found = Waiting(stored.unsent(token_sha256=mine, now=now), waiting_files(token_sha256=mine, now=now))
    return found if found.count else None


def baskets() -> tuple[BasketSeen, ...]:
    mine = token()
    return stored.baskets_of(token_sha256=token_sha256(mine), language=page_language()) if mine else ()


def answers_in(of: BasketSeen) -> tuple[tuple[QuestionSeen, tuple[Wording, ...]], ...]:
    """What waits there besides comments: questions of the round, and what was answered, in words."""
    return answers_in_words(token_sha256=own_sha256() or "", round_id=of.round_id, language=page_language())


def draft_with(key: str) -> DraftSeen | None:
    return next((each for basket in baskets() for each in basket.drafts if each.key == key), None)


def give(response: Response, mine: str) -> Response:
    """Sets the cookie; only answers to a POST that started or resumed a basket do."""
    response.set_cookie(
        _cookie(), mine, max_age=LASTS, path="/", httponly=True, samesite="Lax", secure=current_app.config["SETTINGS"].secure_cookies
    )
    return response


def forget(response: Response) -> Response:
    response.delete_cookie(_cookie(), path="/", httponly=True, samesite="Lax", secure=current_app.config["SETTINGS"].secure_cookies)
    return response


def keep(
    consultation: str,
    round_number: int,
    target: CommentTarget,
    field: Mapping[str, Any],
    fields: Mapping[str, str],
    opened: datetime | None,
) -> Kept:
    """Stores what a form says as a draft. Raises Refused as `keep_comment` does."""
    return keep_comment(
        token=token(), consultation=consultation, round_number=round_number, language=page_language(), key=field["key"], target=target,
        draft=draft_from(fields, target.kind), seen=shown_revision(fields), opened_at=opened, address=request.remote_addr, now=request_time(),
    )  # fmt: skip


def shown_revision(fields: Mapping[str, str]) -> int:
    """The revision of a draft that a form showed; 0 where it was none yet."""
    given = fields.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0


def kept_answer(kept: Kept) -> Response:
    """To a script what is stored now; to everybody else the basket."""
    response: Response = jsonify(revision=kept.revision, key=kept.key) if wants_json() else redirect(url_for("mine.basket"), 303)
    return give(response, kept.token) if kept.started else response


def refused_answer(refused: Refused) -> Response:
    """To a script that saves while somebody types: the code, which it has sentences for."""
    problem: Problem = refused.problems[0]
    status = 403 if problem.code in OF_THE_WINDOW else STATUS.get(problem.code, 400)
    response = jsonify(trouble=problem.code)
    response.status_code = status
    return response


def wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _cookie() -> str:
    return SECURE_COOKIE if current_app.config["SETTINGS"].secure_cookies else COOKIE
