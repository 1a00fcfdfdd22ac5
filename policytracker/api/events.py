"""Events, as the ledger holds them, and what was recorded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from policytracker.api.answer import Answer
from policytracker.api.cells import CellChange
from policytracker.api.when import time_of
from policytracker.projections.log import Logged
from policytracker.questions.log import as_object


class Event(Answer, frozen=True, kw_only=True):
    """An event of the ledger."""

    id: str
    type: str
    """Such as ``blocked``: docs/events.md has all of them."""
    ref: str | None
    """The short name by which its author calls it."""
    position: int
    """Its place in the ledger, from 1 on."""
    recorded: datetime
    """When it was recorded, in UTC."""
    recorder: str
    """Who recorded it."""
    fields: dict[str, Any]
    """The object that ``log --json`` prints: all fields in the interchange format."""

    def as_dict(self) -> dict[str, Any]:
        """The object that ``log --json`` prints."""
        return dict(self.fields)

    def __str__(self) -> str:
        """Its position, name and fields, a line each."""
        return "\n".join(f"{name}: {value}" for name, value in self.fields.items())


def event_of(logged: Logged) -> Event:
    """An event as the questions give it."""
    fields: Mapping[str, Any] = as_object(logged)
    return Event(
        id=logged.id,
        type=fields["type"],
        ref=fields.get("ref"),
        position=logged.position,
        recorded=time_of(logged.recorded),
        recorder=logged.recorder,
        fields=dict(fields),
    )


class Appended(Struct, frozen=True, kw_only=True):
    """What was appended to a ledger."""

    events: tuple[Event, ...]
    """The events that are new, in ledger order."""
    repeated: int
    """How many of the events given were recorded already; nothing was added for them."""


class Step(Struct, frozen=True, kw_only=True):
    """A step of a replay: events, and which cells changed by them."""

    events: tuple[Event, ...]
    """Those that became known, or were recorded, at once."""
    when: datetime | str
    """When: the instant of the recorded clock, or the moment of the published clock as text (a day means its end)."""
    changed: tuple[CellChange, ...]
    """The cells whose possible statuses changed, with what they were before."""

    @property
    def event(self) -> Event:
        """The first of the events."""
        return self.events[0]
