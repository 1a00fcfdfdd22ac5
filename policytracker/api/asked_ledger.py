"""A ledger that is open for questions: its reader, kept up to date, and the dates of each question."""

from policytracker.api.when import OverDays, OverKnowledge, When, day_of, known_of, recorded_of
from policytracker.ledger import clock
from policytracker.ledger.damage import DamagedLedger
from policytracker.ledger.reading import Head, open_ledger
from policytracker.ledger.where import Where
from policytracker.projections.opening import head_before_foreign
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.timeline import Window as Between


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
