"""Rows at the end of a ledger on a server that this program has not written (docs/postgresql.md).

Whoever may append may insert any row with SQL. Triggers and rights keep what is there as it is, so such rows come after
the last event that the program has appended: there the tree and all before it fit together.
"""

from typing import NamedTuple

from policytracker.events.kept import kept_fields
from policytracker.events.refusals import NotAnEvent
from policytracker.ledger.damage import DamagedLedger
from policytracker.ledger.server import LedgerServer, ServerTables
from policytracker.ledger.server_ends import check_tree_of, head_of
from policytracker.ledger.server_layout import SCHEMA
from policytracker.ledger.tables import Head
from policytracker.ledger.where import Server

MOST_LOOKED_AT = 1_000
"""So many ends are tried before the ledger counts as damaged altogether."""
MOST_ROLES = 12

_ENDS = f"""SELECT position FROM {SCHEMA}.ledger_entries
    WHERE tree IS NOT NULL AND position > 0 ORDER BY position DESC LIMIT {MOST_LOOKED_AT}"""
_FIRST = f"""SELECT e.position, e.id, e.recorder, (SELECT count(*) FROM {SCHEMA}.ledger_entries WHERE position > ?)
    FROM {SCHEMA}.ledger_entries e WHERE e.position > ? ORDER BY e.position LIMIT 1"""
_ROLES = f"""SELECT r.rolname::text FROM pg_catalog.pg_roles r WHERE r.rolcanlogin
    AND pg_catalog.has_table_privilege(r.oid, '{SCHEMA}.ledger_entries'::regclass, 'INSERT') ORDER BY 1
    LIMIT {MOST_ROLES + 1}"""
PAGE = 'docs/postgresql.md, "A row that somebody else wrote"'


class Foreign(NamedTuple):
    """The rows at the end that this program has not written."""

    whole: int
    """The position of the last event before them."""
    position: int
    """Of the first of them,"""
    event: str
    """its id as it says,"""
    recorder: str
    """and who recorded it, as it says: nobody has checked it."""
    many: int
    roles: tuple[str, ...]
    """Who could have written them: the roles that may append, some of them where there are many."""

    def __str__(self) -> str:
        rows = "1 row" if self.many == 1 else f"{self.many:,} rows"
        roles = ", ".join(self.roles[:MOST_ROLES]) + (", …" if len(self.roles) > MOST_ROLES else "")
        return (
            f"the ledger ends in {rows} that policytracker has not written, from position {self.position} on (the "
            f"first has the id {self.event[:12]!r} and the recorder {self.recorder!r}; these roles may append: {roles})"
        )


def foreign_rows(source: ServerTables) -> Foreign | None:
    """The rows at the end that this program has not written; None where there are none, or other damage."""
    for (whole,) in [*source.ask(_ENDS), (0,)]:
        if _is_whole_at(source, whole):
            break
        if _was_whole_at(source, whole):
            return None
    else:
        return None
    for position, event, recorder, many in source.ask(_FIRST, (whole, whole)):
        roles = tuple(role for (role,) in source.ask(_ROLES))
        return Foreign(whole, position, event, recorder, many, roles)
    return None


def _was_whole_at(source: ServerTables, position: int) -> bool:
    """Whether the program has written the ledger to here, and what it wrote was changed or taken away since.

    Then the tree still has grown from the one before, and a content or what stands beside it does not fit its seal.
    """
    query = f"SELECT tree FROM {SCHEMA}.ledger_entries WHERE position = ?"
    ((tree,),) = source.ask(query, (position,))
    try:
        check_tree_of(source, Head("", position, "", 0, tree))
    except DamagedLedger:
        return False
    try:
        head_of(source, position)
    except DamagedLedger:
        return True
    return False


def _is_whole_at(source: ServerTables, position: int) -> bool:
    """Whether the ledger could end at a position."""
    query = f"SELECT count(*) FROM {SCHEMA}.ledger_entries WHERE position BETWEEN 1 AND ?"
    if list(source.ask(query, (position,))) != [(position,)]:
        return False
    try:
        check_tree_of(source, head_of(source, position))
        for row in source.rows(position - 1) if position else ():
            return bool(kept_fields(row.topic, row.state))
    except (DamagedLedger, NotAnEvent):
        return False
    return not position


class ForeignRows(DamagedLedger):
    """Something was to be recorded after rows that this program has not written."""

    def __init__(self, found: Foreign) -> None:
        self.what = str(found)
        super(DamagedLedger, self).__init__(
            f"{found}; nothing is recorded until the owner of the ledger has removed them ({PAGE})"
        )


def named(server: Server, error: DamagedLedger) -> DamagedLedger:
    """The error that names such rows, where they are what stands in the way of recording; else the same one."""
    with LedgerServer(server) as source:
        found = foreign_rows(source)
    return error if found is None else ForeignRows(found)


def before_foreign(server: Server, error: DamagedLedger) -> Server:
    """The ledger up to such rows, for questions. Raises the error for other damage."""
    with LedgerServer(server) as source:
        found = None if server.until is not None else foreign_rows(source)
    if found is None:
        raise error
    told = f"{found}; the answer is from the {found.whole:,} events before them, until the owner removes them ({PAGE})"
    return Server(server.url, found.whole, told)
