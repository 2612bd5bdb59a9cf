"""What has to be said about a file: problems with the paragraph's words, and counts."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Findings:
    """Collected while reading; `said` are problems as plain data, in the order found."""

    said: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def tell(self, code: str, paragraph: int | None = None, words: str | None = None, **params: str | int) -> None:
        """A warning. `words` are quoted in full: what is left out of the draft stands here, whole."""
        where = {"paragraph": paragraph} if paragraph else {}
        if words is not None:
            params["words"] = " ".join(words.split())
        self.said.append({"code": code, "where": where, "params": params, "grade": "warning"})
