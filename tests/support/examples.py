"""How many examples hypothesis tries: a fifth of them in make test, all in make test-long (which sets CONSULT_TEST_EXAMPLES=all)."""

import os

from hypothesis import settings

ALL = os.environ.get("CONSULT_TEST_EXAMPLES") == "all"


def examples(count: int) -> settings:
    """`@examples(200)` above a property; time is not its subject."""
    return settings(max_examples=tried(count), deadline=None)


def tried(count: int) -> int:
    return count if ALL else max(1, count // 5)
