"""The newest publication day of all reports as they stand: once a mistyped one is mended, it counts no more."""

import json
import sqlite3
from collections.abc import Iterable

from policytracker.events.dates import day_of, moment
from policytracker.projections.reading import thread_at
from policytracker.status.entries import Fields
from policytracker.status.knowledge import stand

LAST_POSITION = (1 << 63) - 1
"""No event lies behind it."""
_MENDS_A_REPORT = "type = 'corrected' AND json_type(body, '$.changes.report') IS NOT NULL"
_MENDED = f"SELECT DISTINCT thread FROM entries WHERE position <= ? AND {_MENDS_A_REPORT}"


def publication_day(fields: Fields) -> int:
    """The publication day of an event's own report as recorded; 0 without one."""
    report = fields.get("report")
    return day_of(moment(report["published"])) if report else 0


def is_mended(connection: sqlite3.Connection, threads: Iterable[int]) -> bool:
    """Whether a report in one of some threads, given by their positions, was ever corrected."""
    query = f"""SELECT 1 FROM entries WHERE thread IN (SELECT value FROM json_each(?)) AND thread <> position
        AND {_MENDS_A_REPORT} LIMIT 1"""
    return connection.execute(query, (json.dumps(sorted(threads)),)).fetchone() is not None


def newest_publication(connection: sqlite3.Connection, until: int = LAST_POSITION) -> int:
    """The newest publication day (an ordinal; 0: none), looked for in all events up to the position ``until``.

    Reports that nobody has corrected are not decoded: only the dates that they give are read.
    """
    given = f"""SELECT DISTINCT json_extract(body, '$.report.published') FROM entries
        WHERE position <= ? AND thread NOT IN ({_MENDED})"""
    found = connection.execute(given, (until, until))
    days = [day_of(moment(published)) for (published,) in found if published is not None]
    for (position,) in connection.execute(_MENDED, (until,)).fetchall():
        thread = tuple(entry for entry in thread_at(connection, position) if entry.position <= until)
        days += [publication_day(event.fields) for event in stand(thread, None).values()]
    return max(days, default=0)
