"""What a column holds, whatever its heading became."""

import pytest

from consult.core.comment_form.headings import header_roles, role_of
from tests.support.form_world import cell


@pytest.mark.parametrize(
    ("headings", "roles"),
    [
        (["Clause", "Clause title", "Current text", "Change", "Position", "Type", "Comment", "Proposed wording", "Rationale"], ["number", "title", "current", "change", "position", "type", "comment", "proposed", "rationale"]),
        (["Article", "Titre", "Texte actuel", "Changement", "Avis", "Type", "Commentaire", "Rédaction proposée", "Justification"], ["number", "title", "current", "change", "position", "type", "comment", "proposed", "rationale"]),
        (["条款", "标题", "现有文本", "变化", "立场", "类型", "意见", "建议文本", "理由"], ["number", "title", "current", "change", "position", "type", "comment", "proposed", "rationale"]),
        (["MB/NC¹", "Line number\n(e.g. 17)", "Clause/\nSubclause\n(e.g. 3.1)", "Paragraph/\nFigure/\nTable/\n(e.g. Table 1)", "Type of comment²", "Comments", "Proposed change", "Observations of the secretariat"], ["member", "line", "number", "element", "type", "comment", "proposed", "response"]),
        (["MB", "Clause No./ Subclause No./ Annex (e.g. 3.1)", "Paragraph/ List item/ Note", "Type of com-ment", "Comment (justification for change) by the MB", "Proposed change by the MB", "Secretariat observations on each comment submitted"], ["member", "number", "element", "type", "comment", "proposed", "response"]),
        (["Comité membre", "Numéro de ligne", "Article/ Paragraphe/ Annexe", "Alinéa/ Figure/ Tableau", "Type de commentaire", "Commentaire (justification de la modification)", "Modification proposée", "Observations du secrétariat"], ["member", "line", "number", "element", "type", "comment", "proposed", "response"]),
        (["序号", "章节号", "原文", "修改后内容", "理由"], ["serial", "number", "current", "proposed", "rationale"]),
        (["序号", "章条编号", "意见内容", "提出单位", "处理意见", "备注"], ["serial", "number", "comment", None, "response", None]),
        (["序号", "标准章条编号", "意见内容（修改建议及理由）", "提出单位", "处理意见及理由"], ["serial", "number", "comment", None, "response"]),
        (["No.", "Section", "Remarks", "Suggested change"], ["serial", "number", "comment", "proposed"]),
        (["CRITERION", "YOUR COMMENT *"], ["number", "comment"]),
        (["Requirement:", "Feedback:"], ["number", "comment"]),
        (["Reference", "Our comments on the text"], ["serial", "comment"]),
    ],
)  # fmt: skip
def test_rows_of_headings_are_understood(headings: list[str], roles: list[str | None]) -> None:
    found = header_roles({at: cell(each) for at, each in enumerate(headings)})
    assert [found.get(at) for at in range(len(headings))] == roles


@pytest.mark.parametrize(
    "row",
    [
        ["5.2", "The comment is that the clause should be shorter."],
        ["Clause", "Change"],
        ["Name", "Anna"],
        ["Comment"],
        ["Clause", "x" * 121, "Comment"],
    ],
)
def test_other_rows_are_none(row: list[str]) -> None:
    assert header_roles({at: cell(each) for at, each in enumerate(row)}) == {}


def test_a_long_sentence_is_no_heading() -> None:
    assert role_of("Comment " * 40) is None
