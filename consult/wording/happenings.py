"""What happened, in the reader's language: a title and a sentence, the same in feeds and mails."""

from consult.core.happening import Happening
from consult.wording.dates import language_text, moment_text
from consult.wording.standards import listed, version_title
from consult.wording.terms import N_, Translate

TITLES = {
    "opening": N_("Comments are open: %(title)s, round %(n)s"),
    "closing_soon": N_("Comments close soon: %(title)s, round %(n)s"),
    "closing": N_("Comments are closed: %(title)s, round %(n)s"),
    "extension": N_("More time to comment: %(title)s, round %(n)s"),
    "correction": N_("Translation corrected: %(title)s, %(version)s"),
    "draft": N_("New draft: %(title)s, %(version)s"),
    "edition": N_("Published: %(title)s, %(version)s"),
    "responses": N_("What became of the comments: %(title)s, round %(n)s"),
}
SENTENCES = {
    "opening": N_("Open for comments until %(closes)s."),
    "closing_soon": N_("You can comment until %(closes)s."),
    "closing": N_("The time to comment ended on %(closes)s. What was received stays readable."),
    "extension": N_("The closing moved from %(before)s. You can comment until %(closes)s."),
    "correction": N_("Language of the text: %(language)s. Clauses: %(clauses)s. Reason: %(reason)s"),
    "draft": N_("The draft can be read, and compared with the version before it."),
    "edition": N_("This version is adopted and can be read."),
    "responses": N_("The committee has decided on every comment. The report tells each decision with its reason."),
}
OPENS, CLOSES = N_("Comments open: %(title)s, round %(n)s"), N_("Comments close: %(title)s, round %(n)s")
"""Entries of a calendar, where the moment stands beside them."""
MILESTONE = N_("%(title)s: %(milestone)s")
MANY = 12
"""Clauses that are named; of more only the first, and that there are more."""
MORE = N_("%(clauses)s and further ones")


def happening_title(happening: Happening, translate: Translate) -> str:
    version = version_title(happening.version, translate) if happening.version else ""
    return translate(TITLES[happening.kind]) % {"title": happening.title, "n": happening.round, "version": version}


def happening_sentence(happening: Happening, language: str, translate: Translate) -> str:
    told: dict[str, str] = {}
    if window := happening.window:
        told["closes"] = moment_text(window.closes, window.zone, language)
        told["before"] = moment_text(happening.before or window.closes, window.zone, language)
    if happening.written:
        told |= {"language": language_text(happening.written, language), "reason": happening.reason or ""}
        clauses = listed(happening.labels[:MANY], language) if len(happening.labels) <= MANY else ", ".join(happening.labels[:MANY])
        told["clauses"] = translate(MORE) % {"clauses": clauses} if len(happening.labels) > MANY else clauses
    return translate(SENTENCES[happening.kind]) % told
