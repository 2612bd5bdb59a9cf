"""Builds the binary catalogues (.mo) beside their sources, and puts what is no code into the wheel."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIED = ("migrations", "translations", "content")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for source in Path(self.root, "translations").rglob("*.po"):
            with source.open("rb") as readable:
                catalogue = read_po(readable, locale=source.parts[-3])
            with source.with_suffix(".mo").open("wb") as target:
                write_mo(target, catalogue)
        if version == "standard":  # an editable install reads them from the checkout and needs no copy that grows old
            build_data["force_include"].update({name: f"consult/_data/{name}" for name in CARRIED})
