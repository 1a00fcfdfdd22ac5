"""The walk over all cells of a gate: one company after another, each with all chips together (semantics.md §6, §7).

For each chip the walk keeps the layer (``status.layers``) to which later claims lead; a claim moves only the chips for
which it makes a difference. Chips are bits, ``WORD`` to a number. The functions take flat sequences of numbers and
make none: they run as they stand, or compiled.
"""

from collections.abc import Sequence
from typing import NamedTuple

from policytracker.index.layout import Numbers
from policytracker.index.selection import kind_at
from policytracker.status.layers import (
    FULL,
    HEEDS,
    LAYER,
    NEWS,
    OPEN_PERMISSIONS,
    OPEN_RESTRICTIONS,
    OUTCOMES,
    Tables,
    after,
    says,
)
from policytracker.status.periods import CERTAIN
from policytracker.status.prevails import (
    AT,
    CHIP_LEVELS,
    EFFECT_BITS,
    EVERY_PLACE,
    IS_POSSIBLE,
    IS_RESTRICTION,
    OVER,
    PERMISSIONS,
    PLACES,
    RANK,
    RESTRICTIONS,
    WIDTH,
    is_idle,
)
from policytracker.status.walk import IN_EVERY, walk_back
from policytracker.status.words import PROHIBITED

WORD = 62
"""Bits of a number that are used, so that none is ever negative."""
CHIP_CODES = 2 * CHIP_LEVELS
"""So many ways there are in which a chip may be matched (``matches.code_of``), counted from 1."""
NO_ROOM = -2
"""There is no room for the claims that stand; it is to be asked again with more."""
SHUT = 1
"""``prohibited`` alone, as bits: whatever the other gates of a cell answer, the cell stays at that."""
SURELY, REST_PLACES = 8, 16
"""From these bits on a rest tells what certain claims say, and at which places there are permissions and, above them,
prohibitions and other restrictions."""
STATUSES = 7
"""How many there are: bits of a set of them."""


class Gate(NamedTuple):
    """The claims at a gate, at a point of the clocks, the last first; and the chips that have the gate."""

    codes: Sequence[int]
    """The code of each claim (``layout``)."""
    sides: Sequence[int]
    """The side of its chips."""
    own_starts: Sequence[int]
    """For each company where the claims begin that reach few companies; one more ends them."""
    own: Sequence[int]
    """These claims,"""
    own_matches: Sequence[int]
    """and how each matches the company (``matches.code_of``)."""
    wide: Sequence[int]
    """The claims that reach many companies,"""
    wide_matches: Sequence[int]
    """and how each matches each company, company by company."""
    words: Sequence[int]
    """For each side of chips, and each way to match, the chips that it matches so, as bits."""
    ways: Sequence[int]
    """For each side of chips the ways in which it matches any, as bits from that of 1 on."""
    levels: Sequence[int]
    """For each side of chips the levels at which it matches any, as bits."""
    chips: Sequence[int]
    """The chips that have this gate, as bits."""


class Room(NamedTuple):
    """Where the walk of one company is worked out."""

    layers: Numbers
    """For each chip its layer."""
    open: Numbers
    """The chips for which an earlier claim may still make a difference, as bits."""
    permissions: Numbers
    """For each place the chips for which certain claims override its permissions, as bits,"""
    restrictions: Numbers
    """and those for which they override its prohibitions; behind all places those of its other restrictions."""
    reach: Numbers
    """Three numbers for each claim that reaches the company: the claim, its match, and what those after it say."""
    trace: Numbers
    """Of one chip: the layer before each claim, and behind all,"""
    kinds: Numbers
    """the kinds of the claims,"""
    claims: Numbers
    """the claims,"""
    told: Numbers
    """and what ``walk_back`` tells of them."""


def walk_gate(
    gate: Gate, walk: Tables, room: Room, companies: Sequence[int], minima: Sequence[int], found: Numbers, since: int
) -> int:
    """Bring the possible statuses of the cells in ``found`` together with those of a gate (§7), company by company.

    ``minima`` tells what two sets of statuses come to. Begins with the company at a place, and returns the place of
    the first for which the tables had no room, or how many companies there are.
    """
    chips = len(found) // max(1, len(gate.own_starts) - 1)
    for place in range(since, len(companies)):
        company = companies[place]
        for word in range(len(gate.chips)):
            room.open[word] = gate.chips[word]
            for at in range(word, len(room.permissions), len(gate.chips)):
                room.permissions[at] = 0
            for at in range(word, len(room.restrictions), len(gate.chips)):
                room.restrictions[at] = 0
        for chip in range(chips):
            room.layers[chip] = 0
            if found[company * chips + chip] == SHUT:
                room.open[chip // WORD] &= ~(1 << chip % WORD)
        reached = reach_of(gate, walk.kinds, company, room.reach)
        if not _walk(gate, walk, room, reached):
            return place
        for chip in range(chips):
            at = company * chips + chip
            if gate.chips[chip // WORD] >> chip % WORD & 1 and found[at] != SHUT:
                found[at] = minima[found[at] << STATUSES | walk.layers[room.layers[chip] * LAYER + OUTCOMES]]
    return len(companies)


def reach_of(gate: Gate, kinds: Sequence[int], company: int, reach: Numbers) -> int:
    """How many claims reach a company; they are put in ``reach``, the last first, each with what is said before it."""
    at, end, then, size = gate.own_starts[company], gate.own_starts[company + 1], 0, 0
    wide = len(gate.wide)
    while at < end or then < wide:
        if at < end and (then == wide or gate.own[at] < gate.wide[then]):
            claim, match = gate.own[at], gate.own_matches[at]
            at += 1
        else:
            claim, match = gate.wide[then], gate.wide_matches[company * wide + then]
            then += 1
        if match:
            reach[3 * size], reach[3 * size + 1] = claim, match
            size += 1
    rest = 0
    for place in range(size - 1, -1, -1):
        reach[3 * place + 2] = rest
        claim = reach[3 * place]
        where = gate.levels[gate.sides[claim]] << CHIP_LEVELS * (reach[3 * place + 1] - 1 >> 1)
        rest |= _said(gate.codes[claim], where, kinds)
    return size


def _said(code: int, places: int, kinds: Sequence[int]) -> int:
    """What a claim with a code says at some places, as a part of a rest."""
    at = (code & EFFECT_BITS) * WIDTH
    what = says(kinds[at + RANK], kinds[at + IS_RESTRICTION])
    sort = 0
    if kinds[at + IS_RESTRICTION]:
        sort = PLACES if kinds[at + RANK] == PROHIBITED else 2 * PLACES
    where = places << REST_PLACES + sort
    return what | where | (what << SURELY if code & CERTAIN else 0)


def _walk(gate: Gate, walk: Tables, room: Room, reached: int) -> bool:
    """Walk over the claims that reach a company. Whether the tables had room for it."""
    words = len(gate.chips)
    for place in range(reached):
        if not _any(room.open):
            break
        claim, match, rest = room.reach[3 * place], room.reach[3 * place + 1], room.reach[3 * place + 2]
        side = gate.sides[claim]
        for way in range(1, CHIP_CODES + 1):
            if not gate.ways[side] >> way - 1 & 1:
                continue
            kind = _kind(gate.codes[claim], match, way)
            for word in range(words):
                chips = gate.words[(side * CHIP_CODES + way - 1) * words + word] & room.open[word]
                if chips:
                    chips &= ~_idle(walk.kinds, room, kind, word, words)
                if chips and not _step(walk, room, word, chips, kind, rest, words):
                    return False
    return True


def _any(words: Sequence[int]) -> bool:
    for word in words:
        if word:
            return True
    return False


def _kind(code: int, company_match: int, chip_match: int) -> int:
    """The kind of a claim that matches a company and a chip so (``matches.code_of``)."""
    place = (company_match - 1 >> 1) * CHIP_LEVELS + (chip_match - 1 >> 1)
    return kind_at(code, 2 * place + ((company_match - 1 | chip_match - 1) & 1))


def _idle(kinds: Sequence[int], room: Room, kind: int, word: int, words: int) -> int:
    """The chips of a word for which a claim makes no difference: ``prevails.is_idle`` for many chips at once."""
    at = kind * WIDTH
    return room.restrictions[kinds[at + AT] * words + word] & room.permissions[kinds[at + OVER] * words + word]


def _lowest(bits: int) -> int:
    """The place of the lowest bit."""
    place = 0
    if bits & 0xFFFFFFFF == 0:
        place, bits = 32, bits >> 32
    if bits & 0xFFFF == 0:
        place, bits = place + 16, bits >> 16
    if bits & 0xFF == 0:
        place, bits = place + 8, bits >> 8
    if bits & 0xF == 0:
        place, bits = place + 4, bits >> 4
    if bits & 0x3 == 0:
        place, bits = place + 2, bits >> 2
    return place if bits & 1 else place + 1


def _step(walk: Tables, room: Room, word: int, chips: int, kind: int, rest: int, words: int) -> bool:
    """Take a claim into account for some chips of a word, as bits. Whether the tables had room for it."""
    at = kind * WIDTH
    if not walk.kinds[at + IS_POSSIBLE]:
        for place in range(PLACES):
            if walk.kinds[at + PERMISSIONS] >> place & 1:
                room.permissions[place * words + word] |= chips
        for place in range(2 * PLACES):
            if walk.kinds[at + RESTRICTIONS] >> place & 1:
                room.restrictions[place * words + word] |= chips
    # Chips beside each other mostly have one layer: the step from it is looked up once for them.
    before, layer, matters = FULL, 0, True
    while chips:
        chip = word * WORD + _lowest(chips)
        if room.layers[chip] != before:
            before = room.layers[chip]
            layer = after(walk, before, kind)
            if layer == FULL:
                return False
            matters = _matters(walk, layer, rest)
        room.layers[chip] = layer
        if not matters:
            room.open[word] &= ~(chips & -chips)
        chips &= chips - 1
    return True


def _matters(walk: Tables, layer: int, rest: int) -> bool:
    """Whether anything of what is left to be said can add a possible status, or take one away."""
    heeded = walk.layers[layer * LAYER + HEEDS]
    said = (rest >> SURELY & (1 << NEWS) - 1 & heeded) | (rest & heeded >> NEWS & (1 << NEWS) - 1)
    if said == 0:
        return False
    permissions = rest >> REST_PLACES & walk.layers[layer * LAYER + OPEN_PERMISSIONS]
    return permissions != 0 or rest >> REST_PLACES + PLACES & walk.layers[layer * LAYER + OPEN_RESTRICTIONS] != 0


def stand_company(
    gate: Gate, walk: Tables, room: Room, company: int, chips: int, possible: Numbers, ends: Numbers, standing: Numbers
) -> int:
    """What a gate answers for all chips of a company: what is possible, and which claims stand, chip after chip.

    ``ends`` gets for each chip where its claims end in ``standing``; a chip without this gate has no possible status.
    Returns how many claims there are in all, FULL where the tables have no room, or NO_ROOM where ``standing`` has.
    """
    reached = reach_of(gate, walk.kinds, company, room.reach)
    size = 0
    for chip in range(chips):
        possible[chip] = 0
        if gate.chips[chip // WORD] >> chip % WORD & 1:
            if size + reached > len(standing):
                return NO_ROOM
            possible[chip] = stand(gate, walk, room, chip, reached, standing, size)
            if possible[chip] == FULL:
                return FULL
            size = room.told[0]
        ends[chip] = size
    return size


def stand(gate: Gate, walk: Tables, room: Room, chip: int, reached: int, standing: Numbers, size: int) -> int:
    """One cell of the company whose claims are in ``room.reach``: what is possible, and which claims stand there.

    ``standing`` gets these from the place ``size`` on, the last first: twice the claim, and 1 more where it stands in
    every possible world; ``room.told[0]`` how far it is filled then.
    Returns the possible statuses, as bits, or FULL where the tables had no room.
    """
    permissions, restrictions, count = 0, 0, 0
    room.trace[0] = 0
    for place in range(reached):
        if permissions & restrictions == EVERY_PLACE:
            break
        claim = room.reach[3 * place]
        way = _way(gate, claim, chip)
        if way == 0:
            continue
        kind = _kind(gate.codes[claim], room.reach[3 * place + 1], way)
        at = kind * WIDTH
        if is_idle(permissions, restrictions, at, walk.kinds):
            continue
        if not walk.kinds[at + IS_POSSIBLE]:
            permissions |= walk.kinds[at + PERMISSIONS]
            restrictions |= walk.kinds[at + RESTRICTIONS]
        layer = after(walk, room.trace[count], kind)
        if layer == FULL:
            return FULL
        room.kinds[count], room.claims[count] = kind, claim
        count += 1
        room.trace[count] = layer
    possible = walk_back(walk, room.kinds, room.trace, count, room.told)
    for place in range(count):
        if room.told[3 * place]:
            standing[size] = 2 * room.claims[place] + (1 if room.told[3 * place] == IN_EVERY else 0)
            size += 1
    room.told[0] = size
    return possible


def _way(gate: Gate, claim: int, chip: int) -> int:
    """How a claim matches a chip (``matches.code_of``)."""
    side, words = gate.sides[claim], len(gate.chips)
    for way in range(1, CHIP_CODES + 1):
        if gate.words[(side * CHIP_CODES + way - 1) * words + chip // WORD] >> chip % WORD & 1:
            return way
    return 0
