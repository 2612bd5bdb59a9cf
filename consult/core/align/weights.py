"""Constants of the three logistic models that turn measures into probabilities.

Fitted by ridge-penalised maximum likelihood (penalty 30 on standardised measures, every family of cases weighing the same) on a public catalogue of
security controls in two revisions, on a trilingual standard written for demonstration, and on families made from both: renumbered,
shuffled, regrouped, paraphrased by word substitution, split, merged, near-duplicated, with clauses dropped from either side. Left out of
the fit one family at a time, the constants lost at most three points of F1 on it. No value depends on language or on a subject.
"""

FIRST: dict[str, float] = {
    "one": -11.24,
    "alike": -2.35,
    "near": -1.04,
    "title": -0.37,
    "lead_row": 1.15,
    "lead_col": 0.42,
    "near_row": 1.08,
    "near_col": 0.88,
    "ratio_row": 8.06,
    "ratio_col": 6.82,
    "held_least": -2.19,
    "held_most": 2.78,
    "held_old": 1.26,
    "held_new": 0.14,
    "path": 1.77,
    "section": 1.89,
    "number": 3.27,
    "length": 0.16,
    "order": 0.55,
    "same_title": 0.54,
    "run": 2.38,
}
"""What a pair is worth by itself: measures of `features.NAMES`, in that order."""

CONTEXT: dict[str, float] = {
    "one": -0.89,
    "logit": 0.63,
    "rival_row": -1.37,
    "rival_col": -0.91,
    "votes": 1.93,
    "children": 0.43,
    "neighbours": 2.1,
    "number": -0.91,
    "path": -0.02,
    "held_least": -0.79,
    "alike": 3.66,
    "near": -1.15,
    "run": 1.73,
    "left_row": 0.94,
    "left_col": 0.56,
    "near_left_row": 0.28,
    "near_left_col": 0.22,
    "same_title": -0.47,
    "section": -2.7,
}
"""What it is worth once a first assignment is known: measures of `context.CONTEXT`."""

EXTRA: dict[str, float] = {
    "one": -2.13,
    "logit": 0.76,
    "votes": 1.05,
    "neighbours": -0.65,
    "gain_old": 3.77,
    "gain_new": 4.34,
    "cover_old": 0.15,
    "cover_new": 0.68,
    "best_old": 2.17,
    "best_new": 0.88,
    "free_old": -0.06,
    "free_new": -0.37,
    "partner_old": 0.21,
    "partner_new": 0.48,
    "beside": -0.28,
    "next": 0.84,
    "under": 1.47,
    "held_least": -5.29,
    "held_most": 0.5,
    "title": 0.47,
    "number": -2.39,
    "rival_row": -0.11,
    "rival_col": -0.68,
    "free_held": 3.52,
    "free_gain": 1.23,
    "length": 0.7,
    "held_part": 0.5,
}
"""What a further link of a clause that has one already is worth (splits, merges): measures of `further.EXTRA`."""
