"""How fresh a ledger is, or was: the newest publication day in it."""

from policytracker.questions.reader import Clocks, Reader


def newest_report_by(reader: Reader, recorded: int | None) -> int | None:
    """The newest publication day, an ordinal, in what was recorded by an instant; None: there is no report."""
    seen = reader.point(Clocks(1, None, recorded)).seen
    if seen >= reader.head.position:
        return reader.newest_report
    # Imported here: most questions are of all that is recorded, and start sooner without it.
    from policytracker.projections.newest import newest_publication

    return newest_publication(reader.connection, seen) or None
