"""Words of our own form outside its tables of comments, and a table that has lost its headings."""

import re
from collections import Counter
from collections.abc import Collection

from rapidfuzz import fuzz, process

from consult.core.comment_form.headings import Role, first_rows
from consult.core.comment_form.place import Places, plain_of
from consult.core.comment_form.table import Table

ALIKE = 80.0
"""Likeness (0..100) from which on words are prefilled ones: a form that was made before an extension says another closing in its help."""
FEWEST = 3
"""Rows whose numbers and texts fit each other, from which on a table without headings is one of ours."""


def by_content(table: Table, places: Places, standard: str | None) -> dict[int, Role]:
    """Column -> role in our own table without headings: the columns of clause numbers and of their texts; {} where there are none.

    All other columns are then read as words in cells for something else.
    """
    numbers: Counter[int] = Counter()
    texts: Counter[int] = Counter()
    for row in first_rows(table):
        at = {
            column: placed
            for column, cell in row.items()
            if len(cell.said) < 40 and (placed := places.place(cell, standard=standard)).kind == "clause"
        }
        for column, placed in at.items():
            for other, cell in row.items():
                if other != column and placed.standard and placed.number and places.same_words(cell.said, placed.standard, placed.number):
                    numbers[column] += 1
                    texts[other] += 1
    if not numbers or numbers.most_common(1)[0][1] < FEWEST:
        return {}
    return {numbers.most_common(1)[0][0]: "number", texts.most_common(1)[0][0]: "current"}


def is_stray(words: str, own: Collection[str], about: Collection[str]) -> bool:
    """Whether words are neither prefilled (a label may have its hint in brackets behind it) nor what the form says of its sender."""
    bare = re.sub(r"[（(].*[)）]\s*$", "", words)
    if words in about or plain_of(bare) in own:
        return False
    return process.extractOne(plain_of(words), own, scorer=fuzz.ratio, score_cutoff=ALIKE) is None
