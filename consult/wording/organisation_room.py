"""What a room says: why something was not done, and what a submission may state of its members."""

from flask_babel import gettext

from consult.core.organisation_room import Statement
from consult.core.problem import Problem
from consult.wording.problems import SENTENCES as FILES
from consult.wording.submission import PROBLEMS, problem_sentence
from consult.wording.terms import N_

SENTENCES: dict[str, str] = {
    "name_missing": N_("Say who you are: the others in the room see this name."),
    "room_organisation_missing": N_("Name the organisation for which the room will submit."),
    "of_member_missing": N_("Say whose form this is: its comments keep that name, inside the room only."),
    "file_missing": N_("Choose the filled form."),
    "sentence_missing": N_("Say in one sentence why not."),
    "form_not_ours": N_("This form could not be checked, so nothing was changed. Send it again from here."),
    "coordinator_only": N_("Only the coordinator can do this."),
    "not_yours": N_("Only the member who gave this comment and the coordinator can change it."),
    "inner_deadline": N_("The deadline inside the room is over: from now on only the coordinator changes comments. You can still agree or disagree."),
    "draft_unknown": N_("This comment is no longer in the room."),
    "stale_draft": N_("Another tab or device has changed this comment in the meantime. Nothing was overwritten."),
    "handed_in": N_("This comment was submitted in the meantime, and that text counts."),
    "merged": N_("This comment is merged with another one. Take it out of there first."),
    "other_place": N_("Only comments on the same place can be merged."),
    "not_offered": N_("The member no longer offers this as a minority view."),
    "views_undecided": N_("A minority view came in, or its words changed, after this page was opened. Nothing was submitted. Decide whether it goes along, then submit."),
    "view_undecided": N_("Say whether this minority view goes along."),
    "basket_unknown": N_("There are no comments of your own on this device to which it could go back."),
    "basket_full": N_("The room is full: up to %(most)s comments."),
    "nothing_in_form": N_("No row of this form says anything. Nothing was added."),
    "row_unknown": N_("This row has its place already."),
    "unknown_target": N_("There is no such clause in this round. Type its number as it stands in the draft."),
    "member_unknown": N_("This person is no longer in the room."),
    "pass_on_first": N_("Hand over the role of coordinator first, then leave."),
    "not_yet_yours": N_("The coordinator can still object, or has objected."),
    "room_full": N_("The room is full: up to %(most)s people."),
    "deadline_form": N_("Give date and time of the deadline, or leave both empty."),
    "deadline_past": N_("This is over already. Choose a later time."),
    "deadline_after_closing": N_("The round closes before that. Choose a time before its closing."),
    "basket_changed": N_("Something in the room changed after this page was opened. Nothing was submitted. Read it once more, then submit."),
    "nothing_to_submit": N_("No comment that is marked in can be submitted yet. What each lacks stands beside it."),
    "window_closed": N_("The window is closed, and nothing was changed. Everything stays readable here."),
    "window_coming": N_("The window is not open yet."),
    "round_cancelled": N_("This round was cancelled; no comments are taken in."),
    "too_many_attempts": N_("Very many rooms were opened from your network within an hour. What you typed is below; send it again later."),
}  # fmt: skip
STATEMENTS: dict[Statement, tuple[str, str]] = {
    "named": (N_("Members are named"), N_("Their number, and the names of those who agreed to be named.")),
    "counted": (N_("Members are counted"), N_("Their number, and no names.")),
    "not_stated": (N_("Members are not stated"), N_("The submission speaks for the organisation alone.")),
}


def room_sentence(problem: Problem, language: str) -> str:
    """The sentence of a problem, in the language of the page."""
    if problem.code in SENTENCES:
        return str(gettext(SENTENCES[problem.code], **problem.params))
    if problem.code in PROBLEMS or problem.code == "too_long":
        return problem_sentence(problem, language)
    return str(gettext(FILES[problem.code], **problem.params))
