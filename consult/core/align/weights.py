"""Constants of the three logistic models."""

FIRST: tuple[float, ...] = (-4.5, 3, 1, 1, 1, 3, 3, 2, 2, 0.5, 0.5, 1, 0.5, 0.5, 4, 0.5, 0, 1)
CONTEXT: tuple[float, ...] = (-1, 1, -1, -1, 1, 1, 1, 0, 0, 0, 0)
EXTRA: tuple[float, ...] = (-3, 0.5, 0.5, 0.5, 3, 3, 0.5, 0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0)
