"""Is the ledger whole? Ids match contents, positions are dense, read models equal a rebuild (cli.md, ``verify``)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from policytracker.events.dates import span
from policytracker.events.refusals import UnknownForm
from policytracker.ledger.errors import Unreadable
from policytracker.ledger.reading import Row, open_ledger
from policytracker.ledger.where import Where
from policytracker.projections.layout import place_of
from policytracker.projections.reading import meta, open_views

TABLES = ("meta", "entries", "scopes", "registry", "import_status")


class Damage(NamedTuple):
    """One thing that is wrong."""

    position: int
    """The event's position in the ledger; 0 where it is not about one event."""
    event: str
    what: str


def damage(ledger: Where) -> Iterator[Damage]:
    """Everything wrong with a ledger and its read models, in ledger order. Raises LedgerError."""
    whole = True
    for found in ledger_damage(ledger):
        whole = False
        yield found
    if whole:
        yield from views_damage(ledger)


def ledger_damage(ledger: Where) -> Iterator[Damage]:
    """Wrong ids, gaps, times that go backwards, missing and surplus events."""
    before = Row(0, "", 0, "", None, "", b"")
    with open_ledger(ledger) as source:
        try:
            for row in source.rows():
                yield from (Damage(row.position, row.id, what) for what in _wrong(row, before))
                before = row
            stored, ordered, last = source.count()
        except (sqlite3.DatabaseError, Unreadable) as error:
            yield Damage(0, "", f"after position {before.position} it cannot be read ({error}); restore a backup")
            return
    if not stored == ordered == last:
        yield Damage(0, "", f"{stored} events are stored, {ordered} have a position, the last position is {last}")


def event_damage(ledger: Where, position: int) -> str | None:
    """What is wrong with the stored content of the event at a position; None where it matches its id.

    Raises LedgerError.
    """
    with open_ledger(ledger) as source:
        return _content_wrong(next(source.rows(position - 1)))


def _wrong(row: Row, before: Row) -> Iterator[str]:
    """What is wrong with one event, given the one that precedes it."""
    if row.position != before.position + 1:
        yield f"stands at position {row.position} where {before.position + 1} is due"
    if row.recorded < before.recorded:
        yield "is recorded before the event that precedes it"
    if (what := _content_wrong(row)) is not None:
        yield what


def _content_wrong(row: Row) -> str | None:
    """What is wrong with the content of one event, and with the name, the form and the ref beside it."""
    from policytracker.events.forms import id_of

    if id_of(row.state) != row.id:
        return "its content does not match its id: it was changed after recording"
    return _misnamed(row)


def _misnamed(row: Row) -> str | None:
    """What is wrong with the name, the form or the ref beside a content that matches its id."""
    from policytracker.events.forms import stored_fields

    try:
        fields = stored_fields(row.topic, row.state)
    except UnknownForm:
        return f"is stored as {row.topic!r}, which this version does not know: upgrade policytracker, or it was changed"
    if fields["type"] != row.topic.partition("/")[0]:
        return f"is stored as {row.topic}, and its content is a {fields['type']}"
    if fields.get("ref") != row.ref:
        return f"has the ref {row.ref!r} beside it, and its content says {fields.get('ref')!r}"
    return None


def views_damage(ledger: Where) -> Iterator[Damage]:
    """Where the read models differ from a rebuild for the same day, whatever is recorded meanwhile."""
    from policytracker.projections.catching_up import build

    with TemporaryDirectory() as folder:
        anew = Path(folder) / "views"
        with open_ledger(ledger) as source, closing(open_views(place_of(source))) as views:
            views.execute("BEGIN")
            marks = meta(views)
            build(source, anew, span(marks["at"]).first, until=int(marks["position"]))
            with closing(open_views(anew)) as rebuilt:
                for table in TABLES:
                    if _content(views, table) != _content(rebuilt, table):
                        yield Damage(0, "", f"the read model {table} differs from a rebuild: `policytracker rebuild`")


def _content(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
