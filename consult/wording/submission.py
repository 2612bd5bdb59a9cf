"""What a comment form says: problems of what was sent, each sentence beside its field, and who sees what under a publication choice."""

from datetime import timedelta

from babel.lists import format_list
from flask_babel import gettext, ngettext, pgettext

from consult.core.problem import Problem
from consult.core.submission import who_sees
from consult.core.vocabulary import CHOICES, PublicationChoice
from consult.wording.dates import babel_locale, number_text
from consult.wording.terms import N_


def NP_(context: str, text: str) -> str:  # noqa: N802  (the extractor's keyword)
    return text


PROBLEMS = {
    "nothing_said": N_("Write a comment or propose a wording: one of the two is needed."),
    "no_text": N_("Write your comment."),
    "control_character": N_("Line %(line)s, column %(column)s holds the control character %(code)s, which cannot be stored. Delete it there, or type the passage again."),
    "control_in_line": N_("This line holds the control character %(code)s at place %(column)s. Type it again."),
    "not_in_list": N_("Choose one of the entries of the list."),
    "capacity_missing": N_("Say whether you write for yourself or for an organisation."),
    "organisation_missing": N_("Name the organisation you write for, or choose “as an individual”."),
    "group_people_missing": N_("Say about how many people spoke."),
    "group_people_form": N_("Give one number, such as 40."),
    "group_language_missing": N_("Say which language the group spoke."),
    "group_given_missing": N_("Say how, where and when the group said it."),
    "group_consent_missing": N_("Say how the group agreed that you hand this in. Without its consent it cannot be taken in."),
    "mail_form": N_("This is not the form of a mail address. Correct it, or leave the field empty."),
    "stakeholder_class_missing": N_("Choose the class you belong to."),
    "country_missing": N_("Choose your country or territory."),
    "choice_missing": N_("Choose what may be published with your words."),
    "consent_missing": N_("Tick that you have read what happens to your data. Without it nothing can be taken in."),
    "attachment_empty": N_("“%(file)s” is empty. Choose it again, or leave it out."),
    "attachment_large": N_("“%(file)s” is larger than 10 MB. Make it smaller, or divide it; everything else is kept."),
    "attachment_type": N_("“%(file)s” is of a type that is not taken in. Save it as PDF, and attach that."),
    "attachment_locked": N_("“%(file)s” is protected by a password. Save it without one, and attach that."),
    "attachment_macros": N_("“%(file)s” contains macros. Save it without them, and attach that."),
    "attachment_damaged": N_("“%(file)s” is damaged or cut off. Save it again, and attach that."),
    "attachment_bomb": N_("“%(file)s” needs too much memory or time once it is unpacked. Save it as PDF, or divide it."),
    "attachment_many": N_("“%(file)s” is one too many: up to %(most)s files go with a comment. Remove one first."),
    "attachment_total": N_("With “%(file)s” your files would have more than 50 MB together. Remove one first."),
    "too_many_attempts": N_("Very many files came from your network within the last hour. Those attached before are kept; try again later."),
    "trap_filled": N_("This field has to stay empty: it is there to stop machines. Delete what is in it."),
    "words_not_found": N_("These words do not stand in the text above. Copy them from there, or leave the field empty and name the place in your comment."),
    "words_in_many_places": N_("These words stand in the text more than once. Choose which are meant."),
    "two_proposals": N_("You edited the text of the clause and also proposed other words. Keep one of the two: empty the other field, or put the text back as it was."),
    "link_form": N_("Line %(line)s is not a link. A link begins with https:// and has no spaces."),
    "link_credentials": N_("The link in line %(line)s holds a user name or password. Give one that opens without."),
    "link_long": N_("The link in line %(line)s is too long: up to %(limit)s characters can be stored."),
    "links_many": N_("These are %(count)s links; up to %(most)s can be stored. Keep those that say most."),
    "further_unknown": N_("There is no clause %(number)s in this document."),
    "further_nearest": N_("There is no clause %(number)s in this document. The nearest are: %(nearest)s."),
    "further_many": N_("A comment can apply to up to %(most)s further clauses. If it concerns more, comment on the document as a whole."),
    "equal_content": N_("The very same comment was received within the last hour."),
}  # fmt: skip
FIELDS = {
    "quote": N_("The words it is about"),
    "text": N_("Your comment"),
    "edited": N_("The text as it should read"),
    "proposed": N_("Proposed wording"),
    "rationale": N_("Reasons"),
    "evidence": N_("Links to evidence"),
    "further": N_("It also applies to"),
}
"""What a form has to be given back, in its order."""
OF_LINES = ("text", "proposed", "rationale", "quote", "edited", "evidence", "nuance")
"""Fields of several lines."""
CHOICE_SENTENCES: dict[PublicationChoice, str] = {
    "named": N_("Your comment appears with your name, organisation, class and country."),
    "organisation": N_("Your comment appears with your organisation, class and country, without your name."),
    "class": N_("Your comment appears with your class only."),
    "confidential": N_("Your comment does not appear in public. The committee reads it without knowing whose it is."),
}
PIECES = {
    "text": NP_("what is seen", "text"),
    "stakeholder_class": NP_("what is seen", "class"),
    "country": NP_("what is seen", "country"),
    "organisation": NP_("what is seen", "organisation"),
    "name": NP_("what is seen", "name"),
    "mail": NP_("what is seen", "mail address"),
}


def problem_sentence(problem: Problem, language: str) -> str:
    """The sentence of a problem of `core.submission.read_form` or `core.comment_details.read_details`, or of a form as a whole."""
    params = {**problem.where, **problem.params}
    if problem.code == "too_long":
        over = int(problem.params["over"])
        limit = number_text(int(problem.params["limit"]), language)
        sentence = ngettext(
            "This is %(over)s character too long: up to %(limit)s can be stored.",
            "This is %(over)s characters too long: up to %(limit)s can be stored.",
            over, over=number_text(over, language), limit=limit,
        )  # fmt: skip
        return str(sentence)
    code = problem.code
    if code == "control_character" and problem.where["field"] not in OF_LINES:
        code = "control_in_line"
    elif code == "further_unknown" and problem.params["nearest"]:
        code = "further_nearest"
    sentence = PROBLEMS[code]
    return str(gettext(sentence, **params))


def field_title(name: str) -> str:
    return str(gettext(FIELDS[name]))


def seen_table(language: str) -> list[tuple[PublicationChoice, list[str]]]:
    """Choice -> what the public, the committee and the secretariat see of it, as one enumeration each; "" for nothing."""
    return [(choice, [enumerated(pieces, language) for pieces in who_sees(choice).values()]) for choice in CHOICES]


def enumerated(pieces: tuple[str, ...], language: str) -> str:
    named = [pgettext("what is seen", PIECES[piece]) for piece in pieces]
    return format_list(named, style="standard", locale=babel_locale(language)) if named else ""


def left_sentence(left: timedelta, language: str) -> str:
    """How long a window is still open; below 48 hours in hours and minutes."""
    minutes = left // timedelta(minutes=1)
    if minutes >= 48 * 60:
        days = left.days
        return str(ngettext("%(n)s day left to comment", "%(n)s days left to comment", days, n=number_text(days, language)))
    return str(gettext("%(hours)s h %(minutes)s min left to comment", hours=minutes // 60, minutes=minutes % 60))
