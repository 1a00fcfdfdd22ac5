"""How an answer is cited: of which ledger it is, and the dates that lead to it again, whatever is recorded later."""

from typing import NamedTuple

from policytracker.events.dates import day_of, iso, moment_text
from policytracker.ledger import clock
from policytracker.projections.reading import id_at
from policytracker.questions.newest_report import newest_report_by
from policytracker.questions.reader import Clocks, Reader


class LedgerThen(NamedTuple):
    """How far the ledger went at a recorded instant."""

    position: int
    """How many events it had."""
    id: str
    """Of the last of them; "" where there was none."""
    newest: str | None
    """The newest publication day in it."""


def ledger_then(reader: Reader, recorded: int | None) -> LedgerThen:
    """How far the ledger went at an instant, in microseconds since 1970; None: how far it goes."""
    seen = reader.point(Clocks(1, None, recorded)).seen
    newest = newest_report_by(reader, recorded)
    return LedgerThen(seen, id_at(reader.connection, seen) if seen else "", None if newest is None else iso(newest))


def lasting_dates(reader: Reader, clocks: Clocks, last: int | None) -> dict[str, str] | None:
    """The three dates, as addresses and options take them, with which the same question has the same answer for good.

    ``last`` is the last moment of publication, as recorded then. None for a ledger without events, and where the
    ledger was asked for before its first.
    """
    if not reader.point(clocks).seen:
        return None
    head = reader.head.recorded
    recorded = head if clocks.recorded is None else min(clocks.recorded, head)
    known = moment_text(clocks.known) if clocks.known is not None else iso(max(clocks.at, day_of(last) if last else 1))
    return {"at": iso(clocks.at), "known": known, "recorded": clock.text(recorded)}
