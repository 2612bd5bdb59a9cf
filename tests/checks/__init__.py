"""Checks of the source itself, run by `make check`. Each is a module with a `main()` that returns the faults it found."""

import sys
from collections.abc import Iterable

SHOWN = 40


def report(faults: Iterable[str], what: str) -> None:
    """Prints at most `SHOWN` faults and their number; ends the process with 1 where there is one."""
    found = list(faults)
    for fault in found[:SHOWN]:
        print(f"  {fault}")
    if len(found) > SHOWN:
        print(f"  … and {len(found) - SHOWN} more")
    print(f"{what}: {len(found)} faults" if found else f"{what}: none at fault")
    sys.exit(bool(found))
