"""What is wrong with a decision of the committee, in words: part of the table of `wording.problems`."""

from consult.wording.terms import N_

SENTENCES: dict[str, str] = {
    "disposition_missing": N_("Choose what becomes of the comments."),
    "decision_reason_needed": N_("Give the reason. Those who commented read it."),
    "decision_reason_long": N_("A reason has at most %(longest)s characters; this one has %(length)s."),
    "duplicate_of_missing": N_("Type the reference of the comment that says the same, such as PS3-2-0041."),
    "duplicate_of_unknown": N_("There is no comment %(reference)s in this round."),
    "duplicate_of_itself": N_("A comment is no duplicate of itself: take it out of those ticked, or name another one."),
    "not_cleared": N_("%(reference)s is not cleared: the committee decides on comments that moderation has let through."),
    "own_comment": N_("%(reference)s was handed in with your mail address: another member decides on it."),
}
