"""What can be wrong with a ledger as a whole; each message ends in the way out."""

from pathlib import Path
from typing import NamedTuple


class LedgerError(Exception):
    """Something about the ledger itself, not about one event."""


class NoLedger(LedgerError):
    """There is no ledger where one was looked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"no ledger at {path}; make one with `policytracker --ledger {path} init` (or init --demo)")


class LedgerThere(LedgerError):
    """A ledger was to be made where a file is already."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already; choose another place with --ledger, or use the ledger as it is")


class NotALedger(LedgerError):
    """The file is something else."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} is not a policytracker ledger ({why}); name the right file with --ledger")


class Unusable(LedgerError):
    """The ledger's file cannot be read or written now."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"the ledger {path} cannot be used now ({why}); check the file, its folder and free space")


class Damaged(LedgerError):
    """An event whose stored bytes are not those that its id was made of."""

    def __init__(self, event_id: str) -> None:
        super().__init__(
            f"the ledger is damaged: what it holds of the event {event_id[:12]} is not what its id says; "
            "run `policytracker verify`, and go back to a copy"
        )


class NotHere(LedgerError):
    """A home for ledgers that this version does not have yet."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} names a PostgreSQL server, and this version keeps ledgers in SQLite files only; "
            "name a file with --ledger"
        )


class NoSuchEvent(LedgerError):
    """Nothing in the ledger has this id, prefix or ref."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no event {name!r} in the ledger; `policytracker log` lists ids and refs")


class AmbiguousEvent(LedgerError):
    """A prefix that several ids begin with."""

    def __init__(self, prefix: str, found: list[str]) -> None:
        listed = ", ".join(event_id[:12] for event_id in found)
        super().__init__(f"{prefix!r} is ambiguous: {listed} begin with it; give more of the id")


class RefusedLine(NamedTuple):
    """One refused line of an import."""

    source: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.why}"


class RefusedLines(LedgerError):
    """An import with refused lines: nothing of it was added."""

    def __init__(self, lines: list[RefusedLine]) -> None:
        count = "1 line was refused" if len(lines) == 1 else f"{len(lines):,} lines were refused"
        listed = "\n".join(f"  {line}" for line in lines)
        super().__init__(f"{count}, so nothing was added:\n{listed}")
        self.lines = lines
