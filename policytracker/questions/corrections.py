"""What corrections change: the fields of an event as they were before one (semantics.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from policytracker.projections.log import Logged
from policytracker.status.entries import Fields, Thread
from policytracker.status.knowledge import Standing, stand

if TYPE_CHECKING:
    from policytracker.questions.reader import Reader


def before(correction: Standing, target: Standing) -> Fields:
    """The fields of a correction's target before it, as the corrections before it that act have left them."""
    fields = dict(target.entry.fields)
    for earlier in target.acting("corrected"):
        if earlier.entry.position < correction.entry.position:
            fields.update(earlier.fields["changes"])
    return {name: value for name, value in fields.items() if value is not None}


def in_own_words(event: Standing) -> Fields:
    """The fields of an event as its own report gives them: what other reports have corrected since is left out."""
    fields = dict(event.entry.fields)
    for correction in event.acting("corrected"):
        if not correction.reports:
            fields.update(correction.fields["changes"])
    return {name: value for name, value in fields.items() if value is not None}


def before_in(standings: Mapping[str, Standing], event: Standing) -> Fields | None:
    """The same, given the events of its thread; None for an event that corrects nothing there."""
    target = standings.get(event.entry.target or "")
    return before(event, target) if event.type == "corrected" and target is not None else None


def mends_reports(thread: Thread) -> bool:
    """Whether a correction in a thread gives the report of another event as it should be."""
    return any("report" in (entry.fields.get("changes") or ()) for entry in thread)


class LoggedCorrections:
    """What corrections in the log change, by everything published; a thread is read once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._standings: dict[str, Standing] = {}

    def before(self, event: Logged) -> Fields | None:
        """The fields of a correction's target before it; None for another event."""
        if event.fields["type"] != "corrected":
            return None
        if event.id not in self._standings:
            self._standings.update(stand(self._reader.thread_of(event.id), None))
        return before_in(self._standings, self._standings[event.id])
