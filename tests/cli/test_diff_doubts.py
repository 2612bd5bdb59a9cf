"""What must be doubted is said on standard error, and the rest of the answer stays as it is."""

import json
from pathlib import Path

from tests.cli.conftest import Run
from tests.core.align.test_align import SUBJECTS


def write(path: Path, version: str, rows: list[tuple[str, str]], keys: str = "") -> Path:
    front = f"---\nstandard: s\nversion: {version}\nlanguage: en\ntitle: T\n{keys}---\n"
    path.write_text(front + "".join(f"# {n} {title}\n\n{text}\n\n" for n, (title, text) in enumerate(rows, 1)), encoding="utf-8")
    return path


def test_a_record_that_the_text_speaks_against_is_a_warning(run: Run, tmp_path: Path) -> None:
    old = write(tmp_path / "a.md", "v1", SUBJECTS)
    new = write(tmp_path / "b.md", "v2", [*SUBJECTS[4:], *SUBJECTS[:4]], 'correspondence: {"1": "1", "2": []}\n')
    done = run("diff", old, new, "--format", "json")
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        "warning: clause 1: Clause 1 is recorded as coming from 1, but its text reads like 5 (100% sure). Check the correspondence.",
        "warning: clause 2: Clause 2 is recorded as new, but its text reads like 6 (100% sure). Check the correspondence.",
    ]
    found = json.loads(done.stdout)
    assert [(each["new"], each["recorded"], each["old"]) for each in found["contradicted"]] == [("1", ["1"], "5"), ("2", [], "6")]
    assert [notice["code"] for notice in found["notices"]] == ["correspondence_contradicted", "addition_contradicted"]


def test_drafts_of_one_standard_are_not_doubted(run: Run, tmp_path: Path) -> None:
    done = run("diff", write(tmp_path / "a.md", "v1", SUBJECTS), write(tmp_path / "b.md", "v2", SUBJECTS[1:]))
    assert done.stderr == ""
