"""What to do where a tool that tests need is missing: skip with the reason, or fail where the run says that it must be there."""

import os
from typing import NoReturn

import pytest


def missing(variable: str, reason: str) -> NoReturn:
    """`variable` is CONSULT_TEST_PG or CONSULT_TEST_BROWSER; its value `require` turns a skip into a failure."""
    if os.environ.get(variable) == "require":
        pytest.fail(f"{reason}, and {variable}=require", pytrace=False)
    pytest.skip(f"{reason}; make system installs it")
