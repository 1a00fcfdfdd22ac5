"""The walks of one company's cells at a gate, all chips together, from the last claim to the first (semantics.md §7).

A claim is looked at for those chips only for which it may make a difference. Where later certain claims strike both it
and all that it strikes, it makes none; and where no claim that is left says anything to any effect (``layers.heeds``),
the chip is done.
"""

from typing import NamedTuple

import numpy as np

from policytracker.columns import sifting
from policytracker.columns.answers import DOES, Rules
from policytracker.columns.compiled import inlined
from policytracker.columns.kinds import DOUBT, IS_POSSIBLE, IS_STOP, LEVEL, LEVELS, OPENINGS, STOPS, TOP
from policytracker.columns.layers import EFFECTS, FULL, MATTERS, NEWS, Table, after
from policytracker.columns.marks import WORD, Ways, Words
from policytracker.columns.rows import ROLE, Bytes, Small
from policytracker.columns.sifting import CHIPS, COMPANIES, SURELY, Sifted
from policytracker.status.found import CERTAIN
from policytracker.status.prevails import CHIP_LEVELS

ONE = np.uint64(1)
PLACES = len(LEVELS)


class Gate(NamedTuple):
    """What the walks of a gate are given."""

    companies: Bytes
    """For each side how it matches each company (``sides.Side``),"""
    chips: Bytes
    """and each chip;"""
    ways: Ways
    rules: Rules
    sifted: Sifted
    layers: Table


class Walk(NamedTuple):
    """How far the walks of a company have come."""

    layers: Small
    """The layer of each chip."""
    heads: Small
    """How far the list of each chip alone was read."""
    open: Words
    """The chips that are not done, as bits."""
    openings: Words
    """For each place the chips for which certain claims strike its openings, as bits,"""
    stops: Words
    """and those for which they strike its stops."""


@inlined
def kind_of(gate: Gate, claim: int, company_code: int, chip_code: int) -> int:
    """The kind of a claim that matches a company and a chip so (``sides.code``)."""
    role = gate.sifted.claims[claim, ROLE]
    place = (company_code - 1 >> 1) * CHIP_LEVELS + (chip_code - 1 >> 1)
    doubt = (company_code - 1 | chip_code - 1) & 1 | (role & CERTAIN == 0)
    return place << LEVEL | doubt << DOUBT | gate.rules.by_role[role & DOES]


@inlined
def idle(gate: Gate, walk: Walk, kind: int, word: int) -> np.uint64:
    """The chips of a word for which a claim makes no difference, as bits."""
    place = kind >> LEVEL
    over = TOP if gate.layers.kinds[kind, IS_STOP] else place
    return walk.stops[place, word] & walk.openings[over, word]


@inlined
def stepped(gate: Gate, walk: Walk, chip: int, kind: int, rest: int) -> bool:
    """Take a claim into account for a chip; ``rest`` tells what those before it say. Whether there was room for it."""
    word, bit = chip // WORD, ONE << np.uint64(chip % WORD)
    if idle(gate, walk, kind, word) & bit:
        return True
    layer = after(gate.layers, walk.layers[chip], kind)
    if layer == FULL:
        return False
    claim = gate.layers.kinds[kind]
    if not claim[IS_POSSIBLE]:
        for place in range(PLACES):
            if claim[OPENINGS] >> place & 1:
                walk.openings[place, word] |= bit
            if claim[STOPS] >> place & 1:
                walk.stops[place, word] |= bit
    if layer == walk.layers[chip]:
        return True
    walk.layers[chip] = layer
    effects = gate.layers.told[layer, EFFECTS]
    said = (rest >> SURELY & (1 << NEWS) - 1 & effects) | (rest & effects >> NEWS)
    if not (said and rest >> sifting.PLACES & gate.layers.told[layer, MATTERS]):
        walk.open[word] &= ~bit
    return True


@inlined
def read_lone(gate: Gate, walk: Walk, company: int, chip: int, until: int, rest: int) -> bool:
    """Take into account the claims on a chip alone that come before a place. Whether there was room for it."""
    lone = gate.sifted.lone
    end = lone.starts[chip + 1]
    word, bit = chip // WORD, ONE << np.uint64(chip % WORD)
    head = walk.heads[chip]
    while head < end and walk.open[word] & bit:
        claim = lone.claims[head]
        if claim >= until:
            break
        head += 1
        code = gate.companies[gate.sifted.claims[claim, COMPANIES], company]
        if code:
            left = rest | (gate.sifted.rests[head] if head < end else 0)
            chip_code = gate.chips[gate.sifted.claims[claim, CHIPS], chip]
            if not stepped(gate, walk, chip, kind_of(gate, claim, code, chip_code), left):
                return False
    walk.heads[chip] = head
    return True
