"""An event as the ledger keeps it."""

from typing import Any, NamedTuple, Protocol

import msgspec

from policytracker.events.forms import id_of, stored_fields


class Kept(NamedTuple):
    """An event as it is kept: its id, its canonical bytes and its name with the number of its form."""

    id: str
    topic: str
    state: bytes

    @property
    def fields(self) -> dict[str, Any]:
        """Its fields in today's form."""
        return stored_fields(self.topic, self.state)

    @property
    def replaces(self) -> str | None:
        """The registration whose place it took."""
        found: str | None = msgspec.json.decode(self.state).get("replaces")
        return found


GONE = Kept("", "removed/", b"")
"""Stands for an event whose content was removed: it keeps its place in its stream, and says nothing."""


class Content(Protocol):
    """What is stored of an event; ``tables.Recorded`` is one."""

    @property
    def topic(self) -> str: ...

    @property
    def state(self) -> bytes: ...


def kept_of(content: Content) -> Kept:
    """A stored event, with the id that its content gives it."""
    if not content.state:
        return GONE
    return Kept(id_of(content.state), content.topic, content.state)
