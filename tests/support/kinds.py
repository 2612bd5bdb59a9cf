"""One page of each kind and state, by name: what the gallery takes pictures of and what axe looks at. A new page has its line here."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from playwright.sync_api import Page

from tests.support.demo import COMING, CONSULTATION, OTHER, ROUND_1, ROUND_2
from tests.support.demo_pages import CLAUSES, DRAFT, LINKS, MEANING, PARITY, QUEUE, ROOM, STANDARD

V3 = f"{STANDARD}/v3-draft-2"
DECIDED = ROOM.replace("/2", "/1")
GUIDANCE = "standards/performance-standard-guidance/v3-draft-1"
_SITES = count(2)
"""No two comments say the same: the second would be asked about."""
SEND = ".words-form button[type=submit]:not([name])"


@dataclass(frozen=True)
class Kind:
    """`address` follows the language; `{state}` in it is the reference of a comment in that state. `act`: what is done on the page first."""

    address: str
    who: str = "visitor"
    act: Callable[[Page], None] | None = None
    status: int = 200


def _sent_empty(page: Page) -> None:
    page.locator(f"{SEND}, main form[method=post]:not(.words-form) button[type=submit]").last.click()


def _later_copy(page: Page) -> None:
    """A comment that was handed in, and a form that says it otherwise, with a new row and one that stands nowhere."""
    _from_receipt("/copy?")(page)
    changed = f"Clause,Comment,Proposed change,Reasons\n5.3,Six months are too short where {next(_SITES)} sites measure twice.,,\n"
    data = (changed + FILLED.partition("\n")[2]).encode()
    page.set_input_files("#file", {"name": "form-2.csv", "mimeType": "application/octet-stream", "buffer": data})
    page.locator("form:has(#file) button[type=submit]").click()
    page.wait_for_url("**/copy/F-*")


def _decided_empty(page: Page) -> None:
    page.locator("#decide button[type=submit]").click()


def _late_link_sent_empty(page: Page) -> None:
    page.locator("main form.stack button[type=submit]").click()


def _sent(page: Page) -> None:
    """A comment that says something, so that its receipt is shown."""
    for field in ("text", "proposed_text"):
        if page.locator(f"[name={field}]").count():
            page.fill(f"[name={field}]", f"Six months are short where {next(_SITES)} sites measure twice a year.")
    page.check("[name=position][value=support_with_changes]")
    page.check("[name=capacity][value=individual]")
    page.select_option("[name=stakeholder_class]", index=1)
    page.select_option("[name=country]", "NO")
    page.check("[name=choice][value=named]")
    page.fill("[name=name]", "Ingrid Solheim")
    page.check("[name=consent]")
    page.locator(SEND).click()
    page.wait_for_url("**/receipt/**")


def _answered(page: Page) -> None:
    """Answers without a comment, so that their receipt is shown."""
    page.check("[name=answer-interim-targets][value='4']")
    page.fill("[name=answer-first-help]", f"A template of a plan for {next(_SITES)} sites.")
    page.check("[name=capacity][value=individual]")
    page.select_option("[name=stakeholder_class]", index=1)
    page.select_option("[name=country]", "NO")
    page.check("[name=choice][value=class]")
    page.check("[name=consent]")
    page.locator(SEND).click()
    page.wait_for_url("**/receipt/**")


def _from_receipt(link: str) -> Callable[[Page], None]:
    """A page that a receipt leads to."""

    def act(page: Page) -> None:
        _sent(page)
        page.locator(f"main a[href*='{link}']").first.click()
        page.wait_for_url(f"**{link}*")

    return act


def _not_me(page: Page) -> None:
    page.locator("button[value=not_me]").click()


def _kept(page: Page) -> None:
    """One comment in the basket, where reminders are offered."""
    page.fill("[name=text]", f"Kept until we have asked {next(_SITES)} colleagues.")
    page.click("#keep")
    page.wait_for_url("**/my/comments")


def _entered_late(page: Page) -> None:
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/my/late/places**")


def _forged(page: Page) -> None:
    """The form's own field has been damaged on its way: the answer keeps what was typed."""
    page.evaluate("document.querySelectorAll('[name=signed]').forEach(field => { field.value = 'damaged' })")
    page.fill("[name=text]", "Typed before the field was damaged.")
    page.locator(SEND).click()


def _wrong_password(page: Page) -> None:
    page.fill("#mail", "nobody@example.org")
    page.fill("#password", "not the password")
    page.locator("main button[type=submit]").click()


def _typed_signed_out(page: Page) -> None:
    """A form of staff, sent when nobody is signed in any more."""
    page.evaluate(
        """address => {
          const form = Object.assign(document.createElement('form'), { method: 'post', action: address });
          form.append(Object.assign(document.createElement('textarea'), { name: 'note', value: 'A long reason.' }));
          document.body.append(form); form.submit();
        }""",
        re.sub(r"sign-in.*", f"{QUEUE}/", page.url),
    )
    page.locator("[role=alert]").wait_for()


def _without_reason(page: Page) -> None:
    page.locator(".withhold summary").click()
    page.click("button[value=withheld]")


def _help_with_keys(page: Page) -> None:
    page.locator("body[data-keys]").wait_for()
    page.keyboard.press("?")


def _inside(further: str = "") -> Callable[[Page], None]:
    """Into an organisation's room by the link of a member, and on to a page of it."""

    def act(page: Page) -> None:
        page.locator("main form[method=post] button[type=submit]").click()
        page.wait_for_url(re.compile(r"/my/room/[0-9a-f]{16}$"))
        if further:
            page.goto(page.url + further)

    return act


def _for_a_group(page: Page) -> None:
    """Read through by somebody who brings the input of a group."""
    _kept(page)
    page.goto(re.sub(r"(/[a-z]{2}/).*", r"\1my/review", page.url))
    page.check("[name=capacity][value=facilitator]")


def _all_open(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")


FILLED = (
    "Clause,Comment,Proposed change,Reasons\n5.2,Six months are short.,every second year,We measure twice a year.\n77.7,This stands nowhere.,,\n"
    "5.3 and 5.4,Said of both.,,\n"
)
"""A form as somebody filled it in: one row without a place, one with a doubt."""


def _file_sent(name: str = "form.csv", data: bytes = FILLED.encode()) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.set_input_files("#file", {"name": name, "mimeType": "application/octet-stream", "buffer": data + str(next(_SITES)).encode()})
        page.locator("form:has(#file) button[type=submit]").click()
        page.wait_for_url("**/files/F-*")

    return act


PUBLIC_KINDS = {
    "home": Kind(""),
    "standards": Kind("standards/"),
    "reader": Kind(f"{V3}/"),
    "reader-adopted": Kind(f"{STANDARD}/v2/"),
    "reader-activities": Kind(f"{V3}/?activities=mine,smelter"),
    "reader-guidance": Kind(f"{GUIDANCE}/"),
    "clause-of-version": Kind(f"{V3}/5.3"),
    "clause-history": Kind(f"{V3}/5.3/history"),
    "changes": Kind(f"{V3}/changes?from=v2"),
    "changes-side": Kind(f"{V3}/changes?from=v2&principle=5&view=side"),
    "changes-both": Kind(f"{V3}/changes?from=both&principle=5"),
    "changes-list": Kind(f"{V3}/changes?from=v2&principle=5&view=list"),
    "changes-map": Kind(f"{V3}/changes?from=v2&view=map"),
    "changes-none": Kind(f"{V3}/changes?from=v2&kind=swapped&principle=1"),
    "changes-first": Kind(f"{GUIDANCE}/changes"),
    "terms": Kind(f"{V3}/terms"),
    "terms-changed": Kind(f"{V3}/terms?show=changed"),
    "consultation": Kind(f"consultations/{CONSULTATION}/"),
    "consultation-coming": Kind(f"consultations/{OTHER}/"),
    "resource": Kind(f"consultations/{CONSULTATION}/resources/highlights"),
    "resource-webinar": Kind(f"consultations/{CONSULTATION}/resources/webinar"),
    "clause": Kind(f"{CLAUSES}/5.2"),
    "clause-open": Kind(f"{CLAUSES}/5.2", act=_all_open),
    "clause-side": Kind(f"{CLAUSES}/11.1?view=side&from=v2"),
    "clause-new": Kind(f"{CLAUSES}/2.9"),
    "clause-quiet": Kind(f"{CLAUSES}/1.1"),
    "clause-group": Kind(f"{CLAUSES}/5"),
    "clause-closed": Kind(f"{ROUND_1}/clauses/performance-standard/5.2"),
    "clause-coming": Kind(f"{COMING}/clauses/chain-of-custody/5.2"),
    "removed": Kind(f"{ROUND_2}/removed/performance-standard/v2/7.3"),
    "comments": Kind(f"{ROUND_2}/comments"),
    "comments-none": Kind(f"{ROUND_2}/comments?state=withdrawn&written=zh"),
    "comments-decided": Kind(f"{ROUND_1}/comments?disposition=not_accepted"),
    "report": Kind(f"{ROUND_1}/report"),
    "comments-coming": Kind(f"{COMING}/comments"),
    "comment": Kind(f"{ROUND_2}/comments/{{cleared}}"),
    "comment-answered": Kind(f"{ROUND_2}/comments/PS3-2-0009"),
    "comment-attachment": Kind(f"{ROUND_2}/comments/PS3-2-0001"),
    "counting": Kind(f"consultations/{CONSULTATION}/counting"),
    "comment-stub": Kind(f"{ROUND_2}/comments/{{withheld}}"),
    "comment-confidential": Kind(f"{ROUND_2}/comments/{{confidential}}"),
    "search": Kind("search?q=water"),
    "search-empty": Kind("search"),
    "search-none": Kind("search?q=xylophone"),
    "search-number": Kind("search?q=5.2"),
    "search-zh": Kind("search?q=水"),
    "help": Kind("help/useful-comments"),
    "privacy": Kind("privacy"),
}
COMMENTING_KINDS = {
    "form": Kind(f"{CLAUSES}/5.3/comment"),
    "form-refused": Kind(f"{CLAUSES}/5.3/comment", act=_sent_empty, status=422),
    "form-stale": Kind(f"{CLAUSES}/5.3/comment", act=_forged, status=400),
    "answer": Kind(f"{ROUND_2}/questions"),
    "answer-refused": Kind(f"{ROUND_2}/questions", act=_sent_empty, status=422),
    "receipt-answers": Kind(f"{ROUND_2}/questions", act=_answered),
    "endorse": Kind(f"{ROUND_2}/comments/{{cleared}}/endorse"),
    "endorse-refused": Kind(f"{ROUND_2}/comments/{{cleared}}/endorse", act=_sent_empty, status=422),
    "endorse-closed": Kind(f"{ROUND_1}/comments/PS3-1-0001/endorse"),
    "form-new": Kind(f"{CLAUSES}/new?after=5.3"),
    "form-removed": Kind(f"{ROUND_2}/removed/performance-standard/v2/7.3/comment"),
    "form-document": Kind(f"{ROUND_2}/documents/performance-standard/comment"),
    "form-process": Kind(f"{ROUND_2}/process/comment"),
    "form-closed": Kind(f"{ROUND_1}/clauses/performance-standard/5.2/comment"),
    "form-coming": Kind(f"{COMING}/documents/chain-of-custody/comment"),
    "receipt": Kind(f"{CLAUSES}/5.3/comment", act=_sent),
    "receipt-revise": Kind(f"{CLAUSES}/5.3/comment", act=_from_receipt("/comments/PS3")),
    "receipt-withdraw": Kind(f"{CLAUSES}/5.3/comment", act=_from_receipt("/withdraw?")),
    "receipt-data": Kind(f"{CLAUSES}/5.3/comment", act=_from_receipt("/data?")),
    "receipt-copy": Kind(f"{CLAUSES}/5.3/comment", act=_from_receipt("/copy?")),
    "receipt-copy-compared": Kind(f"{CLAUSES}/5.3/comment", act=_later_copy),
    "receipt-asked": Kind("receipt"),
    "receipt-refused": Kind("receipt", act=_sent_empty, status=422),
    "receipt-over": Kind("receipt/R-2222-2222?ticket=over"),
    "upload": Kind(f"{ROUND_2}/upload"),
    "upload-refused": Kind(f"{ROUND_2}/upload", act=_sent_empty, status=422),
    "upload-closed": Kind(f"{ROUND_1}/upload"),
    "file-read": Kind(f"{ROUND_2}/upload", act=_file_sent()),
    "file-unreadable": Kind(f"{ROUND_2}/upload", act=_file_sent("form.et", b"\xd0\xcf\x11\xe0\0")),
    "confirm": Kind("confirm"),
    "confirm-not-me": Kind("confirm", act=_not_me),
    "confirm-over": Kind("confirm?token=nothing"),
    "basket-empty": Kind("my/comments"),
    "basket-resume": Kind("my/resume"),
    "basket-finish": Kind("my/finish"),
    "basket": Kind(f"{CLAUSES}/5.3/comment", act=_kept),
    "basket-group": Kind(f"{CLAUSES}/5.3/comment", act=_for_a_group),
    "resume-by-mail": Kind("my/resume?ticket=nothing"),
    "reminders-end": Kind("my/reminders/end?token=nothing"),
    "reminders-ended": Kind("my/reminders/end?done=1"),
    "late-link": Kind("my/late?token={late_link}"),
    "late-link-over": Kind("my/late?token=nothing", status=404),
    "late-places": Kind("my/late?token={late_link}", act=_entered_late),
    "subscribe": Kind("subscribe"),
    "subscribe-sent": Kind("subscribe/sent?asked=nothing"),
    "subscribe-confirm": Kind("subscribe/confirm?token=nothing"),
    "subscription-end": Kind("subscription/end"),
    "subscription-ended": Kind("subscription/ended"),
    "together": Kind(f"my/room?round={CONSULTATION}/2"),
    "together-open": Kind(f"my/room/open?round={CONSULTATION}/2"),
    "together-open-refused": Kind(f"my/room/open?round={CONSULTATION}/2", act=_sent_empty, status=422),
    "together-invited": Kind("my/room/join?invite={room_invite}"),
    "together-enter": Kind("my/room/enter?link={room_lena}"),
    "together-again": Kind("my/room/again"),
    "together-back": Kind("my/room/back?sent=1"),
    "together-over": Kind("my/room/join?invite=nothing", status=404),
    "together-room": Kind("my/room/enter?link={room_claire}", act=_inside()),
    "together-member": Kind("my/room/enter?link={room_lena}", act=_inside()),
    "together-comment": Kind("my/room/enter?link={room_claire}", act=_inside("/comments/demo-room-c")),
    "together-people": Kind("my/room/enter?link={room_claire}", act=_inside("/people")),
    "together-forms": Kind("my/room/enter?link={room_claire}", act=_inside("/forms")),
    "together-review": Kind("my/room/enter?link={room_claire}", act=_inside("/review")),
    "sign-in": Kind("sign-in"),
    "sign-in-refused": Kind("sign-in", act=_wrong_password, status=422),
    "sign-in-ended": Kind("sign-in", act=_typed_signed_out, status=401),
}
STAFF_KINDS = {
    "staff": Kind("staff", "secretariat"),
    "staff-unseated": Kind("staff", "unseated"),
    "moderation": Kind("moderation/", "secretariat"),
    "queue": Kind(f"{QUEUE}/", "secretariat"),
    "queue-all": Kind(f"{QUEUE}/?state=all", "secretariat"),
    "files": Kind(f"{QUEUE}/files/", "secretariat"),
    "file-taken-over": Kind(f"{QUEUE}/files/", "secretariat", act=_file_sent()),
    "file-to-type-in": Kind(f"{QUEUE}/files/", "secretariat", act=_file_sent("scan.pdf", b"%PDF-1.4 \0")),
    "queue-unanswered": Kind(f"{QUEUE}/?state=unanswered", "secretariat"),
    "queue-revised": Kind(f"{QUEUE}/?state=revised", "secretariat"),
    "queue-none": Kind(f"{QUEUE}/?q=there is nothing like it", "secretariat"),
    "answers": Kind(f"{QUEUE}/answers?state=all", "secretariat"),
    "answers-none": Kind(f"{QUEUE}/answers?state=held", "secretariat"),
    "endorsements": Kind(f"{QUEUE}/endorsements", "secretariat"),
    "endorsements-cleared": Kind(f"{QUEUE}/endorsements?state=cleared", "secretariat"),
    "endorsements-none": Kind(f"{QUEUE}/endorsements?state=held", "secretariat"),
    "queue-auditor": Kind(f"{QUEUE}/", "process_auditor"),
    "responses": Kind(f"{QUEUE}/rounds/1/responses", "secretariat"),
    "responses-missing": Kind(f"{QUEUE}/rounds/2/responses", "secretariat"),
    "responses-preview": Kind(f"{QUEUE}/rounds/2/responses/preview", "secretariat"),
    "moderated": Kind(f"{QUEUE}/{{pending}}", "secretariat"),
    "moderated-question": Kind(f"{QUEUE}/PS3-2-0009?state=all", "secretariat"),
    "moderated-attachment": Kind(f"{QUEUE}/PS3-2-0001?state=all", "secretariat"),
    "moderated-keys": Kind(f"{QUEUE}/{{pending}}", "secretariat", act=_help_with_keys),
    "moderated-withheld": Kind(f"{QUEUE}/{{withheld}}", "secretariat"),
    "moderated-refused": Kind(f"{QUEUE}/{{pending}}", "secretariat", act=_without_reason, status=422),
    "committee": Kind("committee/", "committee"),
    "grid": Kind(f"{ROOM}/", "committee"),
    "grid-positions": Kind(f"{ROOM}/?show=positions&sort=received", "committee"),
    "grid-states": Kind(f"{ROOM}/?show=states&sort=oppose", "committee"),
    "room": Kind(f"{ROOM}/performance-standard/5.2", "committee"),
    "room-refused": Kind(f"{ROOM}/performance-standard/5.2", "committee", act=_decided_empty, status=422),
    "room-decided": Kind(f"{DECIDED}/performance-standard/5.2", "committee"),
    "grid-decided": Kind(f"{DECIDED}/?sort=undecided", "committee"),
    "room-side": Kind(f"{ROOM}/performance-standard/5.2?view=side&from=v3-draft-1", "committee"),
    "room-silent": Kind(f"{ROOM}/performance-standard/1.1", "committee"),
    "room-process": Kind(f"{ROOM}/process", "committee"),
    "room-document": Kind(f"{ROOM}/documents/performance-standard", "committee"),
    "room-removed": Kind(f"{ROOM}/removed/performance-standard/v2/7.3", "committee"),
    "room-questions": Kind(f"{ROOM}/questions", "committee"),
    "office": Kind("office/", "secretariat"),
    "drafts": Kind("office/drafts/", "secretariat"),
    "drafts-refused": Kind("office/drafts/", "secretariat", act=_sent_empty, status=422),
    "draft": Kind(f"{DRAFT}/", "secretariat"),
    "draft-text": Kind(f"{DRAFT}/text", "secretariat"),
    "publish": Kind(f"{DRAFT}/publish", "secretariat"),
    "links-list": Kind("office/changes/", "secretariat"),
    "links": Kind(f"{LINKS}/", "secretariat"),
    "link": Kind(f"{LINKS}/?link=5.2~5.3", "secretariat"),
    "correspondence": Kind(f"{LINKS}/correspondence", "secretariat"),
    "meaning-list": Kind("office/meaning/", "secretariat"),
    "meaning": Kind(f"{MEANING}/", "secretariat"),
    "late-links": Kind("office/late-links", "secretariat"),
    "late-links-refused": Kind("office/late-links", "secretariat", act=_late_link_sent_empty, status=422),
    "parity-list": Kind("office/parity/", "secretariat"),
    "parity": Kind(f"{PARITY}/", "secretariat"),
    "parity-clause": Kind(f"{PARITY}/fr/5.2", "secretariat"),
}
ERROR_KINDS = {
    "not-found": Kind(f"{STANDARD}/v9/", status=404),
    "nowhere": Kind("nowhere", status=404),
    "forbidden": Kind(f"{QUEUE}/", "committee", status=403),
}
KINDS = PUBLIC_KINDS | COMMENTING_KINDS | STAFF_KINDS | ERROR_KINDS
