"""One-to-one assignment of greatest total worth over sparse candidate pairs (Kuhn-Munkres by shortest augmenting paths)."""

import heapq
from collections.abc import Sequence

_SAME = 1e-12


def assign(pairs: Sequence[tuple[int, int]], worth: Sequence[float]) -> list[int]:
    """Returns the places in `pairs` of an assignment: each old and each new clause at most once, total worth greatest.

    Only pairs of positive worth are used; a clause may stay alone, at worth 0. The pairs must be distinct. Deterministic.
    """
    matching = _Matching(pairs, worth)
    for old in sorted(matching.edges, key=lambda old: (-matching.dual(old), old)):
        matching.place(old)
    return sorted(matching.chosen.values())


class _Matching:
    """`edges`: old -> (new, worth, place of the pair); `holder`: new -> old; `held`: old -> new; `chosen`: new -> place of the pair."""

    def __init__(self, pairs: Sequence[tuple[int, int]], worth: Sequence[float]) -> None:
        self.edges: dict[int, list[tuple[int, float, int]]] = {}
        for at, ((old, new), value) in enumerate(zip(pairs, worth, strict=True)):
            if value > 0:
                self.edges.setdefault(old, []).append((new, float(value), at))
        self.holder: dict[int, int] = {}
        self.held: dict[int, int] = {}
        self.chosen: dict[int, int] = {}
        self.price: dict[int, float] = {}

    def dual(self, old: int) -> float:
        """What an old clause can still gain at the present prices; staying alone gains 0."""
        return max(0.0, max(value - self.price.get(new, 0.0) for new, value, _ in self.edges[old]))

    def place(self, start: int) -> None:
        """Places `start` by the cheapest chain of moves; the chain ends at a free new clause or leaves one old clause alone."""
        distance: dict[int, float] = {}
        came: dict[int, tuple[int, int]] = {}
        done: dict[int, float] = {}
        queue: list[tuple[float, int]] = []
        row, walked, alone, alone_at = start, 0.0, float("inf"), start
        while True:
            top = self.dual(row)
            if walked + top < alone - _SAME:
                alone, alone_at = walked + top, row
            for new, value, at in self.edges[row]:
                cost = walked + top - (value - self.price.get(new, 0.0))
                if new not in done and cost < distance.get(new, float("inf")) - _SAME:
                    distance[new], came[new] = cost, (row, at)
                    heapq.heappush(queue, (cost, new))
            while queue and queue[0][1] in done:
                heapq.heappop(queue)
            if not queue or queue[0][0] > alone - _SAME:
                self._settle(done, alone)
                self._rewire(came, start, self.held.pop(alone_at, None))
                return
            walked, new = heapq.heappop(queue)
            if new not in self.holder:
                self._settle(done, walked)
                self._rewire(came, start, new)
                return
            done[new] = walked
            row = self.holder[new]

    def _settle(self, done: dict[int, float], total: float) -> None:
        for new, walked in done.items():
            self.price[new] = self.price.get(new, 0.0) + total - walked

    def _rewire(self, came: dict[int, tuple[int, int]], start: int, end: int | None) -> None:
        """Gives every old clause of the chain the new clause found for it, from the end back to the start."""
        while end is not None:
            old, at = came[end]
            before = self.held.get(old)
            self.held[old], self.holder[end], self.chosen[end] = end, old, at
            end = None if old == start else before
