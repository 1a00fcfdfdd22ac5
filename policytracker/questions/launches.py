"""Whether a chip is launched (interchange.md, chip-registered)."""

from policytracker.events.dates import span
from policytracker.status.entries import Fields


def is_launched(chip: Fields, day: int) -> bool:
    """Whether a day (an ordinal) is not before the launch of a chip, given its registration.

    A chip of which no launch is registered counts as launched, and one of which only a month or year is known from the
    first day of it on.
    """
    launched = chip.get("launched")
    return launched is None or span(launched).first <= day
