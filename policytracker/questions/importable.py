"""Which lines of an export an import would refuse, because what they rest on was redacted: they are tried."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from policytracker.ledger import clock
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import Line
from policytracker.ledger.refused import RefusedLines
from policytracker.ledger.store import Store

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import RecordedEvent


def refused_lines(lines: Sequence[RecordedEvent], latest: int) -> dict[str, str]:
    """The ids of the events that an import into a new ledger would refuse, and why; the rest it would take.

    ``latest`` is the newest recorded time among them, in microseconds since 1970.
    """
    found: dict[str, str] = {}
    with TemporaryDirectory() as folder, Store.create(Path(folder) / "trial.ledger") as store:
        while True:
            left = [line for line in lines if line["id"] not in found]
            tried = [Line("", number, json.dumps(line).encode()) for number, line in enumerate(left)]
            try:
                append_lines(store, tried, lambda: max(clock.now(), latest), "trial", dry=True)
            except RefusedLines as refused:
                found |= {left[each.line]["id"]: each.why for each in refused.lines}
            else:
                return found
