"""Made-up ledgers as files: recorded with a clock of 2027, and opened for questions."""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from policytracker.events.dates import span
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.store import Store
from policytracker.questions.reader import Reader

CLOCK = 1_800_000_000_000_000
TODAY = span("2027-01-15").first


@contextmanager
def recorded(*batches: Sequence[dict[str, Any]]) -> Iterator[Reader]:
    """The reader of a ledger that holds these batches, recorded a microsecond apart."""
    with recorded_lines(*([json.dumps(event) for event in batch] for batch in batches)) as reader:
        yield reader


@contextmanager
def recorded_lines(*batches: Iterable[str]) -> Iterator[Reader]:
    """The same, from lines of interchange files."""
    folder = Path(mkdtemp())
    path = folder / "test.ledger"
    try:
        with Store.create(path) as store:
            for tick, batch in enumerate(batches):
                lines = [Line("test", number, text.encode()) for number, text in enumerate(batch, start=1)]
                append_lines(store, lines, clock=lambda tick=tick: CLOCK + tick, recorder="tester")  # type: ignore[misc]
        with Reader(path, TODAY) as reader:
            yield reader
    finally:
        shutil.rmtree(folder)
