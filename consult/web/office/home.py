"""The office's first page: its rooms."""

from werkzeug.wrappers import Response

from consult.web import rendering
from consult.web.office.room import blueprint
from consult.web.permissions import needs


@blueprint.get("/office/")
@needs("read_office")
def home() -> Response:
    return rendering.private_page("office/home.html")
