"""`clauses.yaml`: data about the clauses of one version, the same for every language (design, section 5)."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from consult.core.clause import Kind
from consult.core.draft.front import Place, plain, read_date
from consult.core.draft.number import address, annex_or_number
from consult.core.draft.source import read_text
from consult.core.draft.strict_yaml import Mapping, read_mapping
from consult.core.problem import Problem

LIMIT_BYTES = 2 * 1024 * 1024
KINDS = ("requirement", "note", "definition", "information")
VERSION_KEYS = ("normative", "effective", "transition_until", "clauses")
CLAUSE_KEYS = ("applies", "kind", "reason", "source")

_TRUTH = {"true": True, "yes": True, "false": False, "no": False}
_CODE = re.compile(r"[a-z0-9][a-z0-9_\-]{0,63}")


@dataclass(frozen=True, slots=True)
class ClauseAnnotation:
    """What is known of one clause beside its text: `applies` activities bound (empty: all), `reason` of its change by language, `source`
    short codes.

    `kind` is None where the file says nothing; `line` is the line of its number (1-based).
    """

    number: str
    applies: tuple[str, ...] = ()
    kind: Kind | None = None
    reason: dict[str, str] = field(default_factory=dict)
    source: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Annotations:
    """A version's clauses.yaml: `normative`, `effective` and `transition_until` are None where not given; `clauses` by number in address
    form.
    """

    clauses: dict[str, ClauseAnnotation] = field(default_factory=dict)
    normative: bool | None = None
    effective: date | None = None
    transition_until: date | None = None
    file: str = ""


def read_annotations(source: bytes | str, *, file: str = "") -> tuple[Annotations | None, tuple[Problem, ...]]:
    """Annotations from YAML: version keys at the top, clauses by number at the top too or under `clauses`.

    None only when nothing can be read (not UTF-8, larger than 2 MB, broken or forbidden YAML). Other errors: `key_type`, `key_value`,
    `key_date`,
    `duplicate_number`; warning: `key_unknown`. Each names file, line and, within a clause, the number.
    """
    place: Place = {"file": file} if file else {}
    text, problems = read_text(source, place, LIMIT_BYTES)
    if text is None:
        return None, tuple(problems)
    top, yaml_problems = read_mapping(text, place)
    problems += yaml_problems
    if top is None:
        return None, tuple(problems)
    entries = [(key, value, top.lines[key]) for key, value in top.values.items() if key not in VERSION_KEYS]
    inner = top.values.get("clauses")
    if isinstance(inner, Mapping):
        entries += [(key, value, inner.lines[key]) for key, value in inner.values.items()]
    elif inner not in (None, ""):
        problems.append(Problem("key_type", {**place, "line": top.lines["clauses"]}, {"key": "clauses"}))
    clauses: dict[str, ClauseAnnotation] = {}
    for key, value, line in entries:
        if read := _clause(key, value, line, place, clauses, problems):
            clauses[read.number] = read
    days = {
        key: read_date(key, top.values[key], {**place, "line": top.lines[key]}, problems)
        for key in ("effective", "transition_until")
        if top.values.get(key)
    }
    found = Annotations(clauses, _truth(top, place, problems), days.get("effective"), days.get("transition_until"), file)
    if found.effective and found.transition_until and found.transition_until < found.effective:
        problems.append(Problem("transition_before_effective", {**place, "line": top.lines["transition_until"]}))
    return found, tuple(problems)


def _truth(top: Mapping, place: Place, problems: list[Problem]) -> bool | None:
    if "normative" not in top.values:
        return None
    value = top.values["normative"]
    if not isinstance(value, str) or value.lower() not in _TRUTH:
        where = {**place, "line": top.lines["normative"]}
        problems.append(Problem("key_value", where, {"key": "normative", "value": str(plain(value))[:80], "allowed": "true, false"}))
        return None
    return _TRUTH[value.lower()]


def _clause(
    key: str, value: Any, line: int, place: Place, known: dict[str, ClauseAnnotation], problems: list[Problem]
) -> ClauseAnnotation | None:
    number, where = address(key), {**place, "line": line}
    if annex_or_number(key) is None and not number.startswith("annex-"):
        problems.append(Problem("key_unknown", where, {"key": key[:80]}, "warning"))
        return None
    where["number"] = number
    if number in known:
        problems.append(Problem("duplicate_number", where, {"label": key, "first": key, "first_line": known[number].line}))
        return None
    if value == "":
        return ClauseAnnotation(number, line=line)
    if not isinstance(value, Mapping):
        problems.append(Problem("key_type", where, {"key": key[:80]}))
        return None
    for each in value.values:
        if each not in CLAUSE_KEYS:
            problems.append(Problem("key_unknown", {**where, "line": value.lines[each]}, {"key": each[:80]}, "warning"))
    return ClauseAnnotation(
        number=number,
        applies=_codes(value, "applies", where, problems),
        kind=_kind(value, where, problems),
        reason=_reason(value, where, problems),
        source=_codes(value, "source", where, problems),
        line=line,
    )


def _kind(value: Mapping, where: Place, problems: list[Problem]) -> Kind | None:
    kind = value.values.get("kind", "")
    if kind == "":
        return None
    if kind not in KINDS:
        place = {**where, "line": value.lines["kind"]}
        problems.append(Problem("key_value", place, {"key": "kind", "value": str(plain(kind))[:80], "allowed": ", ".join(KINDS)}))
        return None
    return cast(Kind, kind)


def _codes(value: Mapping, key: str, where: Place, problems: list[Problem]) -> tuple[str, ...]:
    found = value.values.get(key, "")
    listed = [found] if isinstance(found, str) and found else found or []
    good = isinstance(listed, list) and all(isinstance(each, str) and each.strip() for each in listed)
    if not good or (key == "applies" and not all(_CODE.fullmatch(each) for each in listed)):
        problems.append(Problem("key_type", {**where, "line": value.lines[key]}, {"key": key}))
        return ()
    return tuple(dict.fromkeys(listed))


def _reason(value: Mapping, where: Place, problems: list[Problem]) -> dict[str, str]:
    reason = value.values.get("reason", "")
    if reason == "":
        return {}
    if not isinstance(reason, Mapping) or not all(isinstance(each, str) for each in reason.values.values()):
        problems.append(Problem("key_type", {**where, "line": value.lines["reason"]}, {"key": "reason"}))
        return {}
    return {language: text.strip() for language, text in reason.values.items() if text.strip()}
