"""The numbered layers come to what ``gate_worlds`` comes to."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from policytracker.columns.kinds import OF_ROLE, POSSIBLE, chip_bits, company_bits, holding
from policytracker.columns.layers import Layers
from policytracker.columns.strikes import busy
from policytracker.status.found import LIFTS_STOPS_ONLY, STOP
from policytracker.status.worlds import gate_worlds

LAYERS = Layers()


@st.composite
def kinds(draw: st.DrawFn) -> int:
    """A claim of any kind, possible or certain, at any place; stops and openings have the ranks that they may have."""
    stop = draw(st.booleans())
    rank = draw(st.integers(0, 2) if stop else st.integers(2, 5))
    lifts = LIFTS_STOPS_ONLY if not stop and draw(st.booleans()) else 0
    match = company_bits(draw(st.integers(0, 3)), True) | chip_bits(draw(st.integers(0, 2)), True)
    return rank | (STOP if stop else 0) | lifts | match | (0 if draw(st.booleans()) else POSSIBLE)


def outcome(claims: list[int]) -> int:
    layer = np.array([LAYERS.start], np.int32)
    for kind in reversed(claims):
        if not LAYERS.matters[layer[0]]:
            break
        layer = LAYERS.after(layer, np.array([kind], np.int32))
    return int(LAYERS.outcomes[layer[0]])


@given(st.lists(st.tuples(kinds(), st.integers(0, 2)), max_size=12))
def test_what_is_idle_under_a_key_changes_nothing(claims: list[tuple[int, int]]) -> None:
    """Three keys, each with one place; without what is idle under its own the gate comes to the same."""
    at = [company_bits(3, True) | chip_bits(2, True), company_bits(1, True), chip_bits(1, True)]
    placed = [(kind & (OF_ROLE | POSSIBLE) | at[key], key) for kind, key in claims]
    keys = np.array([key for _, key in placed], np.int64)
    by = np.argsort(keys, kind="stable")
    role = np.array([kind & OF_ROLE for kind, _ in placed], np.uint8)
    certain = np.array([not kind & POSSIBLE for kind, _ in placed], np.bool_)
    kept = sorted(by[busy(keys[by], role[by], certain[by])].tolist())
    held = [holding(kind)._replace(order=(place, 0, 0), id=str(place)) for place, (kind, _) in enumerate(placed)]
    assert gate_worlds([held[place] for place in kept]).possible == gate_worlds(held).possible


def test_a_stop_that_was_answered_still_ends_what_was_open_before() -> None:
    """Under one key a stop, then an opening for all: the stop is struck, and not idle; the first opening is."""
    opening, stop = 5, STOP
    role = np.array([opening, stop, opening], np.uint8)
    assert busy(np.zeros(3, np.int64), role, np.ones(3, np.bool_)).tolist() == [False, True, True]


@given(st.lists(kinds(), max_size=12))
def test_the_layers_come_to_what_all_worlds_come_to(claims: list[int]) -> None:
    """Claims in order, walked from the last to the first; one table of steps for all examples."""
    holdings = [holding(kind)._replace(order=(place, 0, 0), id=str(place)) for place, kind in enumerate(claims)]
    assert outcome(claims) == gate_worlds(holdings).possible
