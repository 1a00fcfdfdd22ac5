"""Make a ledger of an earlier layout one of today's: in place, in one transaction (docs/keeping.md).

The tables stay as they are, and so does every event with its form, id, place, recorded time and seal: forms are brought
up to date when they are read (``events.catalogue``). What changes is the number of the layout.
"""

from policytracker.ledger.errors import RecordedMeanwhile
from policytracker.ledger.layout import LAYOUT
from policytracker.ledger.store import Store
from policytracker.ledger.tables import Head
from policytracker.ledger.where import Where


def try_upgrade(where: Where) -> None:
    """Upgrade a ledger and take it back. Raises whatever stands in the way, a LedgerError."""
    with Store(where, old=True) as store, store.trying():
        store.home.upgrade()


def upgrade(where: Where, head: Head) -> bool:
    """Upgrade a ledger that still is as its backup, and say whether that was left to do. Raises LedgerError.

    ``head`` is that of the backup. Raises RecordedMeanwhile where the ledger has another by now.
    """
    with Store(where, old=True) as store, store.writing() as writer:
        if store.home.layout() >= LAYOUT:
            return False
        if writer.head != head:
            raise RecordedMeanwhile(where)
        store.home.upgrade()
    return True
