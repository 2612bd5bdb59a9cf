"""Comments that others do something about, and questions that are answered without one: endorsed by a visitor, asking and with a file beside it so that the secretariat answers and decides."""

import io
from collections.abc import Callable

from werkzeug.test import Client

from tests.support.comment_form import OWN
from tests.support.demo import CONSULTATION, ROUND_2
from tests.support.demo_pages import CLAUSES
from tests.support.handed_in import forms_on
from tests.support.html import Page

PERSON = {"capacity": "individual", "country": "CH", "choice": "class", "consent": "1", "stakeholder_class": "civil_society", "act": ""}
DESK = f"/en/moderation/{CONSULTATION}"


def pages(visitor: Callable[[], Client], staff: Client, public: str) -> list[tuple[Client, str]]:
    """Every page of endorsements, answers and files that has a form, with the client who may send it. `public`: a comment that everybody reads."""
    form, sender = f"/en/{ROUND_2}/comments/{public}/endorse", visitor()
    questions, answering = f"/en/{ROUND_2}/questions", visitor()
    return [
        (visitor(), questions),
        (answering, _answered(answering, questions)),
        (staff, f"{DESK}/answers"),
        (visitor(), form),
        (sender, _endorsed(sender, form)),
        (staff, f"{DESK}/endorsements"),
        (staff, f"{DESK}/{_question(visitor())}"),
    ]


def _endorsed(sender: Client, form: str) -> str:
    """Its receipt."""
    fields = next(fields for target, fields in forms_on(sender, form) if target.partition("?")[0].endswith("/endorse"))
    answer = sender.post(form, data=fields | PERSON | {"mail": "endorser@example.org"}, headers=OWN)
    assert answer.status_code == 303, answer.text
    return answer.location


def _answered(sender: Client, page: str) -> str:
    """The receipt of answers without a comment."""
    fields = next(fields for target, fields in forms_on(sender, page) if target.partition("?")[0].endswith("/questions"))
    answer = sender.post(page, data=fields | PERSON | {"answer-first-help": "A template."}, headers=OWN)
    assert answer.status_code == 303, answer.text
    return answer.location


def _question(sender: Client) -> str:
    """Reference of a comment that asks, with a file."""
    page = f"/en/{CLAUSES}/5.4/comment"
    fields = (
        next(forms_on(sender, page))[1] | PERSON | {"text": "What counts as a site?", "position": "question", "mail": "asker@example.org"}
    )
    data = {**fields, "files": (io.BytesIO(b"A list of ours.\n"), "list.txt")}
    answer = sender.post(page, data=data, headers=OWN, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    links = (link.attributes.get("href", "") for link in Page(sender.get(answer.location).text).root.find("a"))
    return next(link.partition("?")[0].rpartition("/")[2] for link in links if "/comments/PS3-2-" in link and "/files/" not in link)
