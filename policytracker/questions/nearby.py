"""The recorded claims at a gate that begin near some days, and its licences: found in the index, none is decoded."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from policytracker.events.dates import Span
from policytracker.index.layout import CAPS, CLAIMS, MENTIONS, NEVER, order_of, position_of, section, start_of
from policytracker.questions.reader import Reader
from policytracker.status.directory import Gate
from policytracker.status.periods import CERTAIN, FOREVER, GRANTED

_FARTHEST = 366
"""How many days the two ends of a date are apart, at the most, of which only one end is near."""


class Nearby:
    """Looks for claims as they stood, by all that is published, before the event at a position was recorded."""

    def __init__(self, reader: Reader, before: int) -> None:
        self._rows, self._index, self._seen = reader.index.rows, reader.index, before - 1
        self._number = reader.cells(reader.head.position, reader.today).gate_number

    def positions(self, gate: Gate, dates: Iterable[Span]) -> set[int]:
        """The positions of the claims at a gate whose date may be one of some days (ordinals), and of some others."""
        days = {day for date in dates for day in (date if _is_long(date) else range(date.first, date.last + 1))}
        number = self._number(gate)
        if not number or not days:
            return set()
        found = (self._near(section(number, sort), days) for sort in (CLAIMS, CAPS, MENTIONS))
        return set().union(*found)

    def licences(self, gate: Gate) -> set[int]:
        """The positions of the licences that were granted at a gate."""
        number, rows = self._number(gate), self._rows
        if not number:
            return set()
        every = (row for first, last in self._spans(section(number, CLAIMS)) for row in range(first, last))
        return {position_of(rows.claim[row]) for row in every if rows.code[row] & GRANTED and self._stands(row)}

    def _near(self, number: int, days: set[int]) -> set[int]:
        first, last = min(days), max(days)
        found: set[int] = set()
        for row in self._between(number, first - _FARTHEST, last + _FARTHEST):
            if self._stands(row) and self._may_begin(row, days, first, last):
                found.add(position_of(self._rows.claim[row]))
        return found

    def _may_begin(self, row: int, days: set[int], first: int, last: int) -> bool:
        """Whether the claim of a row may begin on one of some days.

        A row is ordered by one end of its claim's date. The other end may be near where the claim is in force before
        it, or possibly after it.
        """
        day = start_of(self._rows.order[row])
        if day in days:
            return True
        if day < first:
            return not self._rows.code[row] & CERTAIN and self._rows.day_to[row] >= first
        return day > last and self._rows.day_from[row] <= last

    def _between(self, number: int, first: int, last: int) -> Iterator[int]:
        """The rows of a section that are ordered by a day in a range."""
        order = self._rows.order
        bounds = order_of(max(0, first), 0), order_of(last + 1, 0)
        for start, end in self._spans(number):
            yield from range(*(bisect_left(order, bound, start, end) for bound in bounds))

    def _spans(self, number: int) -> Sequence[tuple[int, int]]:
        return [(start, end) for *_, start, end in self._index.spans(number)]

    def _stands(self, row: int) -> bool:
        """Whether a row is told by all that is published and was recorded by then."""
        rows = self._rows
        return rows.known_to[row] == FOREVER and rows.seen_from[row] <= self._seen < _seen_to(rows.seen_to[row])


def _seen_to(position: int) -> int:
    return FOREVER if position == NEVER else position


def _is_long(date: Span) -> bool:
    return date.last - date.first > _FARTHEST
