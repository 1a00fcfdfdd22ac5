"""What corrections change: the fields of an event as they were before one (semantics.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from policytracker.projections.log import Logged
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.telling import called
from policytracker.questions.values import corrections_line
from policytracker.status.entries import Fields, Thread
from policytracker.status.knowledge import Standing, stand


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

    def __init__(self, reader: Reader, recorded: int | None = None) -> None:
        """``recorded`` in microseconds since 1970: only what was recorded by then counts; None: everything."""
        self._reader = reader
        self._seen = reader.point(Clocks(reader.today, None, recorded)).seen
        self._standings: dict[str, Standing] = {}

    def before(self, event: Logged) -> Fields | None:
        """The fields of a correction's target before it; None for another event."""
        if event.fields["type"] != "corrected":
            return None
        standing = self._standing(event.id)
        return before_in(self._standings, standing)

    def since(self, event: Logged) -> list[str]:
        """What corrections have made of an event since, each in a line with the old and the new values."""
        if event.id not in self._corrected:
            return []
        standing = self._standing(event.id)
        return [
            f"{corrections_line(each.fields['changes'], before(each, standing))} ({_name(each)})"
            for each in standing.acting("corrected")
        ]

    @cached_property
    def _corrected(self) -> set[str]:
        """The ids of the events that some correction is about."""
        found = self._reader.connection.execute("SELECT DISTINCT target FROM entries WHERE type = 'corrected'")
        return {target for (target,) in found}

    def _standing(self, event: str) -> Standing:
        if event not in self._standings:
            thread = tuple(entry for entry in self._reader.thread_of(event) if entry.position <= self._seen)
            self._standings.update(stand(thread, None))
        return self._standings[event]


def _name(event: Standing) -> str:
    return called(event.entry.id, event.fields.get("ref"))
