"""My comments: drafts in a basket, read through and submitted together, resumed on another device, cleared from this one."""

from consult.web.mine import device, drafts, review
from consult.web.mine.blueprint import blueprint

__all__ = ["blueprint", "device", "drafts", "review"]
