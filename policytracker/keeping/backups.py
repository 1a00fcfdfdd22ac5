"""Backups that are known to be good, and ledgers made from them again (docs/keeping.md)."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from policytracker.keeping.checkpoints import Compared, checkpoint_now, compare
from policytracker.keeping.errors import KeepingError
from policytracker.ledger.audit import Damage, ledger_damage
from policytracker.ledger.backing_up import Progress, set_journal, summed, take
from policytracker.ledger.copying import copy
from policytracker.ledger.damage import DamagedLedger
from policytracker.ledger.errors import LedgerThere, NoLedger, NotALedger, NotTheSame, Unreadable
from policytracker.ledger.placing import check_free, finish_left, whole
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.tables import Head
from policytracker.ledger.where import Where
from policytracker.seals.checkpoint import Kept
from policytracker.seals.notes import SignerKey, VerifierKey

OWN = 0o600


class LedgerDamaged(KeepingError):
    """A ledger that is not whole, and so no backup of it."""

    def __init__(self, ledger: Where, found: Damage) -> None:
        super().__init__(
            f"the ledger {ledger} is damaged, and nothing was backed up: {_of(found)}; "
            "run `policytracker verify` for all of it, and go back to an earlier backup"
        )


class BackupDamaged(KeepingError):
    """A backup that is not whole, and so nothing made from it."""

    def __init__(self, file: Path, found: Damage) -> None:
        super().__init__(
            f"the backup {file} is damaged, and nothing was restored: {_of(found)}; restore another backup"
        )


class RestoredDamaged(KeepingError):
    """What was restored is not what the backup holds: a disk, or the memory, fails."""

    def __init__(self, where: Where, found: Damage) -> None:
        super().__init__(
            f"the backup is whole, and what was written of it to {where} is not: {_of(found)}; "
            "do not use that, look after its disk, and restore to another place"
        )


class NotProven(KeepingError):
    """A backup that does not extend a kept checkpoint."""

    def __init__(self, file: Path, found: Compared) -> None:
        super().__init__(
            f"the backup {file} does not extend {found.name}, and nothing was restored: {found.wrong}; "
            "restore a backup that does"
        )


class BackupThere(KeepingError):
    """A backup was to be written over something."""

    def __init__(self, where: Where) -> None:
        super().__init__(f"{where} is there already, and a backup takes the place of nothing; choose another name")


class NoFolder(KeepingError):
    """A backup was to be written where no folder is: perhaps its disk is missing."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"there is no folder {folder}; make it, or see whether the disk that it is on is there")


class PlaceTaken(KeepingError):
    """A backup was to be restored over something."""

    def __init__(self, where: Where) -> None:
        file = "move it away, with the files -wal and -shm beside it, or name another place with --ledger"
        server = "name an empty database with --ledger"
        way_out = file if isinstance(where, Path) else server
        super().__init__(f"{where} is there already, and nothing was restored; {way_out}")


class NoBackup(KeepingError):
    """There is nothing that could be restored."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(f"{file} is no backup ({why}); name a file that `policytracker backup` wrote, or a ledger")


class Backup(NamedTuple):
    """A backup that was made, and found whole."""

    checkpoint: Path
    """The file with its checkpoint."""
    head: Head
    kept: Kept
    size: int
    """In bytes."""


class Restored(NamedTuple):
    """A ledger that was made from a backup, and found whole."""

    head: Head
    kept: Kept
    compared: list[Compared]


def backup(ledger: Where, target: Path, key: SignerKey | None = None, progress: Progress = lambda *_: None) -> Backup:
    """Write a ledger, as it is at one moment, to a new file, whatever others record meanwhile; and its checkpoint.

    Both appear once what was written has been read again, every seal of it. Raises LedgerDamaged, BackupThere,
    NoFolder, LeftBehind, NotTheSame or another LedgerError; then neither does.
    """
    if not target.name:
        raise BackupThere(target)  # "." and "/" are folders without a name of their own
    if not target.parent.is_dir():
        raise NoFolder(target.parent)
    try:
        return _backup(ledger, target, key, progress)
    except LedgerThere as error:
        raise BackupThere(error.where) from error


def found_again(file: Path) -> Backup:
    """A backup that is there and whole, though whoever made it was killed: what that left undone is done."""
    finish_left(file.parent)
    with open_ledger(file) as source:
        head = source.head()
    noted, kept = _note_of(file), _kept(file, None)
    if not noted.exists():
        with whole(noted) as (note,):
            note.write_bytes(kept.to_bytes())
    return Backup(noted, head, kept, file.stat().st_size)


def _note_of(file: Path) -> Path:
    return file.with_name(file.name + ".checkpoint")


def _backup(ledger: Where, target: Path, key: SignerKey | None, progress: Progress) -> Backup:
    noted = _note_of(target)
    with whole(target, noted) as (beside, note):
        try:
            head = take(ledger, beside, progress)
        except (NotTheSame, Unreadable, DamagedLedger):
            _refuse_damage(ledger, ledger)
            raise
        _refuse_damage(ledger, beside)
        kept = _kept(beside, key)
        note.write_bytes(kept.to_bytes())
        beside.chmod(ledger.stat().st_mode & 0o777 if isinstance(ledger, Path) else OWN)
        size = beside.stat().st_size
    return Backup(noted, head, kept, size)


def _refuse_damage(ledger: Where, here: Where) -> None:
    for found in ledger_damage(here):
        raise LedgerDamaged(ledger, found)


def restore(
    file: Path,
    ledger: Where,
    kept: Iterable[tuple[str, bytes]] = (),
    keys: Sequence[VerifierKey] = (),
    progress: Progress = lambda *_: None,
) -> Restored:
    """Make a ledger from a backup, which must be whole and extend each kept checkpoint (names and contents).

    Raises NoBackup, BackupDamaged, NotProven, PlaceTaken, LeftBehind or another LedgerError, and then leaves
    nothing; or RestoredDamaged.
    """
    try:
        _check_place(ledger)
        compared = _checked(file, list(kept), keys)
        return Restored(*_restore(file, ledger, progress), compared)
    except LedgerThere as error:
        raise PlaceTaken(error.where) from error


def _restore(file: Path, ledger: Where, progress: Progress) -> tuple[Head, Kept]:
    if isinstance(ledger, Path):
        with whole(ledger) as (beside,):
            head = take(file, beside, progress)
            for found in ledger_damage(beside):
                raise RestoredDamaged(ledger, found)
            kept = _kept(beside, None)  # here, as whatever fails once the ledger is at its place looks like no restore
            beside.chmod(file.stat().st_mode & 0o666 | OWN)
            set_journal(beside, "WAL")
        return head, kept
    with open_ledger(file) as opened:
        total = opened.head().position
    head = copy(file, ledger, summed(progress, total))
    for found in ledger_damage(ledger):
        raise RestoredDamaged(ledger, found)
    return head, _kept(ledger, None)


def _check_place(ledger: Where) -> None:
    """Raise LedgerThere where something is, before the time is spent to look through a backup."""
    if isinstance(ledger, Path):
        check_free(ledger)
        return
    try:
        open_ledger(ledger).close()
    except NoLedger:
        return
    raise LedgerThere(ledger)


def _checked(file: Path, kept: list[tuple[str, bytes]], keys: Sequence[VerifierKey]) -> list[Compared]:
    if not file.is_file():
        raise NoBackup(file, "there is no such file")
    try:
        for found in ledger_damage(file):
            raise BackupDamaged(file, found)
    except NotALedger as error:
        raise NoBackup(file, error.why) from error
    compared = compare(file, kept, keys)
    for each in compared:
        if each.wrong:
            raise NotProven(file, each)
    return compared


def _kept(where: Where, key: SignerKey | None) -> Kept:
    with open_ledger(where) as source:
        return checkpoint_now(source, None, key)


def _of(found: Damage) -> str:
    return f"event {found.event[:12]} at position {found.position}: {found.what}" if found.position else found.what
