"""Is the ledger whole, and do the read models equal a rebuild (cli.md, ``verify``)?"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from policytracker.events.dates import span
from policytracker.events.refusals import BadDate
from policytracker.ledger.audit import Damage as Damage
from policytracker.ledger.audit import ledger_damage as ledger_damage
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.where import Where
from policytracker.projections.layout import place_of
from policytracker.projections.reading import meta, open_views

TABLES = ("meta", "entries", "scopes", "registry", "import_status")


def damage(ledger: Where) -> Iterator[Damage]:
    """Everything wrong with a ledger and its read models, in ledger order. Raises LedgerError."""
    whole = True
    for found in ledger_damage(ledger):
        whole = False
        yield found
    if whole:
        yield from views_damage(ledger)


def event_damage(ledger: Where, position: int) -> str | None:
    """What is wrong with the event at a position as it is stored; None where it matches its id and its seal.

    Raises LedgerError.
    """
    from policytracker.events.forms import id_of
    from policytracker.ledger.sealing import is_sealed

    with open_ledger(ledger) as source:
        row = next(source.rows(position - 1))
    if row.state and id_of(row.state) != row.id:
        return "its content does not match its id: it was changed after recording"
    if not is_sealed(row):
        return "its seal does not match its position, id, name, time and recorder: one of them was changed"
    return None


def views_damage(ledger: Where) -> Iterator[Damage]:
    """Where the read models differ from a rebuild for the same day, whatever is recorded meanwhile."""
    from policytracker.projections.catching_up import build

    with TemporaryDirectory() as folder:
        anew = Path(folder) / "views"
        with open_ledger(ledger) as source, closing(open_views(place_of(source))) as views:
            views.execute("BEGIN")
            try:
                marks = meta(views)
                day, until = span(marks["at"]).first, int(marks["position"])
                kept = {table: _content(views, table) for table in TABLES}
            except (sqlite3.DatabaseError, KeyError, ValueError, BadDate) as error:
                yield Damage(0, "", f"the read models cannot be read ({error}): `policytracker rebuild`")
                return
            build(source, anew, day, until=until)
        with closing(open_views(anew)) as rebuilt:
            for table, content in kept.items():
                if content != _content(rebuilt, table):
                    yield Damage(0, "", f"the read model {table} differs from a rebuild: `policytracker rebuild`")


def _content(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
