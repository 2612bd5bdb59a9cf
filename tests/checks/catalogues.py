"""Every sentence of the interface stands in every catalogue: translated, whole, and set as the language is set."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from consult.cli.i18n import catalogues, extracted
from tests.checks import report

REQUIRED = ("fr", "zh_Hans")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w+\}")
TYPOGRAPHY = {
    "fr": re.compile(r" [;:!?»]|« "),  # a no-break space stands there
    "zh_Hans": re.compile(r"[\u4e00-\u9fff][,;:!?]"),  # full-width marks follow a Han character
}


def main() -> None:
    template = extracted()
    found = {path.parts[-3]: catalogue for path, catalogue in catalogues()} if len(template) else {}
    faults = [fault for language in REQUIRED if len(template) for fault in compared(template, found.get(language), language)]
    report(faults, f"catalogues of {len(template)} sentences in {', '.join(REQUIRED)}")


def compared(template: Catalog, catalogue: Catalog | None, language: str) -> Iterator[str]:
    if catalogue is None:
        yield f"{language}: no catalogue; begin one with: consult i18n update --add {language}"
        return
    for wanted in template:
        if wanted.id:
            where = wanted.locations[0][0] if wanted.locations else ""
            translated = catalogue.get(_first(wanted), wanted.context)
            for fault in faults_of(wanted, translated, catalogue.num_plurals, language):
                yield f"{language}: {fault}: {_first(wanted)[:70]!r} ({where})"
    for message in catalogue:
        if message.id and template.get(_first(message), message.context) is None:
            yield f"{language}: no longer said anywhere: {_first(message)[:70]!r}"
    for obsolete in catalogue.obsolete.values():
        yield f"{language}: left over as obsolete: {_first(obsolete)[:70]!r}"


def faults_of(wanted: Message, translated: Message | None, plurals: int, language: str) -> Iterator[str]:
    if translated is None:
        yield "not in the catalogue"
        return
    forms = _forms(translated)
    if not all(form.strip() for form in forms):
        yield "not translated"
        return
    if translated.fuzzy:
        yield "fuzzy"
    if bool(wanted.pluralizable) != bool(translated.pluralizable) or len(forms) != (plurals if wanted.pluralizable else 1):
        yield "plural forms missing"
    many = PLACEHOLDER.findall(wanted.id[1] if isinstance(wanted.id, list | tuple) else wanted.id)
    if sorted(PLACEHOLDER.findall(forms[-1])) != sorted(many) or any(set(PLACEHOLDER.findall(form)) - set(many) for form in forms):
        yield "other placeholders"
    for form in forms:
        if fault := TYPOGRAPHY[language].search(form):
            yield f"typography at {fault.group()!r}"


def _first(message: Message) -> str:
    return message.id[0] if isinstance(message.id, list | tuple) else str(message.id)


def _forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, list | tuple) else (str(message.string or ""),)


if __name__ == "__main__":
    main()
