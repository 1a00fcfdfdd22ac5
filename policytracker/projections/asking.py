"""The queries by which a cell finds claims: a descent or two for each of its keys, all keys in one statement."""

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from policytracker.projections.keys import PAIR
from policytracker.status.found import STOP

THERE = """SELECT k.column1 FROM (VALUES {keys}) k WHERE
    EXISTS (SELECT 1 FROM tenures l INDEXED BY tenures_lone WHERE l.key & {pair} = k.column1 AND l.lone = 1)
    OR EXISTS (SELECT 1 FROM mentions m WHERE m.pair = k.column1)"""
"""Pairs under which anything is kept."""

_FIRM = """SELECT (SELECT f.start FROM tenures f INDEXED BY {index} WHERE f.key = k.column1
    AND f.firm = {firm} AND f.start <= ?1 AND f.day_from <= ?1 AND f.known_from <= ?2 AND f.seen_from <= ?3
    ORDER BY f.start DESC LIMIT 1) FROM (VALUES {{keys}}) k"""
FIRM_OPENINGS = _FIRM.format(index="tenures_openings", firm=1)
"""For each key the day of the last claim that strikes all earlier ones that it covers."""
FIRM_STOPS = _FIRM.format(index="tenures_stops", firm=2)
"""For each key the day of the last claim that strikes all earlier openings."""

_HERE = """t.day_from <= ?1 AND t.day_to > ?1 AND t.known_from <= ?2 AND t.known_to > ?2
    AND t.seen_from <= ?3 AND t.seen_to > ?3"""
_COLUMNS = "k.column1, t.start, t.published, t.position, t.role, t.company_extent, t.chip_extent"
ROWS = f"""SELECT {_COLUMNS} FROM (VALUES {{keys}}) k CROSS JOIN tenures t
        WHERE t.key = k.column1 AND t.start >= k.column3 AND t.start <= ?1 AND (t.start >= k.column2 OR t.role & {STOP})
        AND {_HERE}
    UNION ALL SELECT {_COLUMNS} FROM (VALUES {{keys}}) k CROSS JOIN tenures t INDEXED BY tenures_early
        WHERE t.key = k.column1 AND t.start > ?1 AND t.day_from < t.start AND {_HERE}"""
"""What holds, for keys each with the days from which on openings and stops have to be read; last, what may have begun
already."""

ALL_DAYS = f"""SELECT {_COLUMNS}, t.day_from, t.day_to FROM (VALUES {{keys}}) k CROSS JOIN tenures t
    WHERE t.key = k.column1 AND t.known_from <= ?2 AND t.known_to > ?2 AND t.seen_from <= ?3 AND t.seen_to > ?3"""
"""What holds on any day."""

LATEST = """SELECT max(max(
    coalesce((SELECT l.published FROM tenures l INDEXED BY tenures_lone
        WHERE l.key & {pair} = k.column1 AND l.lone = 1 AND l.published <= ?1 AND l.seen_from <= ?2
        AND l.company_extent = 0 AND l.chip_extent = 0 ORDER BY l.published DESC LIMIT 1), 0),
    coalesce((SELECT m.published FROM mentions m
        WHERE m.pair = k.column1 AND m.published <= ?1 AND m.position <= ?2 AND m.plain = 1
        ORDER BY m.published DESC LIMIT 1), 0))) FROM (VALUES {keys}) k"""
"""The last moment of a report that pairs of selectors alone lead to."""

LATER = """SELECT l.published, l.company_extent, l.chip_extent, 0 FROM (VALUES {keys}) k
    CROSS JOIN tenures l INDEXED BY tenures_lone WHERE l.key & {pair} = k.column1 AND l.lone = 1
    AND l.published > ?3 AND l.published <= ?1 AND l.seen_from <= ?2 AND (l.company_extent > 0 OR l.chip_extent > 0)
    UNION ALL SELECT m.published, 0, 0, m.thread FROM (VALUES {keys}) k CROSS JOIN mentions m
    WHERE m.pair = k.column1 AND m.published > ?3 AND m.published <= ?1 AND m.position <= ?2 AND m.plain = 0
    ORDER BY 1 DESC"""
"""Later ones of claims at which more than selectors has to be looked at: both extents, or the thread."""


def ask(
    connection: sqlite3.Connection, query: str, values: Sequence[int], keys: Sequence[int], width: int = 1
) -> list[tuple[Any, ...]]:
    """What a query tells of keys, each given with as many values as ``width`` says, after three values for all."""
    return connection.execute(_sql(query, len(keys), width), (*values, *keys)).fetchall() if keys else []


@lru_cache(maxsize=512)
def _sql(query: str, values: int, width: int) -> str:
    places = [f"?{number}" for number in range(4, 4 + values)]
    rows = (", ".join(places[start : start + width]) for start in range(0, values, width))
    return query.format(keys=", ".join(f"({row})" for row in rows), pair=PAIR)
