"""The answers of a gate along a clock: claims begin and end, and it is decided anew where that makes a difference.

The functions take flat sequences of numbers and make none: they run as they stand, or compiled.
"""

from collections.abc import Sequence
from typing import NamedTuple

from policytracker.index.layout import Numbers
from policytracker.status.layers import FULL, Tables, after
from policytracker.status.prevails import EVERY_PLACE, IS_POSSIBLE, PERMISSIONS, RESTRICTIONS, WIDTH, is_idle
from policytracker.status.walk import IN_EVERY, walk_back

NO_ROOM = -2
"""There is no room for the claims that stand; it is to be asked again with more."""


class Claims(NamedTuple):
    """Claims that hold along a clock, each once for every range over which it holds in one way; the last first."""

    kinds: Sequence[int]
    begins: Sequence[int]
    ends: Sequence[int]
    by_begin: Sequence[int]
    """The places of the claims in the order in which they begin."""


class Room(NamedTuple):
    """Where the decisions along a clock are worked out."""

    links: Numbers
    """For each claim the next one to look at."""
    heard: Numbers
    """The claims that make a difference, the last first;"""
    before: Numbers
    """and those that did so before."""
    kinds: Numbers
    trace: Numbers
    told: Numbers


class Answers(NamedTuple):
    """What is found: at which turns of the clock the gate is decided anew, and how."""

    turns: Numbers
    """Places among the turns that were given."""
    possible: Numbers
    ends: Numbers
    """For each where its claims end in ``standing``."""
    standing: Numbers
    """Twice the place of a claim, and 1 more where it stands in every possible world."""


def decide_along(claims: Claims, turns: Sequence[int], forever: int, walk: Tables, room: Room, found: Answers) -> int:
    """Decide a gate at each turn of a clock, given in order, at which other claims make a difference than before.

    A claim that ends at ``forever`` or later does not end. Returns how many decisions there are, FULL where the tables
    have no room, or NO_ROOM where ``found`` has not.
    """
    count = len(claims.kinds)
    for place in range(count):
        room.links[place] = place + 1
    first, begun, size, decided, before = count, 0, 0, 0, -1
    for turn in range(len(turns)):
        now = turns[turn]
        while begun < count and claims.begins[claims.by_begin[begun]] <= now:
            first = min(first, claims.by_begin[begun])
            begun += 1
        first = _pass_over(claims, first, now, room)
        heard = _hear(claims, first, now, forever, walk.kinds, room)
        if heard == before and _is_same(room, heard):
            continue
        before = _kept(room, heard)
        if size + heard > len(found.standing):
            return NO_ROOM
        possible = _decide(claims, heard, walk, room)
        if possible == FULL:
            return FULL
        size = _write_standing(room, heard, found.standing, size)
        found.turns[decided], found.possible[decided], found.ends[decided] = turn, possible, size
        decided += 1
    return decided


def _pass_over(claims: Claims, first: int, now: int, room: Room) -> int:
    """The first claim that is not over."""
    while first < len(claims.kinds) and claims.ends[first] <= now:
        first = room.links[first]
    return first


def _hear(claims: Claims, first: int, now: int, forever: int, kinds: Sequence[int], room: Room) -> int:
    """How many of the claims that hold now make a difference; ``room.heard`` gets these.

    Claims that are over, and those that others without an end make idle for good, are not looked at again: turns come
    in order.
    """
    size, permissions, restrictions, last_permissions, last_restrictions = 0, 0, 0, 0, 0
    before, place = -1, first
    while place < len(claims.kinds) and permissions & restrictions != EVERY_PLACE:
        at = claims.kinds[place] * WIDTH
        if claims.ends[place] <= now or is_idle(last_permissions, last_restrictions, at, kinds):
            if before >= 0:
                room.links[before] = room.links[place]
        else:
            before = place
            if claims.begins[place] <= now and not is_idle(permissions, restrictions, at, kinds):
                room.heard[size] = place
                size += 1
                if not kinds[at + IS_POSSIBLE]:
                    permissions |= kinds[at + PERMISSIONS]
                    restrictions |= kinds[at + RESTRICTIONS]
                    if claims.ends[place] >= forever:
                        last_permissions |= kinds[at + PERMISSIONS]
                        last_restrictions |= kinds[at + RESTRICTIONS]
        place = room.links[place]
    return size


def _kept(room: Room, heard: int) -> int:
    """Keep which claims were heard; how many they are."""
    for place in range(heard):
        room.before[place] = room.heard[place]
    return heard


def _write_standing(room: Room, heard: int, standing: Numbers, size: int) -> int:
    """Write down which of the heard claims stand, the first in the order of §6 first: twice the claim, and 1 more where
    it stands in every possible world. How far it is filled then."""
    for place in range(heard - 1, -1, -1):
        if room.told[3 * place]:
            standing[size] = 2 * room.heard[place] + (1 if room.told[3 * place] == IN_EVERY else 0)
            size += 1
    return size


def _is_same(room: Room, heard: int) -> bool:
    for place in range(heard):
        if room.heard[place] != room.before[place]:
            return False
    return True


def _decide(claims: Claims, heard: int, walk: Tables, room: Room) -> int:
    """The possible statuses that the heard claims leave; ``room.told`` gets what ``walk_back`` tells of them."""
    room.trace[0] = 0
    for place in range(heard):
        room.kinds[place] = claims.kinds[room.heard[place]]
        layer = after(walk, room.trace[place], room.kinds[place])
        if layer == FULL:
            return FULL
        room.trace[place + 1] = layer
    return walk_back(walk, room.kinds, room.trace, heard, room.told)
