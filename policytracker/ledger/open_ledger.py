"""What a ledger that was opened for reading offers, in whichever home it is."""

from abc import abstractmethod
from contextlib import AbstractContextManager
from typing import Self

from policytracker.ledger.tables import Standby, Tables
from policytracker.ledger.where import Where


class OpenLedger(Tables):
    """A ledger, opened for reading. Close it, or use it in a ``with`` statement."""

    where: Where
    layout: int
    """Of the home's tables (``layout.LAYOUT``)."""
    standby: Standby | None = None
    """How far behind its primary the server is that answers, where it is a standby."""
    frozen = False
    """Whether what is recorded after it was opened does not show in it."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @abstractmethod
    def still(self) -> AbstractContextManager[None]:
        """What is read meanwhile is of one moment, whatever others record."""

    @abstractmethod
    def close(self) -> None:
        """Let go of it."""
