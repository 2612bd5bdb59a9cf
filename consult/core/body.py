"""The body that runs an installation, as data: its name, contact, classes, activities, committee (nothing of it is known to the program)."""

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
class Body:
    name: str
    notice: Names
    """Stands on every page, such as "Illustrative text"; empty for none."""
    contact: str
    zone: str
    classes: tuple[Term, ...]
    activities: tuple[Term, ...]
    consent_version: str
    privacy: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Capacity (individual, organisation) -> language -> sentences of the notice."""

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
    """A Body from the mapping of its file; KeyError names what is missing."""
    return Body(
        name=data["name"],
        notice=data.get("notice", {}),
        contact=data["contact"],
        zone=data["zone"],
        classes=tuple(_term(item) for item in data["classes"]),
        activities=tuple(_term(item) for item in data["activities"]),
        consent_version=str(data["consent_version"]),
        privacy={capacity: {lang: tuple(lines) for lang, lines in texts.items()} for capacity, texts in data["privacy"].items()},
    )


def _term(item: Mapping[str, Any]) -> Term:
    return Term(code=item["code"], name=item["name"], hint=item.get("hint", {}))
