"""Is the ledger whole? Ids match contents, positions are dense, read models equal a rebuild (cli.md, ``verify``)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from policytracker.events.dates import span
from policytracker.events.refusals import UnknownForm
from policytracker.ledger.reading import LedgerFile
from policytracker.projections.layout import place
from policytracker.projections.reading import meta, open_views

TABLES = ("meta", "entries", "scopes", "registry", "import_status")


class Damage(NamedTuple):
    """One thing that is wrong."""

    position: int
    """The event's position in the ledger; 0 where it is not about one event."""
    event: str
    what: str


def damage(ledger: Path) -> Iterator[Damage]:
    """Everything wrong with a ledger and its read models, in ledger order. Raises LedgerError."""
    whole = True
    for found in ledger_damage(ledger):
        whole = False
        yield found
    if whole:
        yield from views_damage(ledger)


def ledger_damage(ledger: Path) -> Iterator[Damage]:
    """Wrong ids, gaps, times that go backwards, missing and surplus events."""
    from policytracker.events.forms import id_of, stored_fields

    expected, recorded = 1, 0
    with LedgerFile(ledger) as source:
        for row in source.rows():
            if row.position != expected:
                yield Damage(row.position, row.id, f"stands at position {row.position} where {expected} is due")
            if id_of(bytes(row.state)) != row.id:
                yield Damage(row.position, row.id, "its content does not match its id: it was changed after recording")
            elif (wrong := _unreadable(stored_fields, row.topic, row.state)) is not None:
                yield Damage(row.position, row.id, wrong)
            if row.recorded < recorded:
                yield Damage(row.position, row.id, "is recorded before the event that precedes it")
            expected, recorded = row.position + 1, max(recorded, row.recorded)
        stored, ordered = source.count()
        last = source.head().position
    if not stored == ordered == last:
        yield Damage(0, "", f"{stored} events are stored, {ordered} have a position, the last position is {last}")


def _unreadable(read: object, topic: str, state: bytes) -> str | None:
    assert callable(read)
    try:
        name = read(topic, bytes(state))["type"]
    except UnknownForm:
        return f"is stored as {topic!r}, which this version does not know: upgrade policytracker, or it was changed"
    except Exception as error:  # whatever a changed payload may raise is damage
        return f"its content cannot be read ({error})"
    return None if name == topic.partition("/")[0] else f"is stored as {topic}, and its content is a {name}"


def views_damage(ledger: Path) -> Iterator[Damage]:
    """Where the read models differ from a rebuild for the same day."""
    from policytracker.projections.catching_up import build

    with TemporaryDirectory() as folder:
        anew = Path(folder) / "views"
        with closing(open_views(place(ledger))) as views:
            day = span(meta(views)["at"]).first
            with LedgerFile(ledger) as source:
                build(source, anew, day)
            with closing(open_views(anew)) as rebuilt:
                for table in TABLES:
                    if _content(views, table) != _content(rebuilt, table):
                        yield Damage(
                            0, "", f"the read model {table} differs from a rebuild: `policytracker rebuild`"
                        )


def _content(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
