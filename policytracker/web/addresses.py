"""Addresses of pages: from a page's name and what it is about to a link that keeps the dates of the question."""

from collections.abc import Mapping
from functools import lru_cache
from secrets import token_hex
from typing import Protocol
from urllib.parse import quote, quote_plus

from markupsafe import escape

DATES = ("at", "known", "recorded")
"""The names of the three dates of a question."""
DOCUMENTATION = "/docs/"
"""Where a server has its documentation."""
_ALONE, _FIRST = f"@{token_hex(8)}", f"@{token_hex(8)}"
"""Stand for the dates of a question, behind which nothing or something follows; no text holds them by chance."""


class Addresses(Protocol):
    """Where pages and files are: on a server, or beside each other in a folder."""

    @property
    def asks(self) -> bool:
        """Whether something answers at other dates: pages then show the forms that ask."""

    def to(self, name: str, **given: str | None) -> str:
        """The address of a page. What its path does not take goes into the query; None leaves a date out."""

    def file(self, name: str) -> str:
        """The address of a stylesheet, script or picture."""

    def data(self) -> str | None:
        """The address of the page's own answer as JSON; None where there is none."""

    def documentation(self) -> str | None:
        """The address of the documentation; None where it is not beside the pages."""

    def absolute(self, address: str) -> str:
        """An address as others find it who read it elsewhere."""


def filled(pattern: str, given: Mapping[str, str | None]) -> tuple[str, dict[str, str]]:
    """A path with its places filled, and what is left of what was given.

    >>> filled("/cell/{company}/{chip}", {"company": "tencent", "chip": "h200", "at": "2026-01-28", "known": None})
    ('/cell/tencent/h200', {'at': '2026-01-28'})
    """
    left = {name: value for name, value in given.items() if value is not None}
    for name in list(left):
        if f"{{{name}}}" in pattern:
            pattern = pattern.replace(f"{{{name}}}", _quoted(left.pop(name)))
    return pattern, left


@lru_cache(4096)
def _quoted(name: str) -> str:
    return quote(name, safe="")


@lru_cache(4096)
def _given(name: str, value: str) -> str:
    return f"{quote_plus(name)}={quote_plus(value)}"


def _encoded(query: Mapping[str, str]) -> str:
    return "&".join(_given(name, value) for name, value in query.items())


class ServerAddresses:
    """Addresses on a server; ``kept`` are the dates of the question as they were given."""

    asks = True

    def __init__(
        self, paths: Mapping[str, str], files: Mapping[str, str], kept: Mapping[str, str], own: str, base: str = ""
    ) -> None:
        """``files`` has a mark of each file's content; ``own`` is the address of the page's answer; ``base`` is that of
        the server."""
        self._paths, self._files, self._kept, self._own = paths, files, kept, own
        self._base = base
        dates = _encoded(kept)
        self._alone, self._first = (f"?{dates}", f"?{dates}&") if dates else ("", "?")

    def to(self, name: str, **given: str | None) -> str:
        pattern = self._paths[name]
        if self._kept.keys().isdisjoint(given):
            path, more = filled(pattern, given)
            return f"{path}{self._first}{_encoded(more)}" if more else f"{path}{self._alone}"
        every = {**self._kept, **given}
        # The dates go first, whichever of them were given: one question, one address.
        path, query = filled(pattern, {name: every[name] for name in (*DATES, *every) if name in every})
        return f"{path}?{_encoded(query)}" if query else path

    def undated(self) -> "ServerAddresses":
        """The same for what many questions share: the dates are yet to be filled in."""
        found = ServerAddresses(self._paths, self._files, {}, self._own)
        found._alone, found._first = _ALONE, _FIRST
        return found

    def dated(self, text: str) -> str:
        """HTML that was drawn with the addresses of ``undated``, with the dates filled in."""
        return text.replace(_ALONE, escape(self._alone)).replace(_FIRST, escape(self._first))

    def file(self, name: str) -> str:
        return f"/static/{name}?{self._files[name]}"

    def data(self) -> str | None:
        return self._own

    def documentation(self) -> str | None:
        return DOCUMENTATION

    def absolute(self, address: str) -> str:
        return f"{self._base}{address}"
