"""An axis of numbers on which each power of ten is one step; zero has its place before it."""

from collections.abc import Iterable
from math import ceil, floor, log10
from typing import NamedTuple

from policytracker.web.charts.figures import Told
from policytracker.web.charts.shape import Shape

ZERO = 16
"""How far left of the axis zero lies."""
ARROW = 9
"""How long the head of an arrow is."""
LETTER = 6.2
"""How wide a letter is at the most, on average."""
LARGE = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


WIDE = Shape("wide", 880, 430, 860, names_beside=True)
NARROW = Shape("narrow", 360, 28, 346, names_beside=False)
"""Their axes begin at the least number that is not zero."""


class Bar(NamedTuple):
    """A range on the axis."""

    x: float
    end: float
    opens_left: bool
    opens_right: bool
    room: float
    """Where words that stand behind it may begin at the latest."""

    @property
    def has_room_behind(self) -> bool:
        """Whether words fit behind it; else they stand before it."""
        return self.end <= self.room

    @property
    def is_point(self) -> bool:
        """Whether both ends are one number."""
        return self.x == self.end


class Mark(NamedTuple):
    """A number marked on the axis."""

    x: float
    text: str
    anchor: str
    """Where its name has its place: ``start``, ``middle`` or ``end``."""


class Scale(NamedTuple):
    """From numbers to places: powers of ten at equal steps."""

    shape: Shape
    first: int
    """The power of ten at which the axis begins."""
    last: int

    @classmethod
    def of(cls, lines: Iterable[Told], shape: Shape) -> "Scale":
        """A scale that has every end of some ranges, and room behind the largest for an arrow."""
        ends = [end for each in lines for end in each.ends if end] or [1]
        first = floor(log10(min(ends)))
        return cls(shape, first, max(first + 1, ceil(log10(max(ends)) + 0.2)))

    def x(self, number: int) -> float:
        """Where a number is."""
        if number <= 0:
            return self.shape.left - ZERO
        share = (log10(number) - self.first) / (self.last - self.first)
        return round(self.shape.left + share * (self.shape.right - self.shape.left), 1)

    def bar(self, least: int | None, most: int | None) -> Bar:
        """A range; an end that is open reaches as far as the axis does."""
        start = self.shape.left + ARROW if least is None else self.x(least)
        end = self.shape.right - ARROW if most is None else self.x(most)
        return Bar(min(start, end), end, least is None, most is None, self.shape.right - 150)

    def marks(self) -> list[Mark]:
        """Zero and powers of ten, as many as there is room for; none of their names runs into another or is cut off."""
        step = (self.shape.right - self.shape.left) / (self.last - self.first)
        longest = max(len(_number(10**power)) for power in range(self.first, self.last + 1)) * LETTER
        powers = range(self.first, self.last + 1, ceil(1.5 * longest / step))
        found = [Mark(self.x(10**power), _number(10**power), "middle") for power in powers]
        first, last = found[0]._replace(anchor="start"), found[-1]
        ends = last.x + longest / 2 > self.shape.width
        return [Mark(self.x(0), "0", "middle"), first, *found[1:-1], last._replace(anchor="end" if ends else "middle")][
            : len(found) + 1
        ]


def _number(number: int) -> str:
    """A number for an axis.

    >>> _number(1000), _number(10_000_000)
    ('1,000', '10 million')
    """
    for size, word in LARGE:
        if number >= size:
            return f"{number // size:,} {word}"
    return f"{number:,}"
