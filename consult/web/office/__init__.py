"""The office: drafts before publication, links of changes, parity of the languages."""

from consult.web.office import changes, correspondence, drafts, home, meaning
from consult.web.office.room import blueprint

__all__ = ["blueprint", "changes", "correspondence", "drafts", "home", "meaning"]
