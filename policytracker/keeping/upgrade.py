"""Upgrade a ledger of an earlier version in place, after a backup that was read again (docs/keeping.md)."""

import warnings
from pathlib import Path
from typing import NamedTuple

from policytracker.keeping.backups import Backup, backup, found_again
from policytracker.keeping.errors import KeepingError
from policytracker.ledger.audit import ledger_damage
from policytracker.ledger.backing_up import Progress
from policytracker.ledger.errors import LedgerError, RecordedMeanwhile
from policytracker.ledger.layout import LAYOUT
from policytracker.ledger.ledger_error import OldLedgerWarning
from policytracker.ledger.placing import finish_left
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.tables import Head
from policytracker.ledger.upgrading import try_upgrade
from policytracker.ledger.upgrading import upgrade as migrate
from policytracker.ledger.where import Where


class NoPlaceForBackup(KeepingError):
    """A ledger on a server was to be upgraded, and nobody has said where its backup goes."""

    def __init__(self) -> None:
        super().__init__("an upgrade makes a backup first; name a new file for it with --backup FILE")


class AnotherBackup(KeepingError):
    """There is something at the place of the backup that is no backup of the ledger as it is now."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} is there already, and is no backup of this ledger as it is now, so nothing was upgraded; "
            "move it away, or name another file with --backup"
        )


class Upgraded(NamedTuple):
    """What an upgrade has found and done."""

    before: int
    """The layout that the ledger had."""
    layout: int
    """The one that it has now; the same where nothing was left to do."""
    head: Head
    backup: Path | None = None
    made: Backup | None = None
    """The backup that was made, or found whole; None where nothing was left to do."""
    again: bool = False
    """Whether an upgrade that was cut short had made that backup."""


def backup_place(ledger: Where, layout: int) -> Path:
    """Where the backup of an upgrade goes, unless somebody names another place. Raises NoPlaceForBackup.

    >>> str(backup_place(Path("my/policy.ledger"), 2))
    'my/policy.ledger.layout-2.backup'
    """
    if not isinstance(ledger, Path):
        raise NoPlaceForBackup
    return ledger.with_name(f"{ledger.name}.layout-{layout}.backup")


def upgrade(ledger: Where, file: Path | None = None, progress: Progress = lambda *_: None) -> Upgraded:
    """Bring a ledger to today's layout, and say what was done; ``file`` is a new file for its backup.

    Whatever stands in the way is found before the backup is made. Until the last moment the ledger is as it was, so an
    upgrade that was cut short is run again; it takes the backup that is there already. Raises LedgerDamaged,
    AnotherBackup, NoPlaceForBackup, RecordedMeanwhile, NotTheOwner or another LedgerError or KeepingError.
    """
    with warnings.catch_warnings(action="ignore", category=OldLedgerWarning):
        return _upgrade(ledger, file, progress)


def _upgrade(ledger: Where, file: Path | None, progress: Progress) -> Upgraded:
    with open_ledger(ledger) as source:
        before, head = source.layout, source.head()
    beside = file or ledger
    if isinstance(beside, Path):
        finish_left(beside.parent)
    if before == LAYOUT:
        return Upgraded(before, before, head)
    place = file or backup_place(ledger, before)
    try_upgrade(ledger)
    made = _left(ledger, place)
    again = made is not None
    made = made or backup(ledger, place, progress=progress)
    try:
        done = migrate(ledger, made.head)
    except RecordedMeanwhile:
        if not again:
            place.unlink()
            made.checkpoint.unlink()
        raise
    return Upgraded(before if done else LAYOUT, LAYOUT, made.head, place, made, again)


def _left(ledger: Where, file: Path) -> Backup | None:
    """The backup that an upgrade which was cut short has left, read again. Raises AnotherBackup for something else."""
    if not file.exists():
        return None
    try:
        with open_ledger(file) as kept, open_ledger(ledger) as source:
            same = (kept.head(), kept.layout) == (source.head(), source.layout)
    except LedgerError:
        same = False
    if not same or any(True for _ in ledger_damage(file)):
        raise AnotherBackup(file)
    return found_again(file)
