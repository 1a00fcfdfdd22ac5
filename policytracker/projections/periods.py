"""What becomes of the index as claims are recorded, and more is said about them."""

from collections.abc import Iterator

from policytracker.index.layout import NEVER, SEEN_TO
from policytracker.index.tail import Arrived, Part, identity_of
from policytracker.index.writing import KeyedRow, Numbering, rows_of
from policytracker.projections.gates import Gates
from policytracker.status.entries import Thread
from policytracker.status.periods import FOREVER, Box, Told, periods


def rows_of_thread(thread: Thread, numbers: Numbering, gates: Gates) -> list[KeyedRow]:
    """All rows of a claim with what was said about it."""
    return [
        row
        for zone in _zones(thread, gates)
        for (box, told), *seen in periods(thread, zone)
        for row in _rows(thread, zone, box, told, (seen[0], seen[1]), numbers, gates)
    ]


def _zones(thread: Thread, gates: Gates) -> list[str]:
    """The time zones in which a claim is told: those of the gates of every authority that it was ever said to be of."""
    said = (entry.fields.get("changes") or entry.fields for entry in thread)
    return gates.zones(dict.fromkeys(fields["authority"] for fields in said if fields.get("authority")))


def _rows(
    thread: Thread, zone: str, box: Box, told: Told, seen: tuple[int, int], numbers: Numbering, gates: Gates
) -> Iterator[KeyedRow]:
    return rows_of(thread[0].position, box, told, seen, numbers, gates.within(told.authority, zone, seen))


class Growing:
    """Adds rows to an index, and ends rows of claims about which something new was said."""

    def __init__(self, arrived: Arrived, numbers: Numbering, gates: Gates) -> None:
        self.arrived = arrived
        self.part = Part()
        """What is new since the last part was taken."""
        self._numbers, self._gates = numbers, gates

    def write(self, thread: Thread) -> None:
        """Add the rows of a claim of which none are there."""
        for row in rows_of_thread(thread, self._numbers, self._gates):
            self._add(row)

    def grow(self, thread: Thread, written: int) -> None:
        """Bring up to date the rows of a claim of whose events the first ``written`` were taken before.

        Raises KeyError where a row is missing that should be there.
        """
        last = thread[written - 1].position
        for zone in _zones(thread, self._gates):
            for (box, told), seen_from, seen_to in periods(thread, zone, written):
                is_new = seen_from != last
                if not is_new and seen_to == FOREVER:
                    continue
                seen = seen_from, seen_to if is_new else FOREVER
                for key, row in _rows(thread, zone, box, told, seen, self._numbers, self._gates):
                    if is_new:
                        self._add((key, row))
                    elif row[SEEN_TO] == NEVER:  # others ended when an authority moved to another gate
                        self._end(self.arrived.find(identity_of(key, row)), seen_to)

    def _add(self, row: KeyedRow) -> None:
        self.part.add(*row)
        self.arrived.add(*row)

    def _end(self, number: int, seen_to: int) -> None:
        self.part.end(number, seen_to)
        self.arrived.end(number, seen_to)

    def taken(self) -> bytes:
        """What is new, as a part of the tail; begins another."""
        content, self.part = self.part.content(), Part()
        return content
