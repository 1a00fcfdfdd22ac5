"""The rows of a ledger, out of its read models."""

import sqlite3

import numpy as np

from policytracker.columns.rows import Ints, Rows

COLUMNS = """key, start, published, position, day_from, day_to, known_from, known_to, seen_from, seen_to,
    role, company_extent, chip_extent, lone"""
"""In the order of ``rows.Column``."""
WIDTH = 14
MENTIONED, MENTIONED_WIDTH = "pair, published, position, thread, plain", 5
CHUNK = 50_000


def load(connection: sqlite3.Connection) -> Rows:
    """All tenures and mentions; some fifty bytes of each stay in memory."""
    selectors = connection.execute("SELECT number, side, text FROM selectors").fetchall()
    extents = connection.execute("SELECT number, text FROM extents").fetchall()
    tenures = _table(connection, f"SELECT {COLUMNS} FROM tenures", WIDTH)
    return Rows(tenures, selectors, extents, _table(connection, f"SELECT {MENTIONED} FROM mentions", MENTIONED_WIDTH))


def _table(connection: sqlite3.Connection, query: str, width: int) -> Ints:
    asked = connection.execute(query)
    chunks = [np.zeros((0, width), np.int64)]
    while found := asked.fetchmany(CHUNK):
        chunks.append(np.array(found, np.int64))
    return np.concatenate(chunks)
