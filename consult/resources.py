"""Finds what the package carries that is no code: content, migrations, translations."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def resource(name: str) -> Path:
    """The folder of that name: inside the wheel (`consult/_data`), else at the top of the checkout."""
    for root in (PACKAGE / "_data", PACKAGE.parent):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(name)
