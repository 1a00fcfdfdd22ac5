"""The numbered layers come to what ``gate_worlds`` comes to."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from policytracker.columns.kinds import LIFTS_STOPS_ONLY, POSSIBLE, STOP, chip_bits, company_bits, holding
from policytracker.columns.layers import Layers
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


@given(st.lists(kinds(), max_size=12))
def test_the_layers_come_to_what_all_worlds_come_to(claims: list[int]) -> None:
    """Claims in order, walked from the last to the first; one table of steps for all examples."""
    holdings = [holding(kind)._replace(order=(place, 0, 0), id=str(place)) for place, kind in enumerate(claims)]
    assert outcome(claims) == gate_worlds(holdings).possible
