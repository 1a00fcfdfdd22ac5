"""The primary is lost, its standby takes over, and later the first one again: what was acknowledged stays."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from policytracker.keeping.verify import ledger_damage
from policytracker.ledger.store import Store
from policytracker.ledger.where import Server
from tests.demo import ask, rows
from tests.faults.counted import Count
from tests.faults.counted import counted as counted
from tests.faults.test_server_crashes import Recording, companies
from tests.postgres.databases import connected
from tests.postgres.servers import Cluster, cluster, folder_of_its_own, free_port, newest
from tests.soak import often

WAIT = 60.0
TURNS = often(short=1, long=4)
"""So often there and back."""


class Twins(NamedTuple):
    """Two servers, of which one follows the other."""

    first: Cluster
    second: Cluster

    @property
    def both(self) -> Server:
        """The address that names both, and records at the one that is the primary."""
        ports = ",".join(f"127.0.0.1:{each.port}" for each in self)
        return Server(f"postgresql://owner@{ports}/ledger?target_session_attrs=read-write")


@pytest.fixture
def twins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Twins]:
    """A primary with an empty ledger, and a place for a standby."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    programs = newest()
    if not (programs / "pg_basebackup").exists():
        pytest.skip("this PostgreSQL comes without pg_basebackup")
    with cluster(programs) as first, folder_of_its_own() as folder:
        first.run("createdb", *_address(first), "ledger")
        second = Cluster(programs, folder, free_port())
        try:
            Store.create(here(first)).close()
            yield Twins(first, second)
        finally:
            second.stop()


def _address(server: Cluster) -> tuple[str, ...]:
    return ("-h", str(server.folder), "-p", str(server.port), "-U", "owner")


def here(server: Cluster) -> Server:
    return Server(server.url("ledger"))


def follow(server: Cluster, primary: Cluster, name: str, synchronous: bool = True) -> None:
    """Make a server a standby of another, from the beginning; what was in its folder is gone."""
    shutil.rmtree(server.data, ignore_errors=True)
    server.run("pg_basebackup", "-D", server.data, "-R", "-X", "stream", "-c", "fast", *_address(primary),
               "-d", f"application_name={name}")  # fmt: skip
    wanted = name if synchronous else ""
    execute(primary, f"ALTER SYSTEM SET synchronous_standby_names = '{wanted}'", "SELECT pg_reload_conf()")
    server.start()
    state = "sync" if synchronous else "async"
    query = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = %s"
    until(lambda: answer(primary, query, state) == 1)


def take_over(server: Cluster) -> None:
    """Make a standby the primary, with nobody that it has to wait for."""
    execute(server, "ALTER SYSTEM SET synchronous_standby_names = ''", "SELECT pg_reload_conf()", "SELECT pg_promote()")


def execute(server: Cluster, *statements: str) -> None:
    with connected(server.url("postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def answer(server: Cluster, query: str, *values: object) -> Any:
    with connected(server.url("postgres"), autocommit=True) as connection:
        return connection.execute(query, values).fetchone()[0]


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + WAIT
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def more(recording: Recording, count: int = 20) -> None:
    """Wait until so many more events are acknowledged."""
    had = len(recording.acknowledged)
    until(lambda: len(recording.acknowledged) >= had + count)


def test_nothing_acknowledged_is_lost_on_the_way_to_the_standby_and_back(twins: Twins, counted: Count) -> None:
    """Somebody records all the time, under the address of both servers. The primary waits for its standby, crashes, and
    the standby takes over. Then the first one follows that, and takes over again when it crashes."""
    follow(twins.second, twins.first, "second")
    recording = Recording(twins.both)
    recording.start()
    primary, standby = twins.first, twins.second
    for _ in range(2 * TURNS):
        more(recording)
        primary.crash()
        take_over(standby)
        more(recording)
        follow(primary, standby, "other")
        primary, standby = standby, primary
    recording.going = False
    recording.join(timeout=WAIT)

    kept = companies(here(primary))
    assert primary is twins.first
    assert kept[: len(recording.acknowledged)] == recording.acknowledged
    assert len(kept) - len(recording.acknowledged) <= 1
    assert list(ledger_damage(here(primary))) == []
    until(lambda: companies(here(standby)) == kept)
    assert ask(twins.both, "verify").exit_code == 0
    assert len(rows(twins.both, "companies")) == len(kept)
    counted("failovers to a standby and back", TURNS)
    counted("events acknowledged across failovers, all of them kept", len(recording.acknowledged))


def test_what_an_asynchronous_standby_had_not_heard_is_missed_and_said(twins: Twins) -> None:
    """The standby is cut off, an event is recorded and asked for, and the primary is lost. The standby takes over. A
    machine that has seen the lost event says so, and answers nothing until somebody accepts the loss there."""
    register = ("record", "company-registered", "--jurisdiction", "SG", "--company")
    assert ask(here(twins.first), *register, "kept", "--name", "Kept").exit_code == 0
    follow(twins.second, twins.first, "second", synchronous=False)
    until(lambda: companies(here(twins.second)) == ["kept"])
    twins.second.stop()
    assert ask(here(twins.first), *register, "lost", "--name", "Lost").exit_code == 0
    assert len(rows(twins.both, "companies")) == 2
    twins.first.crash()
    twins.second.start()
    take_over(twins.second)
    until(lambda: not answer(twins.second, "SELECT pg_is_in_recovery()"))

    asked, verified = ask(twins.both, "companies"), ask(twins.both, "verify")
    assert asked.exit_code == 1
    assert "it was put back to an earlier state, or has lost what was recorded" in asked.stderr
    assert verified.exit_code == 5
    assert ask(twins.both, "rebuild").exit_code == 0
    assert [row["company"] for row in rows(twins.both, "companies")] == ["kept"]
    assert ask(twins.both, *register, "lost", "--name", "Lost").exit_code == 0
    assert ask(twins.both, "verify").exit_code == 0
