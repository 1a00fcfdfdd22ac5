"""The ledger's events as the read models keep them, with who recorded them when: for log, show, search and export."""

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from policytracker.events.dates import moment
from policytracker.projections.reading import NO_CLAIM
from policytracker.projections.text import folded
from policytracker.status.entries import Fields

_NAMED = re.compile(r'[":]([a-z0-9.-]+)"')
"""An id in the JSON of an event, alone or in a selector. However many ids are wanted, an event is looked over once."""
_SELECT = """SELECT e.position, e.id, e.recorded, e.recorder, e.body, e.target, t.ref
    FROM entries e LEFT JOIN entries t ON t.id = e.target"""


class Logged(NamedTuple):
    """One event, when (microseconds since 1970) and by whom it was recorded, and the ref of the one it is about."""

    position: int
    id: str
    recorded: int
    recorder: str
    fields: Fields
    target: str | None
    target_ref: str | None


class Narrowed(NamedTuple):
    """Which events of a log are wanted; None: whichever."""

    threads: Collection[int] | None = None
    """The positions of the first events of their threads."""
    publishers: Collection[str] | None = None
    """Who published their reports, as the ledger spells it."""
    published: tuple[int, int] | None = None
    """From which moment to which their reports were published, both included."""


EVERY = Narrowed()


def logged(connection: sqlite3.Connection, recorded: int | None = None) -> Iterator[Logged]:
    """Every event recorded by an instant, in ledger order."""
    return _read(connection, f"{_SELECT} WHERE ? IS NULL OR e.recorded <= ? ORDER BY e.position", [recorded] * 2)


def newest(
    connection: sqlite3.Connection,
    recorded: int | None,
    since: int,
    event_type: str | None,
    limit: int | None,
    before: int | None = None,
    narrowed: Narrowed = EVERY,
) -> list[Logged]:
    """The newest events recorded by an instant, after and before a position, of a type and narrowed, the newest last.

    A report is that of the event as it was recorded, or as a correction gives it anew.
    """
    wanted = f"""{_SELECT} WHERE e.position > ? AND (? IS NULL OR e.position < ?)
        AND (? IS NULL OR e.recorded <= ?) AND (? IS NULL OR e.type = ?)"""
    values = [since, before, before, recorded, recorded, event_type, event_type]
    if narrowed.threads is not None:
        wanted += " AND e.thread IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(sorted(narrowed.threads)))
    if narrowed.publishers is not None or narrowed.published is not None:
        _learn(connection, narrowed)
        wanted += f""" AND ({_reported("e.body", "$.report")} OR e.id IN (SELECT target FROM entries
            WHERE type = 'corrected' {NO_CLAIM} AND (? IS NULL OR recorded <= ?)
            AND {_reported("body", "$.changes.report")}))"""
        values += [recorded, recorded]
    values.append(-1 if limit is None else limit)
    return list(_read(connection, f"{wanted} ORDER BY e.position DESC LIMIT ?", values))[::-1]


def _reported(body: str, path: str) -> str:
    """Whether the report at a path is one of those that ``_learn`` was told of."""
    return f"is_reported(json_extract({body}, '{path}.publisher'), json_extract({body}, '{path}.published'))"


def _learn(connection: sqlite3.Connection, narrowed: Narrowed) -> None:
    """Teach a connection which reports are wanted."""
    publishers, published = narrowed.publishers, narrowed.published

    def is_reported(publisher: str | None, said: str | None) -> bool:
        if publisher is None or said is None or (publishers is not None and publisher not in publishers):
            return False
        return published is None or published[0] <= moment(said) <= published[1]

    connection.create_function("is_reported", 2, is_reported, deterministic=True)


def publishers(connection: sqlite3.Connection) -> list[str]:
    """Who published any report, each as the ledger spells it."""
    found = """SELECT json_extract(body, '$.report.publisher') FROM entries
        UNION SELECT json_extract(body, '$.changes.report.publisher') FROM entries WHERE type = 'corrected'"""
    return [name for (name,) in connection.execute(f"{found} {NO_CLAIM}") if name is not None]


def containing(connection: sqlite3.Connection, text: str, ids: Iterable[str], recorded: int | None) -> Iterator[Logged]:
    """The events that contain a text, or name one of these registered ids, in ledger order."""
    names = frozenset(ids)

    def names_one(body: str) -> bool:
        return not names.isdisjoint(_NAMED.findall(body))

    connection.create_function("names_one", 1, names_one, deterministic=True)
    wanted = f"""{_SELECT} WHERE (? IS NULL OR e.recorded <= ?) AND (instr(e.text, ?) OR (? AND names_one(e.body)))
        ORDER BY e.position"""
    return _read(connection, wanted, [recorded, recorded, folded(text), bool(names)])


def thread_of(connection: sqlite3.Connection, event_id: str) -> list[Logged]:
    """All events of the thread of one: the claim, say, that it is about, and everything said about that."""
    wanted = f"""WITH first (position) AS (SELECT thread FROM entries WHERE id = ?) {_SELECT}
        WHERE e.position IN first OR (e.thread IN first AND e.thread <> e.position) ORDER BY e.position"""
    return list(_read(connection, wanted, [event_id]))


def refs_of(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str | None]:
    """The ref, if any, of each of some events, by their ids."""
    wanted = "SELECT id, ref FROM entries WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(wanted, [json.dumps(list(ids))]).fetchall())


def recorded_of(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    """The instant at which each of some events was recorded, by their ids."""
    wanted = "SELECT id, recorded FROM entries WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(wanted, [json.dumps(list(ids))]).fetchall())


def _read(connection: sqlite3.Connection, query: str, values: Iterable[Any]) -> Iterator[Logged]:
    for position, event_id, recorded, recorder, body, target, ref in connection.execute(query, list(values)):
        yield Logged(position, event_id, recorded, recorder, json.loads(body), target, ref)
