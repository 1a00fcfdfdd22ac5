"""A ledger that is open for questions: its reader, kept up to date, and the dates of each question."""

from typing import TypedDict

from policytracker.api.when import Day, Instant, day_of, known_of, recorded_of
from policytracker.ledger import clock
from policytracker.ledger.damage import DamagedLedger
from policytracker.ledger.reading import Head, open_ledger
from policytracker.ledger.where import Where
from policytracker.projections.opening import head_before_foreign
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.timeline import Window as Between


class KnownAndRecorded(TypedDict, total=False):
    """Two dates of a question."""

    known: Instant
    """What was published by then counts. None: everything."""
    recorded: Instant
    """What this ledger held by then counts. None: everything."""


class When(KnownAndRecorded, total=False):
    """The dates of a question."""

    at: Day
    """The day that is asked about. None: today."""


class To(When, total=False):
    """The dates of two points. A date of the second that is left out is that of the first."""

    to_at: Day
    to_known: Instant
    to_recorded: Instant


class Window(TypedDict, total=False):
    """From where to where a timeline is told. Intervals stay whole."""

    start: Day
    """Only intervals that are not over before this day."""
    end: Day
    """Only intervals that have begun by this day."""


class OverDays(KnownAndRecorded, Window, total=False):
    """The dates of a timeline over the days."""


class OverKnowledge(Window, total=False):
    """The dates of a timeline over the published clock."""

    at: Day
    recorded: Instant


class AskedLedger:
    """What all questions about a ledger start from."""

    where: Where
    """Where the ledger is."""
    _fixed: int | None = None
    """The day that stands for today; None: that of the machine's clock."""
    _reader: Reader | None = None
    _when: When = When()
    """The dates of questions that name none: see ``as_of``."""

    def _today(self) -> int:
        return clock.today() if self._fixed is None else self._fixed

    def _now(self) -> Reader:
        """The reader, up to date with the ledger."""
        today, reader = self._today(), self._reader
        if reader is None or not reader.serves(self._head(), today):
            if reader is not None:
                reader.connection.close()
            self._reader = None
            reader = self._reader = Reader(self.where, today)
        return reader

    def _head(self) -> Head:
        try:
            with open_ledger(self.where) as source:
                return source.head()
        except DamagedLedger as error:
            return head_before_foreign(self.where, error)

    def _clocks(self, when: When | OverDays | OverKnowledge) -> Clocks:
        today = self._today()
        at, known, recorded = ({**self._when, **when}.get(name) for name in ("at", "known", "recorded"))
        return Clocks(day_of(at, today), known_of(known, today), recorded_of(recorded, today))  # type: ignore[arg-type]

    def _window(self, when: OverDays | OverKnowledge) -> Between:
        today, start, end = self._today(), when.get("start"), when.get("end")
        ends = (None if each is None else day_of(each, today) for each in (start, end))
        return Between(*ends)
