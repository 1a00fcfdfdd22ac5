"""What can be wrong with a ledger as a whole; each message ends in the way out."""

from pathlib import Path

from policytracker.events.refusals import shown
from policytracker.ledger.ledger_error import LedgerError as LedgerError
from policytracker.ledger.where import Where


class NoLedger(LedgerError):
    """There is no ledger where one was looked for."""

    def __init__(self, where: Where) -> None:
        from shlex import quote

        make = f"policytracker --ledger {quote(str(where))} init"
        super().__init__(
            f"no ledger at {where}; make an empty one with `{make}`, or one of the history that comes with the "
            f"program with `{make} --demo`, or name yours with --ledger"
        )
        self.where = where


class LedgerThere(LedgerError):
    """A ledger was to be made where something is already."""

    def __init__(self, where: Where, why: str = "") -> None:
        super().__init__(
            f"{where} is there already{why}; choose another place with --ledger, or use the ledger as it is"
        )
        self.where = where


class LeftBehind(LedgerError):
    """A database was to be made where the journal of another still lies, which SQLite would write into it."""

    def __init__(self, where: Path, journal: Path) -> None:
        super().__init__(
            f"{journal} lies beside {where} and belongs to a database that was there; SQLite would write it into the "
            "new one. Move it to where that database is now, or choose another place"
        )


class NotMade(LedgerError):
    """A file was to be made, and cannot be written now."""

    def __init__(self, where: Path, why: str) -> None:
        super().__init__(f"{where} was not made ({why}); check its folder and free space, and try again")


class NotALedger(LedgerError):
    """What is there is something else."""

    def __init__(self, where: Where, why: str) -> None:
        kind = "file" if isinstance(where, Path) else "database"
        super().__init__(f"{where} is not a policytracker ledger ({why}); name the right {kind} with --ledger")
        self.why = why


class OldLayout(LedgerError):
    """Something was to be recorded in a ledger of an earlier layout."""

    def __init__(self, where: Where, layout: int) -> None:
        from shlex import quote

        backup = "" if isinstance(where, Path) else " --backup FILE"
        super().__init__(
            f"an earlier version made the ledger {where} (layout {layout}), and nothing is recorded in it as it is; "
            f"run `policytracker --ledger {quote(str(where))} upgrade{backup}`, which makes a backup first"
        )


class RecordedMeanwhile(LedgerError):
    """Somebody recorded between the backup of an upgrade and the upgrade itself."""

    def __init__(self, where: Where) -> None:
        super().__init__(
            f"somebody has recorded in {where} after its backup was made, and nothing was upgraded; "
            "run `policytracker upgrade` again, while nobody records"
        )


class NotTheOwner(LedgerError):
    """A ledger on a server was to be upgraded by somebody who does not own it."""

    def __init__(self, where: Where) -> None:
        super().__init__(
            f"only the owner of the ledger at {where} can upgrade it; ask the owner to run `policytracker upgrade`"
        )


NOT_KNOWN = "it is not known whether what was written last is kept"


class Unusable(LedgerError):
    """The ledger cannot be read or written now."""

    def __init__(self, where: Where, why: str, way_out: str = "check the file, its folder and free space") -> None:
        super().__init__(f"the ledger {where} cannot be used now ({why}); {way_out}")
        self.where, self.why = where, why


class ConnectionLost(Unusable):
    """The server went away, or was cut off, while it was asked or told something."""

    def __init__(self, where: Where, why: str) -> None:
        way_out = "run the command again: what is recorded already is not recorded twice"
        super().__init__(where, why, way_out)


class NotConfirmed(Unusable):
    """The disk did not confirm what was written last: it may be there, or not."""

    def __init__(self, where: Where, why: str) -> None:
        way_out = (
            f"{NOT_KNOWN}; check the disk, then run the command again: what is recorded already is not recorded twice"
        )
        super().__init__(where, why, way_out)


class Unreadable(Unusable):
    """SQLite, or the server, finds its own files damaged."""

    def __init__(self, where: Where, why: str) -> None:
        super().__init__(where, why, "run `policytracker verify`, and go back to a backup")


class LogLeft(Unusable):
    """A file in a folder that cannot be written, with events in its log that SQLite therefore cannot read."""

    def __init__(self, where: Path, log: str) -> None:
        way_out = f"copy {where.name} and {log} together to a folder that can be written, and ask there"
        super().__init__(where, f"its folder cannot be written, and what was recorded last is still in {log}", way_out)


class PutBack(LedgerError):
    """A ledger without events that were read from it before."""

    def __init__(self, known: int, held: int) -> None:
        there = f"{held:,} events" if held < known else f"another event at position {known:,}"
        super().__init__(
            f"the ledger holds {there}, and its read models were made of {known:,}: it was put back to an earlier "
            "state, or has lost what was recorded; go back to a later copy, or accept it as it is with "
            "`policytracker rebuild`"
        )


class OnStandby(LedgerError):
    """Something was to be recorded where the server only repeats what another has recorded."""

    def __init__(self, where: Where) -> None:
        super().__init__(
            f"{where} is a standby, which answers questions and records nothing; "
            "name the primary server with --ledger to record"
        )


class Unsafe(LedgerError):
    """A server that is set up to lose what it acknowledged, or to let events past the ledger's order."""

    def __init__(self, where: Where, why: str, way_out: str) -> None:
        super().__init__(f"nothing is recorded at {where}: {why}; {way_out}")


class NotTheSame(LedgerError):
    """A copy that would not be the same as the ledger it is made from."""

    def __init__(self, where: Where, why: str) -> None:
        super().__init__(
            f"nothing was copied: at {where} {why}; run `policytracker verify` on the ledger, and try again"
        )


class NoDriver(LedgerError):
    """What talks to PostgreSQL is not installed."""

    def __init__(self, why: str) -> None:
        from policytracker.installing import way_to_install

        super().__init__(
            f"a ledger on a PostgreSQL server needs psycopg and psycopg_pool ({why}); "
            f"install them with: {way_to_install('psycopg[binary]', 'psycopg_pool')}"
        )


class NotCleared(LedgerError):
    """A redaction that is recorded, with what was removed perhaps still in a page of the files."""

    def __init__(self, event_id: str, why: str) -> None:
        super().__init__(
            f"the event {event_id[:12]} is redacted, but its traces could not be cleared from the files now: {why}; "
            f"run `policytracker redact {event_id[:12]}` again"
        )


class BadRecorder(LedgerError):
    """A name of who records that no ledger should hold."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the name of who records {why}; give another with --recorder, or in POLICYTRACKER_RECORDER")


class NoSuchEvent(LedgerError):
    """Nothing in the ledger has this id, prefix or ref."""

    def __init__(self, name: str) -> None:
        self.for_readers = f"no event {shown(name)} in the ledger; search for a word of it, or for its source"
        super().__init__(f"no event {shown(name)} in the ledger; `policytracker log` lists ids and refs")


class AmbiguousEvent(LedgerError):
    """A prefix that several ids begin with."""

    def __init__(self, prefix: str, found: list[str]) -> None:
        listed = ", ".join(event_id[:12] for event_id in found)
        super().__init__(f"{shown(prefix)} is ambiguous: {listed} begin with it; give more of the id")


class UnreadableFiles(LedgerError):
    """Files of an import that cannot be read."""

    def __init__(self, files: list[str]) -> None:
        super().__init__(f"cannot read {', '.join(files)}; nothing was added; name files that can be read")
