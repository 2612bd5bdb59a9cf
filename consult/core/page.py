"""A page of prose in Markdown, such as a help page or the transcript of a webinar: its title, what it says first, and its sections."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TITLE = re.compile(r"# +(?P<title>\S.*)")
_SECTION = re.compile(r"## +(?P<heading>\S.*?)(?: +\{#(?P<anchor>[a-z][a-z0-9-]*)\})?[ \t]*")


@dataclass(frozen=True, slots=True)
class Page:
    """`lead` is the first paragraph under the title, `body` the Markdown after it."""

    title: str
    lead: str
    body: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the Markdown below it. `anchor` is the same in every language: written behind the heading as `{#name}`, else
    `part-<n>`. What stands before the first heading has neither.
    """

    anchor: str
    heading: str
    text: str


def read_page(text: str) -> Page | None:
    """The page in a text whose first line is `# Title`; None without such a line, or with nothing below it."""
    head, _, rest = text.strip().partition("\n")
    found = _TITLE.fullmatch(head.strip())
    lead, _, body = rest.strip().partition("\n\n")
    if found is None or not lead:
        return None
    return Page(found["title"], lead.strip(), body.strip())


def sections(body: str) -> tuple[Section, ...]:
    """The parts of a body between its headings of the second level."""
    return tuple(_sections(body))


def _sections(body: str) -> Iterator[Section]:
    anchor, heading, count = "", "", 0
    lines: list[str] = []
    for line in (*body.splitlines(), None):
        found = _SECTION.fullmatch(line) if line is not None else None
        if line is not None and found is None:
            lines.append(line)
            continue
        if text := "\n".join(lines).strip():
            yield Section(anchor, heading, text)
        if found is not None:
            count += 1
            anchor, heading, lines = found["anchor"] or f"part-{count}", found["heading"], []
