"""Possible worlds: what the walk says of a gate is what every choice of the possible claims gives, one by one."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.status import layers
from policytracker.status import walk as walking
from policytracker.status.binding import IN_EVERY, IN_NONE, IN_SOME, Bound, binding
from policytracker.status.claims import EFFECTS
from policytracker.status.layers import FULL, MOST_STATES, tables
from policytracker.status.prevails import (
    BEFORE_ALL,
    EVERY_RESTRICTION,
    IS_POSSIBLE,
    KINDS,
    PERMISSIONS,
    PLACES,
    RESTRICTIONS,
    WIDTH,
    Holding,
    before,
    is_idle,
    kind_of,
    outcome,
    permissions_of,
)
from policytracker.status.walk import Walk
from policytracker.status.words import ANY, CONDITIONAL
from policytracker.status.worlds import gate_worlds

MOST_POSSIBLE = 7
kinds = st.builds(
    kind_of, st.integers(0, len(EFFECTS) - 1), st.integers(0, PLACES - 1), st.sampled_from((True, False, False))
)


@st.composite
def holdings(draw: st.DrawFn, most: int = 12) -> list[Holding]:
    """Claims at a gate, in the order of §6; at most so many may hold or not that every choice can be tried."""
    found, doubtful = [], 0
    for place, kind in enumerate(draw(st.lists(kinds, max_size=most))):
        claim = Holding((1, 0, 0, place), f"claim-{place}", kind)
        doubtful += not claim.certain
        if claim.certain or doubtful <= MOST_POSSIBLE:
            found.append(claim)
    return found


def worlds(claims: list[Holding]) -> Iterator[list[Holding]]:
    """Every choice of the claims that hold only possibly, with all that hold certainly."""
    for choice in product((True, False), repeat=sum(not claim.certain for claim in claims)):
        chosen = iter(choice)
        yield [claim for claim in claims if claim.certain or next(chosen)]


def left(world: list[Holding]) -> list[Holding]:
    """The claims that no later one overrides (§6)."""
    return [claim for at, claim in enumerate(world) if not any(other.overrides(claim) for other in world[at + 1 :])]


def status_of(world: list[Holding]) -> tuple[int, list[Holding]]:
    """The statuses of one world, as bits, and the claims that stand there (§6)."""
    remaining = left(world)
    restrictions = [claim.rank for claim in remaining if claim.is_restriction]
    permissions = [claim.rank for claim in remaining if not claim.is_restriction]
    if not remaining:
        return ANY, []
    rank = min(restrictions) if restrictions else max(permissions)
    return 1 << rank, [claim for claim in remaining if claim.rank == rank]


def possible_in(found: Iterator[list[Holding]] | list[list[Holding]]) -> int:
    together = 0
    for world in found:
        together |= status_of(world)[0]
    return together


@given(holdings())
def test_the_statuses_and_what_stands_are_those_of_all_worlds(claims: list[Holding]) -> None:
    told = gate_worlds(reversed(claims))
    every = list(worlds(claims))
    standing = {claim.id for world in every for claim in status_of(world)[1]}
    assert told.possible == possible_in(every)
    assert told.standing == tuple(claim.id for claim in claims if claim.id in standing)
    everywhere = [all(claim in status_of(world)[1] for world in every) for claim in claims if claim.id in standing]
    assert told.surely == tuple(everywhere)


@given(holdings(most=8), st.lists(st.sampled_from(("", "licence", "duty")), min_size=8, max_size=8))
def test_where_a_licence_stands_the_duties_bind_that_would_stand_without_any(
    claims: list[Holding], types: list[str]
) -> None:
    """§8: in each world the claims that stand bind, and beside a licence the duties that would stand without."""
    type_of = {claim.id: kind for claim, kind in zip(claims, types, strict=False)}
    for claim in claims:
        if claim.rank == CONDITIONAL:
            type_of[claim.id] = type_of[claim.id] and "licence"
        elif type_of[claim.id] == "licence":  # a licence gives this status alone
            type_of[claim.id] = "duty"
    every = list(worlds(claims))
    bound = [bound_in(world, type_of) for world in every]
    last_first = claims[::-1]
    told = binding(tuple(Bound(c.kind, type_of[c.id] == "licence", type_of[c.id] == "duty") for c in last_first))
    for claim, number in zip(last_first, told, strict=True):
        where = [claim.id in there for there in bound]
        assert number == (IN_EVERY if all(where) else IN_SOME if any(where) else IN_NONE)


def bound_in(world: list[Holding], type_of: dict[str, str]) -> set[str]:
    """The claims whose conditions bind in one world."""
    standing = {claim.id for claim in status_of(world)[1]}
    if not any(type_of[name] == "licence" for name in standing):
        return standing
    without = [claim for claim in world if type_of[claim.id] != "licence"]
    return standing | {claim.id for claim in status_of(without)[1] if type_of[claim.id] == "duty"}


@given(holdings(most=9))
def test_what_is_possible_if_a_claim_holds_or_does_not_is_that_of_half_the_worlds(claims: list[Holding]) -> None:
    told = gate_worlds(claims)
    doubtful = [claim for claim in claims if not claim.certain]
    assert list(told.if_holds) == list(told.if_not) == [claim.id for claim in doubtful]
    for claim in doubtful:
        every = list(worlds(claims))
        assert told.if_holds[claim.id] == possible_in([world for world in every if claim in world])
        assert told.if_not[claim.id] == possible_in([world for world in every if claim not in world])


@given(holdings(most=30))
def test_claims_that_make_no_difference_change_nothing(claims: list[Holding]) -> None:
    """Without the claims that ``is_idle`` names, the same is possible, and the same claims stand."""
    permissions = restrictions = 0
    heard = []
    for claim in reversed(claims):
        at = claim.kind * WIDTH
        if is_idle(permissions, restrictions, at, KINDS):
            continue
        heard.append(claim)
        if not KINDS[at + IS_POSSIBLE]:
            permissions |= KINDS[at + PERMISSIONS]
            restrictions |= KINDS[at + RESTRICTIONS]
    whole, some = gate_worlds(claims), gate_worlds(heard)
    assert (some.possible, some.standing) == (whole.possible, whole.standing)
    assert some.if_holds.items() <= whole.if_holds.items()
    for name in whole.if_holds.keys() - some.if_holds.keys():
        assert whole.if_holds[name] == whole.if_not[name] == whole.possible


@given(st.lists(kinds, max_size=30))
def test_states_that_are_not_exact_come_to_the_same_statuses(found: list[int]) -> None:
    """Whether claims hold or not has been chosen: the state that many cells share leaves the same status."""
    exact = shared = BEFORE_ALL
    for kind in found:
        exact = before(exact, kind * WIDTH, KINDS, True)
        shared = before(shared, kind * WIDTH, KINDS, False)
        assert outcome(shared) == outcome(exact)
        assert exact & EVERY_RESTRICTION & ~shared == 0
        assert permissions_of(exact) & ~permissions_of(shared) == 0


@given(st.lists(st.lists(kinds, max_size=20), min_size=1, max_size=6))
def test_tables_that_are_full_grow_and_tell_the_same(gates: list[list[int]]) -> None:
    """Room for one layer at first, against room for many."""
    small, large = Walk(1), Walk(4_096)
    for gate in gates:
        assert small.outcome(tuple(gate)) == large.outcome(tuple(gate))
        assert small.told(gate) == large.told(gate)


@given(st.lists(kinds, max_size=40))
def test_no_layer_has_more_states_than_there_is_room_for(gate: list[int]) -> None:
    made = tables(4_096, exact=False)
    layer = 0
    for kind in gate:
        layer = layers.after(made, layer, kind)
        assert layer != FULL
        assert made.layers[layer * layers.LAYER + layers.SIZE] <= MOST_STATES


@given(st.lists(kinds, max_size=25))
def test_a_walk_that_shares_states_finds_the_same_statuses(gate: list[int]) -> None:
    """The board walks with states that are not exact."""
    made = tables(4_096, exact=False)
    layer = 0
    for kind in gate:
        layer = layers.after(made, layer, kind)
    assert made.layers[layer * layers.LAYER + layers.OUTCOMES] == Walk().outcome(tuple(gate)).possible


def test_outcomes_are_forgotten_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered is bounded, and worked out again all the same."""
    monkeypatch.setattr(walking, "MOST_KNOWN", 3)
    walk = Walk()
    some = [kind_of(effect, 0, True) for effect in range(len(EFFECTS))]
    found = [walk.outcome((kind,)) for kind in some]
    assert [walk.outcome((kind,)) for kind in some] == found
