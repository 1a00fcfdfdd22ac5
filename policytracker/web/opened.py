"""A ledger opened for many questions: up to date at each, and what was worked out of it kept until it changes."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import partial
from pathlib import Path

from policytracker.events.dates import FIRST_DAY
from policytracker.ledger import clock
from policytracker.ledger.damage import DamagedLedger
from policytracker.ledger.errors import LedgerError
from policytracker.ledger.reading import Head, LedgerFile, OpenLedger, open_ledger
from policytracker.ledger.where import Where
from policytracker.projections.opening import head_before_foreign
from policytracker.questions.all_cells import all_cells
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.statuses import Statuses
from policytracker.questions.turning import Publications, turning_days
from policytracker.status.periods import BEFORE_ALL
from policytracker.status.view import View
from policytracker.status.words import CLAIM_TYPES
from policytracker.web.kept import Kept

KEPT_VIEWS = 2
"""Each holds every event of the ledger."""


class Opened:
    """A ledger's reader, opened anew whenever it has grown or another file has taken its place.

    For the one thread that asks: SQLite's connections are, so they are opened at the first question. ``another`` gives
    the same ledger for another thread; what was worked out is shared.
    """

    def __init__(
        self, ledger: Where, today: Callable[[], int], kept: Kept | None = None, now: Callable[[], int] = clock.now
    ) -> None:
        """``today`` tells the day, an ordinal; ``now`` the instant. Raises LedgerError for what is no ledger."""
        open_ledger(ledger).close()
        self.ledger, self.today, self.now = ledger, today, now
        self.kept = kept or Kept()
        self._open: Callable[[], OpenLedger] = partial(open_ledger, ledger)
        self._source: tuple[int, OpenLedger] | None = None
        self._head: Head | None = None
        self._reader: Reader | None = None
        self._is_looked_at = False
        """Whether the reader was held to its files since the last look."""
        self._views: OrderedDict[Clocks, View] = OrderedDict()

    def another(self) -> "Opened":
        """The same ledger, not opened yet, for another thread."""
        found = object.__new__(type(self))
        found.ledger, found.today, found.now, found.kept = self.ledger, self.today, self.now, self.kept
        found._open = self._open
        found._source = found._head = found._reader = None
        found._is_looked_at = False
        found._views = OrderedDict()
        return found

    def at_once(self) -> "Opened | None":
        """The same ledger for a thread that may not wait; None where it is not in a file here.

        Its ``head`` raises LedgerError where somebody keeps all others out of the file, and does not wait for them.
        """
        if not isinstance(self.ledger, Path):
            return None
        found = self.another()
        found._open = partial(LedgerFile, self.ledger, 0.0)
        return found

    def close(self) -> None:
        """Let go of the files."""
        if self._source is not None:
            self._source[1].close()
        if self._reader is not None:
            self._reader.connection.close()
        self._source = self._reader = None

    def head(self) -> Head:
        """Look how far the ledger goes now: until the next look, all answers are from there. Raises LedgerError."""
        self._is_looked_at = False
        file = _file(self.ledger)
        if self._source is None or self._source[0] != file or self._source[1].frozen:
            self.close()
            self._source = file, self._open()
        try:
            self._head = self._source[1].head()
        except DamagedLedger as error:
            self._head = head_before_foreign(self.ledger, error)
        except LedgerError:
            # A server that went away is looked for anew when it is asked next.
            self.close()
            raise
        return self._head

    def reader(self) -> Reader:
        """The reader as of the last look. Raises LedgerError."""
        known = self._reader
        if known is not None and self._is_looked_at:
            return known
        today = self.today()
        if known is None or not known.serves(self._head, today):
            if known is not None:
                known.connection.close()
            self._reader = None
            known = self._reader = Reader(self.ledger, today)
            self._head = known.head
            self._views.clear()
        self._is_looked_at = True
        return known

    def publications(self, recorded: int | None, types: tuple[str, ...] = CLAIM_TYPES) -> Publications:
        """When reports were published, of everything recorded by an instant: those of claims, or of other types."""
        reader = self.reader()
        key = "publications", reader.head, recorded, types
        return self.kept.get(key, lambda: Publications(reader, recorded, types), lambda found: 200 * len(found))

    def turning(self, clocks: Clocks) -> list[int]:
        """The days on which an answer may turn, as known and recorded then, in order."""
        reader, known = self.reader(), self._known(clocks)
        key = "turning", reader.head, known, clocks.recorded
        asked = clocks._replace(known=known)
        return self.kept.get(key, lambda: turning_days(reader, asked), lambda found: 40 * len(found))

    def turned(self, clocks: Clocks) -> Clocks:
        """The point with the same statuses from which on they hold: the last turn, and the last publication."""
        days = self.turning(clocks)
        place = bisect_right(days, clocks.at)
        return Clocks(days[place - 1] if place else FIRST_DAY, self._known(clocks), clocks.recorded)

    def statuses(self, clocks: Clocks) -> Statuses:
        """The possible statuses of all cells. All days between two turns, and all moments between two publications,
        share one answer."""
        reader, asked = self.reader(), self.turned(clocks)
        key = "statuses", reader.head, asked
        return self.kept.get(key, lambda: all_cells(reader, asked), _size)

    def view(self, clocks: Clocks) -> View:
        """Every event as it stands, as known and recorded then, by the registry of the day."""
        reader = self.reader()
        registry = reader.registry(reader.point(clocks).seen)
        asked = Clocks(registry.since(clocks.at), self._known(clocks), clocks.recorded)
        if asked not in self._views:
            self._views[asked] = reader.view(asked)
            if len(self._views) > KEPT_VIEWS:
                self._views.popitem(last=False)
        self._views.move_to_end(asked)
        return self._views[asked]

    def keep(self, key: Hashable, make: Callable[[], str]) -> str:
        """A text made of the ledger once, and kept while it is asked for and the ledger does not grow."""
        return self.kept.get(("text", self.reader().head, key), make, lambda text: 4 * len(text))

    def _known(self, clocks: Clocks) -> int:
        """The last publication by then: nothing becomes known between two."""
        found = self.publications(clocks.recorded).last_by(clocks.known)
        return BEFORE_ALL if found is None else found


def _size(found: Statuses) -> int:
    """Bytes, with what its indexes take."""
    return len(found.told) + 200 * (len(found.companies) + len(found.chips))


def _file(ledger: Where) -> int:
    """What tells that a file was replaced by another of the same name; 0 for a server, and where there is none."""
    if not isinstance(ledger, Path):
        return 0
    try:
        return ledger.stat().st_ino
    except (FileNotFoundError, NotADirectoryError):
        return 0
