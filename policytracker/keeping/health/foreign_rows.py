"""Whether somebody has written rows into a ledger on a server with SQL (docs/postgresql.md)."""

from collections.abc import Iterator

from policytracker.keeping.health.findings import Finding, ok, problem
from policytracker.ledger.reading import OpenLedger


def foreign_rows(source: OpenLedger) -> Iterator[Finding]:
    """Rows at its end that this program has not written, and contents without a place."""
    from policytracker.ledger.foreign import PAGE
    from policytracker.ledger.foreign import foreign_rows as at_the_end
    from policytracker.ledger.server import LedgerServer

    assert isinstance(source, LedgerServer)
    found = at_the_end(source)
    if found is not None:
        yield problem("foreign-rows", str(found), f"remove them as the owner; {PAGE} says how")
        return
    counts = source.count()
    strays = [] if counts.stored == counts.ordered else list(source.strays())
    for stream, version in strays:
        says = f"the content stored at version {version} of the stream {stream!r} has no position"
        yield problem("foreign-rows", says, f"remove it as the owner; {PAGE} says how")
    if not strays:
        yield ok("foreign-rows", "there are none: policytracker has written the last event, and all contents")
