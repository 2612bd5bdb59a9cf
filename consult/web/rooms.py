"""The blueprints, one per activity."""

from consult.web.accounts import blueprint as accounts
from consult.web.commenting import blueprint as commenting
from consult.web.committee import blueprint as committee
from consult.web.downloading import blueprint as downloading
from consult.web.mine import blueprint as mine
from consult.web.moderating import blueprint as moderating
from consult.web.office import blueprint as office
from consult.web.reading import blueprint as reading
from consult.web.subscribing import blueprint as subscribing
from consult.web.working_together import blueprint as working_together

BLUEPRINTS = (reading, commenting, mine, downloading, accounts, moderating, committee, office, subscribing, working_together)
