"""The parts of a Word file that a reading needs, found over its relations."""

import posixpath
from dataclasses import dataclass, field
from urllib.parse import unquote

from consult.core.problem import Problem, Refused
from consult.exchange.office_package import Package, parse_xml
from consult.exchange.word_draft.findings import Findings
from consult.exchange.word_draft.ooxml import RELATIONS, Element, W, usual
from consult.exchange.word_draft.styles import Styles

_MAIN = ("officeDocument",)
ACCEPTED = (W + "del", W + "moveFrom")
REJECTED = (W + "ins", W + "moveTo")


@dataclass(frozen=True, slots=True)
class Relation:
    kind: str
    target: str
    is_external: bool


@dataclass(slots=True)
class Source:
    """One file being read. `absent` are the elements that the chosen reading of tracked changes takes away."""

    package: Package
    main: str
    document: Element
    relations: dict[str, Relation]
    styles: Styles
    absent: tuple[str, ...]
    findings: Findings = field(default_factory=Findings)
    assets: dict[str, bytes] = field(default_factory=dict)

    def part(self, kind: str) -> Element | None:
        """The root of the part that the document relates to in this way ("numbering", "footnotes"), None where there is none."""
        for relation in self.relations.values():
            if relation.kind == kind and not relation.is_external and relation.target in self.package:
                return _root(self.package, relation.target)
        return None

    @property
    def rejects(self) -> bool:
        return W + "ins" in self.absent


def open_source(package: Package, tracked: str) -> Source:
    """Raises Refused (`not_readable`) where the file names no document."""
    top = relations_of(package, "")
    main = next((each.target for each in top.values() if each.kind in _MAIN and each.target in package), "")
    if not main:
        raise Refused(Problem("not_readable"))
    relations = relations_of(package, main)
    styles = next((each.target for each in relations.values() if each.kind == "styles" and each.target in package), "")
    return Source(
        package=package,
        main=main,
        document=_root(package, main),
        relations=relations,
        styles=Styles(_root(package, styles) if styles else None),
        absent=REJECTED if tracked == "rejected" else ACCEPTED,
    )


def relations_of(package: Package, part: str) -> dict[str, Relation]:
    """Relations of a part by their identifiers; targets are names of parts, or addresses outside."""
    folder, name = posixpath.split(part)
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    if beside not in package:
        return {}
    found = {}
    for each in parse_xml(package.read(beside)).iterfind(RELATIONS + "Relationship"):
        target, outside = each.get("Target") or "", each.get("TargetMode") == "External"
        if not outside:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
        found[each.get("Id") or ""] = Relation((each.get("Type") or "").rpartition("/")[2], target, outside)
    return found


def _root(package: Package, name: str) -> Element:
    return parse_xml(usual(package.read(name)))
