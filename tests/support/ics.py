"""A small strict reader of iCalendar (RFC 5545): lines of at most 75 octets ended by CRLF, unfolded, components nested, texts unescaped."""

import re
from dataclasses import dataclass, field

_LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<parameters>(?:;[A-Z-]+=[^;:]*)*):(?P<value>.*)")
_NEEDED = {
    "VCALENDAR": {"VERSION", "PRODID"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "SUMMARY"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
}
_TEXTS = {"SUMMARY", "DESCRIPTION", "NAME", "UID"}


@dataclass
class Component:
    kind: str
    fields: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, dict[str, str]] = field(default_factory=dict)
    inside: list["Component"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.fields[name]

    @property
    def events(self) -> list["Component"]:
        return [each for each in self.inside if each.kind == "VEVENT"]

    @property
    def alarms(self) -> list["Component"]:
        return [each for each in self.inside if each.kind == "VALARM"]


def read_calendar(data: bytes) -> Component:
    lines = data.split(b"\r\n")
    assert lines.pop() == b"", "the last line has its end"
    assert not [line for line in lines if len(line) > 75 or b"\n" in line or b"\r" in line]
    open_ones, whole = [Component("")], b"\r\n".join(lines).replace(b"\r\n ", b"").decode()
    for line in whole.split("\r\n"):
        found = _LINE.fullmatch(line)
        assert found, line
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            open_ones.append(Component(value))
        elif name == "END":
            done = open_ones.pop()
            assert done.kind == value
            assert _NEEDED[value] <= set(done.fields), done
            open_ones[-1].inside.append(done)
        else:
            assert name not in open_ones[-1].fields, f"{name} twice"
            open_ones[-1].fields[name] = _unescaped(value) if name in _TEXTS else value
            open_ones[-1].parameters[name] = dict(each.split("=", 1) for each in found["parameters"].split(";")[1:])
    (calendar,) = open_ones[0].inside
    return calendar


def _unescaped(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value), value
    return re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], value)
