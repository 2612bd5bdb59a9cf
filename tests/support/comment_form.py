"""What tests of the comment forms share: a filled-in form, sending it, and reading the answer as a person would."""

from typing import Any

from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from consult.extensions import db
from consult.models import Comment, Party, Submission
from tests.support.html import Element, Page
from tests.support.pages import CheckedClient

BASE = "consultations/performance-standard-v3/rounds/1"
CLAUSE = f"{BASE}/clauses/performance-standard/5.2/comment"
OWN = {"Sec-Fetch-Site": "same-origin"}
SAID = {
    "quote": "", "evidence": "", "further": "", "text": "One\r\nthing.", "proposed": "The Entity shall not.", "rationale": "We tried.", "position": "oppose", "type": "technical",
    "comment_language": "", "capacity": "organisation", "organisation": "Lake Foundries", "name": "Anna", "mail": "anna@example.org",
    "stakeholder_class": "production", "country": "CH", "choice": "named", "consent": "1",
}  # fmt: skip


def stored(app: Flask) -> list[int | None]:
    """How many submissions, parties and comments there are."""
    with app.app_context():
        return [db.session.scalar(select(func.count()).select_from(model)) for model in (Submission, Party, Comment)]


def parts(response: TestResponse, *tags: str, **attributes: str) -> list[Element]:
    return [
        each
        for each in Page(response.text).root.find(*tags)
        if all(each.attributes.get(name) == value for name, value in attributes.items())
    ]


def signed_of(response: TestResponse) -> str:
    return parts(response, "input", name="signed")[0].attributes["value"]


def opened(client: CheckedClient, address: str = CLAUSE, language: str = "en") -> str:
    """The signed field of a form just opened."""
    return signed_of(client.get(f"/{language}/{address}"))


def send(
    client: CheckedClient,
    signed: str | None = None,
    address: str = CLAUSE,
    language: str = "en",
    headers: dict[str, str] = OWN,
    **changed: Any,
) -> TestResponse:
    """Sends the filled-in form; `changed`: fields, None leaves one out."""
    data = {**SAID, **changed, "signed": opened(client, address, language) if signed is None else signed}
    return client.post(f"/{language}/{address}", data={k: v for k, v in data.items() if v is not None}, headers=headers)


def typed(response: TestResponse) -> dict[str, str]:
    """What the form gives back: text fields, areas, chosen entries."""
    given: dict[str, str] = {}
    for each in parts(response, "textarea", "input", "select"):
        name, kind = each.attributes.get("name", ""), each.attributes.get("type")
        if each.tag == "textarea" and name:
            given[name] = "".join(child for child in each.children if isinstance(child, str)).removeprefix("\n")
        elif each.tag == "select":
            given[name] = next((o.attributes["value"] for o in each.find("option") if "selected" in o.attributes), "")
        elif (kind in ("radio", "checkbox") and "checked" in each.attributes) or kind in ("text", "email"):
            given[name] = each.attributes["value"]
    given.pop("website", None)
    return given


EDITABLE = "The Entity shall:\n\na) set a target; and\nb) review it every year."
"""The clause as its form offers it for editing."""
AS_TYPED = {**SAID, "text": "One\nthing.", "edited": EDITABLE}


def as_typed(response: TestResponse) -> dict[str, str]:
    return {name: value.replace("\r\n", "\n") for name, value in typed(response).items()}


def notices(response: TestResponse) -> list[str]:
    return [each.text for each in parts(response, "div") if "notice" in each.attributes.get("class", "").split()]


def particulars(response: TestResponse) -> dict[str, str]:
    return {each.find("dt")[0].text: each.find("dd")[0].text for each in parts(response, "dl")[0].find("div")}
