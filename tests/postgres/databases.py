"""Databases on one server of the tests' own: a fresh one for each test that wants one."""

import os
from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

import pytest

from policytracker.ledger.where import Server
from tests.postgres.servers import Cluster, cluster, newest

KEPT = 24
"""So many databases are kept before the oldest is dropped: a test needs a few, and each takes 8 MB."""


class Databases:
    """Makes databases on a server."""

    def __init__(self, server: Cluster) -> None:
        self.server = server
        self._numbers = count()
        self._made: list[str] = []

    def fresh(self, template: str = "template1", kept: bool = False) -> Server:
        """An empty database, or a copy of another; it is dropped some time, unless it is to be kept."""
        name = f"ledger_{next(self._numbers)}"
        # Block by block through the write-ahead log, as by default, it takes three times as long.
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        if not kept:
            self._made.append(name)
        if len(self._made) > KEPT:
            self.run(f"DROP DATABASE {self._made.pop(0)} WITH (FORCE)")
        return Server(self.server.url(name))

    def copy_of(self, ledger: Server) -> Server:
        """A ledger to be changed, the same as another but for its identity."""
        copy = self.fresh(name_of(ledger))
        change(copy, f"UPDATE policytracker.ledger_meta SET value = '{uuid4()}' WHERE key = 'ledger'")
        return copy

    def run(self, *statements: str) -> None:
        """Run statements as the owner of everything."""
        with connected(self.server.url("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


def connected(url: str, autocommit: bool = False) -> Any:
    """A connection of psycopg's."""
    import psycopg

    return psycopg.connect(url, autocommit=autocommit)


def name_of(server: Server) -> str:
    """The name of a server's database."""
    return server.url.partition("?")[0].rpartition("/")[2]


def change(ledger: Server, *statements: str) -> None:
    """Change what no ledger lets be changed: as a superuser who switches the triggers off."""
    with connected(ledger.url) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """A running server. Its ledgers' read models go to a folder of the tests."""
    before = os.environ.get("XDG_CACHE_HOME")
    with cluster(newest()) as running:
        os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
        yield Databases(running)
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before
