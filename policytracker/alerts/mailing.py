"""Sends a message by SMTP. Its ``Message-ID`` is made of its key, so that a mail program may know it again."""

import smtplib
import ssl
from contextlib import suppress
from email.utils import parseaddr

from policytracker.alerts.credentials import password_of
from policytracker.alerts.errors import NotDelivered
from policytracker.alerts.watch_file import Mail
from policytracker.questions.escaping import one_line

LONGEST_REASON = 200


def send(mail: Mail, recipient: str, payload: str, timeout: float) -> None:
    """Send one message to one recipient. ``timeout``: seconds for each step. Raises NotDelivered or NoSecret."""
    password = password_of(mail)
    try:
        server = _connected(mail, timeout)
    except (OSError, smtplib.SMTPException) as error:
        raise _failure(error, password) from None
    try:
        if mail.starttls:
            server.starttls(context=ssl.create_default_context())
        if mail.user is not None and password is not None:
            server.login(mail.user, password)
        server.sendmail(parseaddr(mail.sender)[1], [parseaddr(recipient)[1]], payload.encode("ascii"))
    except (OSError, smtplib.SMTPException) as error:
        raise _failure(error, password) from None
    finally:
        # The server has taken the message or not by now: how the connection ends says nothing of that.
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _connected(mail: Mail, timeout: float) -> smtplib.SMTP:
    if mail.tls:
        return smtplib.SMTP_SSL(mail.host, mail.port or 465, timeout=timeout, context=ssl.create_default_context())
    return smtplib.SMTP(mail.host, mail.port or (587 if mail.starttls else 25), timeout=timeout)


def _failure(error: Exception, password: str | None) -> NotDelivered:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return _answered(code, text, password)
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(error.smtp_code, error.smtp_error, password)
    if isinstance(error, TimeoutError):
        return NotDelivered("it did not answer in time", may_pass=True)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NotDelivered("it does not offer STARTTLS or a login, which the watch file asks for", may_pass=False)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return NotDelivered(f"it cannot be reached ({reason})", may_pass=True)


def _answered(code: int, text: bytes | str, password: str | None) -> NotDelivered:
    said = one_line(text.decode("utf-8", "replace") if isinstance(text, bytes) else text)
    if password:
        said = said.replace(password, "…")
    return NotDelivered(f"it answered {code}: {said[:LONGEST_REASON]}", may_pass=400 <= code < 500)
