"""Commenting: the forms, each at its own address, and the receipt."""

from consult.web.commenting import confirming, endorsing, forms, going_on, mailing, my_data, receipts
from consult.web.commenting.blueprint import blueprint

__all__ = ["blueprint", "confirming", "endorsing", "forms", "going_on", "mailing", "my_data", "receipts"]
