"""Titles of codes in the reader's language: one place for every closed list. French agrees with its noun (commentaire, article, consultation)."""

from collections.abc import Callable

Translate = Callable[[str], str]


def N_(text: str) -> str:  # noqa: N802  (the extractor's keyword)
    return text


def NP_(context: str, text: str) -> tuple[str, str]:  # noqa: N802  (the extractor's keyword)
    """The same for a short word that needs its context to be translated: goes to pgettext as `*NP_(…)`."""
    return context, text


TERMS: dict[str, dict[str, str]] = {
    "state": {
        "pending": N_("in moderation"),
        "cleared": N_("cleared"),
        "held": N_("held"),
        "withheld": N_("withheld"),
        "withdrawn": N_("withdrawn by its author"),
        "erased": N_("erased"),
    },
    "position": {
        "support": N_("support"),
        "support_with_changes": N_("support with changes"),
        "neutral": N_("neutral"),
        "oppose": N_("oppose"),
        "question": N_("question"),
    },
    "type": {
        "general": N_("general"),
        "technical": N_("technical"),
        "editorial": N_("editorial"),
        "translation": N_("translation"),
    },
    "kind": {
        "unchanged": N_("unchanged"),
        "modified": N_("modified"),
        "added": N_("added"),
        "removed": N_("removed"),
        "renumbered": N_("renumbered"),
        "moved": N_("moved"),
        "split": N_("split"),
        "merged": N_("merged"),
    },
    "resource": {
        "paper": N_("Paper"),
        "webinar": N_("Webinar"),
        "page": N_("Further page"),
    },
    "choice": {
        "named": N_("name and organisation"),
        "organisation": N_("organisation only"),
        "class": N_("class only"),
        "confidential": N_("confidential"),
    },
    "capacity": {
        "individual": N_("as an individual"),
        "organisation": N_("on behalf of an organisation"),
        "facilitator": N_("as a facilitator, for a group"),
    },
    "target": {
        "process": N_("the consultation itself"),
        "document": N_("whole document"),
        "clause": N_("clause"),
        "new": N_("new clause"),
        "removed": N_("removed clause"),
    },
    "stub": {
        "in_moderation": N_("This comment is in moderation."),
        "confidential": N_("The author of this comment asked for confidentiality. The committee reads it."),
        "not_yet": N_("This comment becomes public later, as the rule of this round says."),
        "withheld": N_("This comment is withheld."),
        "withdrawn": N_("This comment was withdrawn by its author."),
        "erased": N_("This comment was erased at the request of a person concerned."),
    },
    "endorsement_stub": {
        "in_moderation": N_("This endorsement is in moderation. It counts already."),
        "confidential": N_("The party behind this endorsement asked for confidentiality. It counts."),
        "not_yet": N_("This endorsement is shown later, as the rule of this round says. It counts already."),
        "comment_hidden": N_("This endorsement stands. What it says is not shown, because the comment is not."),
        "withheld": N_("This endorsement is withheld and does not count."),
        "withdrawn": N_("This endorsement was withdrawn by its author."),
        "erased": N_("This endorsement was erased at the request of a person concerned."),
    },
    "late_reason": {
        "our_fault": N_("our platform or office failed"),
        "told_late": N_("told of the consultation too late"),
        "no_access": N_("no connection or no access"),
        "emergency": N_("illness or emergency"),
        "other": N_("another reason"),
    },
    "late_link": {
        "asked": N_("waits for a second person"),
        "valid": N_("works"),
        "used": N_("used"),
        "revoked": N_("revoked"),
        "over": N_("ended"),
    },
    "withheld_reason": {
        "abuse": N_("it attacks or insults a person"),
        "off_topic": N_("it does not concern the consultation"),
        "spam": N_("it is advertising or was sent by a machine"),
        "illegal": N_("its content is against the law"),
        "own_duplicate": N_("its author sent the same text already"),
        "third_party_data": N_("it holds data of other persons"),
        "confidential_information": N_("it holds confidential information"),
        "disowned": N_("the owner of the address says it is not theirs"),
    },
    "status": {
        "draft": N_("draft"),
        "adopted": N_("adopted"),
        "superseded": N_("superseded"),
    },
    "news": {
        "opening": N_("comments open"),
        "closing_soon": N_("comments close in 7 days, and in 48 hours"),
        "extension": N_("more time to comment"),
        "correction": N_("a translation is corrected"),
        "draft": N_("a new draft or edition"),
        "responses": N_("the response to the comments is published"),
    },
    "frequency": {
        "at_once": N_("at once"),
        "daily": N_("once a day, if there is something"),
        "weekly": N_("on Mondays, if there is something"),
    },
    "phase": {
        "coming": N_("upcoming"),
        "open": N_("open"),
        "closed": N_("closed"),
    },
    "consultation_state": {
        "active": N_("active"),
        "cancelled": N_("cancelled"),
        "voided": N_("voided"),
    },
    "role": {
        "visitor": N_("visitor"),
        "participant": N_("participant"),
        "facilitator": N_("facilitator"),
        "translator": N_("translator"),
        "secretariat": N_("secretariat"),
        "working_group": N_("working-group member"),
        "committee": N_("committee member"),
        "chair": N_("chair"),
        "observer": N_("observer"),
        "process_auditor": N_("process auditor"),
        "administrator": N_("administrator"),
    },
    "channel": {
        "web": N_("online form"),
        "form": N_("offline form"),
        "staff": N_("entered by staff"),
    },
    "confirmation": {
        "none": N_("no e-mail address given"),
        "unconfirmed": N_("not confirmed yet"),
        "confirmed": N_("confirmed"),
        "disowned": N_("disowned"),
    },
    "delivery": {
        "waiting": N_("waits to be sent"),
        "trying": N_("not taken by the mail server yet, tried again"),
        "sent": N_("handed to the mail server"),
        "refused": N_("refused by the mail server"),
        "failed": N_("could not be sent"),
        "not_needed": N_("not needed any more, not sent"),
    },
    "made_for": {
        "public": N_("For everyone: what may not be read stands as a row without text."),
        "committee": N_("For the committee only. Comments marked confidential are not to be passed on."),
        "secretariat": N_("For the secretariat only: holds personal data."),
    },
    "display_rule": {
        "after_moderation": N_("Comments become public after moderation."),
        "after_closing": N_("Comments become public after closing; until then only their number is shown."),
        "with_report": N_("Comments become public with the response report; until then only their number is shown."),
    },
    "disposition": {
        "accepted": N_("accepted"),
        "accepted_with_modification": N_("accepted with modification"),
        "partially_accepted": N_("partially accepted"),
        "not_accepted": N_("not accepted"),
        "noted": N_("noted"),
        "deferred": N_("deferred"),
        "out_of_scope": N_("out of scope"),
        "duplicate": N_("duplicate"),
    },
    "meaning": {
        "editorial": N_("editorial"),
        "clarified": N_("clarified"),
        "stricter": N_("stricter"),
        "looser": N_("looser"),
        "new_obligation": N_("new obligation"),
        "removed_obligation": N_("removed obligation"),
        "scope_changed": N_("scope changed"),
    },
    "meaning_state": {
        "suggested": N_("suggested by the program"),
        "confirmed": N_("confirmed by the secretariat"),
    },
    "sign": {
        "strength": N_("Verb that binds"),
        "limit": N_("Limit"),
        "deadline": N_("Deadline"),
        "frequency": N_("Interval"),
        "date": N_("Date"),
        "figure": N_("Figure whose effect the program cannot read"),
        "threshold": N_("Who or what falls under it"),
        "condition": N_("Condition or exception"),
        "weakener": N_("Effort instead of result"),
        "assurance": N_("Publication, verification or record"),
        "narrowing": N_("Narrowing word"),
        "obligation": N_("Obligation"),
        "recommendation": N_("Recommendation"),
        "permission": N_("Permission"),
        "demand": N_("Further demand"),
        "activities": N_("Activities bound"),
        "term": N_("Defined term"),
        "wording": N_("Wording"),
        "form": N_("Form only"),
    },
    "link_reason": {
        "identical": N_("identical text"),
        "recorded": N_("recorded in the draft"),
        "content": N_("likeness of the texts"),
        "number": N_("the same number"),
        "split": N_("likeness of the texts, split"),
        "merged": N_("likeness of the texts, merged"),
        "none": N_("no clause comes near"),
        "hand": N_("set by hand"),
    },
    "doubt": {
        "other_consultation": N_("The form was made for another consultation; nothing of it is placed here."),
        "older_form": N_("The form was made for an earlier draft; look whether the comment still fits the text as it is now."),
        "which_document": N_("More than one document has this number; the first is taken."),
        "unknown_number": N_("No clause of this round has this number."),
        "no_number": N_("The row names no clause."),
        "continued": N_("The row names no clause and is read as going on with the one above."),
        "as_before": N_("It stands where it was put in your earlier file."),
        "by_text": N_("The row names no clause; it is placed by the text beside it."),
        "by_title": N_("The row names no clause; it is placed by the title beside it."),
        "text_of_other_clause": N_("The text beside the number is that of another clause; that one is taken."),
        "older_number": N_("The number is that of an older draft; the clause it has become is taken."),
        "further_clauses": N_("The row names several clauses; the comment stands at the first and names the others."),
        "zero_lost": N_("The program may have dropped a zero at the end of the number, as in 2.10."),
        "was_a_date": N_("The program has made a date of the number."),
        "edited_text": N_("The current text was changed in its own cell; it is read as proposed wording."),
        "wrong_cell": N_("The words stood in a cell meant for something else."),
        "only_position": N_("Only a position is given, without words."),
        "further_columns": N_("Further columns of the row are kept beside the comment, but not handed in with it."),
        "unknown_word": N_("The word for position or type is not one of the list."),
    },
    "statement": {
        "named": N_("members are named"),
        "counted": N_("members are counted"),
        "not_stated": N_("members are not stated"),
    },
    "audience": {
        "public": N_("whoever may read the comment"),
        "committee": N_("the committee and the secretariat"),
        "secretariat": N_("the secretariat only"),
    },
    "scan": {
        "not_scanned": N_("not checked for harmful content"),
        "pending": N_("waiting for the check for harmful content"),
        "clean": N_("checked for harmful content: nothing found"),
        "refused": N_("refused by the check for harmful content"),
    },
    "no_file": {
        "withheld": N_("This file is withheld."),
        "waiting": N_("This file is being checked."),
        "refused": N_("This file was refused by the check for harmful content."),
        "no_copy": N_("This file cannot be freed of hidden data and is not published."),
    },
    "clause_kind": {
        "requirement": N_("requirement"),
        "note": N_("note"),
        "definition": N_("definition"),
        "information": N_("information"),
        "group": N_("part"),
    },
}  # fmt: skip


def term(kind: str, code: str, translate: Translate) -> str:
    """The title of a code; KeyError on a code that is not in its list (a mistake of ours, never of a reader)."""
    return translate(TERMS[kind][code])
