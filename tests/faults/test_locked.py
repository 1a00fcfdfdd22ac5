"""Somebody else holds the write lock: recording waits, then says so; questions do not wait."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from policytracker.ledger.where import Server, Where
from tests.demo import ask
from tests.ledger.ground import Ledger, company
from tests.postgres.databases import connected

NEW = ("record", "company-registered", "--company", "new", "--name", "New", "--jurisdiction", "CN")


@contextmanager
def locked(where: Where) -> Iterator[None]:
    """Somebody is in the middle of recording something."""
    if isinstance(where, Server):
        with connected(where.url) as other:
            other.execute("LOCK TABLE policytracker.stored_events IN EXCLUSIVE MODE")
            yield
            other.rollback()
        return
    with closing(sqlite3.connect(where, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_whoever_records_waits_for_the_lock(ledger: Ledger) -> None:
    done: list[float] = []

    def record() -> None:
        ledger.add(company("new"))
        done.append(time.monotonic())

    thread = threading.Thread(target=record)
    with locked(ledger.path):
        thread.start()
        time.sleep(0.3)
        released = time.monotonic()
        assert done == []
    thread.join(timeout=30)

    assert done
    assert done[0] >= released
    assert ledger.head().position == 12


def test_a_lock_that_is_kept_is_told_and_nothing_is_added(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYTRACKER_LOCK_SECONDS", "1")
    ledger.store.close()
    before = ask(ledger.path, "log", "--nl").stdout

    with locked(ledger.path):
        answer = ask(ledger.path, *NEW)
        assert ask(ledger.path, "log", "--nl").stdout == before

    assert answer.exit_code == 1
    assert answer.output.startswith(f"Error: the ledger {ledger.path} cannot be used now (")
    assert answer.output.endswith(
        "; somebody else is recording; try again, or wait longer with POLICYTRACKER_LOCK_SECONDS\n"
    )
    assert ask(ledger.path, *NEW).exit_code == 0


def test_a_question_is_answered_while_an_import_goes_on(ledger: Ledger) -> None:
    """Read models that are behind are brought up to what was recorded before."""
    ledger.add(company("new"))

    with locked(ledger.path):
        answer = ask(ledger.path, "search", "new", "--nl")

    assert (answer.exit_code, len(answer.stdout.splitlines())) == (0, 1)
