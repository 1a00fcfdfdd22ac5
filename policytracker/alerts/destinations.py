"""Where a watch tells: each destination by itself, with a name by which its state is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from policytracker.alerts import commands, mailing, webhooks
from policytracker.alerts.messages import Message, as_json, as_mail, as_slack, as_text
from policytracker.alerts.watch_file import Mail, WatchFile, Webhook, recipients

Print = Callable[[str], None]
"""Prints a text on standard output, and returns once it is written."""


class Destination(NamedTuple):
    """Somebody who is told."""

    name: str
    """By which its state is kept, and what messages call it. It has no secret in it."""
    compose: Callable[[Message], str]
    """What is sent of a message: kept until it is delivered, and sent again as it is."""
    send: Callable[[str, str], None]
    """Sends this, given its key. Raises NotDelivered or NoSecret."""
    attempts: int


def destinations(watch: WatchFile, out: Print) -> list[Destination]:
    """The destinations of a watch file, each once: the command, webhooks, mail, standard output.

    That is the last one: where it is closed, the run ends.
    """
    return list({each.name: each for each in _destinations(watch, out)}.values())


def _destinations(watch: WatchFile, out: Print) -> Iterator[Destination]:
    timeout, attempts = watch.timeout, watch.attempts
    if watch.command is not None:
        command = watch.command

        def run(key: str, payload: str) -> None:
            commands.run(command, key, payload, timeout)

        program = Path(command.split()[0]).name if command.split() else ""
        yield Destination(f"exec {program} {_short(command)}", as_json, run, attempts)
    for webhook in watch.webhooks:
        yield _webhook(webhook, timeout, attempts)
    for mail in watch.mails:
        for recipient in recipients(mail):
            yield _mail(mail, recipient, timeout, attempts)
    if watch.stdout is not None:
        yield Destination("stdout", as_text if watch.stdout == "text" else as_json, lambda _, text: out(text), 1)


def _webhook(webhook: Webhook, timeout: float, attempts: int) -> Destination:
    def send(key: str, payload: str) -> None:
        webhooks.post(webhook, key, payload, timeout)

    host = "" if webhook.url is None else urlsplit(webhook.url).hostname
    where = f"${webhook.url_env}" if webhook.url is None else f"{host} {_short(webhook.url)}"
    return Destination(f"webhook {where}", as_json if webhook.format == "json" else as_slack, send, attempts)


def _mail(mail: Mail, recipient: str, timeout: float, attempts: int) -> Destination:
    def compose(message: Message) -> str:
        return as_mail(message, mail.sender, recipient, mail.subject)

    def send(key: str, payload: str) -> None:
        mailing.send(mail, recipient, payload, timeout)

    return Destination(f"mail {recipient}", compose, send, attempts)


def _short(text: str) -> str:
    """A name for what may be a secret: the same for the same text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]
