"""Mails from the outbox to the mail server. What a mail says is built when it leaves, from the rows its payload names: no text and no
address lies in the outbox.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app

from consult import clock
from consult.config import Settings
from consult.core.confirmation import NOT_NEEDED, link_token, typed_code
from consult.core.notice import CorrectedForAuthor
from consult.core.receipt import ReceiptSeen
from consult.core.reference import code_sha256
from consult.jobs.endorsed import build_comment_gone
from consult.jobs.read_files import build_received
from consult.jobs.reminders import build_reminder
from consult.jobs.replies import build_reply
from consult.jobs.responses import build_responses
from consult.jobs.rooms import build_room_again, build_room_extended, build_room_mail
from consult.jobs.subscriptions import build_confirmation, build_news
from consult.mail.correction import correction_mail
from consult.mail.message import Mail
from consult.mail.receipt import Page, ToConfirm, disowned_mail, receipt_mail
from consult.mail.smtp import Connection, Undelivered
from consult.operations.outbox import Claimed, claim, fail, finish
from consult.operations.submit import secret_of
from consult.queries.corrections import correction_notice
from consult.queries.receipts import confirmation_key, receipt_seen

_log = logging.getLogger(__name__)
Build = Callable[[Mapping[str, Any]], Mail | None]


def deliver_mails() -> int:
    """One round over what is due: how many rows were tried. Without a mail server nothing is claimed: mails wait in the outbox."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.smtp_url:
        return 0
    sender = settings.mail_from or current_app.config["BODY"].contact
    claimed = claim(kind="mail", now=clock.now())
    if not claimed:
        return 0
    try:
        with Connection(settings.smtp_url, sender) as connection:
            for row in claimed:
                _deliver(row, connection)
    except Undelivered as unreached:  # only where the connection could not be made: no row was tried
        _log.warning("mail: %s", unreached.code)
        for row in claimed:
            fail(claimed=row, error=unreached.code, now=clock.now())
    return len(claimed)


def _deliver(row: Claimed, connection: Connection) -> None:
    try:
        mail = BUILDERS[row.payload["template"]](row.payload)
        if mail is None:  # an address that is gone, or a matter that is settled
            fail(claimed=row, error=NOT_NEEDED, now=clock.now(), for_good=True)
            return
        connection.send(mail, message_id=message_id(row, connection.sender), now=clock.now())
    except Undelivered as refused:
        _log.warning("mail %s: %s", row.id, refused.code)
        fail(claimed=row, error=refused.code, now=clock.now(), for_good=refused.for_good)
    except Exception as error:  # a fault of ours must not stop the mails behind it
        _log.exception("mail %s cannot be built", row.id)
        fail(claimed=row, error=f"fault: {type(error).__name__}", now=clock.now())
    else:
        finish(claimed=row, now=clock.now())


def message_id(row: Claimed, sender: str) -> str:
    """The same for every try of a row: a mail that arrives twice is recognised as one."""
    return f"<consult.{row.id}.{int(row.created_at.timestamp())}@{sender.rpartition('@')[2] or 'localhost'}>"


def _receipt(payload: Mapping[str, Any]) -> Mail | None:
    """Built in the language of the pages it was written on; the secret code is made again and left out where the key has changed since."""
    found = receipt_seen(language="", submission=int(payload["submission"]))
    if found is None:
        return None
    seen = receipt_seen(language=found.language, submission=found.id)
    assert seen
    code = secret_of(seen.key, seen.reference, seen.turn)
    secret = code if code_sha256(code) == seen.secret_sha256 else None
    page = _page("commenting.receipt", seen.language, reference=seen.reference)
    return receipt_mail(seen, secret=secret, page=page, confirm=_to_confirm(seen))


def _to_confirm(seen: ReceiptSeen) -> ToConfirm | None:
    """Link and code, as long as there is something to confirm."""
    key = confirmation_key(seen.id)
    if key is None or seen.expires is None or seen.confirmation != "unconfirmed":
        return None
    secret = current_app.config["SETTINGS"].secret_key
    link = _page("commenting.confirm", seen.language, token=link_token(secret, key))
    return ToConfirm(typed_code(secret, key), link.address, _page("commenting.confirm", seen.language), seen.expires)


def _disowned(payload: Mapping[str, Any]) -> Mail | None:
    found = receipt_seen(language="", submission=int(payload["submission"]))
    return disowned_mail(found) if found else None


def _page(page: str, language: str, **place: str) -> Page:
    """Where a page is found, with its whole address where the installation was told its own."""
    public: str = current_app.config["SETTINGS"].public_address
    path = current_app.url_map.bind("").build(page, {"language": language, **place})
    return Page(path.partition("?")[0], f"{public.rstrip('/')}{path}" if public else None)


def _correction(payload: Mapping[str, Any]) -> Mail | None:
    notice = correction_notice(int(payload["correction"]), int(payload["submission"]))
    return correction_mail(notice, address=_clause_address) if notice else None


def _clause_address(clause: CorrectedForAuthor, language: str) -> str | None:
    """The clause in its round, in the corrected language where there are pages in it."""
    settings: Settings = current_app.config["SETTINGS"]
    place = {"consultation": clause.consultation, "number_of_round": clause.round, "standard": clause.standard, "number": clause.number}
    pages = language if language in settings.languages else settings.languages[0]
    path = current_app.url_map.bind("").build("reading.clause", {"language": pages, **place})
    return f"{settings.public_address.rstrip('/')}{path}" if settings.public_address else None


BUILDERS: dict[str, Build] = {
    "receipt": _receipt,
    "file_received": build_received,
    "disowned": _disowned,
    "endorsed_comment_gone": build_comment_gone,
    "correction": _correction,
    "reply": build_reply,
    "responses": build_responses,
    "subscription_confirm": build_confirmation,
    "subscription_news": build_news,
    "reminder": build_reminder,
    "room_link": build_room_mail,
    "room_again": build_room_again,
    "room_role_asked": build_room_mail,
    "room_role": build_room_mail,
    "room_extended": build_room_extended,
}
"""Template of a mail's payload -> what builds it."""
