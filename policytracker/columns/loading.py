"""The rows of a ledger, out of its read models."""

import sqlite3

import numpy as np

from policytracker.columns.rows import Rows

COLUMNS = """key, start, published, position, day_from, day_to, known_from, known_to, seen_from, seen_to,
    role, company_extent, chip_extent"""
"""In the order of ``rows.Column``."""
WIDTH = 13
CHUNK = 50_000


def load(connection: sqlite3.Connection) -> Rows:
    """All tenures; some forty bytes of each stay in memory."""
    asked = connection.execute(f"SELECT {COLUMNS} FROM tenures")
    chunks = [np.zeros((0, WIDTH), np.int64)]
    while found := asked.fetchmany(CHUNK):
        chunks.append(np.array(found, np.int64))
    selectors = connection.execute("SELECT number, side, text FROM selectors").fetchall()
    extents = connection.execute("SELECT number, text FROM extents").fetchall()
    return Rows(np.concatenate(chunks), selectors, extents)
