"""A ledger file that grows import by import, in memory where this machine has a folder there."""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.refused import RefusedLines
from policytracker.ledger.store import Store
from policytracker.testing.naive import Entry
from tests.agreement.reading import Reading
from tests.questions.recorded import CLOCK

IN_MEMORY = Path("/dev/shm")
MINUTE = 60_000_000
"""Imports lie a minute apart, so that their recorded times can be written as instants."""
Event = dict[str, Any]


class Grown:
    """A ledger file and the entries that ``naive`` reads of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store = Store.create(path)
        self.entries: list[Entry] = []
        self.imports: list[list[Event]] = []
        """The events of each import, without those that were refused."""
        self.stamps: list[int] = []
        self._by_ref: dict[str, str] = {}

    @property
    def reading(self) -> Reading:
        """The naive reading of all that was recorded so far."""
        return Reading(list(self.entries))

    def take(self, events: Sequence[Event]) -> int:
        """Import events, without those that the ledger refuses. How many were refused.

        No event may be there already: what an import repeats adds nothing.
        """
        left, refused = list(events), 0
        while left:
            lines = [Line("net", number, json.dumps(event).encode()) for number, event in enumerate(left, start=1)]
            stamp = CLOCK + len(self.imports) * MINUTE
            try:
                found = append_lines(self.store, lines, clock=lambda: stamp, recorder="net", keep=len(left))  # noqa: B023
            except RefusedLines as error:
                wrong = {line.line for line in error.lines}
                left = [event for number, event in enumerate(left, start=1) if number not in wrong]
                refused += len(wrong)
                continue
            assert found.appended == len(left), "a made-up event was recorded already"
            self._note(left, [kept.id for kept in found.kept], stamp)
            break
        return refused

    def _note(self, events: Sequence[Event], ids: Iterable[str], stamp: int) -> None:
        for event, name in zip(events, ids, strict=True):
            aim = {field: self._by_ref[event[field]] for field in ("target", "about") if field in event}
            self.entries.append(event | aim | {"id": name, "recorded": stamp})
            if "ref" in event:
                self._by_ref[event["ref"]] = name
        self.imports.append(list(events))
        self.stamps.append(stamp)


@contextmanager
def grown() -> Iterator[Grown]:
    """A new ledger, removed in the end."""
    folder = Path(mkdtemp(prefix="agreement-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None))
    try:
        ledger = Grown(folder / "net.ledger")
        try:
            yield ledger
        finally:
            ledger.store.close()
    finally:
        shutil.rmtree(folder)


def written(imports: Iterable[Sequence[Event]]) -> str:
    """Imports as interchange lines, with an empty line between one import and the next."""
    return "\n".join("".join(json.dumps(event, sort_keys=True) + "\n" for event in events) for events in imports)


def imports_in(text: str) -> list[list[Event]]:
    """The imports of such a text."""
    return [[json.loads(line) for line in part.splitlines()] for part in text.split("\n\n") if part.strip()]
