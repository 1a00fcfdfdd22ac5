"""The dates of a question as people write them, in a terminal or in an address (cli.md)."""

from policytracker.events.dates import end_of_day, moment, span
from policytracker.events.refusals import BadDate
from policytracker.ledger import clock


def day(text: str, today: int) -> int:
    """A day as an ordinal: ``today``, or a day, month or year, of which the last day counts. Raises BadDate."""
    if text == "today":
        return today
    if "/" in text:
        raise BadDate(text, "it is an interval; give one day, month or year")
    return span(text).last


def known(text: str, today: int) -> int:
    """A published moment: an instant, or the end of a day. Raises BadDate."""
    return moment(text) if "T" in text else end_of_day(day(text, today))


def recorded(text: str, today: int) -> int:
    """A recorded instant in microseconds since 1970: an instant, or the end of a day. Raises BadDate."""
    if "T" not in text:
        return clock.end_of_day(day(text, today))
    moment(text)
    return clock.read(text)
