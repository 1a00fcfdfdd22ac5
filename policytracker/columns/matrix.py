"""The possible statuses of all cells of a gate: its companies one after another, each with all chips (``walk``)."""

import numpy as np

from policytracker.columns.compiled import bare, compiled, inlined
from policytracker.columns.kinds import LEVEL
from policytracker.columns.layers import OUTCOMES
from policytracker.columns.marks import CODES, SHARED, WORD, Words
from policytracker.columns.rows import NOWHERE, RANK, ROLE, Bytes, Ints, Small
from policytracker.columns.sifting import CHIPS, COMPANIES, MARKS, said
from policytracker.columns.walk import ONE, PLACES, Gate, Walk, idle, kind_of, read_lone, stepped
from policytracker.status.prevails import CHIP_LEVELS

CLAIM, CODE, REST = range(3)
"""The columns of what reaches a company: a claim, how it matches the company, and what it and those after it say, and
where."""
MULTIPLIER = np.uint64(0x03F79D71B4CB0A89)
LOWEST = np.zeros(WORD, np.uint8)
"""The place of a lowest bit, by the highest bits of its product with the multiplier, which is a de Bruijn number."""
for _place in range(WORD):
    LOWEST[(int(MULTIPLIER) << _place & (1 << WORD) - 1) >> WORD - 6] = _place
SHUT = 1
"""``prohibited`` alone, as bits: whatever the other gates of a cell say, nothing is lower."""


@compiled
def walked(gate: Gate, companies: Small, chips: Words, found: Bytes, since: int) -> int:
    """Bring the possible statuses of the cells in ``found`` together with those of a gate (§7), company by company.

    Begins with the company at a place; returns that of the first for which there was no room among the layers, or how
    many companies there are.
    """
    count, starts = found.shape[1], gate.sifted.own.starts
    walk = Walk(
        np.empty(count, np.int32),
        np.empty(count, np.int32),
        np.empty(len(chips), np.uint64),
        np.empty((PLACES, len(chips)), np.uint64),
        np.empty((PLACES, len(chips)), np.uint64),
    )
    reach = np.empty((np.max(np.diff(starts)) + len(gate.sifted.wide) + 1, 3), np.int64)
    together = np.full(count, NOWHERE, np.int64)
    for place in range(since, len(companies)):
        company = companies[place]
        walk.layers[:], walk.heads[:], walk.open[:] = 0, gate.sifted.lone.starts[:-1], chips
        walk.openings[:], walk.stops[:] = 0, 0
        if not _walk(gate, walk, company, chips, found[company], reach, together):
            return place
    return len(companies)


@bare
def _walk(gate: Gate, walk: Walk, company: int, chips: Words, found: Bytes, reach: Ints, together: Ints) -> bool:
    """Walk the cells of one company. Whether there was room for it."""
    for chip in range(len(found)):
        if found[chip] == SHUT:
            walk.open[chip // WORD] &= ~(ONE << np.uint64(chip % WORD))
    if not _read(gate, walk, company, reach, _reach(gate, company, reach), together):
        return False
    for chip in range(len(found)):
        if chips[chip // WORD] >> np.uint64(chip % WORD) & ONE and found[chip] != SHUT:
            found[chip] = gate.rules.minima[found[chip], gate.layers.told[walk.layers[chip], OUTCOMES]]
    return True


@bare
def _reach(gate: Gate, company: int, reach: Ints) -> int:
    """How many claims reach a company otherwise than by one chip alone; they are put in ``reach``, the last first."""
    own, wide = gate.sifted.own, gate.sifted.wide
    at, end, then, size = own.starts[company], own.starts[company + 1], 0, 0
    while at < end or then < len(wide):
        is_own = at < end and (then == len(wide) or own.claims[at] < wide[then])
        claim = own.claims[at] if is_own else wide[then]
        if is_own:
            code = gate.companies[gate.sifted.claims[claim, COMPANIES], company]
            at += 1
        else:
            code = gate.sifted.codes[company, then]
            then += 1
        if code:
            reach[size, CLAIM], reach[size, CODE] = claim, code
            size += 1
    reach[size, REST] = 0
    for place in range(size - 1, -1, -1):
        claim = gate.sifted.claims[reach[place, CLAIM]]
        levels = gate.ways.levels[claim[CHIPS]] << CHIP_LEVELS * (reach[place, CODE] - 1 >> 1)
        reach[place, REST] = reach[place + 1, REST] | said(claim[ROLE], levels)
    return size


@bare
def _read(gate: Gate, walk: Walk, company: int, reach: Ints, size: int, together: Ints) -> bool:
    """Walk over all claims that reach a company. Whether there was room for it."""
    claims = gate.sifted.claims
    end = 0
    while end < size and _any(walk.open):
        first, claim = end, reach[end, CLAIM]
        end += 1
        if claims[claim, MARKS] & SHARED:
            while end < size and claims[reach[end, CLAIM], RANK] == claims[claim, RANK]:
                end += 1
        if end == first + 1:
            if not _take(gate, walk, company, claim, reach[first, CODE], reach[end, REST]):
                return False
        elif not _take_together(gate, walk, company, reach[first:end], reach[end, REST], together):
            return False
    for chip in range(len(walk.layers)):
        if not read_lone(gate, walk, company, chip, len(claims), reach[size, REST]):
            return False
    return True


@inlined
def _any(words: Words) -> bool:
    for word in words:
        if word:
            return True
    return False


@inlined
def _lowest(bits: np.uint64) -> int:
    """The place of the lowest bit."""
    return LOWEST[(bits & (~bits + ONE)) * MULTIPLIER >> np.uint64(WORD - 6)]


@inlined
def _take(gate: Gate, walk: Walk, company: int, claim: int, code: int, rest: int) -> bool:
    """Take a claim into account for the chips that it matches. Whether there was room for it."""
    side = gate.sifted.claims[claim, CHIPS]
    for chip_code in range(1, CODES + 1):
        if not gate.ways.codes[side] >> chip_code - 1 & 1:
            continue
        kind = kind_of(gate, claim, code, chip_code)
        for word in range(len(walk.open)):
            bits = gate.ways.words[side, chip_code - 1, word] & walk.open[word]
            if bits:
                bits &= ~idle(gate, walk, kind, word)
            while bits:
                chip = word * WORD + _lowest(bits)
                bits &= bits - ONE
                if not _take_one(gate, walk, company, chip, claim, kind, rest):
                    return False
    return True


@inlined
def _take_one(gate: Gate, walk: Walk, company: int, chip: int, claim: int, kind: int, rest: int) -> bool:
    """Take a claim into account for a chip, after the later ones on that chip alone. Whether there was room for it."""
    end = gate.sifted.lone.starts[chip + 1]
    if walk.heads[chip] < end:
        here = said(gate.sifted.claims[claim, ROLE], 1 << (kind >> LEVEL))
        if not read_lone(gate, walk, company, chip, claim, rest | here):
            return False
        if walk.heads[chip] < end:
            rest |= gate.sifted.rests[walk.heads[chip]]
    if walk.open[chip // WORD] >> np.uint64(chip % WORD) & ONE:
        return stepped(gate, walk, chip, kind, rest)
    return True


@bare
def _take_together(gate: Gate, walk: Walk, company: int, rows: Ints, rest: int, together: Ints) -> bool:
    """Take a claim into account that reaches a company by several rows: the highest levels count (§4).

    Whether there was room for it. ``together`` is for all chips NOWHERE, before and after.
    """
    for place in range(len(rows)):
        _merge(gate, walk, rows[place, CLAIM], rows[place, CODE], together)
    for chip in range(len(together)):
        if together[chip] != NOWHERE:
            kind = together[chip]
            together[chip] = NOWHERE
            if not _take_one(gate, walk, company, chip, rows[0, CLAIM], kind, rest):
                together[:] = NOWHERE
                return False
    return True


@bare
def _merge(gate: Gate, walk: Walk, claim: int, code: int, together: Ints) -> None:
    """Note how one row of a claim matches the chips that are not done."""
    side = gate.sifted.claims[claim, CHIPS]
    for chip_code in range(1, CODES + 1):
        kind = kind_of(gate, claim, code, chip_code)
        for word in range(len(walk.open)):
            bits = gate.ways.words[side, chip_code - 1, word] & walk.open[word]
            while bits:
                chip = word * WORD + _lowest(bits)
                bits &= bits - ONE
                place, other = kind >> LEVEL, max(together[chip], 0) >> LEVEL
                company_level = max(place // CHIP_LEVELS, other // CHIP_LEVELS)
                place = company_level * CHIP_LEVELS + max(place % CHIP_LEVELS, other % CHIP_LEVELS)
                together[chip] = place << LEVEL | kind & (1 << LEVEL) - 1
