"""The index, opened: where the rows lie that a cell, or all cells, may have to read."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from policytracker.index.layout import EARLY, NEVER, Rows, key_of, order_of, parts_of, position_of
from policytracker.index.tail import Arrived
from policytracker.status.prevails import place_of

Terms = Sequence[tuple[int, int]]
"""Index terms of a company, or of a chip: the number and the level of each."""


class Range(NamedTuple):
    """Rows under one key, in order."""

    first: int
    last: int
    """The row after the last."""
    place: int
    """The place (``prevails``) at which the terms of the key match the cell."""


class Segment(NamedTuple):
    """Rows under keys in order: those of the file, or those of the tail."""

    keys: Sequence[int]
    starts: Sequence[int]


class Index:
    """All periods and mentions of a ledger."""

    def __init__(self, arrived: Arrived) -> None:
        """Opens what was read; ``arrived`` cannot grow any more."""
        tail = arrived.lay_down()
        self.rows: Rows = arrived.source.rows
        self.count = arrived.source.size + len(arrived.rows)
        """How many rows there are."""
        self._has: dict[int, bool] = {}
        self.segments = [Segment(arrived.source.keys, arrived.source.starts), Segment(tail.keys, tail.starts)]

    def has(self, section: int) -> bool:
        """Whether there are rows in a section of a gate."""
        if section not in self._has:
            bounds = key_of(section, 0, 0), key_of(section + 1, 0, 0)
            found = ([bisect_left(keys, bound) for bound in bounds] for keys, _ in self.segments)
            self._has[section] = any(first < last for first, last in found)
        return self._has[section]

    def ranges(self, section: int, companies: Terms, chips: Terms) -> list[Range]:
        """The rows in a section of a gate that a cell finds under its terms."""
        return [
            Range(starts[at], starts[at + 1], place)
            for starts, at, key, place in self._keys(section, companies, chips)
            if not key & EARLY
        ]

    def ranges_on(self, section: int, companies: Terms, chips: Terms, day: int) -> list[Range]:
        """The same without rows that cannot be in force on a day, but with those that begin before they are ordered."""
        order, bound = self.rows.order, order_of(day + 1, 0)
        found = []
        for starts, at, key, place in self._keys(section, companies, chips):
            first, last = starts[at], starts[at + 1]
            middle = bisect_left(order, bound, first, last)
            if key & EARLY:
                first = middle
            else:
                last = middle
            if first < last:
                found.append(Range(first, last, place))
        return found

    def _keys(self, section: int, companies: Terms, chips: Terms) -> Iterator[tuple[Sequence[int], int, int, int]]:
        """The keys that a cell finds: the starts of their segment, the place there, the key, and the cell's place."""
        for keys, starts in self.segments:
            if not keys:
                continue
            for company, company_level in companies:
                first = bisect_left(keys, key_of(section, company, 0))
                last = bisect_left(keys, key_of(section, company + 1, 0), first)
                for chip, chip_level in chips if first < last else ():
                    key = key_of(section, company, chip)
                    at = bisect_left(keys, key, first, last)
                    while at < last and keys[at] | EARLY == key | EARLY:
                        yield starts, at, keys[at], place_of(company_level, chip_level)
                        at += 1

    def turning_days(self, known: int, seen: int) -> set[int]:
        """The days on which some claim begins or ceases to do something, as known at a moment and recorded then."""
        rows = self.rows
        columns = (rows.day_from, rows.day_to, rows.known_from, rows.known_to, rows.seen_from, rows.seen_to)
        found: set[int] = set()
        for begin, end, *when in zip(*(column[: self.count] for column in columns), strict=True):
            if when[0] <= known < when[1] and when[2] <= seen < when[3]:
                found.add(begin)
                found.add(end)
        return found

    def turning_claims(self, known: int, seen: int, after: int) -> set[tuple[int, int]]:
        """The days after one on which claims begin or cease to do something, as known at a moment and recorded then,
        each with the position of the claim."""
        rows = self.rows
        columns = (rows.claim, rows.day_from, rows.day_to, rows.known_from, rows.known_to, rows.seen_from, rows.seen_to)
        found: set[tuple[int, int]] = set()
        for claim, begin, end, *when in zip(*(column[: self.count] for column in columns), strict=True):
            if end > after and when[0] <= known < when[1] and when[2] <= seen < when[3]:
                found |= {(day, position_of(claim)) for day in (begin, end) if after < day < NEVER}
        return found

    def spans(self, section: int | None = None) -> Iterator[tuple[int, int, int, int, int]]:
        """All rows, each once, or those of a section of a gate: for each key its section, its two terms, its first row
        and the one after its last."""
        for keys, starts in self.segments:
            first, last = 0, len(keys)
            if section is not None:
                first = bisect_left(keys, key_of(section, 0, 0))
                last = bisect_left(keys, key_of(section + 1, 0, 0), first)
            for at in range(first, last):
                if not keys[at] & EARLY:
                    yield (*parts_of(keys[at]), starts[at], starts[at + 1])

    @cached_property
    def company_expressions(self) -> frozenset[int]:
        """The numbers of all scope expressions of companies."""
        return frozenset(self.rows.companies[: self.count]) - {0}

    @cached_property
    def chip_expressions(self) -> frozenset[int]:
        """The numbers of all scope expressions of chips."""
        return frozenset(self.rows.chips[: self.count]) - {0}
