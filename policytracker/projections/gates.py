"""Which gate each authority has guarded, from which event on: a registration may move it (semantics.md §2)."""

from collections.abc import Iterator

from policytracker.status.directory import Gate
from policytracker.status.entries import Fields
from policytracker.status.periods import FOREVER


class Gates:
    """The gates of authorities over the recorded clock."""

    def __init__(self) -> None:
        self._history: dict[str, list[tuple[int, str]]] = {}
        self._missed: set[str] = set()
        """Authorities that were asked for before any registration of theirs: the first was redacted."""

    def take(self, position: int, fields: Fields) -> bool:
        """Take note of the registration of an authority.

        Tells whether what was asked for before may have another answer now: it moves to another gate, or its first
        registration that is left comes after claims that name it.
        """
        gate = str(Gate(fields["jurisdiction"], fields["direction"]))
        history = self._history.setdefault(fields["authority"], [])
        if history and (history[-1][1] == gate or history[-1][0] >= position):
            return False
        history.append((position, gate))
        return len(history) > 1 or fields["authority"] in self._missed

    def between(self, authority: str, seen_from: int, seen_to: int) -> Iterator[tuple[str, int, int]]:
        """The gates that an authority guards between two positions, each with its own two."""
        history = self._history.get(authority, [])
        if not history:
            self._missed.add(authority)
        for place, (since, gate) in enumerate(history):
            until = history[place + 1][0] if place + 1 < len(history) else FOREVER
            if max(since, seen_from) < min(until, seen_to):
                yield gate, max(since, seen_from), min(until, seen_to)
