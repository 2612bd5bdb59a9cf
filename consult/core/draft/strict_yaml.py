"""YAML as data only: no aliases, anchors, tags or implicit types; every scalar is the text that was written, with the line it stands on."""

from dataclasses import dataclass
from typing import Any

import yaml

from consult.core.problem import Problem

DEPTH = 12
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping with the line of every key (1-based, counted in the file). Values are text, lists or Mappings."""

    values: dict[str, Any]
    lines: dict[str, int]


def read_mapping(text: str, where: dict[str, str | int], first_line: int = 1) -> tuple[Mapping | None, list[Problem]]:
    """The top mapping of a YAML text that begins at `first_line` of its file.

    Errors: `yaml_broken` (line, what the parser said), `yaml_alias`, `yaml_tag`, `yaml_deep` (a limit), `yaml_not_mapping`,
    `yaml_duplicate_key`.
    """
    problems: list[Problem] = []
    try:
        if refused := _refused(text):
            code, line = refused
            return None, [Problem(code, {**where, "line": first_line + line}, {"limit": DEPTH} if code == "yaml_deep" else {})]
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        return None, [Problem("yaml_broken", {**where, "line": first_line + line}, {"detail": str(error.problem or error.context or "")})]
    except yaml.YAMLError as error:
        return None, [Problem("yaml_broken", {**where, "line": first_line}, {"detail": str(error).split("\n")[0]})]
    if node is None:
        return Mapping({}, {}), []
    if not isinstance(node, yaml.MappingNode):
        return None, [Problem("yaml_not_mapping", {**where, "line": first_line})]
    return _mapping(node, where, first_line, problems), problems


def _refused(text: str) -> tuple[str, int] | None:
    depth = documents = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            return "yaml_alias", line
        if getattr(event, "tag", None):
            return "yaml_tag", line
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                return "yaml_not_mapping", line
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEPTH:
                return "yaml_deep", line
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _mapping(node: yaml.MappingNode, where: dict[str, str | int], first_line: int, problems: list[Problem]) -> Mapping:
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        line = first_line + key_node.start_mark.line
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(Problem("yaml_broken", {**where, "line": line}, {"detail": "key"}))
            continue
        key = str(key_node.value)
        if key in values:
            problems.append(Problem("yaml_duplicate_key", {**where, "line": line}, {"key": key}))
            continue
        values[key], lines[key] = _value(value_node, where, first_line, problems), line
    return Mapping(values, lines)


def _value(node: yaml.Node, where: dict[str, str | int], first_line: int, problems: list[Problem]) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, where, first_line, problems)
    if isinstance(node, yaml.SequenceNode):
        return [_value(each, where, first_line, problems) for each in node.value]
    return str(node.value)
