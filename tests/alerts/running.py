"""Runs of a watch, each at an instant that the test gives."""

from pathlib import Path
from typing import NamedTuple

from policytracker.alerts.destinations import destinations
from policytracker.alerts.running import Outcome, Run
from policytracker.alerts.state import State, locked
from policytracker.alerts.watch_file import read_watch_file
from policytracker.events.dates import span
from policytracker.ledger.where import Where
from policytracker.questions.asked import Since

A_DAY = 86_400_000_000
EPOCH = span("1970-01-01").first


def noon(day: int) -> int:
    """An instant of a day (an ordinal)."""
    return (day - EPOCH) * A_DAY + A_DAY // 2


class Watching(NamedTuple):
    """A watch file and its state, of a ledger."""

    ledger: Where
    file: Path
    state: Path
    printed: list[str]
    waited: list[float]

    def run(self, now: int, since: Since | None = None) -> Outcome:
        """One run. What it prints, and how long it would have waited between tries, is kept."""
        with locked(self.state):
            watch = read_watch_file(self.file)
            with Run(self.ledger, watch, State(self.state), now, since) as run:
                return run.tell(destinations(watch, self.printed.append), self.waited.append)


def watching(ledger: Where, folder: Path, text: str) -> Watching:
    """A watch of a ledger with this file."""
    file = folder / "chips.toml"
    file.write_text(text, encoding="utf-8")
    return Watching(ledger, file, folder / "chips.state.json", [], [])
