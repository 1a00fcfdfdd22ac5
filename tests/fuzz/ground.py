"""Any bytes as an interchange file: what becomes of them has to be one of two things."""

import json
import shutil
from pathlib import Path

from policytracker.cli.output import json_text
from policytracker.events.limits import LONGEST_LINE
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import lines_of
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.refused import RefusedLines
from policytracker.ledger.store import Store
from policytracker.questions.escaping import safe
from policytracker.questions.history import shipped_lines
from policytracker.questions.log import exported
from policytracker.questions.reader import Reader
from policytracker.status.directory import REGISTRY_TYPES
from tests.questions.recorded import CLOCK, TODAY

SEEDS = [line.text for line in shipped_lines()]
"""The shipped history: lines of every type, in ledger order."""


class Target:
    """A ledger of everybody in the shipped history, to which files are offered."""

    def __init__(self, folder: Path) -> None:
        self._known, self._work, self._again = (
            folder / name for name in ("known.ledger", "work.ledger", "again.ledger")
        )
        with Store.create(self._known) as store:
            append(store, b"\n".join(line for line in SEEDS if json.loads(line)["type"] in REGISTRY_TYPES))
        shutil.copy(self._known, self._work)

    def offer(self, content: bytes) -> bool:
        """Whether a file is taken. Then an export of it makes the same events; else it is refused by its lines."""
        before = ids(self._work)
        try:
            with Store(self._work) as store:
                append(store, content)
        except RefusedLines as refused:
            assert {line.line for line in refused.lines} <= set(range(1, content.count(b"\n") + 2))
            assert refused.lines and all(fault for line in refused.lines for fault in line.why.split("\n"))
            assert ids(self._work) == before
            return False
        self._comes_back()
        shutil.copy(self._known, self._work)
        return True

    def _comes_back(self) -> None:
        with Reader(self._work, TODAY) as reader:
            lines = [json_text(line).encode() for line in exported(reader)]
        assert max(map(len, lines)) < LONGEST_LINE
        assert [line for line in lines if safe(line.decode()).encode() != line] == []
        with Store.create(self._again) as store:
            append(store, b"\n".join(lines))
        assert ids(self._again) == ids(self._work)
        for left in (self._again, self._work):
            for path in left.parent.glob(f"{left.name}*"):
                path.unlink()


def append(store: Store, content: bytes) -> None:
    """Import a file. Raises RefusedLines, and nothing else."""
    append_lines(store, lines_of("fuzz", content), clock=lambda: CLOCK, recorder="fuzz")


def ids(ledger: Path) -> list[str]:
    """Every event of a ledger, in order."""
    with open_ledger(ledger) as source:
        return [row.id for row in source.rows()]
