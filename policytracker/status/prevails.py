"""What prevails at a gate: which claims override which (semantics.md §6).

A claim matches a cell at a company level and a chip level. This pair is its *place*: one of twelve, numbered
``company level * 3 + chip level``. Sets of places are kept as bits.

The *effect* of a claim is what §6 asks of its type: the rank of its status, whether it is a restriction, and whether it
is preparatory. The *kind* of a claim that holds is everything that matters for what it does at a gate, as one number:
``place << 4 | possibly << 3 | effect``.

The claims of a gate are read from the last to the first. Whether one is overridden depends on later ones alone, so all
that has to be remembered of these is a *state*: a number with the places whose permissions, and those whose
restrictions, are overridden; the lowest restriction left; and the highest permission left. The functions of this
module take numbers only, so that numba can compile them as they stand (``index/compiled.py``).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from policytracker.status.claims import EFFECTS
from policytracker.status.words import ANY, CLEARED, PENDING, PROHIBITED

if TYPE_CHECKING:
    from policytracker.status.claims import Claim
    from policytracker.status.scope import CellMatch

COMPANY_LEVELS = 4
CHIP_LEVELS = 3
PLACES = COMPANY_LEVELS * CHIP_LEVELS
EVERY_PLACE = (1 << PLACES) - 1

EFFECT_BITS, POSSIBLY, PLACE_SHIFT = 7, 8, 4
"""The parts of a kind: the bits of its effect, the flag of a claim that holds only possibly, and where its place is."""
ALL_KINDS = PLACES << PLACE_SHIFT
PLACE, PERMISSIONS, RESTRICTIONS, RANK, IS_RESTRICTION, IS_POSSIBLE, AT, OVER, WIDTH = range(9)
"""The columns of ``KINDS``: the place as a bit; the places whose earlier permissions and whose earlier restrictions the
claim overrides; the rank of its status; two flags; and the two places that tell whether it is idle (``is_idle``)."""
LOWEST, HIGHEST = 2 * PLACES, 2 * PLACES + 2
"""From these bits of a state on: the rank of the lowest restriction left plus one, that of the highest permission
left; 0 for none."""
BEFORE_ALL = 0
"""The state in which no claim has been read."""
DECIDED = (1 << LOWEST) - 1
"""These bits of a state are all set where every earlier claim is overridden."""


def place_of(company_level: int, chip_level: int) -> int:
    """The number of a place."""
    return company_level * CHIP_LEVELS + chip_level


def covers(place: int) -> int:
    """The places of the claims that a claim at a place is as specific as, as bits.

    >>> bin(covers(place_of(1, 1)))
    '0b11011'
    """
    company_level, chip_level = divmod(place, CHIP_LEVELS)
    return sum(1 << place_of(i, j) for i in range(company_level + 1) for j in range(chip_level + 1))


def kind_of(effect: int, place: int, certain: bool) -> int:
    """The kind of a claim with an effect (its number among ``claims.EFFECTS``) that holds so."""
    return place << PLACE_SHIFT | (0 if certain else POSSIBLY) | effect


def _columns(kind: int) -> tuple[int, ...]:
    """What a claim of a kind does: rule 1 for a restriction, rule 2 for a permission.

    A claim is idle where certain later claims override it, and everything that it overrides: what is overridden
    overrides all the same (§6). What they override at a place they override at all places that this one covers. So a
    permission is idle where at its place both restrictions and permissions are overridden; a restriction where
    restrictions are at its place, and permissions at the place that covers all.
    """
    number, place = kind & EFFECT_BITS, kind >> PLACE_SHIFT
    if number >= len(EFFECTS):
        return (0,) * WIDTH
    effect = EFFECTS[number]
    if effect.is_restriction:
        permissions, restrictions, over = EVERY_PLACE, 0, PLACES - 1
    else:
        permissions, restrictions, over = 0 if effect.is_preparatory else covers(place), covers(place), place
    flags = int(effect.is_restriction), int(bool(kind & POSSIBLY))
    return 1 << place, permissions, restrictions, effect.rank, *flags, place, over


KINDS: tuple[int, ...] = tuple(value for kind in range(ALL_KINDS) for value in _columns(kind))
"""What each kind does, ``WIDTH`` numbers a kind."""


def is_idle(permissions: int, restrictions: int, at: int, kinds: Sequence[int]) -> bool:
    """Whether a claim makes no difference, given the places of which certain later claims override either sort.

    ``at`` is where the kind of the claim stands in ``kinds``; ``_columns`` says which places count.
    """
    return restrictions >> kinds[at + AT] & permissions >> kinds[at + OVER] & 1 != 0


def leaves(state: int, at: int, kinds: Sequence[int]) -> bool:
    """Whether the claims behind a state leave an earlier claim that holds."""
    overridden = state >> PLACES if kinds[at + IS_RESTRICTION] else state
    return overridden & kinds[at + PLACE] == 0


def before(state: int, at: int, kinds: Sequence[int], exact: bool) -> int:
    """The state once one more claim that holds, earlier than those behind the state, has been read.

    Unless it is to be ``exact``, states are made alike that come to the same statuses, though other claims may stand:
    beside a restriction that is left permissions do not count; nothing lies below ``prohibited``, nothing above
    ``cleared``.
    """
    permissions, restrictions = state & EVERY_PLACE, state >> PLACES & EVERY_PLACE
    lowest, highest = state >> LOWEST & 3, state >> HIGHEST
    rank = kinds[at + RANK]
    if kinds[at + IS_RESTRICTION]:
        if restrictions & kinds[at + PLACE] == 0 and (lowest == 0 or rank + 1 < lowest):
            lowest = rank + 1
    elif permissions & kinds[at + PLACE] == 0 and rank > highest:
        highest = rank
    permissions |= kinds[at + PERMISSIONS]
    restrictions |= kinds[at + RESTRICTIONS]
    if lowest:
        highest = 0
        if not exact or lowest <= PENDING:
            # Below a restriction that no permission's status equals, no permission can stand.
            permissions = EVERY_PLACE
        if not exact and lowest == PROHIBITED + 1:
            restrictions = EVERY_PLACE
    elif not exact and highest == CLEARED:
        permissions = EVERY_PLACE
    return permissions | restrictions << PLACES | lowest << LOWEST | highest << HIGHEST


def outcome(state: int) -> int:
    """The possible statuses of a gate, as bits, where no claim earlier than those behind the state holds (§6)."""
    lowest = state >> LOWEST & 3
    if lowest:
        return 1 << lowest - 1
    highest = state >> HIGHEST
    return 1 << highest if highest else ANY


class Holding(NamedTuple):
    """A claim that holds for one cell on one day, certainly or possibly, for explanations."""

    order: tuple[int, int, int]
    id: str
    kind: int

    @property
    def rank(self) -> int:
        """The rank of its status."""
        return self._column(RANK)

    @property
    def is_restriction(self) -> bool:
        """Whether it is a restriction; else it is a permission."""
        return bool(self._column(IS_RESTRICTION))

    @property
    def place(self) -> int:
        """The place at which it matches the cell."""
        return self.kind >> PLACE_SHIFT

    @property
    def certain(self) -> bool:
        """Whether it holds certainly."""
        return not self._column(IS_POSSIBLE)

    @property
    def rule(self) -> int:
        """The rule of §6 by which it overrides."""
        return 1 if self.is_restriction else 2

    def overrides(self, earlier: "Holding") -> bool:
        """Whether this claim, when it holds, overrides an earlier one that holds."""
        column = RESTRICTIONS if earlier.is_restriction else PERMISSIONS
        return bool(self._column(column) & earlier._column(PLACE))

    def _column(self, column: int) -> int:
        return KINDS[self.kind * WIDTH + column]


def holding(claim: "Claim", match: "CellMatch", certainly_in_force: bool, day: int) -> Holding:
    """A claim as it holds for the cell that it matches (§5, last paragraph)."""
    certain = claim.certain and match.certain and certainly_in_force
    place = place_of(match.company_level, match.chip_level)
    return Holding(claim.order, claim.id, kind_of(claim.effect(day), place, certain))
