"""Our own draft as a Word file with comments in its margin and tracked changes in its text."""

from consult.exchange.form_tables import read_form_tables_of
from tests.support.form_world import TEXTS, reading
from tests.support.office_files import word_file

HEAD = "<w:p><w:pPr><w:pStyle w:val='Heading2'/><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>{} A title</w:t></w:r></w:p>"
TEXT = "<w:p>{}</w:p>"
RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
MARK = "<w:r><w:commentReference w:id='{}'/></w:r>"


def fixed(key: int, words: str) -> str:
    return f"<w:commentRangeStart w:id='{key}'/>{RUN.format(words)}<w:commentRangeEnd w:id='{key}'/>{MARK.format(key)}"


def said(key: int, words: str) -> str:
    return f"<w:comment w:id='{key}' w:author='Anna'><w:p><w:r><w:annotationRef/></w:r>{RUN.format(words)}</w:p></w:comment>"


def draft(fourth: str = RUN.format(TEXTS["5.4"])) -> str:
    first, second = TEXTS["5.1"].split(" greenhouse gas ")
    return "".join(
        (
            HEAD.format("5.1"), TEXT.format(RUN.format(first) + " " + fixed(1, " greenhouse gas ") + RUN.format(second)),
            HEAD.format("5.3"), TEXT.format(RUN.format(TEXTS["5.3"])), HEAD.format("5.4"), TEXT.format(fourth),
        )
    )  # fmt: skip


def test_a_comment_in_the_margin_belongs_to_the_clause_of_its_paragraph() -> None:
    data = word_file(
        draft() + TEXT.format(MARK.format(2)), comments=said(1, "All gases?") + said(2, "Add an example.") + said(3, "Lost its place.")
    )
    found = reading(*read_form_tables_of(data, "draft.docx"))
    assert [(row.kind, row.number, row.element, row.comment) for row in found.rows] == [
        ("clause", "5.1", "“greenhouse gas”", "All gases?"), ("clause", "5.4", "", "Add an example."), (None, None, "", "Lost its place."),
    ]  # fmt: skip


def test_a_tracked_change_is_a_proposed_wording_and_an_untouched_clause_is_none() -> None:
    begun, ended = TEXTS["5.4"].split("outside")
    changed = f"{RUN.format(begun)}<w:del w:id='9' w:author='A'><w:r><w:delText>outside</w:delText></w:r></w:del><w:ins w:id='8' w:author='A'>{RUN.format('elsewhere')}</w:ins>{RUN.format(ended)}"
    found = reading(*read_form_tables_of(word_file(draft(changed)), "draft.docx"))
    assert [(row.number, row.proposed, row.doubts) for row in found.rows] == [
        ("5.4", TEXTS["5.4"].replace("outside", "elsewhere"), ("edited_text",))
    ]


def test_a_draft_nobody_wrote_into_says_nothing() -> None:
    assert reading(*read_form_tables_of(word_file(draft()), "draft.docx")).rows == ()
