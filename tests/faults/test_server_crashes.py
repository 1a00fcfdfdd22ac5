"""The server is killed and started again while somebody records: nothing acknowledged is lost, nothing is doubled."""

import threading
import time
from collections.abc import Iterator

import pytest

from policytracker.events.forms import read_line, stored_fields
from policytracker.keeping.verify import ledger_damage
from policytracker.ledger.appending import append_event
from policytracker.ledger.errors import LedgerError
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from policytracker.ledger.where import Server
from tests.faults.counted import Count
from tests.ledger.ground import company, line_of
from tests.postgres.servers import Cluster, cluster, newest
from tests.soak import often

CRASHES = often(short=2, long=12)


class Recording(threading.Thread):
    """Registers one company after another, each until it is acknowledged, in the face of whatever happens."""

    def __init__(self, ledger: Server) -> None:
        super().__init__(daemon=True)
        self.ledger = ledger
        self.acknowledged: list[str] = []
        self.troubles: list[str] = []
        self.going = True

    def run(self) -> None:
        while self.going:
            try:
                with Store(self.ledger) as store:
                    while self.going:
                        name = f"firm-{len(self.acknowledged)}"
                        append_event(store, read_line(line_of(company(name))))
                        self.acknowledged.append(name)
            except LedgerError as error:
                self.troubles.append(str(error))
                time.sleep(0.05)


def survive(server: Cluster, ledger: Server, crashes: int) -> Recording:
    """Crash the server so many times, while somebody records."""
    recording = Recording(ledger)
    recording.start()
    for crash in range(crashes):
        had = len(recording.acknowledged)
        while len(recording.acknowledged) < had + 20 + crash:
            time.sleep(0.01)
        server.crash()
        server.start()
    recording.going = False
    recording.join(timeout=60)
    return recording


@pytest.fixture
def server() -> Iterator[Cluster]:
    """A server to crash."""
    with cluster(newest()) as running:
        running.run("createdb", "-h", str(running.folder), "-p", str(running.port), "-U", "owner", "ledger")
        yield running


def test_nothing_acknowledged_is_lost_when_the_server_crashes(server: Cluster, counted: Count) -> None:
    ledger = Server(server.url("ledger"))
    Store.create(ledger).close()

    recording = survive(server, ledger, CRASHES)

    with open_ledger(ledger) as source:
        positions = [row.position for row in source.rows()]
    kept = companies(ledger)
    assert kept[: len(recording.acknowledged)] == recording.acknowledged
    assert len(kept) - len(recording.acknowledged) <= 1
    assert positions == list(range(1, len(positions) + 1))
    assert list(ledger_damage(ledger)) == []
    assert len(recording.troubles) >= 1
    assert not [told for told in recording.troubles if "unique" in told or "integrity" in told]
    counted("crashes of a server", CRASHES)
    counted("events acknowledged by a server that crashed, all of them kept", len(recording.acknowledged))


def companies(ledger: Server) -> list[str]:
    """The companies registered, in ledger order."""
    with open_ledger(ledger) as source:
        return [stored_fields(row.topic, row.state)["company"] for row in source.rows()]
