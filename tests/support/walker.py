"""A person with a browser without scripts: follows links that stand on the page, fills in forms that stand on it, and nothing else."""

from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.html import Element, Page

OWN = {"Sec-Fetch-Site": "same-origin"}


class Walker:
    """Where she is: `page` and `answer`. Redirects are followed as a browser does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.answer: TestResponse
        self.page: Element

    def open(self, address: str) -> Element:
        return self._arrive(self.client.get(address), address)

    @property
    def address(self) -> str:
        return self._address

    def links(self, *, within: str | None = None) -> list[str]:
        """Addresses of the page's links, in order; `within` the element of that id."""
        root = self.page if within is None else self.part(within)
        return [link.attributes["href"] for link in root.find("a") if "href" in link.attributes]

    def part(self, id: str) -> Element:
        return next(each for each in self.page.walk() if each.attributes.get("id") == id)

    def follow(self, ending: str) -> Element:
        """The first link whose address ends so."""
        found = next((link for link in self.links() if link.endswith(ending)), None)
        assert found is not None, f"no link to …{ending} on {self.address}: {sorted(set(self.links()))}"
        return self.open(urljoin(self.address, found))

    def send(self, **fields: str | list[str]) -> Element:
        """Fills in the form that has all these fields, leaves the rest as it stands, and sends it; `to`, say, may be the name of a button."""
        form = next((each for each in self.page.find("form") if _method(each) == "post" and set(fields) <= _names(each)), None)
        assert form is not None, f"no form with {sorted(fields)} on {self.address}"
        target = urljoin(self.address, form.attributes.get("action") or self.address)
        return self._arrive(self.client.post(target, data=_untouched(form) | fields, headers=OWN), target)

    def errors(self) -> list[str]:
        """Fields that the summary of errors leads to."""
        return [
            link.attributes["href"]
            for box in self.page.find("div")
            if "error-summary" in box.attributes.get("class", "").split()
            for link in box.find("a")
        ]

    def _arrive(self, answer: TestResponse, address: str) -> Element:
        for _ in range(5):
            if answer.status_code not in (301, 302, 303, 308):
                break
            address = urljoin(address, answer.location)
            answer = self.client.get(address)
        parts = urlsplit(address)
        self._address = parts.path + (f"?{parts.query}" if parts.query else "")
        self.answer, self.page = answer, Page(answer.text).root
        return self.page


def _method(form: Element) -> str:
    return form.attributes.get("method", "get")


def _names(form: Element) -> set[str]:
    return {each.attributes["name"] for each in form.walk() if "name" in each.attributes}


def _untouched(form: Element) -> dict[str, str | list[str]]:
    fields: dict[str, str | list[str]] = {}
    for each in form.find("input", "textarea", "select"):
        name, kind = each.attributes.get("name"), each.attributes.get("type")
        if name is None or (kind in ("radio", "checkbox") and "checked" not in each.attributes):
            continue
        if each.tag == "textarea":
            fields[name] = "".join(child for child in each.children if isinstance(child, str)).removeprefix("\n")
        elif each.tag == "select":
            fields[name] = next(
                (option.attributes.get("value", "") for option in each.find("option") if "selected" in option.attributes), ""
            )
        else:
            fields[name] = each.attributes.get("value", "")
    return fields
