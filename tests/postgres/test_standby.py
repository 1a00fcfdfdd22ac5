"""A standby that follows a primary answers questions, says how far behind it is, and records nothing."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from policytracker.keeping.doctor import doctor
from policytracker.ledger import clock
from policytracker.ledger.copying import copy
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.where import Server
from policytracker.projections.layout import place_of
from tests.demo import ask, rows
from tests.postgres.databases import connected
from tests.postgres.servers import Cluster, cluster, folder_of_its_own, free_port, newest
from tests.shipped import shipped

ACME = ("record", "company-registered", "--name", "Acme", "--jurisdiction", "SG", "--company")
WAIT = 30.0
SHIPPED = len(shipped())


class Pair(NamedTuple):
    """A ledger on a primary, and the same on its standby."""

    primary: Server
    standby: Server
    servers: tuple[Cluster, Cluster]


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Pair]:
    """A primary with the shipped history, and a standby that streams from it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    programs = newest()
    if not (programs / "pg_basebackup").exists():
        pytest.skip("this PostgreSQL comes without pg_basebackup")
    with cluster(programs) as primary, folder_of_its_own() as folder:
        address = ("-h", str(primary.folder), "-p", str(primary.port), "-U", "owner")
        primary.run("createdb", *address, "ledger")
        here = Server(primary.url("ledger"))
        assert ask(here, "init", "--demo").exit_code == 0
        follower = Cluster(programs, folder, free_port())
        follower.run("pg_basebackup", "-D", follower.data, "-R", "-X", "stream", "-c", "fast", *address)
        follower.start()
        try:
            yield Pair(here, Server(follower.url("ledger")), (primary, follower))
        finally:
            follower.stop()


def told(where: Server) -> str:
    """The line that tells the dates of an answer."""
    return ask(where, "state", "tencent", "h200", "--at", "2026-01-28").stdout


def doctor_of(where: Server) -> tuple[str, str]:
    """What `doctor` finds of the standby."""
    ((level, says),) = [(each.level, each.says) for each in doctor(where, clock.now()) if each.check == "standby"]
    return level, says


def until(where: Server, events: int) -> None:
    """Wait until a ledger holds so many events."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        with open_ledger(where) as source:
            if source.head().position == events:
                return
        time.sleep(0.02)
    raise AssertionError(f"{where} does not come to {events} events")


def run(where: Server, statement: str) -> None:
    with connected(where.url, autocommit=True) as connection:
        connection.execute(statement)


def wait_for_words(where: Server, words: str) -> str:
    """Wait until an answer says this of itself."""
    end = time.monotonic() + WAIT
    while words not in (answer := told(where)):
        assert time.monotonic() < end, answer
        time.sleep(0.1)
    return answer


def test_a_standby_answers_as_its_primary_does_and_says_that_it_is_one(pair: Pair) -> None:
    assert ask(pair.primary, *ACME, "acme").exit_code == 0
    until(pair.standby, SHIPPED + 1)

    answer = wait_for_words(pair.standby, "answered by a standby that has repeated all it has received\n")

    assert answer.startswith(told(pair.primary).rpartition("\nheld on")[0])
    assert "standby" not in told(pair.primary)
    assert rows(pair.standby, "log") == rows(pair.primary, "log")
    assert ask(pair.standby, "verify").exit_code == 0
    assert doctor_of(pair.standby)[0] == "ok"


def test_a_standby_that_lags_says_how_far_and_spoils_nobodys_read_models(pair: Pair) -> None:
    """It holds back what it receives; the primary goes on."""
    assert ask(pair.primary, *ACME, "first").exit_code == 0
    until(pair.standby, SHIPPED + 1)
    run(pair.standby, "SELECT pg_wal_replay_pause()")
    assert ask(pair.primary, *ACME, "acme").exit_code == 0

    answer = wait_for_words(pair.standby, "behind its primary; it has repeated what was done by 20")

    assert "answered by a standby up to " in answer
    assert len(rows(pair.standby, "log")) == SHIPPED + 1
    assert len(rows(pair.primary, "log")) == SHIPPED + 2
    assert doctor_of(pair.standby)[0] == "note"
    with open_ledger(pair.standby) as lagging, open_ledger(pair.primary) as source:
        assert place_of(lagging) != place_of(source)
    run(pair.standby, "SELECT pg_wal_replay_resume()")
    until(pair.standby, SHIPPED + 2)


def test_nothing_is_recorded_at_a_standby(pair: Pair) -> None:
    for command in ([*ACME, "acme"], ["init"], ["import", "-"]):
        answer = ask(pair.standby, *command)

        assert answer.exit_code == 1
        assert answer.stderr == (
            f"Error: {pair.standby} is a standby, which answers questions and records nothing; "
            "name the primary server with --ledger to record\n"
        )


def test_an_address_with_both_records_at_the_primary_and_may_ask_the_standby(pair: Pair) -> None:
    primary, standby = (server.port for server in pair.servers)
    both = f"postgresql://owner@127.0.0.1:{standby},127.0.0.1:{primary}/ledger?target_session_attrs="

    assert ask(Server(f"{both}read-write"), *ACME, "acme").exit_code == 0
    assert "standby" not in told(Server(f"{both}read-write"))
    assert "answered by a standby" in told(Server(f"{both}prefer-standby"))


def test_checkpoints_are_made_on_the_primary_alone(pair: Pair, tmp_path: Path) -> None:
    """A kept one does for evidence, and is checked against a standby too."""
    until(pair.standby, SHIPPED)
    for command in (["checkpoint"], ["prove", "cn-2026-01-28-batch"]):
        answer = ask(pair.standby, *command)

        assert (answer.exit_code, answer.stdout) == (1, "")
        assert answer.stderr == (
            f"Error: {pair.standby} is a standby, and checkpoints are made on the primary; name that with --ledger\n"
        )
    kept = str(tmp_path / "kept")
    assert ask(pair.primary, "checkpoint", "-o", kept).exit_code == 0
    assert ask(pair.standby, "prove", "cn-2026-01-28-batch", "--checkpoint", kept).exit_code == 0
    assert ask(pair.standby, "verify", "--against", kept).exit_code == 0


def test_a_standby_answers_on_when_its_primary_is_gone_and_says_so(pair: Pair, tmp_path: Path) -> None:
    until(pair.standby, SHIPPED)
    pair.servers[0].crash()

    answer = wait_for_words(pair.standby, "answered by a standby that is cut off from its primary and has repeated ")

    assert "conditional" in answer
    assert doctor_of(pair.standby)[0] == "problem"
    assert copy(pair.standby, tmp_path / "rescued.ledger").position == SHIPPED
    backup = ask(pair.standby, "backup", str(tmp_path / "rescued.backup"))
    assert backup.stdout.startswith(f"backed up {SHIPPED} events to {tmp_path}/rescued.backup"), backup.output
    run(pair.standby, "SELECT pg_promote()")
    assert "standby" not in told(pair.standby)
    assert ask(pair.standby, *ACME, "acme").exit_code == 0
