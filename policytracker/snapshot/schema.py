"""The tables of a snapshot: their columns, what each column says, their keys, and what they refer to.

``docs/tables.md`` and the table ``documentation`` of every snapshot are made from this.
"""

from policytracker.snapshot import answers, subjects
from policytracker.snapshot.tables import Column, SnapshotTable

FORMAT = 1
"""The version of the format, as ``meta`` and ``PRAGMA user_version`` have it. It is raised when a table or a column
changes its name or its meaning, or goes away; not when one is added."""
APPLICATION_ID = 0x504F4C53
"""``POLS``: by this ``PRAGMA application_id`` a snapshot is told from a ledger, and may be replaced."""

TABLES: dict[str, SnapshotTable] = {
    "meta": SnapshotTable(
        "of which ledger the snapshot is, and at which point of the clocks",
        ("key",),
        {
            "key": Column("`format`, `program`, `ledger`, `position`, `at`, `known`, `recorded` or `newest_report`"),
            "value": Column("the value; null: everything counts, or there is none"),
        },
    ),
    "documentation": SnapshotTable(
        "what each table, view and column holds",
        ("table_name", "column_name"),
        {
            "table_name": Column("a table or view"),
            "column_name": Column("one of its columns; empty: the table or view itself"),
            "says": Column("what it says"),
        },
    ),
    **subjects.TABLES,
    **answers.TABLES,
}
"""In the order in which they are made: a table refers only to earlier ones."""
