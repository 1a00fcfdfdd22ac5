"""The table ``shipments`` of the read models: how each shipment counts over the published and the recorded clock."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from policytracker.events.dates import Span
from policytracker.index.selection import Point
from policytracker.status.entries import Thread
from policytracker.status.folding import FOREVER, Box
from policytracker.status.quantities import Amount, Counted, Per
from policytracker.status.shipments import Shipment, shipments

_COLUMNS = "first, last, certain, least, most, unit, per, is_total, said, companies, chips"


class Stored(NamedTuple):
    """A shipment as it counts at a point of the clocks."""

    position: int
    told: Shipment


def write(connection: sqlite3.Connection, thread: Thread) -> None:
    """Write how the shipment that a thread begins with counts; nothing of it is there."""
    for (box, told), seen_from, seen_to in shipments(thread):
        _insert(connection, thread[0].position, box, told, (seen_from, seen_to))


def grow(connection: sqlite3.Connection, thread: Thread, written: int) -> None:
    """Bring up to date what is there of a shipment of whose thread the first ``written`` events were taken before."""
    first, last = thread[0].position, thread[written - 1].position
    ended = "UPDATE shipments SET seen_to = ? WHERE position = ? AND seen_to = ? AND known_from = ? AND known_to = ?"
    for (box, told), seen_from, seen_to in sorted(shipments(thread, written), key=lambda each: each[1]):
        if seen_from != last:
            _insert(connection, first, box, told, (seen_from, seen_to))
        elif seen_to != FOREVER:
            connection.execute(ended, (seen_to, first, FOREVER, *box[2:]))


def _insert(connection: sqlite3.Connection, position: int, box: Box, told: Shipment, seen: tuple[int, int]) -> None:
    (amount, unit, per, is_total, said), date, certain, companies, chips = told
    values = (*date, certain, *amount, unit, per, is_total, said, companies, chips)
    row = position, *seen, *box[2:], *values
    connection.execute(f"INSERT INTO shipments VALUES ({', '.join('?' * len(row))})", row)


def shipped(connection: sqlite3.Connection, point: Point, unit: str, per: Per | None) -> Iterator[Stored]:
    """What was shipped of a unit, as known and recorded at a point, and begun by its day, in ledger order."""
    query = f"""SELECT position, {_COLUMNS} FROM shipments
        WHERE seen_from <= ?1 AND ?1 < seen_to AND known_from <= ?2 AND ?2 < known_to AND first <= ?3
        AND unit = ?4 AND per IS ?5 ORDER BY position"""
    for position, *row in connection.execute(query, (point.seen, point.known, point.day, unit, per)):
        first, last, certain, least, most, _, _, is_total, said, companies, chips = row
        counted = Counted(Amount(least, most), unit, per, bool(is_total), said)
        yield Stored(position, Shipment(counted, Span(first, last), bool(certain), companies, chips))
