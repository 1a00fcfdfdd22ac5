"""What prevails at a gate: which claims strike which (semantics.md §6)."""

from typing import TYPE_CHECKING, NamedTuple

from policytracker.status.words import PENDING

if TYPE_CHECKING:
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

    @property
    def openings_struck(self) -> int:
        """Places whose earlier openings it strikes when it holds: a stop, all; an opening, what it covers."""
        if self.is_stop:
            return EVERY_PLACE
        return 0 if self.lifts_stops_only else self.covers

    @property
    def stops_struck(self) -> int:
        """Places whose earlier stops it strikes when it holds."""
        return 0 if self.is_stop else self.covers

    @property
    def rule(self) -> int:
        """The rule of §6 by which it strikes."""
        return 1 if self.is_stop else 2

    def strikes(self, earlier: "Holding") -> bool:
        """Whether this claim, when it holds, strikes an earlier one that holds."""
        return bool((self.stops_struck if earlier.is_stop else self.openings_struck) & earlier.place)


def holding(claim: "Claim", match: "CellMatch", certainly_in_force: bool, day: int) -> Holding:
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

    openings_struck: int = 0
    """Places whose openings a later claim strikes."""
    stops_struck: int = 0
    """Places whose stops a later claim strikes."""
    lowest_stop: int | None = None
    highest_opening: int | None = None

    def leaves(self, claim: Holding) -> bool:
        """Whether a claim that holds, earlier than all these, is left."""
        return not (self.stops_struck if claim.is_stop else self.openings_struck) & claim.place

    def before(self, claim: Holding) -> "Later":
        """The state seen from before a claim that holds."""
        stop, opening = self.lowest_stop, self.highest_opening
        if self.leaves(claim) and claim.is_stop:
            stop = claim.rank if stop is None else min(stop, claim.rank)
        elif self.leaves(claim):
            opening = claim.rank if opening is None else max(opening, claim.rank)
        # Below a stop that no opening's status equals, it does not matter which openings are struck.
        no_opening_counts = stop is not None and stop < PENDING
        return Later(
            EVERY_PLACE if no_opening_counts else self.openings_struck | claim.openings_struck,
            self.stops_struck | claim.stops_struck,
            stop,
            opening if stop is None else None,
        )

    def status(self) -> int | None:
        """The rank that the gate comes to if no earlier claim holds (§6); None where no claim holds."""
        return self.highest_opening if self.lowest_stop is None else self.lowest_stop
