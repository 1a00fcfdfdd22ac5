"""From what threads say to the rows of the index, and from rows to a file (``layout``)."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, cast
from zlib import crc32

from policytracker.index.layout import (
    BITS,
    CAPS,
    CLAIMS,
    EARLY,
    MENTIONS,
    TYPES,
    Keyed,
    Mapped,
    Row,
    claim_number,
    day_number,
    key_of,
    order_of,
    section,
)
from policytracker.status import periods
from policytracker.status.periods import Box, Mention, Told

KeyedRow = tuple[int, Row]
"""A key, and a row under it."""


class Numbering(Protocol):
    """Gives numbers, from 1 on, to gates, terms and scope expressions; a new one gets the next."""

    def gate(self, text: str) -> int: ...

    def companies(self, terms: Iterable[str]) -> list[int]: ...

    def chips(self, terms: Iterable[str]) -> list[int]: ...

    def expression(self, text: str) -> int: ...


class Guarded(NamedTuple):
    """A gate that an authority guards between two positions, on some days."""

    gate: str
    seen_from: int
    seen_to: int
    day_from: int
    day_to: int


class Guarding(Protocol):
    """Which gates with a time zone an authority guards."""

    def within(self, authority: str, zone: str, seen: tuple[int, int]) -> Iterable[Guarded]: ...


def rows_of(
    position: int, box: Box, told: Told, seen: tuple[int, int], numbering: Numbering, gates: Iterable[Guarded]
) -> Iterator[KeyedRow]:
    """The rows of one period or mention of the claim at a position, under every pair of terms that finds it.

    ``gates``: those at which it is, and when.
    """
    scope = told.scope
    expressions = numbering.expression(scope.company_expression), numbering.expression(scope.chip_expression)
    if isinstance(told, Mention):
        order, claim, code, sort, first_day = order_of(told.last_day, 0), position, 0, MENTIONS, 0
    else:
        order, claim, code = order_of(told.day, told.moment), claim_number(told.tie, position), told.code
        sort, first_day = CAPS if code & periods.CAPS else CLAIMS, told.day
    companies, chips = numbering.companies(scope.companies), numbering.chips(scope.chips)
    for gate, seen_from, seen_to, gate_from, gate_to in gates:
        day_from, day_to = max(box[0], gate_from), min(box[1], gate_to)
        seen_from, seen_to = max(seen[0], seen_from), min(seen[1], seen_to)
        if day_from >= day_to or seen_from >= seen_to:
            continue
        number = section(numbering.gate(gate), sort)
        days, until = (day_number(day_from), day_number(day_to)), day_number(seen_to)
        row = order, claim, *days, *box[2:], seen_from, until, code, *expressions
        for company in companies:
            for chip in chips:
                key = key_of(number, company, chip)
                yield key, row
                if day_from < first_day:
                    yield key | EARLY, row


class Collected:
    """Rows in memory until they are put in order: some hundred bytes each."""

    def __init__(self) -> None:
        self._buckets: dict[int, array[int]] = {}
        """By gate and company; each row as numbers of 64 bits, its key first."""

    def add(self, rows: Iterable[KeyedRow]) -> None:
        """Take rows, in any order."""
        buckets = self._buckets
        for key, row in rows:
            bucket = buckets.get(key >> BITS + 1)
            if bucket is None:
                bucket = buckets[key >> BITS + 1] = array("q")
            bucket.append(key)
            bucket.extend(row)

    def keyed(self) -> Keyed:
        """All rows in order. Forgets them."""
        made = _Made()
        for bucket in sorted(self._buckets):
            values = iter(self._buckets.pop(bucket))
            made.add(sorted(zip(*[values] * (1 + len(TYPES)), strict=True)))
        return made.keyed()


class _Made:
    """Columns that grow key by key."""

    def __init__(self) -> None:
        self._keys, self._starts = array("q"), array("i")
        self._columns = [array(kind) for kind in TYPES]

    def add(self, rows: Sequence[tuple[int, ...]]) -> None:
        """Add rows, each with its key first, in order."""
        keys, *columns = zip(*rows, strict=True)
        size, last = len(self._columns[0]), None
        for place, key in enumerate(keys, size):
            if key != last:
                self._keys.append(key)
                self._starts.append(place)
                last = key
        for column, values in zip(self._columns, columns, strict=True):
            column.extend(values)

    def copy(self, key: int, source: Mapped, first: int, last: int) -> None:
        """Add the rows of a key as a file has them."""
        self._keys.append(key)
        self._starts.append(len(self._columns[0]))
        for column, values in zip(self._columns, source.rows, strict=True):
            column.frombytes(cast(memoryview, values)[first:last].cast("B"))

    def keyed(self) -> Keyed:
        """The columns."""
        self._starts.append(len(self._columns[0]))
        return Keyed(self._keys, self._starts, self._columns)


def checksum(keyed: Keyed) -> int:
    """A number of 32 bits that other rows hardly have too."""
    found = 0
    for part in (keyed.keys, keyed.starts, *keyed.columns):
        found = crc32(part, found)
    return found


def merged(source: Mapped, ends: Mapping[int, int], more: Iterable[KeyedRow]) -> Keyed:
    """The rows of a file, some of which are seen only up to a position, together with others."""
    for number, seen_to in ends.items():
        source.rows.seen_to[number] = seen_to
    added: dict[int, list[Row]] = {}
    for key, row in more:
        added.setdefault(key, []).append(row)
    places = dict(zip(source.keys, range(len(source.keys)), strict=True))
    made = _Made()
    for key in sorted({*places, *added}):
        place = places.get(key)
        first, last = (source.starts[place], source.starts[place + 1]) if place is not None else (0, 0)
        if key in added:
            there = zip(*(column[first:last] for column in source.rows), strict=True)
            made.add(sorted((key, *row) for row in (*there, *added[key])))
        else:
            made.copy(key, source, first, last)
    return made.keyed()
