"""Which events of the log are wanted: those about some companies and chips, or of some publishers, or of some days.

By the registry of today. A claim, an order or a delivery belongs to the companies and chips that its selectors match,
as it was recorded or as it was corrected since, certainly or possibly; and all that is said about it belongs to the
same. A signal or a development belongs to those that it names, and to those of the event that it is about. A
registration belongs to what it registers, and that of a group to its members.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from policytracker.events.dates import FIRST_DAY, LAST_DAY, end_of_day
from policytracker.index.mentions import naming
from policytracker.projections.log import EVERY, Narrowed, publishers
from policytracker.projections.reading import registrations_of, threads_of
from policytracker.questions import names
from policytracker.questions.developments import names_them
from policytracker.questions.errors import UnknownName
from policytracker.questions.interchange import MARKET_TYPES
from policytracker.questions.reader import Clocks
from policytracker.status.naming import folded
from policytracker.status.scope import Scopes

if TYPE_CHECKING:
    from policytracker.questions.reader import Reader
    from policytracker.status.entries import Fields
    from policytracker.status.knowledge import Standing
    from policytracker.status.view import View

WAY_OUT = "`policytracker log` shows the publisher of each report"
Cell = tuple[str | None, str | None]
"""The ids of a company and of a chip; None: any."""


class Wanted(NamedTuple):
    """What a log is narrowed to; None, and an empty sequence: it is not."""

    companies: names.Wanted = None
    chips: names.Wanted = None
    publishers: names.Wanted = None
    """Who published the report, without regard to case."""
    published_from: int | None = None
    """The first day (an ordinal) on which the report may have been published; of a vague date the last day counts,"""
    published_to: int | None = None
    """and the last one."""

    def narrowed(self, reader: Reader, recorded: int | None) -> Narrowed:
        """What the tables are asked for. Raises UnknownName or AmbiguousName."""
        if self == ANY:
            return EVERY
        threads = _Threads(reader, recorded, self).found if self.companies or self.chips else None
        said_by = _spelled(reader, self.publishers) if self.publishers else None
        first, last = self.published_from, self.published_to
        if first is None and last is None:
            return Narrowed(threads, said_by)
        before = end_of_day((FIRST_DAY if first is None else first) - 1)
        return Narrowed(threads, said_by, (before + 1, end_of_day(LAST_DAY if last is None else last)))


ANY = Wanted()


class _Threads:
    """The threads that belong to some companies, to some chips, or to cells of both."""

    def __init__(self, reader: Reader, recorded: int | None, wanted: Wanted) -> None:
        clocks = Clocks(reader.today, None, recorded)
        self._reader, self._seen = reader, reader.point(clocks).seen
        directory = reader.directory_at(recorded, reader.today)
        self._scopes = Scopes(directory)
        companies: Sequence[str | None] = names.companies(directory, wanted.companies) if wanted.companies else (None,)
        chips: Sequence[str | None] = names.chips(directory, wanted.chips) if wanted.chips else (None,)
        self._cells: list[Cell] = list(product(companies, chips))
        self.found = {*self._claims(), *self._registrations()}
        """The positions of their first events."""
        self.found |= set(self._beside(reader.view_of(MARKET_TYPES, clocks)))

    def _claims(self) -> Iterator[int]:
        cells = self._reader.cells(self._seen, self._reader.today)
        for cell in self._cells:
            yield from naming(cells, *cell, self._seen)

    def _registrations(self) -> Iterator[int]:
        for kind, subjects in zip(("company", "chip"), zip(*self._cells, strict=True), strict=True):
            named = sorted({subject for subject in subjects if subject is not None})
            yield from registrations_of(self._reader.connection, kind, named) if named else ()

    def _beside(self, view: View) -> Iterator[int]:
        """Orders, deliveries, signals and developments."""
        firsts = [view.standings[first] for first in view.threads]
        about = {str(event.fields["about"]) for event in firsts if event.fields.get("about")}
        claims = threads_of(self._reader.connection, about)
        for event in firsts:
            if self._names(event) or claims.get(event.fields.get("about") or "") in self.found:
                yield event.entry.position

    def _names(self, event: Standing) -> bool:
        """Whether an event names one of the cells, as it was recorded or as it was corrected since."""
        said = [event.entry.fields, event.fields]
        return any(self._concern(fields, *cell) for fields in said for cell in self._cells)

    def _concern(self, fields: Fields, company: str | None, chip: str | None) -> bool:
        """Of two that are asked for, an event names one, and the other as far as it names any."""
        asked = (("companies", company), ("chips", chip))
        named = any(fields.get(side) for side, given in asked if given is not None)
        return named and names_them(self._scopes, fields, company, chip)


def _spelled(reader: Reader, wanted: names.Wanted) -> list[str]:
    """The publishers of these names, as the ledger spells them. Raises UnknownName."""
    known = [(folded(name), name) for name in publishers(reader.connection)]
    found: list[str] = []
    for name in (wanted,) if isinstance(wanted, str) else wanted or ():
        spelled = [each for text, each in known if text == folded(name)]
        if not spelled:
            raise UnknownName("publisher", name, names.nearest(known, folded(name)), WAY_OUT)
        found += spelled
    return found
