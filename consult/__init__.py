"""consult: standards consultation and revision."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from consult.config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Settings -> extensions -> blueprints. Imports nothing at the top, so that `consult diff` starts at once."""
    from consult.config import Settings
    from consult.web.application import build

    return build(settings or Settings.from_environment())
