"""Hostile sizes: exact within seconds, and a text too large for words says so."""

import random
import time

import pytest

from consult.core.diff import diff

PICK = random.Random(4)
WORDS = [f"w{n}" for n in range(3000)]


def doc(count: int) -> str:
    return " ".join(PICK.choice(WORDS) for _ in range(count))


LINES = [f"The Entity shall {doc(20)}." for _ in range(4000)]
HOSTILE = {
    "200 pages in one line": (doc(80_000), doc(80_000)),
    "200 pages, every tenth line reworded": (
        "\n\n".join(LINES),
        "\n\n".join(doc(20) if at % 10 == 0 else line for at, line in enumerate(LINES)),
    ),
    "lines in another order": ("\n".join(LINES), "\n".join(reversed(LINES))),
    "ten thousand equal lines": ("Reserved.\n" * 10_000, "Reserved.\n" * 9_000 + "x\n" + "Reserved.\n" * 999),
    "ten thousand other line ends": ("a b\r\n" * 10_000, "a b\n" * 10_000),
    "Han without a space": ("铝" * 60_000 + "甲", "业" * 60_000 + "甲"),
    "punctuation": (".;,-" * 2_000, ";.-," * 2_000),
    "emoji": ("👩\u200d🌾" * 10_000, "👩\u200d🏭" * 10_000),
    "combining marks": ("e" + "\u0301" * 100_000, "e" + "\u0300" * 100_000),
    "table": ("".join(f"| {n} | {n * 7} |\n" for n in range(5_000)), "".join(f"| {n} | {n * 9} |\n" for n in range(5_000))),
    "spaces": (" " * 300_000, " " * 299_999 + "\u00a0"),
}


LARGEST = ("200 pages in one line", "200 pages, every tenth line reworded", "lines in another order")


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.long) if name in LARGEST else name for name in HOSTILE])
def test_hostile_texts_are_exact_within_seconds(name: str) -> None:
    old, new = HOSTILE[name]
    begun = time.process_time()
    spans, _ = diff(old, new, "en")
    assert time.process_time() - begun < 8
    assert "".join(text for mark, text in spans if mark != "+") == old
    assert "".join(text for mark, text in spans if mark != "-") == new


def test_other_line_ends_cost_the_line_ends_only() -> None:
    spans, bounded = diff("a b\r\n" * 10_000, "a b\n" * 10_000, "en")
    assert not bounded
    assert {text for mark, text in spans if mark != "="} == {"\r\n", "\n"}
