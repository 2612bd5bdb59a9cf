"""No address of a package registry and no path of one machine stands in a file under version control; nothing odd at the top."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.checks import report

TOP = {
    *("consult", "migrations", "translations", "content", "tests", "docs"),
    *("pyproject.toml", "README.md", "Makefile", "requirements.lock", "LICENSE", "CHANGELOG.md"),
}
REGISTRY = re.compile(r"https?://[^\s/]*(?:pypi\.|pythonhosted|registry\.npmjs|npmmirror|anaconda\.org)|(?<![\w-])--(?:extra-)?index-url")
SHARED = {"/", "/home", "/opt", "/root", "/srv", "/tmp", "/usr", "/usr/src", "/var", "/workspace"}


def main() -> None:
    report(faults(), "tracked files")


def faults() -> Iterator[str]:
    places = machine_paths()
    for name in tracked():
        top = name.split("/")[0]
        if not top.startswith(".") and top not in TOP:
            yield f"{name}: not one of the things that stand at the top"
        if name == "tests/checks/tracked.py" or not Path(name).is_file():
            continue
        for line, text in enumerate(Path(name).read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if REGISTRY.search(text):
                yield f"{name}:{line}: address of a registry"
            if places.search(text):
                yield f"{name}:{line}: path of one machine"


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], check=True, capture_output=True, text=True).stdout
    return [name for name in listed.split("\0") if name]


def machine_paths() -> re.Pattern[str]:
    """This checkout, the folder it lies in unless that is a common one, and homes of people."""
    here = Path.cwd()
    own = {re.escape(str(place)) for place in (here, here.parent, Path.home()) if str(place) not in SHARED}
    return re.compile(r"(?<![\w./-])(?:" + "|".join([*sorted(own), r"/root", r"/(?:home|Users)/[a-z]\w+"]) + r")/\w")


if __name__ == "__main__":
    main()
