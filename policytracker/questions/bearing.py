"""When the ledger took in what bears on a cell: a report may be recorded long after it was published."""

from policytracker.events.dates import moment
from policytracker.projections.log import recorded_of
from policytracker.projections.reading import threads_at
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.statuses import Pair


class Bearing:
    """The events on the claims that may match a cell, as recorded by an instant; None: everything recorded."""

    def __init__(self, reader: Reader, recorded: int | None) -> None:
        self._reader, self._recorded = reader, recorded
        self._found: dict[tuple[Pair, int], list[tuple[int | None, int]]] = {}

    def last_recorded(self, cell: Pair, day: int, known: int | None, events: list[str]) -> int:
        """The recorded instant of the last of those published by a moment, and of some events by their ids.

        It is never before the instant at which an answer for the day, as known then, became what it is by a report.
        """
        found = [
            when for published, when in self._on(cell, day) if known is None or published is None or published <= known
        ]
        return max([*found, *recorded_of(self._reader.connection, events).values()], default=0)

    def _on(self, cell: Pair, day: int) -> list[tuple[int | None, int]]:
        """When each event was published (None: it has no report), and recorded."""
        clocks = Clocks(day, None, self._recorded)
        key = cell, self._reader.registry(self._reader.point(clocks).seen).since(day)
        if key not in self._found:
            found = threads_at(self._reader.connection, self._reader.positions_on(*cell, clocks))
            self._found[key] = [
                (moment(event.fields["report"]["published"]) if "report" in event.fields else None, event.recorded)
                for event in found
                if self._recorded is None or event.recorded <= self._recorded
            ]
        return self._found[key]
