"""The intervals of one row of a status strip: where each lies, what it says, and how much of it fits."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from policytracker.events.dates import FIRST_DAY, iso, span
from policytracker.questions.answers import CellInterval
from policytracker.questions.sentences.verdicts import verdict_words
from policytracker.status.words import STATUSES, Status
from policytracker.web.charts.axis import Axis
from policytracker.web.words import DOMESTIC, spaced

WORDS: Mapping[str, str] = {word: spaced(word) for word in STATUSES}
NOT_KNOWN = "not known"
LETTER, LETTER_SMALL = 6.5, 5.8
"""How wide a letter of the words in a row is at the most, on average: of one line, and of two."""
BESIDE_MARK = 4
"""Words are so far from the mark of the day asked for, where they have the room."""
NARROWEST = 2
"""However short an interval is, it is drawn so wide."""
TOUCHED = 28
"""From this width on, an interval is a link: a narrower one could not be touched. The table has a link for each."""


class Interval(NamedTuple):
    """A time over which the possible statuses of a row stay the same."""

    x: float
    width: float
    possible: tuple[Status, ...]
    """Lowest first; empty: the cell has no such gate then."""
    is_domestic: bool
    start: str | None
    end: str | None
    day: str | None
    """A day in it, for a link; None: it has always been so."""
    says: str
    """The statuses in words."""
    lines: tuple[str, ...]
    """As many of the words as there is room for beside the mark of the day asked for: none, one line, or the highest
    status above the lowest."""
    middle: float
    """Of the words, which stand beside the mark of the day asked for."""

    @property
    def is_unknown(self) -> bool:
        """Whether any status is possible."""
        return len(self.possible) == len(STATUSES)

    @property
    def in_full(self) -> str:
        """What it means to a reader, and in brackets the statuses."""
        if self.is_domestic or self.is_unknown or not self.possible:
            return self.says
        return f"{verdict_words(self.possible)} ({self.says})"

    @property
    def is_link(self) -> bool:
        """Whether it leads to a page as of its first day."""
        return self.day is not None and self.width >= TOUCHED


def intervals_of(
    rows: Sequence[CellInterval],
    statuses: Sequence[Sequence[Status]],
    scale: Axis,
    asked: float,
    words: Mapping[str, str],
) -> Iterator[Interval]:
    """Neighbours of equal status are one interval."""
    told = [(row, tuple(possible), not row["gates"]) for row, possible in zip(rows, statuses, strict=True)]
    for (possible, is_domestic), group in groupby(told, key=lambda each: each[1:]):
        members = [row for row, *_ in group]
        start, end = members[0]["from"], members[-1]["to"]
        x = scale.left if start is None else scale.x(span(start).first)
        width = round(max(NARROWEST, (scale.right if end is None else scale.x(span(end).first)) - x), 1)
        x = min(x, round(scale.right - width, 1))
        says = DOMESTIC if is_domestic and possible else possible_in_words(possible, words)
        ends = () if is_domestic or not possible else tuple(dict.fromkeys((possible[-1], possible[0])))
        lines = _fitting(says, [words[word] for word in ends], width)
        middle = _middle(lines, x, x + width, asked)
        shown = lines if middle is not None else ()
        at = round(x + width / 2, 1) if middle is None else middle
        yield Interval(x, width, possible, is_domestic, start, end, _day(start, end), says, shown, at)


def _middle(lines: Sequence[str], start: float, end: float, asked: float) -> float | None:
    """The middle of the words of an interval, beside the mark of the day asked for; None: they have no room there."""
    middle, half = (start + end) / 2, max(map(len, lines), default=0) * LETTER / 2
    if abs(middle - asked) >= half + BESIDE_MARK:
        return round(middle, 1)
    side = max((start, asked), (asked, end), key=lambda each: each[1] - each[0])
    return round(sum(side) / 2, 1) if side[1] - side[0] >= 2 * half else None


def _day(start: str | None, end: str | None) -> str | None:
    """The first day of an interval; of one that has no beginning, the last."""
    if start is not None or end is None:
        return start
    return iso(max(FIRST_DAY, span(end).first - 1))


def possible_in_words(possible: Sequence[str], words: Mapping[str, str]) -> str:
    """Possible statuses in words for a reader.

    >>> possible_in_words(["blocked"], WORDS), possible_in_words(["in_principle", "licensable"], WORDS)
    ('blocked', 'in principle, or licensable')
    >>> possible_in_words(["blocked", "pending", "in_principle"], WORDS)
    'anything from blocked to in principle'
    """
    if not possible:
        return "no such gate"
    if len(possible) == len(STATUSES):
        return NOT_KNOWN
    if len(possible) == 1:
        return words[possible[0]]
    lowest, highest = words[possible[0]], words[possible[-1]]
    return f"{lowest}, or {highest}" if len(possible) == 2 else f"anything from {lowest} to {highest}"


def _fitting(says: str, ends: Sequence[str], width: float) -> tuple[str, ...]:
    """The words that there is room for: of an uncertain status, its two ends on two lines."""
    if len(ends) == 2 and says != NOT_KNOWN:
        lines = (ends[0], f"or {ends[1]}")
        return lines if width >= max(map(len, lines)) * LETTER_SMALL + 8 else ()
    return (says,) if width >= len(says) * LETTER + 8 else ()
