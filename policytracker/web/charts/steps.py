"""A step chart of spells: one track for the whole cell and for each gate, the uncertain band between its two edges."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from policytracker.questions.answers import CellInterval
from policytracker.questions.sentences.places import gate_name
from policytracker.status.words import RANK, STATUSES
from policytracker.web.charts.axis import Axis, Clock, Tick, axis, ticks

WIDTH, LEFT, RIGHT = 800, 98, 788
TOP = 30
"""Below the numbers of the turns."""
HEADING = 24
BAND = 17
"""How high one status is."""
BETWEEN = 12
AXIS_HEIGHT = 40
NUMBERS_APART = 20


class Band(NamedTuple):
    """The band of one status."""

    word: str
    y: float
    """Its upper end."""

    @property
    def middle(self) -> float:
        """Where the line runs while the status is certain."""
        return self.y + BAND / 2


class Stretch(NamedTuple):
    """A stretch of a track over which the possible statuses stay the same."""

    x: float
    width: float
    y: float
    """The upper end of the highest possible band."""
    height: float
    """Down to the lower end of the lowest possible band."""
    possible: tuple[str, ...]
    """Empty: the cell has no such gate, because its registry is another then."""
    start: str | None
    end: str | None

    @property
    def is_unknown(self) -> bool:
        """Whether any status is possible."""
        return len(self.possible) == len(STATUSES)

    @property
    def high(self) -> float:
        """Where the upper edge runs: the middle of the highest possible band."""
        return self.y + BAND / 2

    @property
    def low(self) -> float:
        """Where the lower edge runs: the middle of the lowest possible band."""
        return self.y + self.height - BAND / 2

    @property
    def between(self) -> list[float]:
        """Where lines run between the edges: the middles of the other possible bands."""
        highest = RANK[self.possible[-1]]
        return [self.high + BAND * (highest - RANK[word]) for word in self.possible[1:-1]]


class Track(NamedTuple):
    """The statuses of the whole cell, or of one gate."""

    name: str
    y: float
    bands: list[Band]
    stretches: list[Stretch]
    low: str
    """The path of the lower edge; where a status is certain it runs with the upper one."""
    high: str


class Number(NamedTuple):
    """The numbers of one turn, or of several that lie close together: the rows of the table beside the chart."""

    x: float
    first: int
    last: int


class Chart(NamedTuple):
    """A drawing, in its own units."""

    width: int
    height: float
    left: float
    right: float
    top: float
    bottom: float
    tracks: list[Track]
    numbers: list[Number]
    turns: list[float]
    ticks: list[Tick]
    breaks: list[float]
    now: float
    """Where the date of the question lies on the clock of the chart."""


def step_chart(rows: Sequence[CellInterval], clock: Clock, now: str | None) -> Chart:
    """The chart of a cell's spells, given in order from the beginning on; at least one.

    ``now`` is the date of the question on the clock of the chart; None: its end.
    """
    starts = [row["from"] for row in rows if row["from"] is not None]
    said = [*starts, *([now] if now is not None else [])]
    scale = axis([clock.when(text) for text in said] or [0.0], LEFT, RIGHT)
    tracks = list(_tracks(rows, clock, scale))
    bottom = tracks[-1].bands[0].y + len(STATUSES) * BAND
    turns = [scale.x(clock.when(start)) for start in starts]
    asked = [(clock.when(now), clock.day(now))] if now is not None else []
    return Chart(
        WIDTH,
        bottom + AXIS_HEIGHT,
        LEFT,
        RIGHT,
        TOP,
        bottom,
        tracks,
        list(numbers(turns)),
        turns,
        ticks(scale, [(clock.when(start), clock.day(start)) for start in starts], asked),
        scale.breaks(),
        RIGHT if now is None else scale.x(clock.when(now)),
    )


def gate_names(rows: Iterable[CellInterval]) -> list[str]:
    """The gates that a cell has at some time: export gates by jurisdiction, then import gates."""
    names = {gate["gate"] for row in rows for gate in row["gates"]}
    return sorted(names, key=lambda name: name.split("/")[::-1])


def _tracks(rows: Sequence[CellInterval], clock: Clock, scale: Axis) -> Iterator[Track]:
    names = gate_names(rows)
    statuses: dict[str, list[Sequence[str]]] = {"The whole cell": [row["possible"] for row in rows]}
    if len(names) > 1:
        gates = [{gate["gate"]: gate["possible"] for gate in row["gates"]} for row in rows]
        statuses |= {gate_name(name): [each.get(name, ()) for each in gates] for name in names}
    y = float(TOP)
    for name, possible in statuses.items():
        yield _track(name, y, list(_stretches(rows, possible, clock, scale, y + HEADING)))
        y += HEADING + len(STATUSES) * BAND + BETWEEN


def _stretches(
    rows: Sequence[CellInterval], possible: Sequence[Sequence[str]], clock: Clock, scale: Axis, y: float
) -> Iterator[Stretch]:
    for _, group in groupby(zip(rows, possible, strict=True), key=lambda pair: tuple(pair[1])):
        spells = list(group)
        start, end, words = spells[0][0]["from"], spells[-1][0]["to"], tuple(spells[0][1])
        x = scale.left if start is None else scale.x(clock.when(start))
        until = scale.right if end is None else scale.x(clock.when(end))
        top, height = (band_y(y, words[-1]), BAND * (RANK[words[-1]] - RANK[words[0]] + 1)) if words else (y, 0)
        yield Stretch(x, round(until - x, 1), top, height, words, start, end)


def band_y(top: float, word: str) -> float:
    """The upper end of a status's band: the highest status lies at the top."""
    return top + BAND * (len(STATUSES) - 1 - RANK[word])


def _track(name: str, y: float, stretches: list[Stretch]) -> Track:
    bands = [Band(word, band_y(y + HEADING, word)) for word in reversed(STATUSES)]
    low = _path((each, each.low) for each in stretches)
    high = _path((each, each.high) for each in stretches)
    return Track(name, y, bands, stretches, low, high)


def _path(edge: Iterator[tuple[Stretch, float]]) -> str:
    """A line of steps; it stops where nothing is known, and where there is no gate."""
    found: list[str] = []
    drawing = False
    for stretch, y in edge:
        if stretch.is_unknown or not stretch.possible:
            drawing = False
            continue
        found.append(f"V{y:g}" if drawing else f"M{stretch.x:g} {y:g}")
        found.append(f"H{stretch.x + stretch.width:g}")
        drawing = True
    return " ".join(found)


def numbers(turns: Sequence[float]) -> Iterator[Number]:
    """The numbers of turns, given by their places in order; those that would run together are one."""
    gathered: list[list[int]] = []
    for place, x in enumerate(turns):
        if gathered and x - turns[gathered[-1][-1]] < NUMBERS_APART:
            gathered[-1].append(place)
        else:
            gathered.append([place])
    for places in gathered:
        middle = (turns[places[0]] + turns[places[-1]]) / 2
        yield Number(round(middle, 1), places[0] + 1, places[-1] + 1)
