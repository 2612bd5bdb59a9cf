"""The picture of how one version flows into another: lines between two columns of clauses, a drawing per group."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import ngettext

from consult.core.flow import FlowGroup, FlowLink, Line, flow, share_changed
from consult.queries.changes import ChangeMap, Words
from consult.queries.flow import flow_side
from consult.queries.standards import VersionSeen
from consult.web.locale import page_language
from consult.web.reading.room import blueprint
from consult.wording.standards import listed

ROW = 18
"""Units of height a row has in the drawing; 100 units of width, stretched to the column."""
OPEN_AT_MOST = 150
"""Rows of a whole map up to which the groups that shift are open from the start."""
_UNDER = ("merged", "split")
COUNTED = ("unchanged", "modified", "added", "removed", "renumbered", "moved", "split", "merged")


@dataclass(frozen=True, slots=True)
class Stroke:
    """A path of the drawing and the class that says what it means."""

    css: str
    path: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class DrawnGroup:
    group: FlowGroup
    strokes: tuple[Stroke, ...]
    height: int
    open: bool


def shares(map: ChangeMap, words: Mapping[int, Words]) -> dict[int, float]:
    """Link id -> 0..1, how much of its words changed; `words` of the links that changed."""
    return {
        link.id: share_changed(words[link.id].title, words[link.id].text) if link.id in words else float(not link.old or not link.new)
        for link in map.links
    }


def flow_map(old: VersionSeen, new: VersionSeen, map: ChangeMap, share: Mapping[int, float]) -> tuple[DrawnGroup, ...]:
    """The groups of the map with their drawing; clauses of no link of the map are left out; two statements."""
    links = [
        FlowLink(link.kinds, tuple(each.number for each in link.old), tuple(each.number for each in link.new), share[link.id], link.swapped)
        for link in map.links
    ]
    before, after = {n for link in links for n in link.old}, {n for link in links for n in link.new}
    groups = flow(flow_side(old).only(before), flow_side(new).only(after), links)
    small = sum(group.rows for group in groups) <= OPEN_AT_MOST
    return tuple(DrawnGroup(group, strokes(group), group.rows * ROW, small and not group.folds) for group in groups)


def strokes(group: FlowGroup) -> tuple[Stroke, ...]:
    """Ribbons lie under lines; a crossing line is parted from the one below by a line of paper."""
    ribbons = [stroke for line in group.lines if line.way in _UNDER for stroke in _ribbon(line)]
    lines = [stroke for line in group.lines if line.way not in _UNDER for stroke in _line(line)]
    came = [Stroke("stub-new", f"M84 {_y(at)}H100") for at, each in enumerate(group.right) if each.came]
    gone = [Stroke("stub-gone", f"M0 {_y(at)}H16") for at, each in enumerate(group.left) if each.gone]
    since = [Stroke("link", f"M78 {_y(at)}H100", "elsewhere") for at, each in enumerate(group.right) if each.since]
    to = [Stroke("link", f"M0 {_y(at)}H22", "elsewhere") for at, each in enumerate(group.left) if each.to]
    return tuple(ribbons + lines + came + gone + since + to)


def _y(row: int) -> float:
    return (row + 0.5) * ROW


def _line(line: Line) -> list[Stroke]:
    left, right = _y(line.old), _y(line.new)
    end = 80 if line.reworded else 100
    path = f"M0 {left}H{end}" if left == right else f"M0 {left}C{end / 2:g} {left} {end / 2:g} {right} {end} {right}"
    kind = "renumbered" if line.way == "moved" else line.way
    found = [Stroke("link--under", path)] if line.way == "swapped" and line.old > line.new else []
    found.append(Stroke("link", path, "modified" if kind == "kept" and line.reworded else kind))
    if line.reworded:
        found.append(
            Stroke("wave" if line.way == "kept" else "wave wave--moved", f"M80 {right}q1.665 -5 3.33 0t3.33 0t3.33 0t3.33 0t3.33 0t3.35 0")
        )
    return found


def _ribbon(line: Line) -> list[Stroke]:
    a, b = _y(line.old), _y(line.new)
    upper, lower = f"M0 {a - 4}C50 {a - 4} 50 {b - 4} 100 {b - 4}", f"M0 {a + 4}C50 {a + 4} 50 {b + 4} 100 {b + 4}"
    return [Stroke("ribbon", f"{upper}V{b + 4}C50 {b + 4} 50 {a + 4} 0 {a + 4}Z"), Stroke("edge", upper + lower)]


@blueprint.app_template_filter("flow_counts")
def flow_counts(group: FlowGroup) -> str:
    """What happened in a group, in words: 2 unchanged, 5 reworded, 1 added."""
    told = [(kind, group.counts[kind]) for kind in COUNTED if group.counts[kind]]
    return listed([_counted(kind, count) for kind, count in told], page_language())


def _counted(kind: str, n: int) -> str:
    sentences = {
        "unchanged": lambda: ngettext("%(num)s unchanged", "%(num)s unchanged", n),
        "modified": lambda: ngettext("%(num)s reworded", "%(num)s reworded", n),
        "added": lambda: ngettext("%(num)s added", "%(num)s added", n),
        "removed": lambda: ngettext("%(num)s without successor", "%(num)s without successor", n),
        "renumbered": lambda: ngettext("%(num)s renumbered", "%(num)s renumbered", n),
        "moved": lambda: ngettext("%(num)s moved", "%(num)s moved", n),
        "split": lambda: ngettext("%(num)s split", "%(num)s split", n),
        "merged": lambda: ngettext("%(num)s merger", "%(num)s mergers", n),
    }
    return str(sentences[kind]())
