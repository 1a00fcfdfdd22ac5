"""Remembered steps lead where ``gate_worlds`` leads."""

from hypothesis import given
from hypothesis import strategies as st

from policytracker.status.prevails import COVERS, PLACES, Holding
from policytracker.status.walks import Walks
from policytracker.status.worlds import gate_worlds

Kind = tuple[int, bool, bool, tuple[int, int], bool]
KINDS = st.tuples(
    st.integers(0, 5),
    st.booleans(),
    st.booleans(),
    st.sampled_from(sorted(PLACES)),
    st.booleans(),
)


def held(kinds: list[Kind]) -> list[Holding]:
    """Claims of these kinds, one after another."""
    return [
        Holding((place, 0, place), f"c{place}", rank, stop, lifts and not stop, PLACES[at], COVERS[at], certain)
        for place, (rank, stop, lifts, at, certain) in enumerate(kinds)
    ]


@given(st.lists(st.lists(KINDS, max_size=9), min_size=1, max_size=4))
def test_a_walk_over_remembered_steps_comes_to_the_same(gates: list[list[Kind]]) -> None:
    """Several gates walked by one and the same, so that a step remembered from one serves another."""
    walks = Walks()
    for kinds in gates:
        holdings = held(kinds)
        expected = gate_worlds(holdings)
        possible, standing = walks.outcome([walks.kind(each) for each in holdings])
        assert possible == expected.possible
        assert tuple(holdings[place].id for place in standing) == expected.standing
