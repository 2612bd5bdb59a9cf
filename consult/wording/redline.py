"""What a screen reader says around changed words, in the reader's language."""

from consult.core.redline import RedlineWords
from consult.wording.terms import N_, Translate

ADDED, ADDED_END = N_("added: "), N_(" end of addition")
REMOVED, REMOVED_END = N_("removed: "), N_(" end of removal")
ADDED_LATER, REMOVED_LATER = N_("added by the newest draft: "), N_("removed by the newest draft: ")


def redline_words(translate: Translate) -> RedlineWords:
    return RedlineWords(*(translate(text) for text in (ADDED, ADDED_END, REMOVED, REMOVED_END, ADDED_LATER, REMOVED_LATER)))
