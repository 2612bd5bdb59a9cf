"""Files sent in the demo, so that their pages are there: one that is read, one that nobody can read."""

import io
from collections.abc import Callable

from flask.testing import FlaskClient

from tests.support.demo import CONSULTATION, ROUND_2
from tests.support.html import Page

UPLOAD = f"/en/{ROUND_2}/upload"
FORM = "Clause,Comment,Proposed change\n5.2,Every second year suffices.,\n77.7,This stands nowhere.,\n5.3,,Smelters shall report.\n"
OWN = {"Sec-Fetch-Site": "same-origin"}


def sent(client: FlaskClient, data: bytes = FORM.encode(), name: str = "form.csv") -> str:
    """Address of its page."""
    signed = next(each for each in Page(client.get(UPLOAD).text).root.find("input") if each.attributes.get("name") == "signed")
    fields = {"signed": signed.attributes["value"], "file": (io.BytesIO(data), name)}
    answer = client.post(UPLOAD, data=fields, headers=OWN)
    assert answer.status_code == 303, answer.status_code
    return str(answer.location)


def pages(visitor: Callable[[], FlaskClient], staff: FlaskClient) -> list[tuple[FlaskClient, str]]:
    """(client, address) of every page of files that has a form."""
    keeper = visitor()
    read, photo = sent(keeper), sent(keeper, b"\xff\xd8\xff\xe0 no table", "photo.jpg")
    files = f"/en/moderation/{CONSULTATION}/files/"
    return [(keeper, UPLOAD), (keeper, read), (staff, files), (staff, files + photo.rpartition("/")[2])]
