"""What prevails at a gate: which claims override which (semantics.md §6).

A claim matches a cell at a company level and a chip level. This pair is its *place*: one of twelve, numbered
``company level * 3 + chip level``. Sets of places are kept as bits.

The *effect* of a claim is what §6 asks of its type: the rank of its status, whether it is a restriction, and whether it
is preparatory. The *kind* of a claim that holds is everything that matters for what it does at a gate, as one number:
``place << 4 | possibly << 3 | effect``.

Three sorts of claims are overridden apart: permissions; *prohibitions*, the restrictions whose status is prohibited;
and other restrictions, which a preparatory permission lifts too. Sets of places of restrictions hold the prohibitions
in their lower ``PLACES`` bits, the others above them.

The claims of a gate are read from the last to the first. Whether one is overridden depends on later ones alone, so all
that has to be remembered of these is a *state*: a number with the places whose restrictions are overridden, whether
all permissions are, the lowest restriction left, and the highest permission left. Only a restriction overrides a
permission at a place where a prohibition is not overridden, and then it overrides all: so the places of the
prohibitions tell those of the permissions. The functions of this module take numbers only, so that numba can compile
them as they stand (``index/compiled.py``).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from policytracker.status.claims import EFFECTS
from policytracker.status.words import ANY, BLOCKED, CLEARED, PROHIBITED

if TYPE_CHECKING:
    from policytracker.status.claims import Claim
    from policytracker.status.scope import CellMatch

COMPANY_LEVELS = 4
CHIP_LEVELS = 3
PLACES = COMPANY_LEVELS * CHIP_LEVELS
EVERY_PLACE = (1 << PLACES) - 1
EVERY_RESTRICTION = (1 << 2 * PLACES) - 1
"""Every place, of prohibitions and of other restrictions."""

EFFECT_BITS, POSSIBLY, PLACE_SHIFT = 7, 8, 4
"""The parts of a kind: the bits of its effect, the flag of a claim that holds only possibly, and where its place is."""
ALL_KINDS = PLACES << PLACE_SHIFT
PLACE, PERMISSIONS, RESTRICTIONS, RANK, IS_RESTRICTION, IS_POSSIBLE, AT, OVER, WIDTH = range(9)
"""The columns of ``KINDS``: the place as a bit; the places whose earlier permissions and whose earlier restrictions the
claim overrides; the rank of its status; two flags; and the two places that tell whether it is idle (``is_idle``): the
first among restrictions of its own sort (a permission's among prohibitions, a preparatory one's among the others), the
second among permissions."""
SHUT, LOWEST, HIGHEST = 2 * PLACES, 2 * PLACES + 1, 2 * PLACES + 3
"""This bit of a state tells that all permissions are overridden; from the next on it has the rank of the lowest
restriction left plus one, and that of the highest permission left; 0 for none."""
BEFORE_ALL = 0
"""The state in which no claim has been read."""


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
    permission is idle where at its place both permissions and prohibitions are overridden (other restrictions are,
    where these are); a preparatory one where permissions and other restrictions are; a restriction where those of its
    sort are at its place, and permissions at the place that covers all.
    """
    number, place = kind & EFFECT_BITS, kind >> PLACE_SHIFT
    if number >= len(EFFECTS):
        return (0,) * WIDTH
    effect = EFFECTS[number]
    others = effect.is_preparatory or (effect.is_restriction and effect.rank != PROHIBITED)
    at = place + PLACES if others else place
    if effect.is_restriction:
        permissions, restrictions, over = EVERY_PLACE, 0, PLACES - 1
    else:
        covered = covers(place)
        permissions, over = 0 if effect.is_preparatory else covered, place
        restrictions = covered << PLACES | (0 if effect.is_preparatory else covered)
    flags = int(effect.is_restriction), int(bool(kind & POSSIBLY))
    return 1 << place, permissions, restrictions, effect.rank, *flags, at, over


KINDS: tuple[int, ...] = tuple(value for kind in range(ALL_KINDS) for value in _columns(kind))
"""What each kind does, ``WIDTH`` numbers a kind."""


def is_idle(permissions: int, restrictions: int, at: int, kinds: Sequence[int]) -> bool:
    """Whether a claim makes no difference, given the places of which certain later claims override either sort.

    ``at`` is where the kind of the claim stands in ``kinds``; ``_columns`` says which places count.
    """
    return restrictions >> kinds[at + AT] & permissions >> kinds[at + OVER] & 1 != 0


def permissions_of(state: int) -> int:
    """The places whose permissions are overridden."""
    return EVERY_PLACE if state >> SHUT & 1 else state & EVERY_PLACE


def leaves(state: int, at: int, kinds: Sequence[int]) -> bool:
    """Whether the claims behind a state leave an earlier claim that holds."""
    if kinds[at + IS_RESTRICTION]:
        return state >> kinds[at + AT] & 1 == 0
    return permissions_of(state) & kinds[at + PLACE] == 0


def before(state: int, at: int, kinds: Sequence[int], exact: bool) -> int:
    """The state once one more claim that holds, earlier than those behind the state, has been read.

    Unless it is to be ``exact``, states are made alike that come to the same statuses, though other claims may stand:
    beside a restriction that is left permissions do not count; nothing lies below ``prohibited``, nothing above
    ``cleared``.
    """
    restrictions, shut = state & EVERY_RESTRICTION, state >> SHUT & 1
    lowest, highest = state >> LOWEST & 3, state >> HIGHEST
    rank = kinds[at + RANK]
    if kinds[at + IS_RESTRICTION]:
        if leaves(state, at, kinds) and (lowest == 0 or rank + 1 < lowest):
            lowest = rank + 1
        shut = 1
    elif leaves(state, at, kinds) and rank > highest:
        highest = rank
    restrictions |= kinds[at + RESTRICTIONS]
    if lowest:
        highest = 0
        if not exact and lowest <= BLOCKED + 1:
            # No other restriction lies below one that blocks; and nothing below a prohibition.
            restrictions |= EVERY_RESTRICTION if lowest == PROHIBITED + 1 else EVERY_PLACE << PLACES
    elif not exact and highest == CLEARED:
        shut = 1
    return restrictions | shut << SHUT | lowest << LOWEST | highest << HIGHEST


def outcome(state: int) -> int:
    """The possible statuses of a gate, as bits, where no claim earlier than those behind the state holds (§6)."""
    lowest = state >> LOWEST & 3
    if lowest:
        return 1 << lowest - 1
    highest = state >> HIGHEST
    return 1 << highest if highest else ANY


class Holding(NamedTuple):
    """A claim that holds for one cell on one day, certainly or possibly, for explanations."""

    order: tuple[int, int, int, int]
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
        if earlier.is_restriction:
            return bool(self._column(RESTRICTIONS) >> earlier._column(AT) & 1)
        return bool(self._column(PERMISSIONS) & earlier._column(PLACE))

    @property
    def sort(self) -> tuple[bool, int]:
        """What decides whether a later claim overrides it: whether it is a restriction, and where it is told apart."""
        return self.is_restriction, self._column(AT) if self.is_restriction else self.place

    def _column(self, column: int) -> int:
        return KINDS[self.kind * WIDTH + column]


def holding(claim: "Claim", match: "CellMatch", holds_certainly: bool, day: int) -> Holding:
    """A claim as it holds on a day for the cell that it matches (§5, last paragraph)."""
    place = place_of(match.company_level, match.chip_level)
    return Holding(claim.order(day), claim.id, kind_of(claim.effect(day), place, match.certain and holds_certainly))
