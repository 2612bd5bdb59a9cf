"""Words of labels and signs for templates of several rooms."""

from collections.abc import Sequence

from flask import Flask, current_app
from flask_babel import gettext

from consult.core.body import Body
from consult.core.meaning import Sign, weightiest
from consult.web.locale import page_language
from consult.wording.standards import labels_text, listed


def attach(app: Flask) -> None:
    app.jinja_env.filters.update(meaning_labels=_labels, weightiest=weightiest, activities_shifted=_activities)


def _labels(labels: Sequence[str]) -> str:
    return labels_text(labels, page_language(), gettext)


def _activities(sign: Sign) -> str:
    """Who was bound before and who is now; no code means all."""
    body: Body = current_app.config["BODY"]

    def named(codes: str) -> str:
        names = [body.activity_name(code, page_language()) for code in codes.split(",") if code]
        return listed(names, page_language()) if names else gettext("all activities")

    shifted: str = gettext("Bound before: %(before)s. Bound now: %(now)s.", before=named(sign.old), now=named(sign.new))
    return shifted
