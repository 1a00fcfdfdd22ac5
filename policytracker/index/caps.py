"""The conditions that are imposed at the gates of all cells, at a point of the clocks (semantics.md §6, 3).

There are few of them, and each has a side of companies and a side of chips as any claim has. What they do to a cell
does not depend on the other claims at its gate: they let through what is at most ``conditional``.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from policytracker.index.cells import Cap, Point
from policytracker.index.index import Index
from policytracker.index.match_tables import Members, Side, bits
from policytracker.index.selection import is_there
from policytracker.status.periods import CERTAIN
from policytracker.status.words import ANY, CAPPED, PERHAPS_CAPPED, minima

_THROUGH = {
    limit: bytes(minima(each, limit) if 0 < each <= ANY else each for each in range(256))
    for limit in (CAPPED, PERHAPS_CAPPED)
}
_MASK = bytes.maketrans(b"01", b"\x00\xff")


class Reach(NamedTuple):
    """The cells that a condition caps: for some companies, as bits, the chips that it caps certainly and possibly."""

    row: int
    order: tuple[int, int]
    companies: int
    certainly: int
    possibly: int


def reach(index: Index, number: int, point: Point, companies: Members, chips: Members) -> list[Reach]:
    """The conditions in a section that hold at a point, in the order of §6."""
    rows = index.rows
    found: list[Reach] = []
    for _, company, chip, first, last in index.spans(number) if index.has(number) else ():
        for row in range(first, last):
            if is_there(rows, row, *point):
                order = rows.order[row], rows.claim[row]
                one, other = _side(rows.companies[row], company), _side(rows.chips[row], chip)
                certain = bool(rows.code[row] & CERTAIN)
                found += _reached(row, order, certain, companies.ways(one), chips.ways(other))
    return sorted(found, key=lambda each: each.order)


def _side(expression: int, term: int) -> Side:
    return (True, (expression,)) if expression else (False, (term,))


def _reached(
    row: int, order: tuple[int, int], certain: bool, companies: dict[int, int], chips: dict[int, int]
) -> Iterator[Reach]:
    surely, perhaps = (_of(chips, is_certain) for is_certain in (True, False))
    for is_certain in (True, False):
        members = _of(companies, is_certain)
        if members and certain and is_certain:
            yield Reach(row, order, members, surely, perhaps)
        elif members:
            yield Reach(row, order, members, 0, surely | perhaps)


def _of(ways: dict[int, int], certain: bool) -> int:
    """The members that a side matches certainly, or possibly (``matches.code_of``)."""
    found = 0
    for way, members in ways.items():
        if (way - 1 & 1 == 0) is certain:
            found |= members
    return found


def apply(found: bytearray, width: int, companies: int, chips: int, reached: Iterable[Reach]) -> None:
    """Cap the possible statuses of cells, a byte each, at a gate that these companies and chips have, as bits."""
    masks: dict[int, tuple[int, int]] = {}
    for each in reached:
        for place in bits(each.companies & companies):
            certainly, possibly = masks.get(place, (0, 0))
            masks[place] = certainly | each.certainly & chips, possibly | each.possibly & chips
    for place, (certainly, possibly) in masks.items():
        first = place * width
        row = bytes(found[first : first + width])
        for limit, members in ((PERHAPS_CAPPED, possibly & ~certainly), (CAPPED, certainly)):
            row = _at(row.translate(_THROUGH[limit]), row, members) if members else row
        found[first : first + width] = row


def _at(changed: bytes, row: bytes, members: int) -> bytes:
    """A row of bytes that is changed at the places of some members, as bits."""
    # 255 at each of these places, the first the lowest: the rows are taken as one number.
    mask = int.from_bytes(f"{members:0{len(row)}b}"[::-1].encode().translate(_MASK), "little")
    one, other = int.from_bytes(changed, "little"), int.from_bytes(row, "little")
    return (one & mask | other & ~mask).to_bytes(len(row), "little")


def of_company(reached: Sequence[Reach], place: int) -> list[Reach]:
    """Those that reach a company."""
    return [each for each in reached if each.companies >> place & 1]


def on_chip(reached: Iterable[Reach], place: int) -> tuple[Cap, ...]:
    """The conditions that cap the cell of a company, given those that reach it, and a chip; each claim once."""
    found: dict[tuple[int, int], Cap] = {}
    for each in reached:
        if (each.certainly | each.possibly) >> place & 1:
            certain = bool(each.certainly >> place & 1)
            before = found.get(each.order)
            found[each.order] = Cap(each.row, certain or (before is not None and before.certain))
    return tuple(found.values())
