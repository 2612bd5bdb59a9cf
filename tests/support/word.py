"""Short hands for WordprocessingML in tests: paragraphs, runs, tables, lists, styles; and what a Word file is read as."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from consult.exchange.word_draft import WordDraft, read_word_draft
from tests.support.office_files import word_file

META = {"standard": "s", "version": "v1", "language": "en", "title": "T"}


def r(text: str, *on: str, **valued: str) -> str:
    """A run; `on` are properties that are on (b, i, vanish), `valued` those with a value (vertAlign, rStyle)."""
    properties = "".join(f'<w:{name} w:val="{value}"/>' for name, value in valued.items()) + "".join(f"<w:{name}/>" for name in on)
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*content: str, style: str = "", num: tuple[int, int] | None = None, left: int = 0, more: str = "") -> str:
    """A paragraph of XML or of plain texts; `num` is list and level, `more` further properties."""
    inner = "".join(each if each.startswith("<") else r(each) for each in content)
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + (
        f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    ) + (f'<w:ind w:left="{left}"/>' if left else "") + more  # fmt: skip
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def h(level: int, *content: str, **more: Any) -> str:
    """A heading of the built-in style."""
    return p(*content, style=f"Heading{level}", **more)


def table(*rows: Sequence[str], head: int = 0) -> str:
    """Rows of cells; a cell is text or paragraphs in XML, or a whole `<w:tc>`. The first `head` rows repeat on each page."""
    marked = "<w:trPr><w:tblHeader/></w:trPr>"
    drawn = [
        f"<w:tr>{marked if at < head else ''}"
        + "".join(cell if cell.startswith("<w:tc>") else f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row)
        + "</w:tr>"
        for at, row in enumerate(rows)
    ]
    return f"<w:tbl>{''.join(drawn)}</w:tbl>"


def level(at: int, form: str, text: str, *, start: int = 1, left: int = 0, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{left}"/></w:pPr></w:lvl>'
    )


def lists(definitions: Mapping[int, str], numbers: Mapping[int, int | str]) -> str:
    """numbering.xml: definitions by their number, and lists: number -> definition, or the inner XML of the list."""
    made = "".join(f'<w:abstractNum w:abstractNumId="{at}">{inner}</w:abstractNum>' for at, inner in definitions.items())
    return made + "".join(
        f'<w:num w:numId="{at}">{inner if isinstance(inner, str) else f"""<w:abstractNumId w:val="{inner}"/>"""}</w:num>'
        for at, inner in numbers.items()
    )


def style(identifier: str, name: str, *, based: str = "", paragraph: str = "", run: str = "", kind: str = "paragraph") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{name}"/>{on}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


STYLES = "".join(style(f"Heading{n}", f"heading {n}", paragraph=f'<w:outlineLvl w:val="{n - 1}"/>') for n in range(1, 5))


def read(body: str, *, tracked: Any = "accepted", decisions: Mapping[str, str] | None = None, styles: str = "", **parts: str) -> WordDraft:
    """What a body is read as, through the door; heading styles 1 to 4 exist."""
    data = word_file(body, styles=STYLES + styles, **parts)
    return read_word_draft(data, meta=META, tracked=tracked, decisions=decisions)


def text(found: WordDraft) -> str:
    """The Markdown without its front matter."""
    return found.source_markdown.split("---\n", 2)[2]


def codes(found: WordDraft) -> list[str]:
    return [problem.code for problem in found.problems]


def clauses(found: WordDraft) -> list[tuple[str, str, str]]:
    assert found.draft is not None, found.problems
    return [(each.label, each.title, each.text) for each in found.draft.clauses]
