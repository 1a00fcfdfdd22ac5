"""What of a claim that holds for a cell matters for what it does there, as bits of one number.

The levels are kept in unary (level 2 of companies is ``0b011``), so that a claim that reaches a cell through several
selectors, at their highest levels (semantics.md §4), is the union of their bits.
"""

from policytracker.status.found import LIFTS_STOPS_ONLY, RANK, STOP
from policytracker.status.prevails import COVERS, PLACES, Holding

OF_ROLE = RANK | STOP | LIFTS_STOPS_ONLY
POSSIBLE = 1 << 5
CHIP_LEVEL = 6
"""The lowest of the two bits of the chip level."""
COMPANY_LEVEL = 8
"""The lowest of the three bits of the company level."""
NOTHING = 1 << 11
"""The claim does not match at all."""
BITS = 12
INSTEAD = 1 << 12
"""What a list of one company says of a claim holds instead of what lists of many companies say of it."""
SHARED = 1 << 13
"""Several lists or sides may tell of the claim, so that its place is known only where they meet."""
PARTLY = 1 << 14
"""Some companies of the class are told something else instead: the claim is not certain to strike for all of them."""
ALL_BITS = 15


def unary(level: int) -> int:
    """So many bits as the level says.

    >>> [bin(unary(level)) for level in range(4)]
    ['0b0', '0b1', '0b11', '0b111']
    """
    return (1 << level) - 1


def company_bits(level: int, certain: bool) -> int:
    """What the match with a company adds to a kind."""
    return unary(level) << COMPANY_LEVEL | (0 if certain else POSSIBLE)


def chip_bits(level: int, certain: bool) -> int:
    """What the match with a chip adds to a kind."""
    return unary(level) << CHIP_LEVEL | (0 if certain else POSSIBLE)


def levels(kind: int) -> tuple[int, int]:
    """The company and the chip level."""
    return (kind >> COMPANY_LEVEL & 0b111).bit_count(), (kind >> CHIP_LEVEL & 0b11).bit_count()


def holding(kind: int) -> Holding:
    """A claim of this kind, without a place in the order and a name."""
    place = levels(kind)
    stop, lifts, certain = bool(kind & STOP), bool(kind & LIFTS_STOPS_ONLY), not kind & POSSIBLE
    return Holding((0, 0, 0), "", kind & RANK, stop, lifts, PLACES[place], COVERS[place], certain)
