"""Every code of a closed list has its title, and every problem its sentence."""

import re
from pathlib import Path

import pytest

from consult.core import vocabulary
from consult.core.change import KINDS
from consult.core.permission import ROLES
from consult.core.plan import RESOURCES
from consult.core.problem import Problem
from consult.wording import problems, submission
from consult.wording.terms import TERMS, term

LISTS = {
    "state": vocabulary.STATES,
    "position": vocabulary.POSITIONS,
    "type": vocabulary.TYPES,
    "kind": KINDS,
    "choice": vocabulary.CHOICES,
    "capacity": vocabulary.CAPACITIES,
    "target": vocabulary.TARGETS,
    "channel": vocabulary.CHANNELS,
    "confirmation": vocabulary.CONFIRMATIONS,
    "display_rule": vocabulary.DISPLAY_RULES,
    "status": vocabulary.STATUSES,
    "withheld_reason": vocabulary.WITHHOLD_REASONS,
    "role": ROLES,
    "resource": RESOURCES,
}


@pytest.mark.parametrize("kind", LISTS)
def test_every_code_of_a_list_has_a_title(kind: str) -> None:
    assert {code for code in LISTS[kind] if not term(kind, code, str)} == set()
    assert set(LISTS[kind]) <= set(TERMS[kind])


def test_an_unknown_code_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        term("state", "published", str)


def test_the_sentence_of_a_problem_names_its_place() -> None:
    problem = Problem("published_differs", {"file": "fr.md", "line": 12, "number": "5.2"}, {"published": "8 t", "written": "11 t"})
    said = problems.problem_sentence(problem, str)
    assert all(word in said for word in ("fr.md", "12", "5.2", "8 t", "11 t"))


def test_every_problem_of_reading_and_publishing_has_a_sentence() -> None:
    """Codes raised by the rooms whose refusals the command line says; those of web forms are worded beside their forms."""
    package = Path(problems.__file__).parent.parent
    rooms = [*package.glob("core/draft/*.py"), *package.glob("core/parity/*.py"), package / "exchange" / "draft_folder.py"]
    rooms += [
        package / "exchange" / "consultation_file.py",
        *(package / "operations" / f"{name}.py" for name in ("publish", "published", "schedule")),
    ]
    codes = {code for room in rooms for code in re.findall(r'Problem\(\s*"([a-z_]+)"', room.read_text(encoding="utf-8"))}
    assert len(codes) > 20
    assert codes - set(problems.SENTENCES) == set()


def test_every_refusal_of_a_form_has_a_sentence() -> None:
    source = (Path(problems.__file__).parent.parent / "core" / "submission.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'Problem\(\s*"([a-z_]+)"', source)) - {"too_long"}  # its sentence has a plural of its own
    assert codes - set(submission.PROBLEMS) == set()
