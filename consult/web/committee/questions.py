"""How the questions of a round were answered: counts, classes that are large enough, and answers in words."""

from flask import current_app
from werkzeug.wrappers import Response

from consult.core.body import Body
from consult.core.question import FEW
from consult.queries.answer_sheets import answers_only
from consult.queries.questions import answered
from consult.web.committee.room import ROUND, blueprint, found_round, viewer_in
from consult.web.locale import page_language
from consult.web.permissions import needs
from consult.web.rendering import private_page


@blueprint.get(f"{ROUND}/questions")
@needs("read_committee")
def questions(consultation: str, number_of_round: int) -> Response:
    project, round = found_round(consultation, number_of_round)
    body: Body = current_app.config["BODY"]
    return private_page(
        "committee/questions.html",
        consultation=project,
        round=round,
        answered=answered(round_id=round.id, viewer=viewer_in(consultation), language=page_language()),
        classes=[(each.code, body.class_name(each.code, page_language())) for each in body.classes],
        few=FEW,
        alone=answers_only([round.id])[round.id],
    )
