"""Why a list cannot be followed: each message names what is at fault, and ends in the way out."""

from collections.abc import Sequence

from policytracker.events.refusals import Refused, shown
from policytracker.questions.errors import QuestionError

MOST_NAMED = 10


class BadMap(QuestionError):
    """A map with faults, or none at all."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        listed = "".join(f"\n  {fault}" for fault in faults)
        super().__init__(f"the map {name} cannot be used:{listed}")


class BadEdition(QuestionError):
    """A file that is not the list that the map describes."""

    def __init__(self, source: str, what: str, way_out: str) -> None:
        super().__init__(f"{source}: {what}; {way_out}")


class NotRecordedBefore(QuestionError):
    """Rows of the older edition that the ledger does not have."""

    def __init__(self, source: str, rows: Sequence[str]) -> None:
        count = f"{len(rows):,} rows are" if len(rows) > 1 else "a row is"
        super().__init__(
            f"{source}: {count} not in the ledger as published earlier: {named(rows)}; record the older edition "
            "first, with its own day: `policytracker import-list OLD --map MAP --published DAY`"
        )


class RecordedAlready(QuestionError):
    """A first import of a list of which the ledger has an earlier edition."""

    def __init__(self, ref: str, day: str) -> None:
        super().__init__(
            f"the ledger has this list as of {day} already (refs {ref}-…); give the edition of then as OLD, before NEW"
        )


class UndecidedEnds(QuestionError):
    """Rows that are gone, of which nobody has said why."""

    def __init__(self, rows: Sequence[str]) -> None:
        count = f"{len(rows):,} entries are" if len(rows) > 1 else "one entry is"
        super().__init__(
            f"{count} gone from the list: {named(rows)}; say --gone lifted where the authority took them off, or "
            "--gone retracted where the list withdraws them as a mistake"
        )


class NotMapped(Refused):
    """A cell that the map cannot read."""

    def __init__(self, column: str, what: str, way_out: str) -> None:
        super().__init__("", f"column {column}: {what}", way_out)


class SameKey(Refused):
    """Two rows that the map cannot tell apart."""

    def __init__(self, key: str, first: int) -> None:
        way_out = "let the `key` of the map name a column that tells them apart, or delete one of the rows"
        super().__init__("", f"key: {shown(key)} is the key of line {first} too", way_out)


def named(rows: Sequence[str]) -> str:
    """The first of some rows, and how many more there are."""
    more = f" and {len(rows) - MOST_NAMED:,} more" if len(rows) > MOST_NAMED else ""
    return f"{', '.join(rows[:MOST_NAMED])}{more}"
