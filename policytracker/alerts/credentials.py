"""Tokens, passwords and secret addresses, from where the watch file says. They get into no message and no file."""

import os
from pathlib import Path

from policytracker.alerts.errors import NoSecret
from policytracker.alerts.watch_file import Mail, Webhook, why_no_address


def token_of(webhook: Webhook) -> str | None:
    """The token of a webhook; None: it has none. Raises NoSecret."""
    return None if webhook.token_env is None else _from_environment("token", webhook.token_env)


def url_of(webhook: Webhook) -> str:
    """The address of a webhook. Raises NoSecret."""
    if webhook.url is not None:
        return webhook.url
    found = _from_environment("address", webhook.url_env or "")
    why = why_no_address(found, webhook.token_env is not None)
    if why:
        raise NoSecret("usable address", f"${webhook.url_env} (it {why})")
    return found


def password_of(mail: Mail) -> str | None:
    """The password for a mail server; None: nobody logs in. Raises NoSecret."""
    if mail.password_env is not None:
        return _from_environment("password", mail.password_env)
    if mail.password_file is None:
        return None
    try:
        found = Path(mail.password_file).expanduser().read_text("utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError):
        found = ""
    return _usable("password", mail.password_file, found)


def _from_environment(what: str, name: str) -> str:
    return _usable(what, f"${name}", os.environ.get(name, ""))


def _usable(what: str, where: str, found: str) -> str:
    if not found:
        raise NoSecret(what, where)
    if not found.isprintable():
        raise NoSecret(f"{what} on one line", where)
    return found
