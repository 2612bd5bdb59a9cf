"""What a column holds, by its heading: our own form in three languages, the ISO commenting table (old and new layout, English and French),
the Chinese feedback tables, and what people rename headings to.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from consult.core.comment_form.table import Cell, Table

Role = str
ROLES: dict[Role, tuple[str, ...]] = {
    "serial": ("n°", "n o", "no", "nr", "number", "row", "ligne", "序号", "编号", "item", "id", "ref", "reference"),
    "document": ("document", "standard", "norme", "标准", "文件", "标准名称"),
    "number": (
        "clause", "clause subclause", "clause/subclause", "clause no", "clause number", "criterion", "criteria", "section", "requirement", "subclause",
        "clause subclause annex", "clause/subclause/annex/figure/table", "clause no subclause no annex", "article", "article paragraphe", "article/paragraphe",
        "paragraphe", "n° d’article", "numero d’article", "numero de l’article", "critere", "exigence", "chapitre", "article paragraphe annexe", "indicator",
        "章条编号", "章节号", "章条号", "章条", "章/条", "章节", "条款", "条款号", "条款编号", "准则", "标准条款", "条号", "章条编号（章条号）",
    ),
    "element": ("paragraph figure table", "paragraph", "alinea figure tableau", "alinea", "段/图/表", "段 图 表", "element", "list item", "point", "paragraph list item note"),
    "line": ("line number", "line", "numero de ligne", "lignes", "行号"),
    "member": ("mb/nc", "mb nc", "mb", "mb1", "mb/nc1", "member body", "comite membre", "成员体", "country", "pays", "国家"),
    "title": ("title", "clause title", "titre", "titre de l’article", "标题", "章条标题", "条款标题"),
    "current": ("current text", "existing text", "existing wording", "draft text", "original text", "text", "texte actuel", "texte existant", "texte du projet", "texte", "原文", "原文内容", "现有文本", "原条文", "标准原文", "征求意见稿内容", "草案内容"),
    "change": ("change", "changes", "changement", "modification", "变化", "变更"),
    "position": ("position", "avis", "agree", "do you agree", "态度", "立场", "vote", "opinion"),
    "type": ("type", "type of comment", "comment type", "type de commentaire", "意见类型", "类型", "category", "ge/te/ed"),
    "comment": (
        "comment", "comments", "your comment", "comment justification for change", "comments justification", "remark", "remarks", "feedback", "observation",
        "commentaire", "commentaires", "votre commentaire", "remarque", "remarques", "commentaire justification de la modification", "意见", "意见内容", "评论", "修改意见", "反馈意见", "意见和建议", "意见及建议", "问题",
    ),
    "proposed": (
        "proposed", "proposed amendment", "amendment", "proposed wording", "proposed change", "proposed changes", "proposed text", "suggested change", "suggested wording", "new text", "amended text", "proposal", "suggestion",
        "redaction proposee", "modification proposee", "modification demandee", "modification souhaitee", "amendement", "amendement propose", "proposition", "texte propose", "proposition de modification", "changement propose", "proposition de redaction",
        "修改后内容", "修改建议", "建议修改为", "建议", "建议文本", "建议修改", "拟修改为", "修改后", "修改内容",
    ),
    "rationale": ("rationale", "reason", "reasons", "justification", "why", "motif", "motifs", "raison", "理由", "修改理由", "原因", "依据", "理由及依据"),
    "evidence": ("evidence", "source", "sources", "preuves", "elements de preuve", "证据", "资料来源"),
    "response": (
        "observations of the secretariat", "secretariat observations", "observations du secretariat", "suite donnee", "response", "reponse", "处理意见", "秘书处处理意见", "处理结果", "secretariat observations on each comment submitted",
    ),
}  # fmt: skip
"""Role -> headings that mean it, folded (case, accents, punctuation)."""
SAYING: tuple[Role, ...] = ("comment", "proposed", "rationale")
"""Roles in which a person says something; `position` counts as well once something is chosen."""
LONGEST, LONGEST_CHINESE = 120, 25
"""Characters of a heading."""
HEAD_ROWS = 200
"""Filled rows from the top of a table among which its row of headings is looked for."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FILLER = re.compile(r"\([^)]*\)|（[^）]*）|[*:：.]|\b(?:your|our|my|the|of|de|du|la|le|les|des|votre|vos|notre|nos)\b")


def folded(text: str) -> str:
    """A heading without case, accents, footnote marks and filler words."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace("‑", "-"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"\s*/\s*", "/", re.sub(r"\s+", " ", plain)).strip(" *:：.")


_ROLE_OF: dict[str, Role] = {folded(heading): role for role, headings in ROLES.items() for heading in headings}
_BEGINNINGS = tuple(known for known in _ROLE_OF if len(known) >= 4 and not _HAN.search(known))
_PARTS = tuple(known for known in _ROLE_OF if len(known) > 1 and _HAN.search(known))


def role_of(heading: str) -> Role | None:
    """The role of a heading; a longer one is known by what it begins with ("Comment (justification for change)" is a comment)."""
    return _exact(heading) or _loose(heading)


def _exact(heading: str) -> Role | None:
    if not heading.strip() or len(heading) > LONGEST:
        return None
    forms = (folded(heading), folded(_FILLER.sub(" ", heading.casefold())), *(folded(part) for part in re.split(r"[\n(（/]", heading)))
    return next((_ROLE_OF[form] for form in forms if form in _ROLE_OF), None)


def _loose(heading: str) -> Role | None:
    """By its beginning, a Chinese one by any part of it; else by a word that means a comment wherever it stands."""
    if len(heading) > (LONGEST_CHINESE if _HAN.search(heading) else LONGEST):
        return None
    words = folded(_FILLER.sub(" ", heading.casefold()))
    begun = (known for known in _BEGINNINGS if words.startswith(known) and not ("a" <= words[len(known) : len(known) + 1] <= "z"))
    held = (known for known in _PARTS if known in words)
    if best := max((*begun, *held), key=len, default=None):
        return _ROLE_OF[best]
    return "comment" if any(_ROLE_OF.get(word) == "comment" for word in re.findall(r"[a-z]{6,}", words)) else None


def first_rows(table: Table) -> Iterator[Mapping[int, Cell]]:
    """The rows among which the headings of a table may be."""
    return (table.rows[number] for number in sorted(table.rows)[:HEAD_ROWS])


def header_roles(row: Mapping[int, Cell], *, again: bool = False) -> dict[int, Role]:
    """Column -> role, where a row is a row of headings: it names at least two roles, among them a place and something said, and is no comment
    itself. The first column of a role has it; a second one is a further column. `again`: below headings only words that are nothing else
    count, because a short comment may begin like a heading.
    """
    found: dict[int, Role] = {}
    merged: set[str] = set()
    for column, cell in sorted(row.items()):
        if cell.sort == "note":
            continue
        if len(cell.said) > LONGEST:
            return {}
        role = _exact(cell.said) if again else role_of(cell.said)
        if again and role is None:
            return {}
        if role and role not in found.values() and cell.said not in merged:
            found[column] = role
        merged.add(cell.said)
    roles = set(found.values())
    return found if len(roles) >= 2 and roles & {"number", "title", "current", "serial"} and roles & set(SAYING) else {}
