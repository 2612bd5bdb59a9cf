"""Files of a published version in a language: which there are, and what they are called in downloads (design, section 7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "changes"]
Format = Literal["pdf", "docx", "md", "xlsx"]
FORMATS: dict[Kind, tuple[Format, ...]] = {"text": ("pdf", "docx", "md"), "changes": ("pdf", "docx", "xlsx")}
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "md": "text/markdown",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class VersionFile:
    """The clean text of a version in a language or, with a baseline, what changed since that."""

    standard: str
    version: str
    language: str
    format: Format
    baseline: str | None = None

    @property
    def kind(self) -> Kind:
        return "text" if self.baseline is None else "changes"

    def name(self, activities: Sequence[str] = ()) -> str:
        """performance-standard_v3-draft-2_fr.pdf, performance-standard_v2_to_v3-draft-2_changes_fr.docx; slugs only."""
        parts = [self.standard, *([self.baseline, "to"] if self.baseline else []), self.version]
        parts += ["changes"] if self.baseline else []
        parts += [f"for-{'-'.join(activities)}"] if activities else []
        return "_".join([*parts, self.language]) + f".{self.format}"


def files_for(standard: str, version: str, languages: Iterable[str], baselines: Iterable[str] = ()) -> tuple[VersionFile, ...]:
    """Every file of a version: its text, then its changes since each baseline; a language after the other, the main baseline first."""
    since: tuple[str | None, ...] = (None, *baselines)
    listed = tuple(languages)
    return tuple(
        VersionFile(standard, version, language, ending, baseline)
        for baseline in since
        for language in listed
        for ending in FORMATS["changes" if baseline else "text"]
    )
