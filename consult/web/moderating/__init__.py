"""Moderation: the queue, and one comment with everything a decision needs."""

from consult.web.moderating import answers, attachments, comment, endorsements, files, queue, reply, responses, verdicts, words
from consult.web.moderating.room import blueprint

__all__ = ["answers", "attachments", "blueprint", "comment", "endorsements", "files", "queue", "reply", "responses", "verdicts", "words"]
