"""Commenting: the forms, each at its own address, and the receipt."""

from consult.web.commenting import endorsing, forms, receipts
from consult.web.commenting.blueprint import blueprint

__all__ = ["blueprint", "endorsing", "forms", "receipts"]
