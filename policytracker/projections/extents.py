"""How the extents of claims match companies and chips; what was looked at is remembered."""

import sqlite3
from collections.abc import Callable

from policytracker.status.directory import Directory
from policytracker.status.extents import Extent, extent
from policytracker.status.scope import Match, Scopes

MOST_EXTENTS = 50_000
MOST_MATCHES = 200_000
OUT = Match(False, -1)
"""Stands for no match, where that is known."""


class Matches:
    """The matches of one registry's companies and chips with the extents of one ledger."""

    def __init__(self, connection: sqlite3.Connection, directory: Directory) -> None:
        self.connection = connection
        self.scopes = Scopes(directory)
        self._extents: dict[int, Extent] = {}
        self._pooled: dict[int, tuple[frozenset[str] | None, Match | None]] = {}
        """For each extent the companies that it singles out, and how others of its pool, once that is known."""
        self._matches: dict[tuple[int, str], Match | None] = {}

    def company(self, number: int, company: str) -> Match | None:
        """How an extent of companies matches one of them, which has found it under a selector.

        A cohort matches all in its pool alike, but for those that it names or leaves out (§4).
        """
        if number not in self._pooled:
            self._pooled[number] = self._special(number)
        special, match = self._pooled[number]
        if special is None or company in special:
            return self._match(number, company, self.scopes.company_side)
        if match is None:
            match = self.scopes.company_side(self._extent(number), company) or OUT
            self._pooled[number] = special, match
        return None if match is OUT else match

    def _special(self, number: int) -> tuple[frozenset[str] | None, Match | None]:
        """The companies of which a cohort's pool says nothing; None for an extent that is no cohort's alone."""
        found = self._extent(number)
        if isinstance(found.fields["companies"], dict) and not found.fields.get("except_companies"):
            return found.named | found.excluded, None
        return None, None

    def chip(self, number: int, chip: str) -> Match | None:
        """How an extent of chips matches one of them."""
        return self._match(number, chip, self.scopes.chip_side)

    def _match(self, number: int, name: str, match: Callable[[Extent, str], Match | None]) -> Match | None:
        key = number, name
        if key not in self._matches:
            if len(self._matches) >= MOST_MATCHES:
                self._matches.clear()
            self._matches[key] = match(self._extent(number), name)
        return self._matches[key]

    def _extent(self, number: int) -> Extent:
        found = self._extents.get(number)
        if found is None:
            if len(self._extents) >= MOST_EXTENTS:
                self._extents.clear()
            ((text,),) = self.connection.execute("SELECT text FROM extents WHERE number = ?", (number,)).fetchall()
            found = self._extents[number] = extent(text)
        return found
