"""policytracker itself, asked through its questions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.scale.asked import NO_ANSWER, Question
from policytracker.questions.all_cells import all_cells
from policytracker.questions.one_cell import possible
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.state import states
from policytracker.questions.statuses import Statuses, differing
from policytracker.questions.timeline import over_days

NAME = "policytracker"
ONE = bytes(rank if bits == 1 << rank else NO_ANSWER for bits in range(256) for rank in [max(0, bits.bit_length() - 1)])
"""For each set of statuses, as bits, the rank of the only one."""
Cell = tuple[str, str]


class Tracker:
    """A ledger whose read models are caught up."""

    name = NAME

    def __init__(self, ledger: Path, today: int) -> None:
        """``today`` is an ordinal: that for which the read models hold."""
        self.ledger, self.today = ledger, today

    def version(self) -> str | None:
        from importlib.metadata import version

        return version(NAME)

    def prepare(self) -> None:
        """Nothing: the ledger is there."""

    @contextmanager
    def opened(self) -> Iterator["OpenTracker"]:
        with Reader(self.ledger, self.today) as reader:
            yield OpenTracker(reader, self.today)


class OpenTracker:
    """A ledger, opened for questions."""

    def __init__(self, reader: Reader, today: int) -> None:
        self.reader, self.today = reader, today

    def cell(self, question: Question) -> int:
        """The status alone, as other engines tell it."""
        return ONE[possible(self.reader, _clocks(question), *_names(question))]

    def state(self, question: Question) -> dict[str, Any]:
        """A cell with its gates, the claims that stand, their conditions and the last report."""
        return _state(self.reader, question)

    def anew(self, question: Question) -> dict[str, Any]:
        """The same of a ledger that is opened for this question alone."""
        with Reader(self.reader.ledger, self.today) as reader:
            return _state(reader, question)

    def timeline(self, question: Question) -> int:
        """How many intervals the cell has over the effective clock."""
        return sum(1 for _ in over_days(self.reader, _clocks(question), *_names(question)))

    def matrix(self, question: Question) -> bytes:
        found = self.possible(question)
        in_order = found.among(*(sorted(side, key=_number) for side in (found.companies, found.chips)))
        return in_order.told.translate(ONE)

    def possible(self, question: Question) -> Statuses:
        """The possible statuses, as bits, of every cell."""
        return all_cells(self.reader, _clocks(question))

    def diff(self, question: Question) -> int:
        """How many cells have other statuses than a year before, as known and recorded at the same moments."""
        now, before = (self.possible(question._replace(at=question.at - back)) for back in (0, 365))
        return len(differing(now, before))

    def claims(self, question: Question) -> int:
        """How many claims the cell's own scopes have, whatever the dates."""
        return len(self.reader.positions_on(*_names(question), _clocks(question)))


def _state(reader: Reader, question: Question) -> dict[str, Any]:
    return dict(next(states(reader, _clocks(question), *_names(question))))


def _clocks(question: Question) -> Clocks:
    return Clocks(question.at, question.known, question.recorded)


def _names(question: Question) -> Cell:
    return f"firm-{question.company}", f"chip-{question.chip}"


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])
