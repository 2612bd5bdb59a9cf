"""Long lists in pages that keep to the structure of a standard: a page ends where a principle does, wherever that can be."""

from collections.abc import Sequence
from itertools import groupby

LARGEST = 100
"""Entries on a page: some 40 kB compressed with their texts, and the whole of a standard of usual size."""


def pages(groups: Sequence[str], largest: int = LARGEST) -> list[range]:
    """Ranges of entries, a page each, from the group (principle) of every entry; a group larger than a page is divided.

    Everything fits on one page up to `largest` entries; there is always a first page.
    """
    found: list[range] = []
    start = end = 0
    for _, members in groupby(groups):
        size = len(list(members))
        if end > start and end + size - start > largest:
            found.append(range(start, end))
            start = end
        end += size
        while end - start > largest:
            found.append(range(start, start + largest))
            start += largest
    if end > start or not found:
        found.append(range(start, end))
    return found
