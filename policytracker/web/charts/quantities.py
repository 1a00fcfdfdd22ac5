"""Quantities as bars on a logarithmic axis: from what was ordered to what was shipped, one line a report.

Zero has a place of its own, left of the axis. An end that no report gives is an arrow.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from policytracker.questions.amounts import left_in_words
from policytracker.questions.answers import LeftOfApproval
from policytracker.questions.sentences.places import gate_name
from policytracker.web.charts.figures import KINDS, Told
from policytracker.web.charts.powers import LETTER, WIDE, ZERO, Bar, Mark, Scale
from policytracker.web.charts.shape import Shape

NOBODY: Mapping[str, str] = {}
MOST = 40
"""Lines of a drawing; the table has all of them."""
HEADING, LINE, LINE_NARROW, AXIS, BETWEEN = 26, 36, 54, 30, 14
"""How high are the name of a block, a line in a wide and in a narrow drawing, an axis, and the room between two."""


class Line(NamedTuple):
    """What one report, or several that agree, give for one event."""

    y: float
    text: str
    source: str
    says: str
    """All of it, not cut."""
    event: str
    kind: str
    bar: Bar
    bar_y: float
    """The middle of the bar."""
    is_sure: bool
    """Whether it counts certainly, and is not what another report gives instead."""
    left: str | None
    """What is left of it, in words, where something is known to be used."""
    is_used_up: bool


class Block(NamedTuple):
    """The lines of one kind, and of one gate."""

    heading: str
    y: float
    lines: list[Line]


class Panel(NamedTuple):
    """All that is counted in one unit, on one axis."""

    unit: str
    y: float
    bottom: float
    blocks: list[Block]
    marks: list[Mark]


class Amounts(NamedTuple):
    """A drawing, in its own units."""

    shape: Shape
    height: float
    panels: list[Panel]
    missing: int
    """How many lines there was no room for."""

    @property
    def zero(self) -> float:
        """Where zero lies."""
        return self.shape.left - ZERO


def amounts(
    lines: Sequence[Told],
    left: Mapping[str, LeftOfApproval],
    shape: Shape = WIDE,
    chips: Mapping[str, str] | None = None,
    whom: Mapping[str, str] = NOBODY,
    kinds: Mapping[str, str] = KINDS,
) -> Amounts:
    """The drawing of some figures. ``left``: what is left of approvals, by the id of their event; ``chips``: how chips
    are called, where lines are of several; ``whom``: for whom, in words, by the id of the event; ``kinds``: the words
    for what happened."""
    panels, y = [], 0.0
    for unit, group in groupby(lines[:MOST], key=lambda each: each.unit):
        members = list(group)
        scale = Scale.of(members, shape)
        start, blocks = y, []
        for (kind, gate), block in groupby(members, key=lambda each: (each.row["kind"], each.row["gate"])):
            where = f": {gate_name(gate)}" if gate else ""
            y += HEADING
            drawn = list(_lines(block, left, shape, scale, y, chips, whom))
            blocks.append(Block(f"{kinds[kind]}{where}", y - 8, drawn))
            y += len(blocks[-1].lines) * (LINE if shape.names_beside else LINE_NARROW)
        panels.append(Panel(unit, start, y, blocks, scale.marks()))
        y += AXIS + BETWEEN
    return Amounts(shape, y, panels, max(0, len(lines) - MOST))


def _lines(
    block: Iterable[Told],
    left: Mapping[str, LeftOfApproval],
    shape: Shape,
    scale: "Scale",
    y: float,
    chips: Mapping[str, str] | None,
    whom: Mapping[str, str],
) -> Iterator[Line]:
    room = int((shape.left - ZERO - 12 if shape.names_beside else shape.width - 8) / LETTER)
    for each in block:
        known = left.get(each.figure["event"]) if each.other is None else None
        is_used = known is not None and (known["min"], known["max"]) != each.ends
        chip = f"{chips.get(each.row['chip'], each.row['chip'])}: " if chips is not None else ""
        instead = "another report: " if each.other else ""
        companies = whom.get(each.figure["event"], each.row["companies"])
        text = f"{instead}{chip}{each.amount} for {companies}"
        disputed = "; disputed" if each.figure["disputed_by"] and each.other is None else ""
        source = f"{each.source}{disputed}"
        yield Line(
            y,
            _cut(text, room),
            _cut(source, room),
            f"{text} – {source}",
            each.figure["event"],
            each.row["kind"],
            scale.bar(*each.ends),
            y + (14 if shape.names_beside else 42),
            each.other is None and each.figure["counts"] == "certainly",
            left_in_words(known) if known is not None and is_used else None,
            known is not None and known["used_up"],
        )
        y += LINE if shape.names_beside else LINE_NARROW


def _cut(text: str, letters: int) -> str:
    """A text that fits; what is left out is in the title and in the table."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
