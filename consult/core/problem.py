"""What is wrong, as data: a code, a place and parameters. `consult.wording.problems` puts it into words in the reader's language."""

from dataclasses import dataclass, field
from typing import Literal

Grade = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `code` is a stable English snake_case word; `where` names the place; `params` fill the sentence.

    `where` keys in use: file, line, column, row, sheet, field, language, number.
    """

    code: str
    where: dict[str, str | int] = field(default_factory=dict)
    params: dict[str, str | int] = field(default_factory=dict)
    grade: Grade = "error"


class Refused(Exception):
    """An operation or a reading refused its input; `problems` say why. Nothing was stored."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.code} {p.where} {p.params}" for p in problems))
