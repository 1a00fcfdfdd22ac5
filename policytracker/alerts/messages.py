"""What is sent: a report of what changed as text, as JSON, for Slack or as a mail. The key names the message."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING, Final, NamedTuple

from policytracker.questions.documents import Document, plain
from policytracker.questions.escaping import json_text, one_line

if TYPE_CHECKING:
    from policytracker.questions.watch_answers import WatchReport

LONGEST_SLACK: Final = 30_000
"""Characters of a text for Slack, which cuts messages that are much longer."""
KEY_LENGTH: Final = 32


class Message(NamedTuple):
    """What one destination is told at once."""

    key: str
    """The same for the same report to the same destination: whoever heeds it hears it once."""
    watch: str
    """What the watch is called."""
    report: WatchReport
    document: Document
    """The same in words."""
    made: int
    """When, in microseconds since 1970."""


def key_of(watch: str, destination: str, report: WatchReport) -> str:
    """The key of a message: a hash of all that it depends on."""
    return hashlib.sha256(json_text([watch, destination, report]).encode()).hexdigest()[:KEY_LENGTH]


def changes_in(report: WatchReport) -> int:
    """How many changes a report tells."""
    return sum(len(part["entries"]) for part in report["parts"])


def as_text(message: Message) -> str:
    """The report as lines of text."""
    return "\n".join(plain(message.document))


def as_json(message: Message) -> str:
    """One JSON object on one line: key, watch and text, then the fields of the report (``WatchReport``)."""
    head = {"key": message.key, "watch": message.watch, "text": as_text(message)}
    return json_text({**head, **message.report})


def as_slack(message: Message) -> str:
    """A JSON object with the field ``text``, in which nothing calls anybody."""
    text = as_text(message)
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, written)
    if len(text) > LONGEST_SLACK:
        text = (
            f"{text[:LONGEST_SLACK].rpartition(chr(10))[0]}\n… and more: {changes_in(message.report):,} changes in all"
        )
    return json_text({"text": text})


def as_mail(message: Message, sender: str, recipient: str, subject: str | None) -> str:
    """A mail in ASCII, with all its headers."""
    count = changes_in(message.report)
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = sender, recipient
    mail["Subject"] = one_line(f"{subject or message.watch}: {count:,} {'change' if count == 1 else 'changes'}")
    mail["Date"] = format_datetime(datetime.fromtimestamp(message.made // 1_000_000, UTC))
    mail["Message-ID"] = f"<{message.key}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    mail["Idempotency-Key"] = message.key
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(as_text(message), cte="quoted-printable")
    return mail.as_bytes().decode("ascii")
