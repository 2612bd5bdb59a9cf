"""What is carried is found in the checkout and in the wheel (the wheel itself: test_ground.py)."""

from pathlib import Path

import pytest

from consult import resources


def test_the_wheels_own_copy_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "consult")
    (tmp_path / "content").mkdir(parents=True)
    assert resources.resource("content") == tmp_path / "content"
    (tmp_path / "consult" / "_data" / "content").mkdir(parents=True)
    assert resources.resource("content") == tmp_path / "consult" / "_data" / "content"


def test_what_is_not_carried_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="nothing-of-ours"):
        resources.resource("nothing-of-ours")
