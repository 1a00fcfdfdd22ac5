"""A status strip: one row for a cell and one for each gate, coloured by status along one axis of days.

Several cells may share one axis: each has its group of rows. The words for gates and statuses can be given.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from policytracker.events.dates import iso, span
from policytracker.questions.answers import CellInterval
from policytracker.questions.sentences.places import gate_name
from policytracker.status.words import STATUSES, Status
from policytracker.web.charts.axis import Axis
from policytracker.web.charts.recent import Named, names_of, recent_axis, scale_changes
from policytracker.web.charts.shape import Shape
from policytracker.web.charts.steps import gate_names
from policytracker.web.charts.strip_intervals import LETTER, NARROWEST, WORDS, Interval, intervals_of
from policytracker.web.words import MONTHS, day_words

WHOLE = "whole"
"""Stands for the cell as a whole among the names of gates."""
NAMES: Mapping[str, str] = {WHOLE: "The whole answer"}
"""What rows are called; gates by their names in words."""
HEADING_LETTER = 7.6
"""How wide a letter of a heading is at the most, on average."""
MOST_LETTERS = 30
"""Of the name of a row that stands beside it; its titles and the table have all of it."""
ROW, BETWEEN, HEADING, LABEL = 30, 6, 24, 18
"""How high a row is, the room between two, the name of a cell above its rows, and the name of a row above it."""
TOP, AXIS_HEIGHT = 26, 24


WIDE = Shape("wide", 880, 196, 876, names_beside=True)
NARROW = Shape("narrow", 360, 4, 356, names_beside=False)
WHOLE_WIDTH = Shape("wide", 880, 4, 876, names_beside=False)
"""For cells that are drawn without their gates, each under its heading."""


class Row(NamedTuple):
    """The statuses of a cell, or of one gate."""

    name: str
    y: float
    intervals: list[Interval]
    """In order; those that are drawn wider than they are come last in ``drawn``."""

    @property
    def label(self) -> str:
        """As much of the name as has room beside the row."""
        return _cut(self.name, MOST_LETTERS)

    @property
    def drawn(self) -> list[Interval]:
        """The order in which they are drawn: what is very narrow lies above its neighbours."""
        return sorted(self.intervals, key=lambda each: each.width <= NARROWEST)


class Group(NamedTuple):
    """The rows of one cell."""

    company: str
    chip: str
    heading: str | None
    y: float
    rows: list[Row]
    room: int
    """Letters for which its heading has room."""

    @property
    def label(self) -> str | None:
        """As much of the heading as has room; the table has all of it."""
        return self.heading and _cut(self.heading, self.room)

    @property
    def is_one_row(self) -> bool:
        """Whether its heading is the name of its only row."""
        return self.heading is not None and len(self.rows) == 1


class Timeline(NamedTuple):
    """What is drawn of one cell: all its intervals, in order, at least one."""

    intervals: Sequence[CellInterval]
    heading: str | None = None
    with_gates: bool = True


class Strip(NamedTuple):
    """A drawing, in its own units."""

    shape: Shape
    height: float
    groups: list[Group]
    top: float
    bottom: float
    names: list[Named]
    scale_changes: list[float]
    asked: str
    asked_x: float
    asked_name: str

    @property
    def asked_name_x(self) -> float:
        """The middle of the label of the day asked for, which is never cut off."""
        half = len(self.asked_name) * LETTER / 2 + 6
        return round(min(max(self.asked_x, half), self.shape.width - half), 1)

    @property
    def intervals(self) -> list[Interval]:
        """Those of all rows."""
        return [each for group in self.groups for row in group.rows for each in row.intervals]

    @property
    def says(self) -> str:
        """The first row of each cell in words, for those who do not see it."""
        return ". ".join(
            f"{f'{group.heading}, ' if group.heading else ''}{each.start or 'from the beginning'}: {each.in_full}"
            for group in self.groups
            for each in group.rows[0].intervals
        )

    @property
    def statuses(self) -> list[str]:
        """Those that some interval has as one of its ends, lowest first: what a legend explains."""
        told = (each for each in self.intervals if not each.is_unknown and not each.is_domestic)
        known = [each.possible for each in told if each.possible]
        ends = {word for possible in known for word in (possible[0], possible[-1])}
        return [word for word in STATUSES if word in ends]

    @property
    def has_uncertain(self) -> bool:
        """Whether some interval has more than one possible status, but not all."""
        return any(1 < len(each.possible) < len(STATUSES) for each in self.intervals)

    @property
    def has_unknown(self) -> bool:
        """Whether some interval has all."""
        return any(each.is_unknown for each in self.intervals)

    @property
    def has_domestic(self) -> bool:
        """Whether the cell is domestic at some time."""
        return any(each.is_domestic for each in self.intervals)


def turning_days(timelines: Iterable[Timeline]) -> Iterator[int]:
    """The days on which the statuses of cells change, as ordinals."""
    for timeline in timelines:
        yield from (span(row["from"]).first for row in timeline.intervals if row["from"] is not None)


def strip(
    timelines: Sequence[Timeline],
    asked: int,
    newest: int,
    shape: Shape = WIDE,
    names: Mapping[str, str] = NAMES,
    words: Mapping[str, str] = WORDS,
) -> Strip:
    """The strip of one cell or of several under one axis.

    ``asked`` is the day of the question and ``newest`` that of the newest report, ordinals; ``names`` are those of the
    gates (of the whole cell: ``whole``), ``words`` those of the statuses.
    """
    scale = recent_axis(turning_days(timelines), asked, newest, shape.left, shape.right)
    groups, y = [], float(TOP)
    for timeline in timelines:
        group = _group(timeline, scale, scale.x(asked), shape, y, names, words)
        groups.append(group)
        y = group.rows[-1].y + ROW + BETWEEN
    return Strip(
        shape,
        y + AXIS_HEIGHT,
        groups,
        TOP,
        y,
        names_of(scale, MONTHS),
        scale_changes(scale),
        iso(asked),
        scale.x(asked),
        day_words(iso(asked)),
    )


def _group(
    timeline: Timeline,
    scale: Axis,
    asked: float,
    shape: Shape,
    y: float,
    names: Mapping[str, str],
    words: Mapping[str, str],
) -> Group:
    top, rows, first = y, [], timeline.intervals[0]
    y += HEADING if timeline.heading else 0
    found = list(_statuses(timeline))
    is_one_row = timeline.heading is not None and len(found) == 1
    for gate, statuses in found:
        y += 0 if shape.names_beside or is_one_row else LABEL
        name = names.get(gate) or gate_name(gate)
        rows.append(Row(name, y, list(intervals_of(timeline.intervals, statuses, scale, asked, words))))
        y += ROW + BETWEEN
    return Group(first["company"], first["chip"], timeline.heading, top, rows, int(shape.width / HEADING_LETTER))


def _statuses(timeline: Timeline) -> Iterator[tuple[str, list[Sequence[Status]]]]:
    """The possible statuses of the whole cell, then of each gate if there are several, interval by interval."""
    rows = timeline.intervals
    yield WHOLE, [row["possible"] for row in rows]
    gates = gate_names(rows) if timeline.with_gates else []
    if len(gates) > 1:
        known = [{gate["gate"]: gate["possible"] for gate in row["gates"]} for row in rows]
        for name in gates:
            yield name, [each.get(name, ()) for each in known]


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
