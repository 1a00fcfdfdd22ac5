"""Checks of a PostgreSQL server that keeps a ledger: is what it acknowledges kept, and may it be reached so?"""

from collections.abc import Iterator

from policytracker.keeping.health.clocks import TOLERANCE
from policytracker.keeping.health.findings import Finding, note, ok, problem
from policytracker.ledger import clock
from policytracker.ledger.reading import OpenLedger

OLDEST = 150_000
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
LIMITS = ("statement_timeout", "transaction_timeout", "idle_session_timeout")
SHORT = 60_000
"""Milliseconds; a long import takes that."""


def version(source: OpenLedger) -> Iterator[Finding]:
    """Which PostgreSQL it is."""
    told, number = _settings(source, "server_version", "server_version_num").values()
    if int(number) < OLDEST:
        yield note("server", f"PostgreSQL {told} is older than any that was tried with a ledger", "use 15 or newer")
    else:
        yield ok("server", f"PostgreSQL {told}")


def durable(source: OpenLedger) -> Iterator[Finding]:
    """Whether the server keeps what it has acknowledged when the power goes."""
    found = _settings(source, *DURABLE)
    off = [name for name, value in found.items() if value == "off"]
    for name in off:
        yield problem(
            "durable", f"{name} is off, so it may lose what it acknowledged; nothing is recorded", f"turn {name} on"
        )
    standbys = _settings(source, "synchronous_standby_names")["synchronous_standby_names"]
    if standbys and found["synchronous_commit"] == "local":
        says = f"synchronous_commit is local, so the standbys that are named ({standbys}) are not waited for"
        yield note("durable", says, "set synchronous_commit to on, unless that is meant")
    if not off:
        yield ok("durable", ", ".join(f"{name} {value}" for name, value in found.items()))


def checksums(source: OpenLedger) -> Iterator[Finding]:
    """Whether the server notices pages that its disk has changed."""
    if _settings(source, "data_checksums")["data_checksums"] == "off":
        says = "data_checksums is off: a page that the disk has changed is found by `policytracker verify` only"
        yield note("checksums", says, "pg_checksums --enable, with the server stopped")
    else:
        yield ok("checksums", "data_checksums on")


def limits(source: OpenLedger) -> Iterator[Finding]:
    """Whether the server ends long statements or idle connections so soon that an import is cut off."""
    found = _settings(source, *LIMITS)
    short = {name: int(value) for name, value in found.items() if 0 < int(value) < SHORT}
    for name, value in short.items():
        says = f"{name} is {value:,} ms: a long import, or a reader in between, is cut off"
        yield note("limits", says, f"ALTER ROLE … SET {name} = 0 for who uses the ledger")
    if not short:
        yield ok("limits", "no statement or connection is ended within a minute")


def standby(source: OpenLedger) -> Iterator[Finding]:
    """Whether it records, or repeats what another has recorded, and how far it has come."""
    found = source.standby
    if found is None:
        yield ok("standby", "it is the primary, which records")
        return
    done = "nothing" if found.replayed is None else f"what was done by {clock.text(found.replayed)}"
    if not found.connected:
        yield problem(
            "standby", f"it is a standby cut off from its primary; it has repeated {done}", "connect it again"
        )
    elif not found.current:
        yield note("standby", f"it is a standby that lags; it has repeated {done}", "look at what holds it up")
    else:
        yield ok("standby", "it is a standby, has repeated all it has received, and records nothing")


def clocks(source: OpenLedger, now: int) -> Iterator[Finding]:
    """Whether the server's clock and this machine's agree: events are stamped by the machine that records."""
    ((there,),) = source.ask("SELECT (extract(epoch FROM pg_catalog.clock_timestamp()) * 1000000)::bigint")
    apart = abs(int(there) - now) // 1_000_000
    if apart > TOLERANCE:
        says = f"this machine's clock is {apart:,} seconds apart from the server's"
        yield note("clocks", says, "set the wrong one: recorded times are those of the machine that records")
    else:
        yield ok("clocks", "this machine's clock and the server's agree")


def wire(source: OpenLedger) -> Iterator[Finding]:
    """Whether others on the network could read along."""
    ((encrypted, near),) = source.ask(
        """SELECT coalesce((SELECT ssl FROM pg_catalog.pg_stat_ssl WHERE pid = pg_catalog.pg_backend_pid()), false),
        coalesce(pg_catalog.inet_client_addr() <<= ANY ('{127.0.0.0/8, ::1/128}'::inet[]), true)"""
    )
    if encrypted or near:
        yield ok("wire", "the connection is encrypted" if encrypted else "the connection stays on this machine")
    else:
        says = "the connection is not encrypted: others on the network can read it, and change it"
        yield problem("wire", says, "put sslmode=verify-full into the URL")


def _settings(source: OpenLedger, *names: str) -> dict[str, str]:
    """Settings as this connection has them, in the order of their names as given; those that the server lacks are 0."""
    query = "SELECT name, setting FROM pg_catalog.pg_settings WHERE name = ANY(?)"
    found = {str(name): str(value) for name, value in source.ask(query, (list(names),))}
    return {name: found.get(name, "0") for name in names}
