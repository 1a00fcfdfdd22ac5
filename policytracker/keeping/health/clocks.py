"""Whether this machine's clock and the recorded times agree (docs/trust.md)."""

from collections.abc import Iterator

from policytracker.keeping.health.findings import Finding, ok, problem
from policytracker.ledger import clock
from policytracker.ledger.reading import OpenLedger

TOLERANCE = 60
"""By so many seconds two clocks may differ."""


def time(source: OpenLedger, now: int) -> Iterator[Finding]:
    """Whether the newest recorded time is ahead of this machine's clock: recorded times never go back."""
    head = source.head()
    ahead = (head.recorded - now) // 1_000_000
    if not head.position or ahead <= TOLERANCE:
        yield ok("clock", f"this machine's clock says {clock.text(now)}, not before the newest event")
        return
    position, event_id, recorded, recorder = _first_after(source, now)
    says = (
        f"the newest recorded time, {clock.text(head.recorded)}, is {_duration(ahead)} ahead of this machine's clock; "
        f"the first such event is {event_id[:12]} at position {position:,}, recorded {clock.text(recorded)} "
        f"by {recorder}"
    )
    way_out = (
        "set this clock if it is wrong. If the other clock was ahead: no event is lost, and this clock decides which "
        f"reports are from the future, but --recorded cannot tell the events from position {position:,} on apart until "
        'then; docs/trust.md, "After a clock was far ahead", says how to make a ledger that can'
    )
    yield problem("clock", says, way_out)


def _first_after(source: OpenLedger, now: int) -> tuple[int, str, int, str]:
    """Position, id, recorded time and recorder of the first event that is recorded after a time."""
    query = f"""SELECT position, id, recorded, recorder FROM {source.schema}.ledger_entries
        WHERE recorded > ? ORDER BY position LIMIT 1"""
    ((position, event_id, recorded, recorder),) = source.ask(query, (now,))
    return int(position), str(event_id), int(recorded), str(recorder)


def _duration(seconds: int) -> str:
    """Seconds as people say them.

    >>> _duration(90), _duration(7_200), _duration(400_000), _duration(50 * 365 * 86_400)
    ('90 seconds', '120 minutes', '4 days', '18,250 days')
    """
    if seconds < 600:
        return f"{seconds} seconds"
    if seconds < 36_000:
        return f"{seconds // 60} minutes"
    return f"{seconds // 3600} hours" if seconds < 172_800 else f"{seconds // 86_400:,} days"
