"""Both homes of a ledger for one test: a file, and a database on a server that the tests start."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from policytracker.ledger.where import Where
from tests.postgres import databases
from tests.postgres.databases import Databases

HOMES = ("file", "server")


def on_both_homes(metafunc: pytest.Metafunc, fixture: str, scope: str) -> None:
    """Run a test that uses this fixture on both homes, unless it is marked as one about files."""
    if fixture in metafunc.fixturenames:
        homes = HOMES[:1] if metafunc.definition.get_closest_marker("files") else HOMES
        metafunc.parametrize(fixture, homes, indirect=True, scope=scope)  # type: ignore[arg-type]


def databases_of(request: pytest.FixtureRequest) -> Databases:
    """The server of the tests, which is started when it is first asked for."""
    found: Databases = request.getfixturevalue("databases")
    return found


def new_place(request: pytest.FixtureRequest, folder: Path) -> Where:
    """Where a ledger can be made in the home that a test runs on."""
    return folder / "test.ledger" if request.param == "file" else databases_of(request).fresh()


def change(ledger: Where, statement: str) -> None:
    """Change what a ledger holds behind its back. ``SET state = {old, new}`` replaces a text in the stored bytes."""
    replacing = re.search(r"\{(\w+), (\w+)\}", statement)
    if not isinstance(ledger, Path):
        new = "convert_to(replace(convert_from(state, 'UTF8'), '\\1', '\\2'), 'UTF8')"
        databases.change(ledger, "SET search_path = policytracker", re.sub(r"\{(\w+), (\w+)\}", new, statement))
        return
    if replacing:
        statement = statement.replace(replacing[0], f"CAST(replace(state, '{replacing[1]}', '{replacing[2]}') AS BLOB)")
    with closing(sqlite3.connect(ledger, isolation_level=None)) as connection:
        connection.execute(statement)
