"""A story tells, at any point, what the roles that hold there come to."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from policytracker.status.rectangles import answer_at
from policytracker.status.stories import ALWAYS, IDLE, NO_ROLE, Change, Steps, story

DAYS, MOMENTS, VERSIONS = range(1, 7), range(3), 3
Told = dict[int, Steps]
"""What a claim does, from each of some moments on."""


@st.composite
def claims(draw: st.DrawFn, number: int) -> Told:
    """A claim that at some moments begins to do something else; its roles are its own."""
    roles = st.sampled_from([NO_ROLE, *range(VERSIONS * number, VERSIONS * (number + 1))])
    steps = st.dictionaries(st.sampled_from(DAYS), roles, min_size=1, max_size=4).map(
        lambda found: (*IDLE, *sorted(found.items()))
    )
    found: Told = draw(st.dictionaries(st.sampled_from(MOMENTS), steps, min_size=1))
    return found


def changes(told: list[Told]) -> list[Change]:
    found = []
    for claim in told:
        versions = [(-1, IDLE), *sorted(claim.items())]
        found += [Change(known, before, after) for (_, before), (known, after) in pairwise(versions)]
    return found


def held(told: list[Told], day: int, known: int) -> tuple[int, ...]:
    """The roles that hold at a point, claim by claim."""
    now = [dict(sorted(claim.items())[: sum(moment <= known for moment in claim)]) for claim in told]
    steps = [list(claim.values())[-1] if claim else IDLE for claim in now]
    roles = [[role for first, role in found if first <= day][-1] for found in steps]
    return tuple(sorted(role for role in roles if role != NO_ROLE))


def decide(roles: tuple[int, ...]) -> int:
    """One of few answers, so that neighbours are often alike."""
    return sum(roles) % 3


@given(st.integers(2, 3).flatmap(lambda count: st.tuples(*(claims(number) for number in range(count)))))
def test_every_point_is_told(told: tuple[Told, ...]) -> None:
    """Several claims that turn at the same moments and on the same days, over all days and moments."""
    found = story(changes(list(told)), decide)
    for known in (-1, *MOMENTS):
        for day in (ALWAYS, *DAYS, 99):
            assert answer_at(found, day, known) == decide(held(list(told), day, known))
    for day in (ALWAYS, *DAYS, 99):
        assert answer_at(found, day, None) == decide(held(list(told), day, MOMENTS[-1]))


@given(st.integers(2, 3).flatmap(lambda count: st.tuples(*(claims(number) for number in range(count)))))
def test_a_rectangle_tells_something_new_on_each_of_its_days(told: tuple[Told, ...]) -> None:
    """None repeats what was told of its days before, and none of one moment overlaps or continues another."""
    found = story(changes(list(told)), decide)
    for place, each in enumerate(found):
        for day in (day for day in (ALWAYS, *DAYS, 99) if each.covers(day)):
            assert answer_at(found[:place], day, None) != each.answer
    for before, after in pairwise(found):
        assert before.known_from <= after.known_from
        if before.known_from == after.known_from:
            assert before.day_to is not None and before.day_to <= after.day_from
            assert before.day_to < after.day_from or before.answer != after.answer
