"""Which rows can decide a gate: whatever is left out makes no difference in any possible world (semantics.md §6, §7).

Rows are made up as they lie in the index: a claim stands under each pair of its terms, with some ranges of time one
after another. Everything that ``select`` leaves out is put back here, and every choice of the possible claims tried.
"""

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.index import selection
from policytracker.index.compiled import compiled
from policytracker.index.layout import Rows
from policytracker.index.selection import Point, select
from policytracker.status.claims import EFFECTS
from policytracker.status.periods import CERTAIN
from policytracker.status.prevails import CHIP_LEVELS, COMPANY_LEVELS, KINDS, Holding, kind_of, place_of
from policytracker.status.words import CLEARED
from policytracker.status.worlds import GateWorlds, gate_worlds
from tests.soak import often
from tests.status.test_worlds import MOST_POSSIBLE, status_of, worlds

DAY, KNOWN, SEEN = 5, 50, 500
"""The point that is asked for."""
EXPRESSIONS = 6


class Claim(NamedTuple):
    """A claim at a gate."""

    order: int
    position: int
    code: int
    companies: tuple[int, ...]
    """The terms under which the cell finds it: places in ``Gate.company_levels``."""
    chips: tuple[int, ...]
    company: int
    """Scope expressions, by number; 0 for none."""
    chip: int
    is_there: bool


class Gate(NamedTuple):
    """A gate as a cell finds it."""

    company_levels: list[int]
    """The levels of the cell's terms."""
    chip_levels: list[int]
    of_company: list[int]
    """How each expression matches the company (``matches.code_of``)."""
    of_chip: list[int]
    claims: list[Claim]


def gate_from(random: Random, most: int, doubt: int) -> Gate:
    """A gate with up to so many claims; of a hundred so many hold only possibly."""
    company_levels = [random.randrange(COMPANY_LEVELS) for _ in range(random.randint(1, 4))]
    chip_levels = [random.randrange(CHIP_LEVELS) for _ in range(random.randint(1, 3))]
    # An expression never matches at a higher level than the best term does: its terms are among those of its selectors.
    of_company = [0] + [random.choice((0, *range(1, 2 * max(company_levels) + 3))) for _ in range(EXPRESSIONS)]
    of_chip = [0] + [random.choice((0, *range(1, 2 * max(chip_levels) + 3))) for _ in range(EXPRESSIONS)]
    claims = []
    for position in range(random.randint(0, most)):
        companies, company = side_from(random, company_levels, of_company)
        chips, chip = side_from(random, chip_levels, of_chip)
        code = random.randrange(len(EFFECTS)) | (0 if random.randrange(100) < doubt else CERTAIN)
        there = random.random() < 0.8
        claims.append(Claim(random.randint(0, 5), position, code, companies, chips, company, chip, there))
    claims.sort()
    return Gate(company_levels, chip_levels, of_company, of_chip, claims)


def side_from(random: Random, levels: list[int], matches: list[int]) -> tuple[tuple[int, ...], int]:
    """The terms under which a claim is found, and the expression that decides instead of them."""
    terms = tuple(sorted(random.sample(range(len(levels)), random.randint(1, min(2, len(levels))))))
    highest = max(levels[term] for term in terms)
    fitting = [number for number in range(1, len(matches)) if matches[number] <= 2 * highest + 2]
    return terms, random.choice(fitting) if fitting and random.random() < 0.3 else 0


def laid_out(gate: Gate) -> tuple[Rows, list[tuple[int, int, int]], list[Claim]]:
    """The rows of a gate, list by list; the lists, each with its place; and the claim of each row."""
    columns: list[list[int]] = [[] for _ in Rows._fields]
    lists: list[tuple[int, int, int]] = []
    of_row: list[Claim] = []
    for company, chip in product(range(len(gate.company_levels)), range(len(gate.chip_levels))):
        first = len(of_row)
        for claim in gate.claims:
            if company in claim.companies and chip in claim.chips:
                for row in rows_of(claim):
                    of_row.append(claim)
                    for column, value in zip(columns, row, strict=True):
                        column.append(value)
        lists.append((first, len(of_row), place_of(gate.company_levels[company], gate.chip_levels[chip])))
    return Rows(*columns), lists, of_row


def rows_of(claim: Claim) -> Iterator[tuple[int, ...]]:
    """A row before the point on some clock, one that tells of it or not, and one after it."""
    scope = claim.code, claim.company, claim.chip
    yield claim.order, claim.position, 0, DAY, 0, 99, 0, 999, *scope
    until = DAY + 2 if claim.is_there else DAY
    if claim.is_there:
        yield claim.order, claim.position, DAY, until, 0, KNOWN + 1, SEEN, 999, *scope
    yield claim.order, claim.position, max(until, DAY + 1), 99, 0, 99, 0, 999, *scope
    yield claim.order, claim.position, max(until, DAY + 1) - 1, 99, KNOWN + 1, 99, 0, 999, *scope
    yield claim.order, claim.position, 0, 99, 0, 99, 0, SEEN, *scope


def holdings_of(gate: Gate) -> list[Holding]:
    """All claims that hold there, by the words of §4 and §5."""
    found = []
    for claim in gate.claims:
        company = matched(claim.company, gate.of_company, [gate.company_levels[term] for term in claim.companies])
        chip = matched(claim.chip, gate.of_chip, [gate.chip_levels[term] for term in claim.chips])
        if claim.is_there and company is not None and chip is not None:
            certain = bool(claim.code & CERTAIN) and company[1] and chip[1]
            kind = kind_of(claim.code & ~CERTAIN, place_of(company[0], chip[0]), certain)
            found.append(Holding((claim.order, 0, 0, claim.position), str(claim.position), kind))
    return found


def matched(expression: int, codes: list[int], levels: list[int]) -> tuple[int, bool] | None:
    """The level at which a side matches, and whether certainly."""
    if expression == 0:
        return max(levels), True
    code = codes[expression]
    return ((code - 1) // 2, code % 2 == 1) if code else None


def selected(gate: Gate, fast: bool = False) -> list[Holding]:
    """The claims that ``select`` leaves, in the order of §6."""
    rows, lists, of_row = laid_out(gate)
    found = [0] * (2 * len(of_row) + 2)
    flat = [number for first, last, place in lists for number in (last - 1, first, place)]
    if fast:
        import numpy

        def arrays(numbers: list[int]) -> list[int]:
            made: list[int] = numpy.array(numbers, numpy.int64)  # type: ignore[assignment]
            return made

        function, rows = compiled().selection.select, Rows(*(arrays(list(column)) for column in rows))
        flat, found = arrays(flat), arrays(found)
        codes, of_company, of_chip = arrays(list(KINDS)), arrays(gate.of_company), arrays(gate.of_chip)
        size = function(rows, flat, len(lists), codes, of_company, of_chip, Point(DAY, KNOWN, SEEN), found)
    else:
        size = select(rows, flat, len(lists), KINDS, gate.of_company, gate.of_chip, Point(DAY, KNOWN, SEEN), found)
    claims = [(of_row[found[2 * place + 1]], int(found[2 * place])) for place in range(size)]
    return [Holding((claim.order, 0, 0, claim.position), str(claim.position), kind) for claim, kind in reversed(claims)]


def by_every_world(claims: list[Holding]) -> tuple[int, tuple[str, ...]]:
    """What claims come to: every choice of those that hold only possibly."""
    every = [status_of(world) for world in worlds(claims)]
    possible = 0
    for bits, _ in every:
        possible |= bits
    standing = {claim.id for _, there in every for claim in there}
    return possible, tuple(claim.id for claim in claims if claim.id in standing)


def told(worlds_of: GateWorlds) -> tuple[int, tuple[str, ...]]:
    return worlds_of.possible, worlds_of.standing


@settings(max_examples=often(short=400, long=20_000))
@given(st.randoms(use_true_random=False))
def test_what_is_selected_comes_to_what_all_claims_come_to_in_every_world(random: Random) -> None:
    """Few claims, tried one choice after another."""
    gate = gate_from(random, most=14, doubt=random.choice((0, 20, 60)))
    everything = holdings_of(gate)
    if sum(not claim.certain for claim in everything) > MOST_POSSIBLE:
        return
    some = selected(gate)
    assert {*some} <= {*everything}
    assert told(gate_worlds(some)) == by_every_world(everything)


def test_of_many_claims_the_selected_ones_come_to_the_same() -> None:
    """Hundreds of gates of up to eighty claims, from a seed: by then reading ends early at most of them."""
    random, left_out = Random(3), 0
    for _ in range(often(short=1_500, long=50_000)):
        gate = gate_from(random, most=80, doubt=random.choice((0, 5, 30)))
        everything, some = holdings_of(gate), selected(gate)
        assert {*some} <= {*everything}
        assert told(gate_worlds(some)) == told(gate_worlds(everything))
        left_out += len(everything) - len(some)
    assert left_out > 10_000


def test_nothing_is_selected_that_later_claims_make_idle() -> None:
    """Three clearances of everybody, then two blocks: the last clearance still ends what was blocked before it."""
    block = next(number for number, effect in enumerate(EFFECTS) if effect.is_restriction)
    opening = next(number for number, effect in enumerate(EFFECTS) if effect.rank == CLEARED)
    claims = [Claim(place, place, opening | CERTAIN, (0,), (0,), 0, 0, True) for place in range(3)]
    claims += [Claim(place, place, block | CERTAIN, (0,), (0,), 0, 0, True) for place in range(3, 5)]
    gate = Gate([0], [0], [0], [0], claims)
    assert [claim.id for claim in selected(gate)] == ["2", "3", "4"]
    assert [claim.id for claim in selected(gate._replace(claims=claims[:3]))] == ["2"]


def test_compiled_functions_select_the_same() -> None:
    random = Random(4)
    for _ in range(200):
        gate = gate_from(random, most=30, doubt=20)
        assert selected(gate, fast=True) == selected(gate)


def test_what_has_no_room_is_asked_again() -> None:
    """The answer says so, and nothing is written beyond the room."""
    gate = Gate([0], [0], [0], [0], [Claim(place, place, 0, (0,), (0,), 0, 0, True) for place in range(9)])
    rows, lists, _ = laid_out(gate)
    ((first, last, place),) = lists
    found = [0, 0, 0, 0]
    assert select(rows, [last - 1, first, place], 1, KINDS, [0], [0], Point(DAY, KNOWN, SEEN), found) < 0


def test_the_order_of_two_matches_is_of_no_account() -> None:
    """Found under two keys, a claim counts at the highest level on either side (§4)."""
    for one, other in product(range(2 * COMPANY_LEVELS * CHIP_LEVELS), repeat=2):
        if one % 2 == other % 2:
            assert selection.higher(one, other) == selection.higher(other, one)
