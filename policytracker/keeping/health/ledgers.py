"""Checks of a ledger in either home that can be opened."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from policytracker.keeping.health.findings import Finding, note, ok, problem
from policytracker.ledger.layout import LAYOUT as NEWEST
from policytracker.ledger.reading import OpenLedger
from policytracker.projections.layout import LAYOUT, place_of
from policytracker.projections.mapping import stored
from policytracker.projections.reading import meta, open_views
from policytracker.projections.stamps import holds


def events(source: OpenLedger, now: int) -> Iterator[Finding]:
    """Which ledger it is; whether it is damaged is not looked at here."""
    head = source.head()
    yield ok(
        "ledger", f"{head.position:,} events of {head.ledger}; `policytracker verify` tells whether they are whole"
    )


def layout(source: OpenLedger, now: int) -> Iterator[Finding]:
    """Whether this version made it, or an earlier one."""
    if source.layout < NEWEST:
        says = f"an earlier version made the ledger (layout {source.layout}): it answers, and takes no events"
        yield note("layout", says, "policytracker upgrade, which makes a backup first")
    else:
        yield ok("layout", f"layout {source.layout}, the newest")


def read_models(source: OpenLedger, now: int) -> Iterator[Finding]:
    """Whether the read models are of this ledger, and up to date."""
    views = place_of(source)
    folder = next(each for each in (views.parent, *views.parent.parents) if each.exists())
    if not os.access(folder, os.W_OK):
        yield problem(
            "read-models", f"you may not write {folder}, where they have to lie", "ask its owner for that right"
        )
    elif not views.exists():
        yield ok("read-models", "there are none yet; the next question makes them")
    else:
        yield _state(source, views)


def _state(source: OpenLedger, views: Path) -> Finding:
    try:
        file = views.resolve()
        with closing(open_views(file)) as connection:
            marks = meta(connection)
            made_of, last = int(marks["position"]), marks["id"]
            other = (marks["layout"], marks["ledger"]) != (LAYOUT, source.head().ledger)
            if not other:
                stored(connection, file)
            changed = not other and not holds(file)
    except (sqlite3.DatabaseError, KeyError, ValueError) as error:
        return note("read-models", f"{views} cannot be read ({error})", "policytracker rebuild")
    if other:
        says = f"{views} is of another version or ledger"
        return note("read-models", says, "nothing: the next question makes them anew")
    if changed:
        says = f"something other than policytracker has changed {views}"
        return note("read-models", says, "nothing: the next question makes them anew")
    if source.id_at(made_of) != last:
        says = f"they were made of {made_of:,} events, and the last of these is not in the ledger"
        do = "where a backup was restored: policytracker rebuild; else events are lost: go back to a later backup"
        return problem("read-models", says, do)
    behind = source.head().position - made_of
    many = f"{behind:,} event{'' if behind == 1 else 's'}"
    return ok("read-models", f"{many} behind; the next question takes them in" if behind else "up to date")
