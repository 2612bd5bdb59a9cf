"""Handing mails to a mail server. The only place that speaks SMTP."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from types import TracebackType
from urllib.parse import unquote, urlsplit

from consult.mail.message import Mail

SECONDS = 30


class Undelivered(Exception):
    """The server did not take a mail. `code` names the reason without addresses; `for_good`: trying again is of no use."""

    def __init__(self, code: str, *, for_good: bool = False) -> None:
        self.code, self.for_good = code, for_good
        super().__init__(code)


class Connection:
    """A connection to the server of an address such as smtp://user:password@host:587 or smtps://host. Use it as a context.

    Raises Undelivered where the server cannot be reached, or does not take a mail.
    """

    def __init__(self, url: str, sender: str) -> None:
        self.url, self.sender = urlsplit(url), sender
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> "Connection":
        try:
            self._smtp = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise Undelivered(f"connection: {type(error).__name__}") from None
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._smtp:
            self._smtp.close()

    def send(self, mail: Mail, *, message_id: str, now: datetime) -> None:
        assert self._smtp
        try:
            self._smtp.send_message(self.message(mail, message_id=message_id, now=now))
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            self._reset()
            raise Undelivered(f"recipient refused: {code}", for_good=code >= 500) from None
        except smtplib.SMTPResponseException as refused:
            self._reset()
            raise Undelivered(f"refused: {refused.smtp_code}") from None
        except (OSError, smtplib.SMTPException) as error:
            raise Undelivered(f"connection: {type(error).__name__}") from None

    def message(self, mail: Mail, *, message_id: str, now: datetime) -> EmailMessage:
        """As it goes out: plain text in UTF-8, marked as written by a machine so that no robot answers it."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, _ascii_domain(mail.to), mail.subject
        message["Date"], message["Message-ID"] = format_datetime(now), message_id
        message["Auto-Submitted"] = "auto-generated"
        if mail.unsubscribe:
            message["List-Unsubscribe"], message["List-Unsubscribe-Post"] = f"<{mail.unsubscribe}>", "List-Unsubscribe=One-Click"
        message.set_content(mail.text, cte="quoted-printable")
        message["Content-Language"] = mail.language
        for file in mail.attachments:
            main, _, sub = file.media.partition("/")
            message.add_attachment(file.data, maintype=main, subtype=sub, filename=file.name)
        return message

    def _connected(self) -> smtplib.SMTP:
        host, safe = self.url.hostname or "localhost", self.url.scheme == "smtps"
        context = ssl.create_default_context()
        if safe:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, self.url.port or 465, timeout=SECONDS, context=context)
        else:
            smtp = smtplib.SMTP(host, self.url.port or 25, timeout=SECONDS)
            smtp.ehlo()
            if smtp.has_extn("starttls"):
                smtp.starttls(context=context)
        if self.url.username:
            smtp.login(unquote(self.url.username), unquote(self.url.password or ""))
        return smtp

    def _reset(self) -> None:
        try:
            assert self._smtp
            self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            return  # the next mail will notice


def _ascii_domain(address: str) -> str:
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return address
