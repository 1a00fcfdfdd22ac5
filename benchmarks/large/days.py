"""Ten years of days: when an event is recorded, when it was published, and from when on it counts."""

from datetime import date, timedelta

from benchmarks.large.chance import Chance

FIRST = date(2016, 1, 1)
DAYS = 3653
"""Ten years."""
LATEST = 730
"""A report is recorded at most so many days after its publication."""
TEXTS = [(FIRST + timedelta(days=n)).isoformat() for n in range(-2 * LATEST, DAYS + 2 * LATEST)]


def text(day: int) -> str:
    """A day as a date; days count from the first that anything is recorded on."""
    return TEXTS[day + 2 * LATEST]


def published(chance: Chance, recorded: int) -> int:
    """Half of the reports are recorded on the day of their publication, a third within a month, others late."""
    draw = chance.random()
    if draw < 0.5:
        return recorded
    return recorded - 1 - chance.below(30 if draw < 0.85 else LATEST)


def effective(chance: Chance, day: int) -> int | None:
    """Most claims count from their publication day on, which they need not say; others from a day around it."""
    draw = chance.random()
    if draw < 0.5:
        return None
    return day + chance.below(60) if draw < 0.8 else day - chance.below(200)


def doubtful(chance: Chance, day: int, open_starts: float = 0.0) -> str:
    """A month, a year or two weeks in which the day lies; of a share of them only the last day is known."""
    if open_starts and chance.random() < open_starts:
        return f"../{text(day)}"
    draw = chance.random()
    if draw < 0.5:
        return text(day)[:7]
    if draw < 0.6:
        return text(day)[:4]
    return f"{text(day)}/{text(day + 14)}"


def instant(chance: Chance, day: int) -> str:
    """A minute of a day."""
    return f"{text(day)}T{chance.below(24):02}:{chance.below(60):02}Z"
