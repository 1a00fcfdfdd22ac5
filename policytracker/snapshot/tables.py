"""What a table of a snapshot is, and the columns that several have."""

from collections.abc import Mapping
from typing import NamedTuple


class Column(NamedTuple):
    """A column, by its name in its table."""

    says: str
    kind: type = str
    refers: str | None = None
    """The table whose key it gives. Datasette shows the name of that row."""


class SnapshotTable(NamedTuple):
    """A table, by its name."""

    says: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    part_of: tuple[str, tuple[str, ...]] | None = None
    """The table of which each row is a part, by the columns that are the key there."""


CLAIM = Column("the claim", int, "claims")
MIN = Column("at the least; null: open", int)
MAX = Column("at the most; null: open", int)
UNIT = Column("`chips`, or a currency (ISO 4217)")
WORDING = Column("the number in the words of the report")
COUNTS = Column("`certainly`, `possibly` or `not at all` (semantics.md §3)")
LAST_REPORT = Column("the last day on which a known report was published; null: there is none")
