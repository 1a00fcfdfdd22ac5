"""The dates of an answer in words, and what a reader should know of them (cli.md).

Without it, an answer for a day of which nobody has reported yet would look like any other.
"""

from collections.abc import Iterator

from policytracker.events.dates import day_of, end_of_day, iso, moment_text
from policytracker.ledger import clock
from policytracker.questions.newest_report import newest_report_by
from policytracker.questions.reader import Clocks, Reader

STALE_DAYS = 30
"""So many days after the newest report an answer is called old."""


def dates_used(reader: Reader, clocks: Clocks, at: bool = True) -> Iterator[str]:
    """The dates that an answer used, and the newest publication day in the ledger, in words.

    ``at``: whether the answer is one for the day of the clocks.
    """
    yield from point_in_words(clocks, at)
    yield newest_in_words(reader, clocks.recorded)


def point_in_words(clocks: Clocks, at: bool = True) -> Iterator[str]:
    """The dates that an answer used."""
    if at:
        yield f"held on {iso(clocks.at)}"
    yield "all that is published" if clocks.known is None else f"as known at {moment_text(clocks.known)}"
    if clocks.recorded is not None:
        yield f"as recorded by {clock.text(clocks.recorded)}"


def newest_in_words(reader: Reader, recorded: int | None = None) -> str:
    """The newest publication day in the ledger, of what was recorded by an instant."""
    newest = newest_report_by(reader, recorded)
    return "no report in the ledger" if newest is None else f"newest report in the ledger {iso(newest)}"


def notes(reader: Reader, clocks: Clocks, at: bool = True) -> Iterator[str]:
    """What is to be said of the dates of an answer: that it is older than it looks, or asks of what is yet to come."""
    days, known = days_after_newest(reader, clocks) if at else None, clocks.known
    if days is not None:
        yield f"the day asked for lies {days:,} days after the newest report; things may have changed since"
    if at and known is not None and clocks.at > day_of(known):
        yield (
            f"the day asked for, {iso(clocks.at)}, is later than the day of --known, {iso(day_of(known))}: "
            "the answer is what was foreseen then"
        )
    if clocks.recorded is not None and reader.head.position and not reader.point(clocks).seen:
        yield f"nothing was recorded by {clock.text(clocks.recorded)}: the first event of this ledger is later"
    yield from _in_the_future(reader, clocks, at)


def days_after_newest(reader: Reader, clocks: Clocks) -> int | None:
    """How many days after the newest report the day lies, where that is so many that an answer is old; else None."""
    newest = newest_report_by(reader, clocks.recorded)
    return clocks.at - newest if newest is not None and clocks.at - newest > STALE_DAYS else None


def _in_the_future(reader: Reader, clocks: Clocks, at: bool) -> Iterator[str]:
    """That a clock is set to a time after today; the last moments of today are no future.

    Of an answer as of a recorded instant nothing is said that another day would say otherwise: it is to stay as it is.
    """
    today = reader.today
    if clocks.recorded is not None and clocks.recorded <= clock.end_of_day(today):
        return
    if at and clocks.at > today:
        yield f"the day asked for is in the future (today is {iso(today)}): the answer is what is foreseen now"
    if clocks.known is not None and clocks.known > end_of_day(today):
        yield f"--known is in the future (today is {iso(today)}): everything published so far counts"
    if clocks.recorded is not None and clocks.recorded > clock.end_of_day(today):
        yield f"--recorded is in the future (today is {iso(today)}): everything recorded so far counts"
