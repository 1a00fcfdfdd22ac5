"""Drawings for a terminal: made of a ledger without a server, and without the address of a page below them."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from policytracker.ledger import clock
from policytracker.ledger.where import Where
from policytracker.questions.answers import CellInterval
from policytracker.questions.matrix import Matrix
from policytracker.questions.reader import Clocks
from policytracker.web.charts.strip import Timeline
from policytracker.web.opened import Opened
from policytracker.web.page import Question
from policytracker.web.pictures.cell import timeline_svg
from policytracker.web.pictures.matrix import matrix_svg
from policytracker.web.site_places import Extent, SiteAddresses


def timeline_drawing(ledger: Where, clocks: Clocks, intervals: Sequence[CellInterval]) -> str:
    """The timeline of a cell as SVG: all its intervals, or some in a row; at least one."""
    named = {name: intervals[0][name] for name in ("company", "chip")}
    return timeline_svg(_question(ledger, clocks, named), _nowhere(clocks), Timeline(intervals))


def matrix_drawing(ledger: Where, clocks: Clocks, matrix: Matrix, each: bool) -> str:
    """A matrix as SVG, each company and chip by itself, or those that are alike gathered."""
    return matrix_svg(_question(ledger, clocks, {}, {"each": "1"} if each else {}), _nowhere(clocks), matrix)


def _question(ledger: Where, clocks: Clocks, path: dict[str, str], query: dict[str, str] | None = None) -> Question:
    return Question(Opened(ledger, clock.today), clocks, path, query or {})


def _nowhere(clocks: Clocks) -> SiteAddresses:
    """Addresses in a folder that nobody has put anywhere: none is printed."""
    return SiteAddresses(PurePosixPath("drawing"), {}, clocks, Extent())
