"""Commenting: the forms, each at its own address, and the receipt."""

from consult.web.commenting import answering, confirming, endorsing, forms, going_on, later_copy, mailing, my_data, receipts
from consult.web.commenting.blueprint import blueprint

__all__ = ["answering", "blueprint", "confirming", "endorsing", "forms", "going_on", "later_copy", "mailing", "my_data", "receipts"]
