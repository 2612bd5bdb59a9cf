"""The body that runs an installation, as data: its name, contact, classes, activities, committee (nothing of it is known to the program)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Names = Mapping[str, str]
"""Language -> words."""


@dataclass(frozen=True, slots=True)
class Term:
    """A code of a list that the body keeps (a stakeholder class, an activity), with its names and, where given, a hint."""

    code: str
    name: Names
    hint: Names


@dataclass(frozen=True, slots=True)
class Procedure:
    """A written procedure of the body, such as that for setting standards or for complaints: reachable from every page."""

    name: Names
    address: str


@dataclass(frozen=True, slots=True)
class Body:
    name: str
    notice: Names
    """Stands on every page, such as "Illustrative text"; empty for none."""
    contact: str
    zone: str
    classes: tuple[Term, ...]
    activities: tuple[Term, ...]
    consent_version: str
    logo: str
    """File of the logo, beside the body's own; "" for none. Shown in front of the name in the colophon and on the home page."""
    accent: tuple[str, str] | None
    """Colour of all that can be done, on light and on dark paper; None: ours."""
    procedures: tuple[Procedure, ...]
    privacy: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Capacity (individual, organisation, and facilitator where the notice has it) -> language -> sentences of the notice."""
    antitrust: Mapping[str, tuple[str, ...]]
    """Language -> paragraphs of the note on competition law at the top of every organisation's room; empty for none."""

    def class_name(self, code: str, language: str) -> str:
        return _named(self.classes, code, language)

    def activity_name(self, code: str, language: str) -> str:
        return _named(self.activities, code, language)


def _named(terms: tuple[Term, ...], code: str, language: str) -> str:
    for term in terms:
        if term.code == code:
            return term.name.get(language) or term.name["en"]
    return code


def body_from(data: Mapping[str, Any]) -> Body:
    """A Body from the mapping of its file; KeyError names what is missing, ValueError what cannot be used."""
    return Body(
        name=data["name"],
        notice=data.get("notice", {}),
        contact=data["contact"],
        zone=data["zone"],
        classes=tuple(_term(item) for item in data["classes"]),
        activities=tuple(_term(item) for item in data["activities"]),
        consent_version=str(data["consent_version"]),
        logo=_logo(data.get("logo", "")),
        accent=_accent(data.get("accent")),
        procedures=tuple(Procedure(item["name"], _link(item["address"])) for item in data.get("procedures", ())),
        privacy={capacity: {lang: tuple(lines) for lang, lines in texts.items()} for capacity, texts in data["privacy"].items()},
        antitrust={lang: tuple(lines) for lang, lines in data.get("antitrust", {}).items()},
    )


def _term(item: Mapping[str, Any]) -> Term:
    return Term(code=item["code"], name=item["name"], hint=item.get("hint", {}))


PAPERS = ("#fdfdfc", "#14171b")
"""The lightest and the darkest ground that an accent stands on."""
CONTRAST = 4.5
"""Least contrast of text on its ground (WCAG 2.2, 1.4.3)."""


def _accent(given: Mapping[str, str] | None) -> tuple[str, str] | None:
    if not given:
        return None
    colours = given["light"].lower(), given["dark"].lower()
    for name, colour, paper in zip(("light", "dark"), colours, PAPERS, strict=True):
        if not re.fullmatch("#[0-9a-f]{6}", colour):
            raise ValueError(f"accent {name}: {colour} is not a colour such as #2340b5")
        if (reached := contrast(colour, paper)) < CONTRAST:
            raise ValueError(f"accent {name}: {colour} has a contrast of {reached:.1f} to 1 on its ground; text needs {CONTRAST} to 1")
    return colours


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2: 1 to 21)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def on_colour(colour: str) -> str:
    """White or black, whichever reads better on a colour."""
    return max(("#ffffff", "#101010"), key=lambda text: contrast(text, colour))


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _logo(name: str) -> str:
    if name and not re.fullmatch(r"[\w-][\w.-]*\.(?:svg|png|webp|jpe?g)", name):
        raise ValueError(f"logo: {name} is not the name of a picture (svg, png, webp, jpg) beside the body's file")
    return name


def _link(address: str) -> str:
    if not re.match(r"(?:https?://|mailto:|/)", address):
        raise ValueError(f"procedures: {address} is not an address (https://…, mailto:… or /…)")
    return address
