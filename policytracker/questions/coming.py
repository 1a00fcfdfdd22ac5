"""Changes on days to come, in sentences, as far as they are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from policytracker.events.dates import iso
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
    for change in scheduled(reader, clocks, company, chip, MOST_TOUCHING):
        for group in change.groups:
            yield {
                "day": iso(change.day),
                "sentence": f"{capital(change_sentence(naming, group))}.",
                "events": [{"id": event["id"], "ref": event["ref"]} for event in group.step["events"]],
            }
