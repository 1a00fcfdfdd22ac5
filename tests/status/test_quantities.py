"""Ranges of chips against trying every choice of the doubtful events (semantics.md §8)."""

from itertools import compress, product

from hypothesis import given
from hypothesis import strategies as st

from policytracker.status.quantities import Amount, Count, Tally, tally

END = st.none() | st.integers(0, 5)
AMOUNTS = st.tuples(END, END).map(
    lambda ends: Amount(*(ends if None in ends else sorted(ends, key=lambda end: end or 0)))
)


@st.composite
def series(draw: st.DrawFn) -> list[Count]:
    """Up to seven events, some total, some doubtful."""
    size = draw(st.integers(0, 7))
    flags = st.booleans()
    return [Count(f"e{place}", draw(AMOUNTS), draw(flags), draw(flags)) for place in range(size)]


def in_one_world(counts: list[Count]) -> Amount | None:
    """What the events come to when all of them count."""
    known: Amount | None = None
    for count in counts:
        if count.is_total or known is None:
            known = count.amount
        else:
            pairs = zip(known, count.amount, strict=True)
            known = Amount(*(None if one is None or other is None else one + other for one, other in pairs))
    return known


def in_all_worlds(counts: list[Count]) -> Amount | None:
    """The smallest range around the outcomes of all choices in which anything is known."""
    doubtful = [count.event for count in counts if not count.certain]
    outcomes = []
    for choice in product((False, True), repeat=len(doubtful)):
        left_out = set(compress(doubtful, choice))
        outcomes.append(in_one_world([count for count in counts if count.event not in left_out]))
    known = [outcome for outcome in outcomes if outcome is not None]
    if not known:
        return None
    least, most = zip(*known, strict=True)
    return Amount(
        None if None in least else min(end for end in least if end is not None),
        None if None in most else max(end for end in most if end is not None),
    )


@given(series())
def test_the_range_is_the_one_around_every_possible_world(counts: list[Count]) -> None:
    """One pass over the events loses nothing against trying every choice."""
    found = tally(counts)
    assert (found.amount if found else None) == in_all_worlds(counts)


@given(series())
def test_a_range_rests_on_the_last_certain_total_and_what_came_after(counts: list[Count]) -> None:
    """It is certain when all of these count for sure."""
    found = tally(counts)
    totals = [place for place, count in enumerate(counts) if count.is_total and count.certain]
    rest = counts[totals[-1] if totals else 0 :]
    if found is None:
        assert counts == []
    else:
        assert found.events == tuple(count.event for count in rest)
        assert found.certain == all(count.certain for count in rest)


def test_a_certain_total_replaces_and_certain_additions_come_on_top() -> None:
    """Two million ordered; no, 1.5 to 2 million in all; then another 100,000 at least."""
    found = tally(
        [
            Count("first", Amount(2_000_001, None), True, True),
            Count("second", Amount(1_500_000, 2_000_000), True, True),
            Count("third", Amount(100_000, None), False, True),
        ]
    )
    assert found == Tally(Amount(1_600_000, None), True, ("second", "third"))


def test_a_doubtful_report_widens_the_range_to_both_outcomes() -> None:
    """400,000 approved for sure, and perhaps 100,000 to 200,000 more."""
    found = tally(
        [Count("sure", Amount(400_000, 400_000), False, True), Count("perhaps", Amount(100_000, 200_000), False, False)]
    )
    assert found == Tally(Amount(400_000, 600_000), False, ("sure", "perhaps"))


def test_a_doubtful_report_alone_is_told_with_its_doubt() -> None:
    """A rumour of 10,000 shipped, and nothing else."""
    assert tally([Count("rumour", Amount(10_000, None), False, False)]) == Tally(
        Amount(10_000, None), False, ("rumour",)
    )


def test_nothing_reported_is_no_range_at_all() -> None:
    """Not zero: unknown."""
    assert tally([]) is None
