"""For tests that walk over all forms: the forms of a page, a receipt with the pages behind it, a comment revised since it was cleared."""

import io
from collections.abc import Iterator

from werkzeug.test import Client, TestResponse

from consult.operations.moderate import move_comment
from consult.operations.record import OPERATOR
from consult.operations.revise import Words, revise_comment
from tests import factories
from tests.factories import NOW
from tests.support.comment_form import OWN
from tests.support.demo_pages import CLAUSES
from tests.support.html import Page


def forms_on(client: Client, page: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(address, fields) of each form that stores, as a browser would send it untouched."""
    yield from forms_in(client.get(page), page)


def forms_in(answer: TestResponse, page: str) -> Iterator[tuple[str, dict[str, str]]]:
    for form in Page(answer.text).root.find("form"):
        if form.attributes.get("method") == "post":
            fields: dict[str, str] = {}
            for each in [*form.find("input", "textarea", "select"), *form.find("button")[:1]]:
                name, kind = each.attributes.get("name"), each.attributes.get("type")
                if name and (kind not in ("radio", "checkbox") or "checked" in each.attributes):
                    fields.setdefault(name, each.attributes.get("value", ""))
            yield form.attributes.get("action", page), fields


def asked_by_scripts(client: Client, page: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(address, fields) of each part that a script of ours posts while somebody types."""
    for part in Page(client.get(page).text).root.find("div"):
        if "data-signed" in part.attributes:
            yield part.attributes["data-address"], {"signed": part.attributes["data-signed"]}


def revised_comment() -> str:
    """One that is cleared, and revised since: its revision waits."""
    receipt = factories.comment("5.2", round_number=2, now=NOW)
    (reference,) = receipt.comments
    move_comment(reference=reference, seen_state="pending", to="cleared", by=OPERATOR, now=NOW)
    revise_comment(submission=receipt.reference, comment=reference, words=Words("Said better."), seen=1, opened_at=NOW, now=NOW)
    return reference


def receipt_pages(visitor: Client) -> list[str]:
    """The receipt's page, and all that it leads to."""
    first = _receipt_page(visitor)
    links = [link.attributes.get("href", "") for link in Page(visitor.get(first).text).root.find("a")]
    own = first.partition("?")[0]
    behind = [each for each in links if each.startswith(f"{own}/")]
    return [first, *behind, _compared(visitor, next(each for each in behind if "/copy?" in each)), "/en/confirm"]


def _compared(visitor: Client, page: str) -> str:
    """A later copy of what was handed in, beside it."""
    target, fields = next(each for each in forms_on(visitor, page) if each[0].partition("?")[0].endswith("/copy"))
    answer = visitor.post(target, data={**fields, "file": (io.BytesIO(b"Clause,Comment\n5.3,Said otherwise.\n"), "form.csv")}, headers=OWN)
    assert answer.status_code == 303
    return answer.location


def _receipt_page(visitor: Client) -> str:
    page = f"/en/{CLAUSES}/5.3/comment"
    fields = dict(next(forms_on(visitor, page))[1]) | {
        "text": "Said through the form.", "capacity": "individual", "country": "CH", "choice": "class", "consent": "1",
        "stakeholder_class": "civil_society", "mail": "nobody@example.org", "act": "",
    }  # fmt: skip
    answer = visitor.post(page, data=fields, headers=OWN)
    assert answer.status_code == 303
    return answer.location
