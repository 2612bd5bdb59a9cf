"""What somebody follows, in words."""

from consult.core.subscription import TopicSeen
from consult.wording.standards import version_title
from consult.wording.terms import N_, Translate

CLAUSE = N_("%(number)s %(clause)s (%(title)s, %(version)s)")


def topic_text(topic: TopicSeen, translate: Translate) -> str:
    """The title of a consultation or document, or a clause with where it stands."""
    if topic.label is None:
        return topic.title
    version = version_title(topic.version or "", translate)
    return translate(CLAUSE) % {"number": topic.label, "clause": topic.clause, "title": topic.title, "version": version}
