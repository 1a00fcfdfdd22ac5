"""Reading the read models with nothing but sqlite3: what a question starts from."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from policytracker.ledger.layout import shared_or_frozen
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Entry, Thread
from policytracker.status.words import CLAIM_TYPES

COLUMNS = "position, id, recorded, body"
CACHE = "PRAGMA cache_size=-131072"
"""Pages that are kept in memory, 128 MB at the most: a cell of a large ledger looks into many."""
NO_CLAIM = f"AND type NOT IN ({', '.join(repr(name) for name in CLAIM_TYPES)})"
"""Said so that the index of types is used, which leaves out claims."""
_IS_REGISTRATION = f"type IN ({', '.join(repr(name) for name in REGISTRY_TYPES)}) {NO_CLAIM}"


@contextmanager
def schema_told() -> Iterator[None]:
    """Have damage of the tables' own statements told as that. It is met by the first statement of a connection.

    SQLite repeats a damaged statement in its message, and sqlite3 cannot decode what is no text.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        raise sqlite3.DatabaseError("the statement of a table is no text") from error


def open_views(path: Path) -> sqlite3.Connection:
    """Open read models for reading. Raises LogLeft or sqlite3.DatabaseError."""
    with schema_told():
        connection, _ = shared_or_frozen(path.resolve(), lambda opened: opened.execute("PRAGMA user_version"))
        connection.execute(CACHE)
    return connection


def meta(connection: sqlite3.Connection) -> dict[str, str]:
    """What the read models say of themselves."""
    return dict(connection.execute("SELECT key, value FROM meta").fetchall())


def entries(rows: Iterable[tuple[int, str, int, str]]) -> Iterator[Entry]:
    """Rows of ``entries`` as the core takes them."""
    return (Entry(position, event_id, recorded, json.loads(body)) for position, event_id, recorded, body in rows)


def all_entries(connection: sqlite3.Connection) -> Iterator[Entry]:
    """Every event, in ledger order."""
    return entries(connection.execute(f"SELECT {COLUMNS} FROM entries ORDER BY position"))


def registry(connection: sqlite3.Connection, recorded: int | None) -> list[Entry]:
    """Registrations in ledger order: those that count on some day, or all that were recorded by an instant."""
    if recorded is None:
        return list(entries(connection.execute("SELECT position, '', 0, body FROM registry ORDER BY position")))
    return registry_until(connection, seen_by(connection, recorded))


def registered_as(connection: sqlite3.Connection, space: str) -> list[Entry]:
    """The registrations that count on some day in one name space: of companies and their groups, say."""
    query = "SELECT position, '', 0, body FROM registry WHERE space = ? ORDER BY position"
    return list(entries(connection.execute(query, (space,))))


def changing(connection: sqlite3.Connection) -> list[Entry]:
    """The registrations of subjects of which not the same one counts on all days, in ledger order."""
    query = """SELECT r.position, e.id, e.recorded, r.body FROM registry r JOIN entries e USING (position)
        WHERE (r.space, r.id) IN (SELECT space, id FROM registry WHERE since > 0) ORDER BY r.position"""
    return list(entries(connection.execute(query)))


def registered_in(connection: sqlite3.Connection, space: str) -> int:
    """How many subjects are registered in a name space: companies and their groups, or chips and theirs."""
    ((count,),) = connection.execute("SELECT count(DISTINCT id) FROM registry WHERE space = ?", (space,)).fetchall()
    return int(count)


def registry_until(connection: sqlite3.Connection, position: int) -> list[Entry]:
    """All registrations up to a position."""
    query = f"SELECT {COLUMNS} FROM entries WHERE {_IS_REGISTRATION} AND position <= ? ORDER BY position"
    return list(entries(connection.execute(query, (position,))))


def registered(connection: sqlite3.Connection, event_type: str) -> Iterator[Entry]:
    """All registrations of one type, in ledger order."""
    return entries(
        connection.execute(f"SELECT {COLUMNS} FROM entries WHERE type = ? {NO_CLAIM} ORDER BY position", (event_type,))
    )


def registered_since(connection: sqlite3.Connection, position: int) -> Iterator[Entry]:
    """The registrations from a position on, in ledger order."""
    query = f"SELECT {COLUMNS} FROM entries WHERE {_IS_REGISTRATION} AND position >= ? ORDER BY position"
    return entries(connection.execute(query, (position,)))


def entries_since(connection: sqlite3.Connection, position: int) -> Iterator[Entry]:
    """All events from a position on, in ledger order; what is left of a removed one is among them."""
    query = f"SELECT {COLUMNS} FROM entries WHERE position >= ? ORDER BY position"
    return entries(connection.execute(query, (position,)))


def threads_since(connection: sqlite3.Connection, position: int) -> list[int]:
    """The threads in which events after a position stand, registrations left out, by their first positions."""
    query = f"SELECT DISTINCT thread FROM entries WHERE position > ? AND NOT ({_IS_REGISTRATION}) ORDER BY thread"
    return [thread for (thread,) in connection.execute(query, (position,))]


def recorded_at(connection: sqlite3.Connection, position: int) -> int | None:
    """When the event at a position was recorded; None: there is none."""
    found = connection.execute("SELECT recorded FROM entries WHERE position = ?", (position,)).fetchone()
    return None if found is None else int(found[0])


def thread_at(connection: sqlite3.Connection, position: int) -> Thread:
    """The thread that the event at a position begins."""
    wanted = f"""SELECT {COLUMNS} FROM entries WHERE position = ?1
        UNION ALL SELECT {COLUMNS} FROM entries WHERE thread = ?1 AND thread <> position ORDER BY position"""
    return tuple(entries(connection.execute(wanted, (position,))))


def thread_with(connection: sqlite3.Connection, event_id: str) -> Thread:
    """The thread in which an event stands."""
    ((first,),) = connection.execute("SELECT thread FROM entries WHERE id = ?", (event_id,)).fetchall()
    return thread_at(connection, first)


def id_at(connection: sqlite3.Connection, position: int) -> str:
    """The id of the event at a position."""
    ((found,),) = connection.execute("SELECT id FROM entries WHERE position = ?", (position,)).fetchall()
    return str(found)


def threads_of(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    """The position of the first event of the thread of each of some events, by their ids."""
    wanted = "SELECT id, thread FROM entries WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(wanted, [json.dumps(list(ids))]).fetchall())


def registrations_of(connection: sqlite3.Connection, kind: str, ids: Sequence[str]) -> list[int]:
    """The positions of all registrations of some companies (or chips), and of groups of which one is a member."""
    wanted = f"""WITH named (id) AS (SELECT value FROM json_each(?2)) SELECT position FROM entries
        WHERE type = ?1 || '-registered' {NO_CLAIM} AND json_extract(body, '$.' || ?1) IN named
        UNION ALL SELECT position FROM entries WHERE type = 'group-defined' {NO_CLAIM}
        AND json_extract(body, '$.kind') = ?1
        AND EXISTS (SELECT 1 FROM json_each(body, '$.members') member WHERE member.value IN named)"""
    return [position for (position,) in connection.execute(wanted, (kind, json.dumps(list(ids))))]


def entry_with(connection: sqlite3.Connection, event_id: str) -> Entry:
    """An event by its id."""
    return next(entries(connection.execute(f"SELECT {COLUMNS} FROM entries WHERE id = ?", (event_id,))))


def named(connection: sqlite3.Connection, name: str) -> list[str]:
    """The ids of the events with this ref or this whole id."""
    query = "SELECT id FROM entries WHERE ref = ?1 UNION SELECT id FROM entries WHERE id = ?1"
    return [str(event_id) for (event_id,) in connection.execute(query, (name,))]


def with_refs_between(connection: sqlite3.Connection, first: str, end: str) -> Iterator[Entry]:
    """The events whose refs stand, as texts, from the first on and before the end."""
    query = f"SELECT {COLUMNS} FROM entries WHERE ref >= ? AND ref < ? ORDER BY position"
    return entries(connection.execute(query, (first, end)))


def seen_by(connection: sqlite3.Connection, recorded: int) -> int:
    """The position of the last event recorded by an instant (0: none)."""
    wanted = "SELECT position FROM entries WHERE recorded <= ? ORDER BY recorded DESC, position DESC LIMIT 1"
    return next((int(position) for (position,) in connection.execute(wanted, (recorded,))), 0)


def registrations(connection: sqlite3.Connection) -> list[int]:
    """The positions of all registrations."""
    found = connection.execute(f"SELECT position FROM entries WHERE {_IS_REGISTRATION} ORDER BY position")
    return [position for (position,) in found]


def last_registration(connection: sqlite3.Connection) -> int:
    """The position of the last registration; 0 for none."""
    query = f"SELECT max(position) FROM entries WHERE type = ? {NO_CLAIM}"
    found = [connection.execute(query, (name,)).fetchone()[0] for name in REGISTRY_TYPES]
    return max((position for position in found if position is not None), default=0)


def positions_of(connection: sqlite3.Connection, types: Sequence[str]) -> list[int]:
    """The positions of the events of some types, in ledger order."""
    query = f"SELECT position FROM entries WHERE type IN ({_marks(types)}) ORDER BY position"
    return [position for (position,) in connection.execute(query, tuple(types))]


def holds_type(connection: sqlite3.Connection, event_type: str) -> bool:
    """Whether there is an event of a type that is no claim."""
    query = f"SELECT 1 FROM entries WHERE type = ? {NO_CLAIM} LIMIT 1"
    return connection.execute(query, (event_type,)).fetchone() is not None


def of_types(connection: sqlite3.Connection, types: Sequence[str]) -> list[Entry]:
    """The events of some types, and all events about them."""
    firsts = f"SELECT thread FROM entries WHERE type IN ({_marks(types)})"
    return _threads(connection, firsts, types)


def _threads(connection: sqlite3.Connection, firsts: str, values: Sequence[object]) -> list[Entry]:
    """The threads that begin at the positions which a query gives."""
    wanted = f"""WITH firsts (position) AS MATERIALIZED ({firsts})
        SELECT {COLUMNS} FROM entries WHERE position IN firsts
        UNION ALL SELECT {COLUMNS} FROM entries WHERE thread IN firsts AND thread <> position ORDER BY position"""
    return list(entries(connection.execute(wanted, values)))


def claims(connection: sqlite3.Connection) -> list[Entry]:
    """All claims and the events about them."""
    return of_types(connection, tuple(CLAIM_TYPES))


def has_claims_of(connection: sqlite3.Connection, authorities: Sequence[str]) -> bool:
    """Whether a claim of one of some authorities was ever recorded, whatever became of it."""
    wanted = f"""SELECT 1 FROM entries WHERE type IN ({_marks(tuple(CLAIM_TYPES))})
        AND json_extract(body, '$.authority') IN ({_marks(authorities)}) LIMIT 1"""
    return connection.execute(wanted, (*CLAIM_TYPES, *authorities)).fetchone() is not None


def threads_at(connection: sqlite3.Connection, positions: Iterable[int]) -> list[Entry]:
    """The threads that begin at some positions, all in ledger order."""
    return _threads(connection, "SELECT value FROM json_each(?)", [json.dumps(list(positions))])


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
