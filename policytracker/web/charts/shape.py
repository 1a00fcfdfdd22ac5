"""The room that a chart is drawn in."""

from typing import NamedTuple


class Shape(NamedTuple):
    """The room for a drawing, in its own units: pixels where it is drawn at its own size."""

    name: str
    width: int
    left: int
    """Where the axis begins"""
    right: int
    """and ends."""
    names_beside: bool
    """Whether the words of a row stand left of it; else above."""
