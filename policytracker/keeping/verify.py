"""Is the ledger whole, and do the read models equal a rebuild (cli.md, ``verify``)?"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from policytracker.events.dates import span
from policytracker.events.refusals import BadDate
from policytracker.ledger.audit import Damage as Damage
from policytracker.ledger.audit import ledger_damage as ledger_damage
from policytracker.ledger.clearing import unfinished
from policytracker.ledger.damage import DamagedLedger
from policytracker.ledger.errors import PutBack, Unreadable
from policytracker.ledger.reading import OpenLedger, open_ledger
from policytracker.ledger.where import Where
from policytracker.projections.layout import place_of, put_back
from policytracker.projections.mapping import arrived, content
from policytracker.projections.reading import meta, open_views
from policytracker.projections.stamps import holds

TABLES = ("meta", "entries", "registry", "called", "members", "shipments", "import_status")
"""What is compared row by row. Of the index all rows are, wherever they lie, with the texts behind their numbers: the
numbers hang on who came first."""
GENERATION = "index"
"""This row of ``meta`` says which file the index is in: one made anew is the first."""


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
        with open_ledger(ledger) as source:
            _marks(source)
    except PutBack as lost:
        yield Damage(0, "", str(lost))


def unfinished_redactions(ledger: Where) -> list[str]:
    """The ids of redacted events of which the ledger's files are not cleared yet; none of a ledger too damaged to tell.

    Raises LedgerError.
    """
    with suppress(sqlite3.DatabaseError, Unreadable, DamagedLedger), open_ledger(ledger) as source:
        return list(unfinished(source))
    return []


def check_to_append(ledger: Where) -> None:
    """Check the events that no question has read so far, which the read models do not hold.

    Raises DamagedLedger where one of them is not as it was sealed, PutBack where the read models know of events that
    the ledger holds no more, or another LedgerError.
    """
    from policytracker.ledger.sealing import checked

    with open_ledger(ledger) as source:
        head, marks = source.head(), _marks(source)
        known = int(marks["position"]) if source.id_at(int(marks.get("position", 0))) == marks.get("id") else 0
        for _ in islice(checked(source.rows(known), known, head.position), max(0, head.position - known)):
            pass


def _marks(source: OpenLedger) -> dict[str, str]:
    """What the read models say of themselves; nothing where they are not as they were written. Raises PutBack."""
    file = place_of(source).resolve()
    with suppress(sqlite3.DatabaseError), closing(open_views(file)) as views:
        marks = meta(views)
        if not holds(file):
            return {}
        lost = put_back(source, marks)
        if lost:
            raise lost
        return marks
    return {}


def views_damage(ledger: Where, kept_at: Path | None = None) -> Iterator[Damage]:
    """Where the read models, those kept at a place or the ledger's own, differ from a rebuild for the same day.

    What is recorded meanwhile makes no difference. Raises LedgerError.
    """
    from policytracker.projections.building import build

    with TemporaryDirectory() as folder, open_ledger(ledger) as source:
        anew, file = Path(folder) / "views", (kept_at or place_of(source)).resolve()
        try:
            with closing(open_views(file)) as views:
                views.execute("BEGIN")
                marks = meta(views)
                day, until = span(marks["at"]).first, int(marks["position"])
                kept = _contents(views, file)
        except (sqlite3.DatabaseError, LookupError, ValueError, BadDate) as error:
            yield Damage(0, "", f"the read models cannot be read ({error}): `policytracker rebuild`")
            return
        build(source, anew, day, until=until)
        with closing(open_views(anew)) as rebuilt:
            made = _contents(rebuilt, anew)
        for table, content in kept.items():
            if content != made[table]:
                yield Damage(0, "", f"the read model {table} differs from a rebuild: `policytracker rebuild`")


def _contents(views: sqlite3.Connection, file: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that read models hold, in an order that tells nothing. Raises sqlite3.DatabaseError."""
    found = {table: sorted(views.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in TABLES}
    ((generation,),) = (row[1:] for row in found["meta"] if row[0] == GENERATION)
    found["meta"] = [row for row in found["meta"] if row[0] != GENERATION]
    return {**found, "index": sorted(content(views, arrived(views, file, str(generation))))}
