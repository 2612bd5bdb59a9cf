"""Everything we hold about a person, to be read: the receipt, then what else there is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import render_template

from consult.core.receipt import ReceiptSeen
from consult.mail.message import in_language
from consult.mail.receipt import Page, receipt_text
from consult.wording.dates import both_zones


def my_data_text(receipt: ReceiptSeen, data: Mapping[str, Any], *, page: Page, language: str) -> str:
    """`data` as `consult.queries.my_data` gives it. The secret code is left out: a file with everything gets about."""
    first = receipt_text(receipt, secret=None, language=language, page=page)
    with in_language(language):
        rest = render_template(
            "mail/my_data.txt", receipt=receipt, data=data, zones=lambda at: both_zones(_instant(at), receipt.window.zone, language)
        )
    return first + "\n" + rest.strip() + "\n"


def _instant(at: datetime | str) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at
