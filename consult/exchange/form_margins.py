"""What people wrote into one of our drafts itself: comments in the margin of a Word file, and tracked changes in the text of its clauses.

It becomes a table like any other, so that numbers of older drafts, doubts and prefilled texts are treated alike.
"""

from bisect import bisect_right
from collections.abc import Mapping

from lxml import etree

from consult.core.clause import Draft
from consult.core.comment_form import Cell, Table
from consult.core.render import plain_text
from consult.exchange.limited import Answer, run_limited
from consult.exchange.office_package import open_package
from consult.exchange.word_draft import Passage, read_word_draft

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHANGES = (_W + "ins", _W + "del", _W + "moveFrom", _W + "moveTo")
HEADINGS = {1: Cell("Clause"), 2: Cell("Current text"), 3: Cell("Paragraph"), 4: Cell("Comment")}
"""The columns of the table that is made; their roles are in `consult.core.comment_form.headings`."""
QUOTED = 200
"""Characters of the words a comment is fixed to."""


def margin_table(data: bytes, *, changes: bool) -> Table | None:
    """A row for each comment in the margin and, with `changes` (the file is a draft, not a form), for each clause whose text somebody changed; None where there is neither.

    A comment whose clause cannot be told has no number. Raises Refused as `run_limited` does.
    """
    found = run_limited("consult.exchange.form_margins:margins", data).value
    changed = changes and found["changed"]
    if not found["comments"] and not changed:
        return None
    accepted = read_word_draft(data)
    texts = _texts(accepted.draft)
    # a form with tables of its own is no draft: what reads as the text of a clause there has other cells in it
    rows = [_comment(each, accepted.passages, texts if changes else {}) for each in found["comments"]]
    if changed:
        before = _texts(read_word_draft(data, tracked="rejected").draft)
        rows += [{1: Cell(number), 2: Cell(text)} for number, text in texts.items() if text and before.get(number) != text]
    return Table("", dict(enumerate([HEADINGS, *rows], start=1))) if rows else None


def _texts(draft: Draft | None) -> dict[str, str]:
    return {each.number: plain_text(each.text) for each in draft.clauses if each.number} if draft else {}


def _comment(said: Mapping[str, object], passages: tuple[Passage, ...], texts: Mapping[str, str]) -> dict[int, Cell]:
    """In the clause of its paragraph, or of the last one before it that can be seen; "?" where there is none: it is then not taken for a
    continuation of the row above.
    """
    at = bisect_right([each.paragraph for each in passages], int(str(said["paragraph"])))
    number = passages[at - 1].number if at else "?"
    cells = {1: number, 2: texts.get(number, ""), 3: f"“{said['quoted']}”" if said["quoted"] else "", 4: str(said["words"])}
    return {column: Cell(text) for column, text in cells.items() if text}


def margins(data: bytes) -> Answer:
    """In the child: {"comments": [{"paragraph", "quoted", "words"}], "changed"}; paragraphs are counted as `read_word_draft` counts them."""
    package = open_package(data, "docx")
    body = package.xml("word/document.xml")
    words = {}
    if "word/comments.xml" in package:
        for each in package.xml("word/comments.xml").iter(_W + "comment"):
            words[each.get(_W + "id", "")] = "\n".join(_text(paragraph) for paragraph in each.iter(_W + "p")).strip()
    places, quoted = _places(body)
    comments = [
        {"paragraph": places.get(key, 0), "quoted": quoted.get(key, "")[:QUOTED].strip(), "words": text}
        for key, text in words.items() if text
    ]  # fmt: skip
    return Answer({"comments": comments, "changed": any(each.tag in _CHANGES for each in body.iter())})


def _places(body: etree._Element) -> tuple[dict[str, int], dict[str, str]]:
    """Comment -> paragraph in which it begins, and the words it is fixed to."""
    places: dict[str, int] = {}
    quoted: dict[str, str] = {}
    open_now: set[str] = set()
    count = 0
    for each in body.iter():
        key = each.get(_W + "id", "") if isinstance(each.tag, str) else ""
        if each.tag == _W + "p" and not any(above.tag == _FALLBACK for above in each.iterancestors()):
            count += 1
        elif each.tag == _W + "commentRangeStart":
            places.setdefault(key, count if any(above.tag == _W + "p" for above in each.iterancestors()) else count + 1)
            open_now.add(key)
        elif each.tag == _W + "commentRangeEnd":
            open_now.discard(key)
        elif each.tag == _W + "commentReference":
            places.setdefault(key, count)
        elif each.tag == _W + "t":
            for one in open_now:
                quoted[one] = quoted.get(one, "") + (each.text or "")
    return places, quoted


def _text(paragraph: etree._Element) -> str:
    marks = {_W + "tab": "\t", _W + "br": "\n"}
    return "".join(each.text or "" if each.tag == _W + "t" else marks.get(str(each.tag), "") for each in paragraph.iter())
