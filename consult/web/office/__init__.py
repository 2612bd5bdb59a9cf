"""The office: drafts before publication, links of changes, parity of the languages."""

from consult.web.office import changes, correct, correspondence, drafts, home, late, meaning, parity
from consult.web.office.room import blueprint

__all__ = ["blueprint", "changes", "correct", "correspondence", "drafts", "home", "late", "meaning", "parity"]
