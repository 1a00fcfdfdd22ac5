"""What whoever publishes a ledger's pages decides about them."""

from typing import NamedTuple
from urllib.parse import urlsplit


class Options(NamedTuple):
    """Choices for all pages of a server or a site."""

    base: str | None = None
    """The address under which readers find the pages, without a last slash. Feeds need it, as they are read elsewhere.
    None: a server takes the address that a reader uses; the links in the feeds of a site are relative."""
    recorders: bool = False
    """Whether pages show who recorded an event."""


DEFAULT = Options()


class BadBase(ValueError):
    """An address that cannot be the base of others."""


def base_of(text: str, takes_path: bool) -> str:
    """An address as a base of others, without a last slash. Raises BadBase.

    >>> base_of("https://example.org/chips/", takes_path=True)
    'https://example.org/chips'
    """
    example = "https://tracker.example.org" + ("/chips" if takes_path else "")
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        parts, is_web = urlsplit(""), False
    if not is_web or not text.isascii() or not text.isprintable() or set(text) & set(' "<>\\^`{|}?#@'):
        raise BadBase(f"{text!r} is no address of a website; give one such as {example}")
    if parts.path.strip("/") and not takes_path:
        raise BadBase(f"{text!r} has a path, but the pages of a server begin at its root; give one such as {example}")
    return text.rstrip("/")
