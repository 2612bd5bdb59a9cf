"""Where in the draft we are: the clause before, the levels of numbers, what has occurred."""

from consult.exchange.word_draft.clause_number import Found, follows

LOWEST = 6


class Trail:
    def __init__(self) -> None:
        self.begun = False
        self.number = ""
        self._seen: set[str] = set()
        self._last: tuple[str, ...] = ()
        self._levels: dict[tuple[str, ...], int] = {}
        self._of_depth: dict[int, int] = {}
        self._group = 0
        self._above = 0

    @property
    def numbered(self) -> bool:
        return bool(self._seen)

    @property
    def group_level(self) -> int:
        """For a group that no style puts on a level: beside the group before, the highest where there is none."""
        return self._group or 1

    @property
    def band_level(self) -> int:
        """For a heading over the whole width of a table of clauses."""
        return self._group or max(1, self._above + 1)

    def has(self, found: Found) -> bool:
        return found.address in self._seen

    def fits(self, found: Found, leap: int) -> bool:
        """Whether this number may come next."""
        return not self._last or follows(self._last, found.parts, leap)

    def clause(self, found: Found, level: int | None) -> int:
        """Enters a clause; its level is given by its style, or follows from its number: below its parent, beside its like, below the last
        heading.
        """
        parts = found.parts
        if level is None:
            parent = next((self._levels[parts[:n]] for n in range(len(parts) - 1, 0, -1) if parts[:n] in self._levels), None)
            beside = self._of_depth.get(len(parts))
            level = parent + 1 if parent else beside or max(self._group, self._above) + 1
        level = min(level, LOWEST)
        self.begun, self.number = True, found.address
        self._seen.add(found.address)
        self._last = parts
        self._levels[parts] = self._of_depth[len(parts)] = level
        return level

    def group(self, level: int) -> None:
        self.begun = True
        self._group = level
        self._of_depth = {depth: known for depth, known in self._of_depth.items() if known > level}
        self._above = level
