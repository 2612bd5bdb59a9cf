"""What an address names, or a page that says what is not there."""

from typing import Any, NoReturn

from flask import url_for
from flask_babel import gettext

from consult.queries.consultations import ConsultationSeen, DocumentSeen, RoundSeen, consultation
from consult.queries.standards import ClauseSeen, VersionSeen, versions
from consult.web.locale import page_language
from consult.web.reading.room import missing
from consult.wording.standards import version_title


def title_of(version: VersionSeen) -> str:
    """Performance Standard, V3 draft 2."""
    title: str = gettext("%(title)s, %(version)s", title=version.title, version=version_title(version.name, gettext))
    return title


def found_version(standard: str, name: str) -> VersionSeen:
    of_standard = found_standard(standard)
    found = next((each for each in of_standard if each.name == name), None)
    if found is None:
        missing(
            gettext("%(title)s has no version “%(version)s”", title=of_standard[0].title, version=name),
            gettext("These are its versions."),
            *((title_of(each), url_for("reading.standard", standard=standard, version=each.name)) for each in of_standard),
        )
    return found


def found_standard(standard: str) -> tuple[VersionSeen, ...]:
    """All versions of a standard, newest first."""
    found = versions(page_language(), standard=standard)
    if not found:
        missing(
            gettext("There is no standard “%(standard)s”", standard=standard),
            gettext("The address may have a typing error."),
            (gettext("All standards"), url_for("reading.standards")),
        )
    return found


def found_clause(version: VersionSeen, clauses: tuple[ClauseSeen, ...], number: str) -> ClauseSeen:
    found = next((each for each in clauses if each.number == number), None)
    if found is None:
        ways = [(title_of(version), url_for("reading.standard", standard=version.standard, version=version.name))]
        if version.baselines:
            ways.append((gettext("What changed"), url_for("reading.changes", standard=version.standard, version=version.name)))
        missing(
            gettext("%(title)s has no clause %(number)s", title=title_of(version), number=number),
            gettext("The clause may have another number in this version, or it was removed."),
            *ways,
        )
    return found


def found_consultation(slug: str) -> ConsultationSeen:
    found = consultation(slug, page_language())
    if found is None:
        missing(
            gettext("There is no consultation “%(consultation)s”", consultation=slug),
            gettext("The address may have a typing error."),
            (gettext("All consultations"), url_for("reading.home")),
        )
    return found


def found_round(consultation: ConsultationSeen, number: int) -> RoundSeen:
    found = consultation.round(number)
    if found is None:
        missing(
            gettext("This consultation has no round %(number)s", number=number),
            gettext("The page of the consultation names its rounds."),
            (consultation.title.text, url_for("reading.consultation", consultation=consultation.slug)),
        )
    return found


def found_document(consultation: ConsultationSeen, round: RoundSeen, standard: str) -> DocumentSeen:
    found = round.document(standard)
    if found is None:
        missing(
            gettext("Round %(number)s has no document “%(standard)s”", number=round.number, standard=standard),
            gettext("The page of the consultation names the documents of each round."),
            (consultation.title.text, url_for("reading.consultation", consultation=consultation.slug)),
        )
    return found


def missing_baseline(version: VersionSeen, baseline: str) -> NoReturn:
    here: dict[str, Any] = {"standard": version.standard, "version": version.name}
    missing(
        gettext("%(title)s was not compared with “%(baseline)s”", title=title_of(version), baseline=version_title(baseline, gettext)),
        gettext("These comparisons exist."),
        *(
            (
                gettext("Changes since %(version)s", version=version_title(each, gettext)),
                url_for("reading.changes", **(here | {"from": each})),
            )
            for each in version.baselines
        ),
    )
