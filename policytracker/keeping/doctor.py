"""Look at all that a ledger rests on (docs/keeping.md). A new check is one function, and its place in a list here."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from warnings import catch_warnings

from policytracker.keeping.health import (
    clocks,
    files,
    foreign_rows,
    ledgers,
    place,
    programs,
    redactions,
    rights,
    servers,
)
from policytracker.keeping.health.findings import Finding as Finding
from policytracker.keeping.health.findings import note, problem
from policytracker.ledger.errors import LedgerError
from policytracker.ledger.ledger_error import OldLedgerWarning
from policytracker.ledger.reading import OpenLedger, open_ledger
from policytracker.ledger.where import Where

Check = Callable[..., Iterable[Finding]]

PROGRAMS: tuple[Check, ...] = (programs.python, programs.packages, programs.sqlite)
PLACE: tuple[Check, ...] = (
    place.file_system,
    place.writable,
    place.others,
    place.names,
    place.leftovers,
    place.space,
    place.log,
)
FILE: tuple[Check, ...] = (files.settings,)
SERVER: tuple[Check, ...] = (
    servers.version,
    servers.durable,
    servers.checksums,
    servers.limits,
    servers.standby,
    servers.wire,
    foreign_rows.foreign_rows,
    rights.yours,
    rights.roles,
    rights.guards,
)
LEDGER: tuple[Check, ...] = (
    ledgers.events,
    ledgers.layout,
    clocks.time,
    ledgers.read_models,
    redactions.redactions,
)
"""For either home."""


def doctor(where: Where, now: int) -> Iterator[Finding]:
    """Everything that the checks find. ``now`` is the machine's clock. A check that fails is a finding too."""
    yield from _all(PROGRAMS)
    if isinstance(where, Path) and where.absolute().parent.is_dir():
        yield from _all(PLACE, where)
    try:
        with catch_warnings(action="ignore", category=OldLedgerWarning):  # a finding says it
            source = open_ledger(where)
    except LedgerError as error:
        says, _, do = str(error).rpartition("; ")
        yield problem("ledger", says, do)
        return
    with source:
        yield from _opened(source, now)


def _opened(source: OpenLedger, now: int) -> Iterator[Finding]:
    if isinstance(source.where, Path):
        yield from _all(FILE, source)
    else:
        yield from _all(SERVER, source)
        yield from _all((servers.clocks,), source, now)
    yield from _all(LEDGER, source, now)


def _all(checks: Iterable[Check], *about: Any) -> Iterator[Finding]:
    for check in checks:
        try:
            yield from check(*about)
        except (LedgerError, sqlite3.Error, OSError) as error:
            name = check.__name__.replace("_", "-")
            yield note(name, f"this could not be looked at ({error})", "see to that, and ask again")
