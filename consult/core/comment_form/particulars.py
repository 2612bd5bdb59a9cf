"""Who filled the form in: pairs of a label and a value beside it, on any sheet; and the line that says for which round it was made."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from consult.core.comment_form.headings import folded
from consult.core.comment_form.place import plain_of
from consult.core.comment_form.table import Table
from consult.core.group_input import TEXTS

LABELS: dict[str, tuple[str, ...]] = {
    "name": ("name", "your name", "contact person", "nom", "votre nom", "personne de contact", "姓名", "联系人", "提交人"),
    "organisation": ("organisation", "organization", "company", "organisme", "entreprise", "单位", "单位名称", "组织", "提出单位", "公司"),
    "mail": ("e-mail", "email", "e-mail address", "mail", "adresse electronique", "courriel", "adresse e-mail", "电子邮箱", "邮箱", "电子邮件"),
    "country": ("country", "country or territory", "pays", "pays ou territoire", "国家", "国家或地区"),
    "stakeholder_class": ("stakeholder class", "class", "categorie", "categorie de partie prenante", "利益相关方类别", "类别"),
    "capacity": ("capacity", "i comment", "qualite", "je commente", "身份"),
    "choice": ("publication", "publication choice", "publish", "choix de publication", "公开方式", "公开选择"),
    "group_people": ("people in the group", "number of people", "about how many people", "personnes dans le groupe", "nombre de personnes", "群体人数", "人数"),
    "group_name": ("group", "name of the group", "groupe", "nom du groupe", "群体", "群体名称"),
    "group_language": ("language spoken", "spoken in", "langue parlee", "发言语言", "所用语言"),
    "group_given": ("how, where and when", "how, where and when it was given", "comment, ou et quand", "发言方式、地点和时间"),
    "group_consent": ("consent of the group", "how the group agreed", "accord du groupe", "群体的同意", "同意方式"),
    "group_conditions": ("conditions of the group", "conditions du groupe", "群体的条件", "使用条件"),
}  # fmt: skip
_OF = {folded(label): key for key, labels in LABELS.items() for label in labels}
_MARK = re.compile(
    r"\[(?P<consultation>[a-z0-9-]+)/(?P<round>\d{1,3}) (?P<language>[a-z-]{2,12})(?P<versions>(?: [a-z0-9-]+=[a-z0-9.-]+)*)\]"
)


@dataclass(frozen=True, slots=True)
class MadeFor:
    """What the form itself says: its round, language, and the version of each document it was made from."""

    consultation: str
    round: int
    language: str
    versions: dict[str, str] = field(default_factory=dict)


def mark(made: MadeFor) -> str:
    """The line our forms carry at the top of each sheet; whatever happens to it, a form is taken in."""
    versions = "".join(f" {standard}={version}" for standard, version in made.versions.items())
    return f"[{made.consultation}/{made.round} {made.language}{versions}]"


def is_mark(words: str) -> bool:
    return bool(_MARK.fullmatch(words.strip()))


def made_for(tables: Iterable[Table]) -> MadeFor | None:
    for table in tables:
        for row in table.rows.values():
            for cell in row.values():
                if found := _MARK.search(cell.text):
                    pairs = dict(pair.split("=", 1) for pair in found["versions"].split())
                    return MadeFor(found["consultation"], int(found["round"]), found["language"], pairs)
    return None


def particulars(tables: Iterable[Table], own: Collection[str] = ()) -> dict[str, str]:
    """Key -> the value beside its label; the first that is filled in counts. `own`: plain words of our forms, such as the hint beside a label."""
    found: dict[str, str] = {}
    for table in tables:
        for row in table.rows.values():
            cells = [cell.said for _, cell in sorted(row.items()) if cell.said]
            distinct = [each for at, each in enumerate(dict.fromkeys(cells)) if at == 0 or plain_of(each) not in own]
            if len(distinct) != 2:
                continue
            key = _OF.get(folded(re.sub(r"[（(].*?[)）]", "", distinct[0])))
            if key and key not in found and len(distinct[1]) <= (2000 if key in TEXTS else 300):
                found[key] = distinct[1]
    return found
