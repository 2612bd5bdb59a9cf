"""What is wrong with a draft in a Word file, in words: part of the table of `wording.problems`."""

from consult.wording.terms import N_

SENTENCES: dict[str, str] = {
    # drafts in Word files: not understood
    "word_number_unclear": N_(
        "This may be the beginning of a clause; it is read as text: “%(words)s”. Give it a heading style, or say which clause it is."
    ),
    "word_number_again": N_(
        "The number here stands before another clause already, so this is read as text: “%(words)s”. Change the number."
    ),
    "word_bold_line": N_("This bold line may be a heading; it is read as text: “%(words)s”. Give it a heading style, or say what it is."),
    "word_heading_long": N_("This has a heading style, but is too long for a heading; it is read as text: “%(words)s”."),
    "word_table_numbers": N_(
        "This table is read as data, though numbers like those of clauses stand in its first column: “%(words)s”. Say which clause it is if it is one."
    ),
    "word_item_empty": N_("The number %(words)s stands before an empty paragraph. Take the paragraph out, or fill it."),
    "word_number_form": N_("Numbers in the form “%(form)s” are not known and stand as plain figures: “%(words)s”. Check them."),
    "word_field": N_("Word computes a field here (%(name)s) whose result is not in the file. Replace it by its text."),
    "word_symbol": N_("The character %(character)s of the font %(font)s is not known; U+FFFD stands for it. Type another one."),
    "word_raised": N_("These raised or lowered characters stand on the line now: “%(words)s”. Check that they mean the same."),
    "word_equation": N_("An equation is written as text: “%(words)s”. Check it."),
    "word_table_merged": N_("The table has merged cells. Their text stands in the first of them, the others are empty. Check it."),
    "word_table_nested": N_("A table stands inside a cell of this table; its cells are read as text of that cell. Check it."),
    "word_table_columns": N_("The table has columns beside number, title and text (%(words)s). They are added to the text. Check it."),
    "word_text_box": N_("This stands in a text box and is read after the paragraph it is fixed to: “%(words)s”. Check its place."),
    "word_struck": N_("This is struck through by hand and still counts as text: “%(words)s”. Delete it, or track changes instead."),
    "word_embedded": N_("Another file is embedded here, and cannot be read. Insert its text."),
    "word_object": N_("A chart, diagram or object stands here and cannot be read: “%(words)s”. Insert it as a picture."),
    "word_picture_silent": N_("The picture has no alternative text. Add one: some readers have nothing else."),
    "word_picture_format": N_("The picture is a %(format)s file, which browsers do not show: “%(words)s”. Insert it as PNG."),
    "word_picture_elsewhere": N_("The picture is not in the file, only its address: “%(words)s”. Insert it."),
    "word_picture_gone": N_("The picture is missing from the file: “%(words)s”. Insert it again."),
    "word_picture_large": N_("The picture has more than %(limit_mb)s MB and is left out: “%(words)s”. Insert it smaller."),
    "word_note_gone": N_("The text of a note is missing from the file."),
    # drafts in Word files: left out
    "word_title": N_("This is read as the title of the document, not as its text: “%(words)s”."),
    "word_contents": N_("The table of contents is left out (%(count)s lines): pages make their own."),
    "word_table_head": N_("The heads of the columns of a table of clauses are left out: “%(words)s”."),
    "word_label_word": N_(
        "The word “%(words)s” before the numbers of clauses is left out, %(count)s times: the number is the same in every language."
    ),
    "word_hidden": N_("Hidden text is left out: “%(words)s”."),
    "word_placeholder": N_("A form field that nobody has filled in is left out: “%(words)s”."),
    "word_left_out": N_("Left out, as decided: “%(words)s”."),
    "word_comments": N_("Comments in the margin are left out (%(count)s)."),
    "word_changes_accepted": N_("Tracked changes are taken as accepted: %(insertions)s insertions, %(deletions)s deletions."),
    "word_changes_rejected": N_("Tracked changes are taken as rejected: %(insertions)s insertions, %(deletions)s deletions."),
    "word_key_missing": N_(
        "“%(key)s” is not known. Write it into %(beside)s beside the file or into a version.yaml in its folder, or use the options --standard, --version and --language."
    ),
    "word_decision_lost": N_(
        "“%(decision)s” was said of a paragraph (%(key)s) that is not in this file any more. Say it again where it belongs."
    ),
    "word_decision_unclear": N_(
        "“%(decision)s” cannot be said of a paragraph. Write “clause” and its number, “group”, “text” or “left out”."
    ),
    "duplicate_number_in_word": N_("The number %(label)s occurs twice; it stands in paragraph %(first_line)s already (%(first)s)."),
    "not_utf8": N_("The text is not UTF-8. Save the file as UTF-8 and try again."),
    "control_character": N_("The control character %(character)s in column %(column)s is not allowed in a draft."),
    "direction_character": N_("The invisible character %(character)s in column %(column)s changes the order in which text is shown."),
}
