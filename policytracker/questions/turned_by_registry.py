"""The registrations by which a cell turns from one day to another (semantics.md §2)."""

from collections.abc import Iterator

from policytracker.index.by_day import CellsByDay
from policytracker.index.cells import Point
from policytracker.status.directory import Gate
from policytracker.status.registry import OF_AUTHORITIES, Change


class TurningRegistrations:
    """Finds them, as known at one moment and recorded at one instant."""

    def __init__(self, by_day: CellsByDay, point: Point) -> None:
        """``point`` tells what is known and recorded; its day does not matter."""
        self._by_day, self._registry, self._point = by_day, by_day.registry, point

    def of_cell(self, company: str, chip: str, day: int, to_day: int) -> list[Change]:
        """Those that turn the answer of a registered company and chip: by the earlier registry it would be another."""
        found = self.concerning(company, chip, day, to_day)
        if found and self._answers(company, chip, day, to_day) != self._answers(company, chip, to_day, to_day):
            return found
        return []

    def concerning(self, company: str, chip: str, day: int, to_day: int) -> list[Change]:
        """Those that may concern a cell, whether they turn its answer or not."""
        days = self._between(day, to_day)
        return [change for each in days for change in self._registry.concerning(each, company, chip)]

    def of_authority(self, authority: str, day: int, to_day: int) -> list[Change]:
        """Those that move an authority, and its claims with it, to another gate."""
        changes = (change for each in self._between(day, to_day) for change in self._registry.changes[each])
        moves = (change for change in changes if change.subject == ("authority", authority))
        return [change for change in moves if change.differs_in(OF_AUTHORITIES)]

    def _between(self, day: int, to_day: int) -> Iterator[int]:
        """The days on which the registry changes, on the way from one day to another."""
        first, last = sorted((day, to_day))
        return (each for each in self._registry.days if first < each <= last)

    def _answers(self, company: str, chip: str, registered: int, day: int) -> list[tuple[Gate, int]]:
        """The possible statuses of a cell's gates on a day, by the registry of another."""
        cells = self._by_day.cells(registered)
        cell = cells.cell(company, chip)
        answers = cells.answers(cell, self._point._replace(day=day))
        return [(gate, answer.possible) for (gate, _), answer in zip(cell.gates, answers, strict=True)]
