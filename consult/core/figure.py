"""Figures of a draft: Markdown images that lead to its own `assets/`. Remote pictures are never shown."""

import re
from dataclasses import dataclass

_FIGURE = re.compile(r"!\[(?P<alt>(?:\\.|[^\[\]\\])*)\]\((?P<path>assets/[\w\-][\w.\-]{0,120})\)")
_HEADS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"))
LARGEST = 8 * 1024 * 1024
"""Bytes of one figure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`path` as the draft writes it (assets/…), `alt` the words that stand for it."""

    path: str
    alt: str

    @property
    def name(self) -> str:
        return self.path.removeprefix("assets/")


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a clause's text, each once, in their order."""
    found = {each["path"]: re.sub(r"\\(.)", r"\1", each["alt"]) for each in _FIGURE.finditer(text)}
    return tuple(Figure(path, alt) for path, alt in found.items())


def picture_type(content: bytes) -> str | None:
    """The media type of a picture that browsers draw, by its content; None for anything else."""
    for head, media in _HEADS:
        if content.startswith(head):
            return media
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return "image/svg+xml" if start.startswith((b"<svg", b"<?xml")) and b"<svg" in content[:4000] else None
