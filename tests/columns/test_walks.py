"""The compiled walks come to what ``gate_worlds`` comes to."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from policytracker.columns.kinds import DOES, DOUBT, KINDS, LEVEL, LEVELS, holding
from policytracker.columns.layers import EFFECTS, FULL, LAYERS, NEWS, OUTCOMES, Table, after, grown, table
from policytracker.columns.rows import Small
from policytracker.columns.states import OPENING, PLACES, STOP, before
from policytracker.columns.walks import possible_of, stand
from policytracker.status.prevails import Holding, Later
from policytracker.status.worlds import GateWorlds, gate_worlds

KIND = st.builds(
    lambda place, doubt, does: place << LEVEL | doubt << DOUBT | does,
    st.integers(0, len(LEVELS) - 1),
    st.integers(0, 1),
    st.integers(0, len(DOES) - 1),
)
CLAIMS = st.lists(KIND, max_size=14)
"""The last claim first."""


def holdings(claims: list[int]) -> list[Holding]:
    """The claims as the core takes them; each is named by its place."""
    count = len(claims)
    return [holding(kind)._replace(order=(count - at, 0, 0), id=str(at)) for at, kind in enumerate(claims)]


def packed(state: Later) -> int:
    """A state as a number."""
    openings, stops, stop, opening = state
    last = (0 if stop is None else stop + 1, 0 if opening is None else opening)
    return openings | stops << PLACES | last[0] << STOP | last[1] << OPENING


def worlds(claims: list[int]) -> GateWorlds:
    return gate_worlds(holdings(claims))


def as_array(claims: list[int]) -> Small:
    return np.array(claims, np.int32)


@given(CLAIMS)
def test_an_exact_state_is_that_of_the_core(claims: list[int]) -> None:
    state, later = 0, Later()
    for kind, claim in zip(claims, holdings(claims), strict=True):
        state, later = before(state, KINDS[kind], True), later.before(claim)
        assert state == packed(later)


@given(CLAIMS)
def test_a_walk_comes_to_what_all_worlds_come_to(claims: list[int]) -> None:
    expected = worlds(claims)
    standing = np.zeros(len(claims), np.uint8)
    assert possible_of(as_array(claims), KINDS) == expected.possible
    assert stand(as_array(claims), KINDS, standing) == expected.possible
    assert [str(place) for place in np.flatnonzero(standing)[::-1]] == list(expected.standing)


LAYERS_OF_ALL = [table(64)]


def step(layer: int, kind: int) -> int:
    """A step in one table for all examples, which grows."""
    found = after(LAYERS_OF_ALL[0], layer, kind)
    while found == FULL:
        LAYERS_OF_ALL[0] = grown(LAYERS_OF_ALL[0])
        found = after(LAYERS_OF_ALL[0], layer, kind)
    return found


@given(CLAIMS)
def test_layers_come_to_what_all_worlds_come_to(claims: list[int]) -> None:
    layer = 0
    for place, kind in enumerate(claims):
        layer = step(layer, kind)
        layers: Table = LAYERS_OF_ALL[0]
        assert layers.told[layer, OUTCOMES] == worlds(claims[: place + 1]).possible
    assert LAYERS_OF_ALL[0].counts[LAYERS] > 0


@given(CLAIMS, CLAIMS)
def test_claims_that_say_nothing_to_any_effect_change_nothing(later: list[int], earlier: list[int]) -> None:
    """Walked until a layer heeds nothing that earlier claims say: with them all worlds come to the same."""
    layer = 0
    for kind in later:
        layer = step(layer, kind)
    effects = int(LAYERS_OF_ALL[0].told[layer, EFFECTS])
    kept = [kind for kind in earlier if not says(kind) & (effects >> NEWS if kind >> DOUBT & 1 else effects)]
    assert worlds(later + kept).possible == worlds(later).possible


def says(kind: int) -> int:
    claim = holding(kind)
    return 1 << claim.rank if claim.is_stop else 1 << claim.rank + 1
