"""What prevails at a gate: which claims strike which (semantics.md §6)."""

from typing import NamedTuple

from policytracker.status.claims import Claim
from policytracker.status.scope import CellMatch

COMPANY_LEVELS = 4
CHIP_LEVELS = 3


def _place(company_level: int, chip_level: int) -> int:
    return 1 << (company_level * CHIP_LEVELS + chip_level)


def _covered(company_level: int, chip_level: int) -> int:
    return sum(_place(i, j) for i in range(company_level + 1) for j in range(chip_level + 1))


PLACES = {(i, j): _place(i, j) for i in range(COMPANY_LEVELS) for j in range(CHIP_LEVELS)}
COVERS = {(i, j): _covered(i, j) for i in range(COMPANY_LEVELS) for j in range(CHIP_LEVELS)}
EVERY_PLACE = COVERS[COMPANY_LEVELS - 1, CHIP_LEVELS - 1]


class Holding(NamedTuple):
    """A claim that holds for one cell on one day, certainly or possibly.

    A claim's company and chip level are a place in a grid of twelve, kept as one bit; ``covers`` are the
    places of claims that it is as specific as.
    """

    order: tuple[int, int, int]
    id: str
    rank: int
    is_stop: bool
    lifts_stops_only: bool
    place: int
    covers: int
    certain: bool

    def strikes(self, earlier: "Holding") -> bool:
        """Whether this claim, when it holds, strikes an earlier one that holds."""
        if self.is_stop:
            return not earlier.is_stop
        if self.lifts_stops_only and not earlier.is_stop:
            return False
        return bool(self.covers & earlier.place)


def holding(claim: Claim, match: CellMatch, certainly_in_force: bool, day: int) -> Holding:
    """A claim as it holds for the cell that it matches (§5, last paragraph)."""
    levels = match.company_level, match.chip_level
    return Holding(
        claim.order,
        claim.id,
        claim.rank(day),
        claim.is_stop,
        claim.lifts_stops_only,
        PLACES[levels],
        COVERS[levels],
        claim.certain and match.certain and certainly_in_force,
    )


class Later(NamedTuple):
    """What the claims from some place in the order on, seen from before it, have decided.

    Walking from the last claim to the first, a claim is struck or left by what came later alone, so this
    bounded state is all that matters (§7: one pass over the ordered claims).
    """

    any_stop: bool = False
    openings_struck: int = 0
    """Places whose openings a later opening strikes."""
    stops_struck: int = 0
    """Places whose stops a later opening strikes."""
    lowest_stop: int | None = None
    highest_opening: int | None = None

    def leaves(self, claim: Holding) -> bool:
        """Whether a claim that holds, earlier than all these, is left."""
        if claim.is_stop:
            return not self.stops_struck & claim.place
        return not self.any_stop and not self.openings_struck & claim.place

    def before(self, claim: Holding) -> "Later":
        """The state seen from before a claim that holds."""
        stop, opening = self.lowest_stop, self.highest_opening
        left = self.leaves(claim)
        if claim.is_stop:
            if left:
                stop = claim.rank if stop is None else min(stop, claim.rank)
            return _only_what_matters(True, 0, self.stops_struck, stop, opening)
        if left:
            opening = claim.rank if opening is None else max(opening, claim.rank)
        openings_struck = self.openings_struck | (0 if claim.lifts_stops_only else claim.covers)
        return _only_what_matters(self.any_stop, openings_struck, self.stops_struck | claim.covers, stop, opening)

    def status(self) -> int | None:
        """The rank that the gate comes to if no earlier claim holds (§6); None where no claim holds."""
        return self.highest_opening if self.lowest_stop is None else self.lowest_stop


def _only_what_matters(
    any_stop: bool, openings_struck: int, stops_struck: int, stop: int | None, opening: int | None
) -> Later:
    """Fold together states from which every earlier claim leads to the same statuses."""
    return Later(
        any_stop,
        0 if any_stop else openings_struck,
        stops_struck,
        stop,
        opening if stop is None else None,
    )
