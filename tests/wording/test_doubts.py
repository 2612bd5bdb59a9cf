"""Every doubt that reading a form can have is worded."""

import re
from pathlib import Path

from consult.core import comment_form
from consult.operations import read_form
from consult.wording.terms import TERMS


def test_every_doubt_of_the_reader_has_its_sentence_and_no_sentence_is_without_a_doubt() -> None:
    readers = [*Path(comment_form.__file__).parent.glob("*.py"), Path(read_form.__file__)]
    source = "".join(each.read_text(encoding="utf-8") for each in readers)
    assert {code for code in TERMS["doubt"] if f'"{code}"' not in source} == set()
    given = re.findall(r'doubts=\(([^)*]*)|doubts\.append\("(\w+)"\)', source)
    assert {code for plain, one in given for code in [*re.findall(r'"(\w+)"', plain), *([one] if one else [])]} - set(
        TERMS["doubt"]
    ) == set()
