"""Modules, functions and templates stay short; whoever needs more says why below."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.checks import report

MODULE, FUNCTION, TEMPLATE = 400, 50, 150

EXCEPTIONS: dict[str, str] = {
    # "consult/core/example.py" or "consult/core/example.py:function": "the reason",
}


def main() -> None:
    long = {name: f"{name}: {lines} lines, {limit} allowed" for name, lines, limit in measured() if lines > limit}
    stale = [f"{name}: is listed as an exception and needs none" for name in EXCEPTIONS if name not in long]
    report([fault for name, fault in long.items() if name not in EXCEPTIONS] + stale, "sizes")


def measured() -> Iterator[tuple[str, int, int]]:
    """Name, lines and limit of everything that is measured."""
    for path in sorted([*Path("consult").rglob("*.py"), *Path("tests").rglob("*.py")]):
        source = path.read_text(encoding="utf-8")
        yield str(path), len(source.splitlines()), MODULE
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1, FUNCTION
    for path in sorted(each for each in Path("consult/templates").rglob("*") if each.is_file()):
        yield str(path), len(path.read_text(encoding="utf-8").splitlines()), TEMPLATE


if __name__ == "__main__":
    main()
