"""What a home of ledgers offers to the store, whichever it is."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from policytracker.ledger.sealing import SealedEntry
from policytracker.ledger.tables import Recorded, Tables


class Appending(Protocol):
    """What inserts events and their entries in the transaction that holds the write lock."""

    def append(self, events: Sequence[Recorded], entries: Sequence[SealedEntry]) -> None: ...


class Home(Protocol):
    """One ledger, opened for writing where it is."""

    recorder: Any
    """The library's recorder, which is ``Appending`` too."""

    def said(self) -> AbstractContextManager[None]:
        """Trouble with the home, as one of the ledger's own errors."""

    def writing(self) -> AbstractContextManager[Tables]:
        """One transaction, write lock first: what is read in it cannot change before it is committed."""

    def layout(self) -> int:
        """The number of its layout, within ``writing``."""

    def upgrade(self) -> None:
        """Make it one of today's layout, within ``writing``."""

    def making(self, identity: str, layout: int) -> AbstractContextManager[Tables]:
        """The same for a ledger that is made in this transaction, and holds nothing yet."""

    def scrub(self) -> None:
        """Write the files anew, without what was removed. Raises Unusable where that cannot be done now."""

    def forget(self, keys: Sequence[str]) -> None:
        """Delete rows of the table of meta data, within ``writing``."""

    def close(self) -> None:
        """Give back all connections."""
