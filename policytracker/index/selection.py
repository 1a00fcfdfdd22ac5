"""Which periods can decide a gate of a cell: at a point of the clocks, or along one of them (semantics.md §5, §6).

Claims are read from the last to the first. One that certain later claims override, with everything that it overrides,
makes no difference (``prevails.is_idle``) and is left out; and once no place has an earlier permission that would
count, nor a restriction, reading stops. This is the one place that decides what need not be read.

The functions over rows take flat sequences of numbers and make none: they run as they stand, or compiled.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from policytracker.index.layout import Numbers, Rows
from policytracker.status.periods import CERTAIN
from policytracker.status.prevails import (
    CHIP_LEVELS,
    EFFECT_BITS,
    IS_POSSIBLE,
    IS_RESTRICTION,
    PERMISSIONS,
    PLACE_SHIFT,
    POSSIBLY,
    RESTRICTIONS,
    WIDTH,
    is_idle,
)


class Codes(Protocol):
    """How each scope expression, by its number, matches a company or a chip (``matches.code_of``)."""

    def __getitem__(self, number: int, /) -> int: ...


class Point(NamedTuple):
    """A point of all three clocks."""

    day: int
    known: int
    """A moment; of everything published, FOREVER - 1."""
    seen: int
    """The position of the last event that counts, at most ``NEVER - 1``."""


NEXT, LAST, PLACE, LIST = range(4)
"""The columns of a list: the next row to read, reading backwards; the last one to be read; the place at which its terms
match the cell; and how many columns there are."""


def is_there(rows: Rows, row: int, day: int, known: int, seen: int) -> bool:
    """Whether a row tells of a point of the clocks: a day, a moment, and the position of the last event that counts."""
    return (
        rows.day_from[row] <= day < rows.day_to[row]
        and rows.known_from[row] <= known < rows.known_to[row]
        and rows.seen_from[row] <= seen < rows.seen_to[row]
    )


def match_at(rows: Rows, row: int, place: int, of_company: Codes, of_chip: Codes) -> int:
    """How a row matches a cell whose terms find it at a place: twice the place, and 1 more if only possibly; -1: not.

    ``of_company`` and ``of_chip`` tell how each scope expression matches the two: 0 not at all, else 1 plus twice the
    level, and 1 more if only possibly.
    """
    company, chip = rows.companies[row], rows.chips[row]
    if company == 0 and chip == 0:
        return 2 * place
    company_level, chip_level, possibly = place // CHIP_LEVELS, place % CHIP_LEVELS, 0
    if company:
        match = of_company[company]
        if match == 0:
            return -1
        company_level, possibly = match - 1 >> 1, match - 1 & 1
    if chip:
        match = of_chip[chip]
        if match == 0:
            return -1
        chip_level, possibly = match - 1 >> 1, possibly | (match - 1 & 1)
    return 2 * (company_level * CHIP_LEVELS + chip_level) + possibly


def kind_at(code: int, match: int) -> int:
    """The kind (``prevails``) of a claim with a code that matches so."""
    possibly = 0 if code & CERTAIN and not match & 1 else POSSIBLY
    return match >> 1 << PLACE_SHIFT | possibly | code & EFFECT_BITS


def select(
    rows: Rows,
    lists: Numbers,
    count: int,
    kinds: Sequence[int],
    of_company: Codes,
    of_chip: Codes,
    point: Point,
    found: Numbers,
) -> int:
    """The claims that can decide a gate at a point, the last first: two numbers each in ``found``, its kind and a row.

    ``lists`` are the rows that the cell finds, key by key. Returns how many claims there are, or, negative, how many
    more than ``found`` has room for were met, less one: then it is to be asked again with more room.
    """
    permissions, restrictions, size = 0, 0, 0
    day, known, seen = point
    for at in range((count - 1) * LIST, -1, -LIST):
        count = _settle(rows, lists, at, count, permissions, restrictions, kinds, day, known, seen)
    while count:
        best = _last_of(rows, lists, count)
        row = lists[best + NEXT]
        order, claim = rows.order[row], rows.claim[row]
        match = match_at(rows, row, lists[best + PLACE], of_company, of_chip)
        for at in range((count - 1) * LIST, -1, -LIST):
            other = lists[at + NEXT]
            if rows.order[other] == order and rows.claim[other] == claim:
                # A claim that is found under several keys counts at the highest level on either side (§4).
                if other != row and match >= 0:
                    match = higher(match, match_at(rows, other, lists[at + PLACE], of_company, of_chip))
                lists[at + NEXT] = other - 1
                count = _settle(rows, lists, at, count, permissions, restrictions, kinds, day, known, seen)
        kind = kind_at(rows.code[row], max(match, 0))
        at = kind * WIDTH
        if match < 0 or is_idle(permissions, restrictions, at, kinds):
            continue
        if 2 * size + 1 >= len(found):
            return -1 - size
        found[2 * size], found[2 * size + 1] = kind, row
        size += 1
        if not kinds[at + IS_POSSIBLE]:
            permissions |= kinds[at + PERMISSIONS]
            restrictions |= kinds[at + RESTRICTIONS]
            count = _close(lists, count, permissions, restrictions)
    return size


def higher(one: int, other: int) -> int:
    """Two ways in which a claim matches a cell, as one: the highest level on either side."""
    place, second = one >> 1, other >> 1
    company_level = max(place // CHIP_LEVELS, second // CHIP_LEVELS)
    return 2 * (company_level * CHIP_LEVELS + max(place % CHIP_LEVELS, second % CHIP_LEVELS)) + (one & 1)


def _last_of(rows: Rows, lists: Numbers, count: int) -> int:
    """Where the list begins whose next row comes last in the order of §6."""
    best, order, claim = 0, rows.order[lists[NEXT]], rows.claim[lists[NEXT]]
    for at in range(LIST, count * LIST, LIST):
        row = lists[at + NEXT]
        here = rows.order[row]
        if here > order or (here == order and rows.claim[row] > claim):
            best, order, claim = at, here, rows.claim[row]
    return best


def _settle(
    rows: Rows,
    lists: Numbers,
    at: int,
    count: int,
    permissions: int,
    restrictions: int,
    kinds: Sequence[int],
    day: int,
    known: int,
    seen: int,
) -> int:
    """Let the next row of a list be one that tells of the point and that may make a difference.

    A list without one is dropped: the last list takes its place. Returns how many lists there are then.
    """
    place, last = lists[at + PLACE], lists[at + LAST]
    row = lists[at + NEXT]
    # Where both sorts are overridden at a place, only restrictions may still override something elsewhere.
    only_restrictions = permissions & restrictions & 1 << place != 0
    while row >= last:
        if is_there(rows, row, day, known, seen) and (
            not only_restrictions
            or rows.companies[row]
            or rows.chips[row]
            or kinds[(rows.code[row] & EFFECT_BITS) * WIDTH + IS_RESTRICTION]
        ):
            lists[at + NEXT] = row
            return count
        row -= 1
    return _drop(lists, at, count)


def _drop(lists: Numbers, at: int, count: int) -> int:
    """Let the last list take the place of one; how many there are then."""
    for column in range(LIST):
        lists[at + column] = lists[(count - 1) * LIST + column]
    return count - 1


def _close(lists: Numbers, count: int, permissions: int, restrictions: int) -> int:
    """Drop the lists that cannot make a difference any more; how many are left."""
    for at in range(0, count * LIST, LIST):
        if not permissions & 1 << lists[at + PLACE]:
            return count
    for at in range((count - 1) * LIST, -1, -LIST):
        if restrictions & 1 << lists[at + PLACE]:
            count = _drop(lists, at, count)
    return count


def latest(
    rows: Rows,
    lists: Numbers,
    count: int,
    of_company: Codes,
    of_chip: Codes,
    point: Point,
) -> int:
    """The greatest order of a mention that matches a cell at a point; -1 for none."""
    found = -1
    for each in range(count):
        at = each * LIST
        row = lists[at + NEXT]
        while row >= lists[at + LAST] and rows.order[row] > found:
            if is_there(rows, row, *point) and match_at(rows, row, 0, of_company, of_chip) >= 0:
                found = rows.order[row]
            row -= 1
    return found
