"""Is the ledger whole, and do the read models equal a rebuild (cli.md, ``verify``)?"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from policytracker.events.dates import span
from policytracker.events.refusals import BadDate
from policytracker.ledger.audit import Damage as Damage
from policytracker.ledger.audit import ledger_damage as ledger_damage
from policytracker.ledger.errors import PutBack
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.where import Where
from policytracker.projections.keys import BITS
from policytracker.projections.layout import place_of, put_back
from policytracker.projections.reading import meta, open_views

_SIDE = "(SELECT text FROM selectors WHERE number = {{key}} >> {shift} & {number})"
_SIDES = ", ".join(_SIDE.format(shift=place * BITS, number=(1 << BITS) - 1) for place in (2, 1, 0))
"""The texts of the gate and the two selectors of which a key is made (``projections.keys``)."""
_EXTENT = "(SELECT text FROM extents WHERE number = {side}_extent)"
TABLES = {
    **{
        table: f"SELECT * FROM {table}"
        for table in ("meta", "entries", "registry", "called", "members", "import_status")
    },
    "tenures": f"""SELECT {_SIDES.format(key="key")}, start, published, position, day_from, day_to, known_from,
        known_to, seen_from, seen_to, role, firm, lone, {_EXTENT.format(side="company")},
        {_EXTENT.format(side="chip")} FROM tenures""",
    "mentions": f"SELECT {_SIDES.format(key='pair')}, published, position, thread, plain FROM mentions",
}
"""What is compared of each table: selectors and extents by their texts, since their numbers hang on who came first."""


def damage(ledger: Where) -> Iterator[Damage]:
    """Everything wrong with a ledger and its read models, in ledger order. Raises LedgerError."""
    whole = True
    for found in chain(ledger_damage(ledger), loss(ledger)):
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


def loss(ledger: Where) -> Iterator[Damage]:
    """That the ledger was put back, or lost what was recorded, as far as its read models tell. Raises LedgerError."""
    try:
        check_not_put_back(ledger)
    except PutBack as lost:
        yield Damage(0, "", str(lost))


def check_not_put_back(ledger: Where) -> None:
    """Raise PutBack where the read models know of events that the ledger holds no more, or another LedgerError."""
    with open_ledger(ledger) as source:
        marks: dict[str, str] = {}
        with suppress(sqlite3.DatabaseError), closing(open_views(place_of(source))) as views:
            marks = meta(views)
        lost = put_back(source, marks)
        if lost:
            raise lost


def views_damage(ledger: Where, kept_at: Path | None = None) -> Iterator[Damage]:
    """Where the read models, those kept at a place or the ledger's own, differ from a rebuild for the same day.

    What is recorded meanwhile makes no difference. Raises LedgerError.
    """
    from policytracker.projections.catching_up import build

    with TemporaryDirectory() as folder:
        anew = Path(folder) / "views"
        with open_ledger(ledger) as source, closing(open_views(kept_at or place_of(source))) as views:
            views.execute("BEGIN")
            try:
                marks = meta(views)
                day, until = span(marks["at"]).first, int(marks["position"])
                kept = {table: _content(views, query) for table, query in TABLES.items()}
            except (sqlite3.DatabaseError, KeyError, ValueError, BadDate) as error:
                yield Damage(0, "", f"the read models cannot be read ({error}): `policytracker rebuild`")
                return
            build(source, anew, day, until=until)
        with closing(open_views(anew)) as rebuilt:
            for table, content in kept.items():
                if content != _content(rebuilt, TABLES[table]):
                    yield Damage(0, "", f"the read model {table} differs from a rebuild: `policytracker rebuild`")


def _content(connection: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    return sorted(connection.execute(query).fetchall(), key=repr)
