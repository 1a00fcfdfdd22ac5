"""What the core is given: the ledger's events as plain values, in ledger order."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

Fields = Mapping[str, Any]
"""An event, or a part of one, as the interchange format has it."""


class Entry(NamedTuple):
    """One event as the ledger holds it.

    ``fields`` are those of the interchange format, with the target, if any, as an id; ``recorded`` is in
    microseconds since 1970-01-01T00:00Z.
    """

    position: int
    id: str
    recorded: int
    fields: Fields

    @property
    def type(self) -> str:
        """The stored name of the event's type."""
        name: str = self.fields["type"]
        return name

    @property
    def target(self) -> str | None:
        """The id of the event that this one is about."""
        return self.fields.get("target")


Thread = tuple[Entry, ...]
"""An event that is about no other, and every event about it or about those, in ledger order."""


def threads(entries: Iterable[Entry]) -> dict[str, Thread]:
    """Gather entries, given in ledger order, into threads by the id of the first event of each.

    An event whose target is not among the entries is left out.
    """
    root: dict[str, str] = {}
    gathered: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.target is None:
            root[entry.id] = entry.id
            gathered[entry.id] = [entry]
        elif entry.target in root:
            root[entry.id] = root[entry.target]
            gathered[root[entry.id]].append(entry)
    return {first: tuple(thread) for first, thread in gathered.items()}
