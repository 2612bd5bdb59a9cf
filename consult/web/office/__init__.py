"""The office: drafts before publication, links of changes, parity of the languages."""

from consult.web.office import home
from consult.web.office.room import blueprint

__all__ = ["blueprint", "home"]
