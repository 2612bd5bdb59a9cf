"""My comments: drafts in a basket, read through and submitted together, resumed on another device, cleared from this one."""

from consult.web.mine import around, device, drafts, received, review, upload
from consult.web.mine.blueprint import blueprint

__all__ = ["around", "blueprint", "device", "drafts", "received", "review", "upload"]
