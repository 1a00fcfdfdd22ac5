"""Find what holds for one cell on any day, at one point of the other two clocks."""

from policytracker.projections import asking
from policytracker.projections.asking import ask
from policytracker.projections.finding import Cell, Finder, Point
from policytracker.projections.keys import PAIR
from policytracker.status.directory import Gate
from policytracker.status.sweeps import Stretch


def over_days(finder: Finder, cell: Cell, point: Point) -> list[tuple[Gate, list[Stretch]]]:
    """What is found for each gate of a cell, whatever the day of the point; each claim once a stretch."""
    keys = [base | pair for _, base in cell.gates if base for pair in cell.pairs]
    gates: dict[int, dict[tuple[int, int, int], Stretch]] = {base: {} for _, base in cell.gates}
    for key, *row, day_from, day_to in ask(finder.connection, asking.ALL_DAYS, point, keys):
        claim = finder.claim(cell, key, *row)
        if claim is not None:
            when = claim.order[2], day_from, day_to
            other = gates[key & ~PAIR].get(when)
            both = claim if other is None else claim.with_levels_of(other.claim)
            gates[key & ~PAIR][when] = Stretch(day_from, day_to, both)
    return [(gate, list(gates[base].values())) for gate, base in cell.gates]
