"""What is found decides as all claims do: claims found twice, gates over days, claims that need not be looked at."""

from hypothesis import given
from hypothesis import strategies as st

from policytracker.status.extents import FOREVER
from policytracker.status.found import Decider, Found, holding, role
from policytracker.status.scope import Match
from policytracker.status.sweeps import Stretch, sweep
from policytracker.status.worlds import gate_worlds

DAYS = 12


@st.composite
def roles(draw: st.DrawFn) -> int:
    """A stop of rank 0 to 2, or an opening of rank 2 to 5, of which the two lowest lift stops only."""
    is_stop = draw(st.booleans())
    rank = draw(st.integers(0, 2) if is_stop else st.integers(2, 5))
    return role(rank, is_stop, not is_stop and rank < 4, draw(st.integers(0, 3)) > 0, draw(st.booleans()))


@st.composite
def claims(draw: st.DrawFn, most: int = 9) -> list[Found]:
    """Claims of a gate, each with an order of its own."""
    matches = st.builds(Match, st.sampled_from([True, True, False]), st.integers(0, 2))
    companies = st.builds(Match, st.sampled_from([True, True, False]), st.integers(0, 3))
    found = draw(st.lists(st.tuples(roles(), companies, matches), max_size=most))
    days = draw(st.lists(st.integers(0, DAYS), min_size=len(found), max_size=len(found)))
    return [Found((day, 0, place), *each) for place, (day, each) in enumerate(zip(days, found, strict=True))]


def expected(claims: list[Found]) -> tuple[int, list[int]]:
    """The possible statuses by ``worlds``, and the places of the claims that stand."""
    worlds = gate_worlds([holding(claim)._replace(id=str(claim.order[2])) for claim in claims])
    return worlds.possible, [int(name) for name in worlds.standing]


@given(st.data(), claims())
def test_what_is_found_is_decided_as_in_all_worlds(data: st.DataObject, found: list[Found]) -> None:
    """In any order, some of them found again at lower levels."""
    again = [each for each in found if data.draw(st.booleans())]
    lower = [
        each._replace(
            companies=each.companies._replace(level=data.draw(st.integers(0, each.companies.level))),
            chips=each.chips._replace(level=data.draw(st.integers(0, each.chips.level))),
        )
        for each in again
    ]
    answer = Decider().decide(data.draw(st.permutations([*found, *lower])))
    assert (answer.possible, [claim.order[2] for claim in answer.standing]) == expected(found)


@given(st.data(), claims(14))
def test_a_gate_swept_over_days_answers_as_on_each_of_them(data: st.DataObject, found: list[Found]) -> None:
    """Claims begin on the day that orders them, or were suspended until later; some end. Stops strike though struck."""
    stretches = []
    for claim in found:
        start = claim.order[0] + data.draw(st.sampled_from([0, 0, 0, 2]))
        end = data.draw(st.sampled_from([FOREVER, FOREVER, start + 1, start + 4]))
        stretches.append(Stretch(start, end, claim))
    swept = dict(sweep(stretches, Decider()))
    told: tuple[int, list[int]] = (63, [])
    for day in range(DAYS + 8):
        if day in swept:
            told = swept[day].possible, [claim.order[2] for claim in swept[day].standing]
        here = [each.claim for each in stretches if each.day_from <= day < each.day_to]
        assert told == expected(here)


def test_a_stop_that_is_struck_still_ends_what_came_before_it() -> None:
    """Day 1: cleared for one cell. 2: blocked for all. 3: all may import under conditions, which lifts the block."""
    sure = role(5, False, False, certain=True, has_conditions=False)
    cleared = Found((1, 0, 1), sure, Match(True, 3), Match(True, 2))
    blocked = Found((2, 0, 2), role(1, True, False, True, False), Match(True, 0), Match(True, 0))
    lifted = Found((3, 0, 3), role(4, False, False, True, True), Match(True, 0), Match(True, 0))
    claims = [cleared, blocked, lifted]
    swept = dict(sweep([Stretch(claim.order[0], FOREVER, claim) for claim in claims], Decider()))
    assert [swept[day].possible for day in (1, 2, 3)] == [1 << 5, 1 << 1, 1 << 4]
    assert [claim.order for claim in swept[3].standing] == [lifted.order]
