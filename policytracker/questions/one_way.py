"""What changed between two points that differ in one clock alone, gathered for people to read."""

from policytracker.questions.all_cells import all_cells
from policytracker.questions.diff import SAME, Instant, Points, Same, Walk, asked_of
from policytracker.questions.groups import Group, alike
from policytracker.questions.names import Wanted
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.statuses import differing


def in_one_way(
    reader: Reader,
    points: Points,
    recorded: Instant,
    company: Wanted,
    chip: Wanted,
    to_recorded: Instant | Same = SAME,
    most: int | None = None,
) -> list[Group]:
    """The changes between two points that differ in one clock alone, those that befall most cells first.

    Of very many cells, those whose statuses change alike are explained by one of them. ``most``: changes that are
    wanted; None: all. Raises as ``diff`` does.
    """
    later = recorded if to_recorded == SAME else to_recorded
    companies, chips = asked_of(reader, points, (recorded, later), company, chip)
    first, last = Clocks(points.at, points.known, recorded), Clocks(points.to_at, points.to_known, later)
    was, now = (all_cells(reader, clocks).among(companies, chips) for clocks in (first, last))
    cells = differing(was, now)
    walk = Walk(reader, points, recorded, later)
    return alike(cells, [(was[cell], now[cell]) for cell in cells], walk.steps, most)
