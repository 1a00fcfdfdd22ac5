"""Changes on days to come, in sentences, as far as they are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from policytracker.events.dates import iso
from policytracker.questions import names
from policytracker.questions.groups import Group
from policytracker.questions.scheduled import scheduled
from policytracker.questions.sentences.changes import change_sentence
from policytracker.questions.sentences.naming import Naming, capital

if TYPE_CHECKING:
    from policytracker.questions.overview_answers import ScheduledChange
    from policytracker.questions.reader import Clocks, Reader

MOST_TOUCHING: Final = 8
"""Days ahead that are looked at on which something turns that reaches the cells."""


def coming(
    reader: Reader, clocks: Clocks, naming: Naming, company: str | None, chip: str | None
) -> Iterator[ScheduledChange]:
    """The changes after ``at`` for a company, a chip or all cells, by day; many cells that change alike share one.

    Raises UnknownName or AmbiguousName at once.
    """
    for day, group in coming_groups(reader, clocks, company, chip):
        yield {
            "day": iso(day),
            "sentence": f"{capital(change_sentence(naming, group))}.",
            "events": [{"id": event["id"], "ref": event["ref"]} for event in group.step["events"]],
        }


def coming_groups(
    reader: Reader, clocks: Clocks, company: names.Wanted, chip: names.Wanted
) -> Iterator[tuple[int, Group]]:
    """The same, for any companies and chips: the day (an ordinal) and the cells that change alike."""
    directory = reader.directory_at(clocks.recorded, clocks.at)
    companies, chips = names.companies(directory, company), names.chips(directory, chip)
    one, other = (only[0] if len(only) == 1 else None for only in (companies, chips))
    whose, what = frozenset(companies), frozenset(chips)
    for change in scheduled(reader, clocks, one, other, MOST_TOUCHING):
        for group in change.groups:
            cells = [cell for cell in group.cells if cell[0] in whose and cell[1] in what]
            if cells:
                yield change.day, group._replace(cells=cells)
