"""Problem codes to sentences in the reader's language: one table for every room. What is added here goes into the catalogues by itself."""

from functools import reduce

from consult.core.problem import Problem
from consult.wording import decisions, word_drafts
from consult.wording.terms import N_, Translate

SENTENCES: dict[str, str] = {
    **decisions.SENTENCES,
    **word_drafts.SENTENCES,
    # rooms of organisations, from the command line
    "room_unknown": N_("There is no room of this address."),
    "member_unknown": N_("There is no such person in this room."),
    # reading files
    "file_unreadable": N_("The file cannot be read: %(why)s."),
    "unreadable_row": N_("Row %(row)s of the file cannot be read."),
    "nothing_to_read": N_("There is no draft here."),
    "language_twice": N_("This version already has a file in %(language)s: %(other)s."),
    "too_large": N_("The file has %(size_mb)s MB; at most %(limit_mb)s MB are read."),
    # files of office programs
    "file_empty": N_("The file is empty."),
    "figure_missing": N_(
        "The figure %(path)s is named here, but there is no picture of that name (PNG, JPEG, GIF, WebP or SVG, up to 8 MB). Put it beside the draft."
    ),
    "wrong_type": N_("This is a %(found)s file. Open it in Word or LibreOffice, save it as %(expected)s and try again."),
    "not_readable": N_("The file cannot be read. Open it in Word or LibreOffice, save it again in the format asked for and try again."),
    "truncated": N_("The file is damaged or its end is missing. Take it from where it came from once more and try again."),
    "encrypted": N_("The file is protected by a password. Save it without one and try again."),
    "macro_enabled": N_("The file contains macros, which are not taken in. Save it as %(expected)s without macros and try again."),
    "too_many_parts": N_("The file consists of %(count)s parts; at most %(most)s are read."),
    "too_much_inside": N_("Unpacked, the file would need more than %(limit_mb)s MB. Take large pictures out, or divide it."),
    "too_slow": N_("The file could not be read within %(seconds)s seconds. Save it again in Word or LibreOffice, or divide it."),
    "unreadable_form": N_(
        "A file of this kind cannot be read here. Open it in Excel, Word, WPS or LibreOffice, save it as %(save_as)s and send it again."
    ),
    "no_comment_table": N_("Neither a table with a column for comments nor comments in the margin or tracked changes were found in it."),
    # files with comments that come in
    "file_too_large": N_("The file is larger than %(size)s. Take pictures out of it, or divide it."),
    "file_handed_in": N_("This very file came in before as %(reference)s, and its comments are submitted. Nothing was added."),
    "file_is_here": N_("This very file is here already, as %(reference)s."),
    "file_unknown": N_("This file is not among those of this device."),
    "file_not_unreadable": N_("The rows of this file were read: take them in below."),
    "arrival_in_future": N_("This moment has not come yet. Enter when the file reached you."),
    "arrival_missing": N_("Enter day and time at which the file reached you."),
    "place_unknown": N_("“%(place)s” is no clause of this round. Type its number, or choose one of the list."),
    "confirm_over": N_(
        "The time in which you could decide about these rows is over. Nothing was changed; the secretariat can still take them in."
    ),
    "copy_changed": N_(
        "What you handed in, or this file, was changed meanwhile, in another tab or on another device. Nothing was applied: read it once more."
    ),
    "nothing_to_apply": N_("Nothing was to be applied: each new row needs a place, or be left out."),
    "added_elsewhere": N_(
        "These comments were added to receipt %(reference)s. Send the file from there, so that it is compared with all of them."
    ),
    "comment_ended": N_("One of these comments was taken back or erased meanwhile. Nothing was applied: read it once more."),
    "still_with_sender": N_("Its sender still decides about these rows. They can be taken in here once that time is over."),
    "references_missing": N_("Enter the references of the comments that you typed in."),
    "nothing_to_submit": N_("None of these rows has a place yet, so nothing was taken in."),
    "basket_full": N_("Your basket is full. Submit what is in it, then come back for this row."),
    "unknown_target": N_("This place is not part of the round any more. Choose another one."),
    "nothing_changed": N_(
        "Of this comment, which is submitted, only position or type would change. Take it back on its receipt and say it anew."
    ),
    "window_closed": N_("The window was closed at that moment, so the file cannot be taken in."),
    "window_coming": N_("The window was not open yet at that moment, so the file cannot be taken in."),
    "round_cancelled": N_("This round was cancelled; no comments are taken in."),
    "stale_revision": N_("This comment was revised meanwhile. Revise it on its receipt."),
    "entities_refused": N_(
        "The file contains declarations that no office program writes. Save it again in Word or LibreOffice and try again."
    ),
    # publishing and scheduling
    "published_differs": N_("This version is published with another text. Published: “%(published)s”. In the file: “%(written)s”."),
    "published_data_differs": N_(
        "This version is published with other data about its clauses or other front matter. Publish the change as a new draft."
    ),
    "published_without_language": N_("This version was published without an edition in %(language)s."),
    "baseline_without_language": N_("The baseline %(baseline)s has no edition in %(language)s, which prevails here."),
    "not_published": N_("The version %(version)s is not published yet."),
    "correct_prevailing": N_("The edition in %(language)s prevails: its text never changes once published. Publish a new draft."),
    "correct_structure": N_("A correction may change words, not the structure: this clause is new, gone or on another level."),
    "correct_nothing": N_("The text is the published one: there is nothing to correct."),
    "reason_missing": N_("A correction needs its reason: readers see it."),
    "consultation_file": N_("The consultation cannot be read: %(why)s."),
    "page_file": N_("A page begins with a line “# Title” and a paragraph below it."),
    "page_missing": N_("There is no page here. A page is a folder with a file per language, such as en.md."),
    "consultation_exists": N_("There is a consultation with the name %(slug)s or the prefix %(prefix)s already."),
    "question_place": N_("The question %(code)s of round %(row)s names a document or clause that the round does not have."),
    "window_reversed": N_("Round %(row)s closes before it opens, or less than an hour after."),
    "round_unknown": N_("The consultation %(consultation)s has no round %(round)s."),
    "round_called_off": N_("Round %(row)s was called off; nothing of it can be moved."),
    "round_closed": N_("Round %(row)s has closed, and stays closed. Hold a further round instead."),
    "closing_not_later": N_("The new closing has to be later than the present one: %(closes)s (%(zone)s)."),
    "round_overlaps": N_("Round %(row)s does not follow the round before it: wrong number, or it opens before that one closes."),
    "version_unknown": N_("The version %(version)s of %(standard)s is not published."),
    # front matter and clauses.yaml
    "front_matter_missing": N_("The draft does not begin with front matter between two lines of three hyphens."),
    "front_matter_open": N_("The front matter does not end: a second line of three hyphens is missing."),
    "yaml_broken": N_("The YAML cannot be read: %(detail)s."),
    "yaml_alias": N_("Anchors and aliases (& and *) are not allowed here. Write the value out."),
    "yaml_tag": N_("Tags (!) are not allowed here."),
    "yaml_deep": N_("Values are nested more than %(limit)s deep."),
    "yaml_not_mapping": N_("Keys and values are expected here, in one YAML document."),
    "yaml_duplicate_key": N_("The key “%(key)s” occurs twice."),
    "key_missing": N_("The key “%(key)s” is missing from the front matter."),
    "key_unknown": N_("The key “%(key)s” is not known and has no effect."),
    "key_type": N_("The value of “%(key)s” is empty or of the wrong kind."),
    "key_shape": N_("“%(value)s” cannot be the value of “%(key)s”: small letters, digits, dots and hyphens only, at most 80."),
    "key_value": N_("“%(value)s” cannot be the value of “%(key)s”. Allowed: %(allowed)s."),
    "key_date": N_("“%(value)s” is not a date. Write “%(key)s” as year-month-day, for example 2022-01-07."),
    "transition_before_effective": N_("The transition ends before the version takes effect."),
    # headings and numbers
    "no_clauses": N_("No heading begins with a number: the draft has no clauses."),
    "text_before_heading": N_("There is text before the first heading. It stands as a part without a title."),
    "heading_empty": N_("The heading has no title."),
    "heading_without_space": N_("This line looks like a heading, but a space is missing between # and the number. It is read as text."),
    "setext_heading": N_("A line of hyphens or equals signs does not make a heading here. Begin the heading with #."),
    "raw_html": N_("HTML is not rendered. It is shown as it is written."),
    "fence_open": N_("The code block that begins here does not end; everything after it is read as code, headings too."),
    "number_unclear": N_("The heading “%(heading)s” begins like a number but is read as a title without one. A space may be missing."),
    "duplicate_number": N_("The number %(label)s occurs twice; it stands in line %(first_line)s already (%(first)s)."),
    "number_gap": N_("The number %(label)s follows %(before)s: a number between them is missing."),
    "number_order": N_("The number %(label)s comes after %(before)s."),
    "clause_empty": N_("Clause %(label)s has no text."),
    "and_more": N_("%(count)s more findings of this kind (%(code)s) are not listed."),
    # the languages of a version side by side
    "prevailing_missing": N_("The prevailing language is %(wanted)s, but there is no file in it."),
    "language_missing": N_("Version %(version)s has no text in this language."),
    "language_contradicts": N_("The file says that its language is %(value)s, but it is read as %(expected)s."),
    "key_contradicts": N_("“%(key)s” is %(value)s here and %(prevailing)s in the prevailing text (%(prevails)s)."),
    "clause_missing": N_("Clause %(label)s of the prevailing text (%(prevails)s) is missing."),
    "clause_surplus": N_("Clause %(label)s is not in the prevailing text (%(prevails)s)."),
    "clause_order_differs": N_("From clause %(label)s on, the clauses stand in another order than in the prevailing text."),
    "clause_level_differs": N_("The heading of clause %(label)s is on another level than in the prevailing text."),
    "groups_differ": N_("There are %(count)s headings without a number, %(prevailing)s in the prevailing text."),
    "baseline_unknown": N_("The baseline %(baseline)s is not a known version of this standard."),
    "correspondence_unknown": N_("The correspondence names clause %(number)s, which this draft does not have."),
    "correspondence_contradicted": N_(
        "Clause %(label)s is recorded as coming from %(recorded)s, but its text reads like %(better)s (%(percent)s%% sure). Check the correspondence."
    ),
    "addition_contradicted": N_(
        "Clause %(label)s is recorded as new, but its text reads like %(better)s (%(percent)s%% sure). Check the correspondence."
    ),
    "hardly_related": N_(
        "The two drafts hardly belong together: of the links, about %(percent)s%% can be right. Only those more likely right than wrong are made."
    ),
    "annotation_without_clause": N_("Clause %(number)s is described here, but the version has no such clause."),
    # parity
    "figures_differ": N_("Figures differ from the %(prevails)s text. Missing here: %(missing)s. Only here: %(extra)s."),
    "dates_differ": N_("Dates differ from the %(prevails)s text. Missing here: %(missing)s. Only here: %(extra)s."),
    "units_differ": N_("The figure %(figure)s has another unit than in the %(prevails)s text: %(extra)s instead of %(missing)s."),
    "modals_differ": N_(
        "Verbs that bind differ from the %(prevails)s text: %(verbs)s occurs %(expected)s times there and %(count)s times here."
    ),
    "items_differ": N_("The %(prevails)s text has %(expected)s list items, this one %(count)s, or they are nested in another way."),
    "notes_differ": N_("The %(prevails)s text has %(expected)s notes, this one %(count)s."),
    "table_differs": N_("The tables (rows × columns) are %(expected)s in the %(prevails)s text and %(count)s here."),
    "untranslated": N_("This seems not to be translated: “%(words)s”."),
    "terms_differ": N_("Only one of the two texts uses the defined term %(term)s, here %(missing)s."),
    "stale_passage": N_(
        "The %(prevails)s text changed since %(baseline)s, this passage did not. New there: “%(there)s”. Still here: “%(here)s”."
    ),
    "changed_alone": N_(
        "This passage changed since %(baseline)s, the %(prevails)s text did not. There: “%(there)s”. New here: “%(here)s”."
    ),
    "map_differs": N_(
        "Compared by itself with %(baseline)s, this edition links the clause to %(ours)s; the %(prevails)s text links it to %(theirs)s."
    ),
    "meaning_differs": N_(
        "Since %(baseline)s the %(prevails)s text went “%(there)s”, this one “%(here)s”: one asks more, the other does not."
    ),
    # what changes mean
    "meaning_unknown": N_("There is no label for this change to confirm."),
    "label_unknown": N_("Choose from the labels listed."),
    "labels_missing": N_("Choose at least one label."),
    "stale_meaning": N_("Someone else has labelled this change in the meantime. Nothing was overwritten."),
    # drafts in the office
    "draft_name": N_(
        "“%(value)s” cannot be used here: small letters, digits, dots and hyphens only, at most 64. A language is written like fr or zh."
    ),
    "draft_standard_missing": N_("Type a name for the address of the standard: small letters, digits, dots and hyphens."),
    "draft_version_missing": N_("Type a name for the address of the version: small letters, digits, dots and hyphens."),
    "draft_prevails_missing": N_("Type the code of the language that prevails, such as en."),
    "draft_exists": N_("There is a draft of %(version)s already. Open it and take in your files there."),
    "draft_unknown": N_("There is no such draft."),
    "draft_empty": N_("No text has been taken in yet."),
    "draft_of_another": N_(
        "The file says “%(key)s: %(value)s”, but this draft is %(expected)s. Correct the file, or take it in where it belongs."
    ),
    "draft_stale": N_("Someone else has changed this draft in the meantime. Read it again, then decide."),
    "version_published": N_("The version %(version)s is published. Prepare the change as a new draft."),
    "file_missing": N_("Choose a file that is not empty."),
    "file_kind": N_("“%(name)s” is not a file that can be taken in: Markdown (.md), Word (.docx) or clauses.yaml."),
    "language_needed": N_("Say in which language the file is."),
    "passage_unknown": N_("This passage is no longer in the file."),
    "passage_choice": N_("Choose what the passage is."),
    "passage_number": N_("A clause needs its number, for example 5.2."),
    "second_person_needed": N_("Publishing takes two persons: one asks for it, another confirms."),
    "second_person_same": N_("You asked for it yourself. Another person of the secretariat confirms."),
    # links between versions
    "links_unknown": N_("These two versions are not compared."),
    "links_unchanged": N_("Nothing was set by hand that readers do not see yet."),
    "link_stale": N_("Someone else has changed this link in the meantime. Nothing was overwritten."),
    "link_empty": N_("A link needs a clause."),
    "link_many": N_("A link has one clause on at least one side. Set two links instead."),
    "link_number_unknown": N_("There is no clause %(number)s in %(version)s."),
    "none_ticked_links": N_("No link was ticked, so nothing was changed."),
    "row_empty": N_("Row %(row)s names no clause: fill old_number, new_number or both."),
    "row_contradicts": N_("The row says that %(number)s has no counterpart; row %(other)s names one."),
    "column_missing": N_("The column %(column)s is missing."),
    "number_in_no_version": N_("There is no clause %(number)s in that version."),
    "number_cell": N_(
        "The cell holds the number %(value)s, and a clause 5.10 would read 5.1. Format the column as text and write the number again."
    ),
    "too_many_rows": N_("The table has more than %(most)s rows."),
    # languages of a published version
    "finding_unknown": N_("There is no such finding in this version."),
    "stale_finding": N_("One of the two texts was corrected meanwhile. Nothing was stored; look at the finding again."),
    "stale_text": N_("Someone else has corrected this text meanwhile. Nothing was overwritten; your wording is kept below."),
    "clause_unknown": N_("This version has no such clause in this language."),
    "correct_long": N_("The text has %(length)s characters; up to %(longest)s can be stored."),
    "correction_unknown": N_("This correction was replaced by another one. Read that before you confirm it."),
    # accounts and seats
    "account_unknown": N_("No account has this mail address."),
    "consultation_unknown": N_("There is no consultation %(consultation)s."),
    "dates_reversed": N_("The seat would end before it begins."),
    "mail_invalid": N_("This is not the form of a mail address."),
    "mail_taken": N_("There is an account with this mail address already."),
    "name_missing": N_("A name is needed."),
    "password_length": N_("A password has %(shortest)s to %(longest)s characters."),
    "role_unknown": N_("There is no role %(role)s."),
    "seat_unknown": N_("The account has no seat as %(role)s there."),
    "sign_in_failed": N_("Mail address and password do not belong together. Check both and try again."),
    # moderating
    "topic_missing": N_("Choose what you want to follow."),
    "topic_unknown": N_("This cannot be followed any more. Choose something else."),
    "kinds_missing": N_("Choose at least one thing that you want to be told."),
    "frequency_unknown": N_("Choose how often you want mails."),
    "code_wrong": N_("This is not the code of the mail. Tries left: %(left)s."),
    "subscription_link_old": N_("This link or code is used up, or too old. Subscribe once more; it takes a minute."),
    "code_not_mail": N_("This is not the code of the mail. Compare it letter by letter; capitals and hyphens do not matter."),
    # after the receipt
    "confirmation_old": N_(
        "This link or code counts no more: its time is over, or another address took its place. Open the receipt and have the mail sent again."
    ),
    "confirmation_disowned": N_(
        "The owner of the mail address says that these comments are not theirs. They are withheld, and nothing can be changed here."
    ),
    "mail_missing": N_("Type the mail address."),
    "mail_form": N_("This is not the form of a mail address."),
    "same_address": N_("The receipt goes to this address already. Have it sent again instead."),
    "no_address": N_("There is no mail address to send to. Give one."),
    "unknown_receipt": N_("There is no receipt with this reference."),
    "revised_meanwhile": N_("Its author revised %(reference)s in the meantime. Read the newest words, then decide."),
    "verdict_reason_needed": N_("Choose why the revision is not shown: its author reads the reason."),
    "choice_wider": N_("What may be published can only become less. Choose one of the entries of the list."),
    "erase_not_typed": N_("To erase, type the reference exactly as it is shown."),
    "form_not_ours": N_("This form could not be checked, so nothing was changed. Send it again from here."),
    "reason_needed": N_("Choose the reason that the public will see."),
    "reason_unknown": N_("Choose one of the reasons listed."),
    "move_not_allowed": N_("From its present state this comment cannot be moved that way."),
    "state_unknown": N_("There is no such state to move a comment to."),
    "none_ticked": N_("No comment was ticked, so nothing was changed."),
    "too_many": N_("At most %(most)s comments can be moved at once."),
    "no_endorsement_ticked": N_("No endorsement was ticked, so nothing was changed."),
    "too_many_endorsements": N_("At most %(most)s endorsements can be decided at once."),
    "endorsement_unknown": N_("This endorsement is not there."),
    "endorsement_not_movable": N_("From its present state this endorsement cannot be moved that way."),
    "no_answers_ticked": N_("No answers were ticked, so nothing was changed."),
    "answers_unknown": N_("These answers are not there."),
    "note_long": N_("The note has %(length)s characters; up to %(longest)s can be stored."),
    "whom_missing": N_("Say for whom the link is, in up to %(limit)s characters."),
    "end_missing": N_("Say until when the link is good, such as 2026-04-30T23:59."),
    "end_past": N_("The link has to end after the closing, and after now."),
    "late_link_unknown": N_("There is no such link."),
    "late_link_not_waiting": N_("This link was used, revoked or has ended in the meantime."),
    "comment_unknown": N_("There is no comment %(reference)s in this consultation."),
    "clause_elsewhere": N_("Choose a clause of this round."),
    "stale": N_("Someone else has moved %(reference)s in the meantime. Nothing was overwritten."),
    "file_reason_needed": N_("Choose the reason for which the file is withheld."),
    "reply_long": N_("The answer has %(length)s characters; up to %(longest)s can be stored."),
    "not_a_question": N_("Only a comment that asks a question, and still stands, can be answered here."),
    "stale_reply": N_("Someone else has changed the answer in the meantime. Nothing was overwritten; what you typed is below."),
    "stale_attachment": N_("Someone else has decided on this file in the meantime. Nothing was overwritten."),
    "stale_place": N_("Someone else has placed this comment in the meantime. Nothing was overwritten."),
}
QUOTED = 160
"""More of a quotation is not shown; the problem holds all of it."""
UNKNOWN = N_("Something is wrong here (%(code)s).")
FILE, LINE, NUMBER = N_("%(file)s"), N_("line %(line)s"), N_("clause %(number)s")
LANGUAGE = N_("language %(language)s")
PARAGRAPH = N_("paragraph %(paragraph)s")
CELL = N_("row %(row)s, column %(column)s")
AND_THERE, WITH_PLACE = N_("%(first)s, %(second)s"), N_("%(place)s: %(sentence)s")

VERBS = {
    "shall": "shall / doit / 应",
    "shall_not": "shall not / ne doit pas / 不应",
    "should": "should / il convient de / 宜",
    "should_not": "should not / il convient de ne pas / 不宜",
    "may": "may / est autorisé à / 可",
}
"""The verbs of one strength as a text writes them; the same for every reader."""


class _Known(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def problem_sentence(problem: Problem, translate: Translate) -> str:
    """The problem with its place as one line: "fr.md, line 12, clause 5.2: Figures differ …". Never fails: an unknown code is named."""
    sentence = bare_sentence(problem, translate)
    place = problem_place(problem, translate)
    return translate(WITH_PLACE) % {"place": place, "sentence": sentence} if place else sentence


def bare_sentence(problem: Problem, translate: Translate) -> str:
    """The sentence alone, for pages that show the place beside it."""
    values = _Known({**problem.where, **problem.params, "code": problem.params.get("code", problem.code)})
    for key in ("size", "limit"):
        if isinstance(value := values.get(key), int):
            values[f"{key}_mb"] = round(value / 1024 / 1024, 1)
    words = values.get("words")
    if isinstance(words, str) and len(words) > QUOTED:
        values["words"] = f"{words[:QUOTED]}…"
    if "modal" in values:
        values["verbs"] = VERBS.get(str(values["modal"]), str(values["modal"]))
    in_word = f"{problem.code}_in_word" if "paragraph" in problem.where else ""
    return translate(SENTENCES.get(in_word) or SENTENCES.get(problem.code, UNKNOWN)) % values


def problem_place(problem: Problem, translate: Translate) -> str:
    """File, line, clause as far as known, from the large to the small; "" for none. The language only where no file names it."""
    where = problem.where
    parts = []
    if "file" in where:
        parts.append(FILE)
    elif "language" in where:
        parts.append(LANGUAGE)
    parts += [words for key, words in (("line", LINE), ("paragraph", PARAGRAPH), ("number", NUMBER)) if key in where]
    if "row" in where and "column" in where:
        parts.append(CELL)
    said = [translate(words) % where for words in parts]
    return reduce(lambda first, second: translate(AND_THERE) % {"first": first, "second": second}, said) if said else ""
