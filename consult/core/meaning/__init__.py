"""What a change of a clause means for those it binds: suggested labels, each with the signs in the words that speak for it.

Nothing is guessed from a whole: every label rests on something a reader can point at (a verb that binds, a figure with its direction, a deadline,
a condition, a sentence that binds). Deterministic; English, French and Chinese. A person confirms or changes the suggestion.
"""

from consult.core.meaning.labels import LABELS, Label, Meaning, Sign, labels_of, weightiest
from consult.core.meaning.suggest import Matter, suggest

__all__ = ["LABELS", "RULES", "Label", "Matter", "Meaning", "Sign", "labels_of", "suggest", "weightiest"]

RULES = 1
"""Grows whenever the same texts may get other labels or signs; stored with every suggestion."""
