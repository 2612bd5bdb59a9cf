"""How comments, copies, signatories and endorsements are counted, said before a consultation opens, with the figures of its rounds."""

from flask import current_app
from werkzeug.wrappers import Response

from consult.core.body import Body
from consult.core.endorsement import LONGEST_NUANCE
from consult.queries.counts import counts_of_round
from consult.web.locale import page_language
from consult.web.permissions import needs, request_time
from consult.web.reading.found import found_consultation
from consult.web.reading.room import blueprint
from consult.web.rendering import public_page


@blueprint.get("/consultations/<consultation>/counting")
@needs("read")
def counting(consultation: str) -> Response:
    project, now = found_consultation(consultation), request_time()
    body: Body = current_app.config["BODY"]
    counts = {each.number: counts_of_round(round_id=each.id, viewer="public", now=now) for each in project.rounds}
    classes = [
        (body.class_name(each.code, page_language()), each.code)
        for each in body.classes
        if any(each.code in of.endorsed_by for of in counts.values())
    ]
    return public_page("reading/counting.html", consultation=project, counts=counts, classes=classes, longest_nuance=LONGEST_NUANCE)
