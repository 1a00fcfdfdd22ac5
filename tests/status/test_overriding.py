"""What overrides what, and where an order was assumed, agree with the answer, whatever holds (semantics.md §6)."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.status.claims import effect_number
from policytracker.status.overriding import (
    Overridden,
    Placed,
    indecisive,
    overridden,
    placed,
    taken_as_later,
)
from policytracker.status.prevails import Holding, kind_of, place_of
from policytracker.testing import naive, strategies
from policytracker.testing.naive.prevailing import PERMISSION, RESTRICTION
from tests.status import ground
from tests.test_core_is_the_contract import entries_of, view_of

KINDS = {
    "prohibited": (RESTRICTION, 0),
    "blocked": (RESTRICTION, 1),
    "held": (RESTRICTION, 2),
    "review-opened": (PERMISSION, 2),
    "approved-in-principle": (PERMISSION, 3),
    "licence-granted": (PERMISSION, 5),
    "cleared": (PERMISSION, 6),
}


@st.composite
def twins(draw: st.DrawFn) -> tuple[Holding, naive.Holding]:
    """One claim that holds, as the core and as the naive reading see it."""
    name, certain = draw(st.sampled_from(sorted(KINDS))), draw(st.booleans())
    levels = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    day, position = draw(st.integers(1, 20)), draw(st.integers(0, 9999))
    kind, rank = KINDS[name]
    return (
        Holding(
            (day, 0, 0, position),
            f"{name}-{position}",
            kind_of(effect_number(name, None, False), place_of(*levels), certain),
        ),
        naive.Holding(
            id=f"{name}-{position}",
            type=name,
            kind=kind,
            certain=certain,
            rank=rank,
            scope=naive.Scope(True, *levels),
            order=(day, (0, 0), 0, 0, 0, position),
            conditions={},
        ),
    )


Twins = list[tuple[Holding, naive.Holding]]
gates = st.lists(twins(), max_size=7, unique_by=lambda pair: pair[0].order[3])


def overriders_of(claim: naive.Holding, held: list[naive.Holding]) -> list[naive.Holding]:
    return sorted((other for other in held if naive.overrides(other, claim)), key=lambda other: other.order)


@given(gates)
def test_a_claim_is_overridden_for_sure_exactly_when_no_possible_world_leaves_it(pairs: Twins) -> None:
    """Every choice of the claims that hold only possibly, tried one by one."""
    held = [twin for _, twin in pairs]
    possible = [claim for claim in held if not claim.certain]
    left = set()
    for choice in itertools.product((False, True), repeat=len(possible)):
        missing = {claim.id for claim, holds in zip(possible, choice, strict=True) if not holds}
        there = [claim for claim in held if claim.id not in missing]
        left |= {claim.id for claim in there if not overriders_of(claim, there)}
    found = overridden([holding for holding, _ in pairs])

    assert {each.claim for each in found if each.certain} == {claim.id for claim in held} - left


@given(gates)
def test_the_last_certain_overrider_is_named_or_every_possible_one(pairs: Twins) -> None:
    """Stopped on the 14th, to be prepared from the 23rd, let in on the 28th: it is the last that overrides."""
    held = [twin for _, twin in pairs]
    expected = set()
    for claim in held:
        others = overriders_of(claim, held)
        certain = [other for other in others if other.certain]
        for other in certain[-1:] or others:
            expected.add((claim.id, other.id, 1 if other.kind == RESTRICTION else 2, other.certain))

    assert {tuple(each) for each in overridden([holding for holding, _ in pairs])} == expected


def literally_overridden(holdings: list[Holding]) -> Iterator[Overridden]:
    """Every claim beside every later one."""
    ordered = sorted(holdings)
    for place, claim in enumerate(ordered):
        others = [later for later in ordered[place + 1 :] if later.overrides(claim)]
        certain = [later for later in others if later.certain]
        for other in certain[-1:] or others:
            yield Overridden(claim.id, other.id, other.rule, bool(certain))


@given(st.lists(twins(), max_size=40, unique_by=lambda pair: pair[0].order[3]))
def test_one_pass_finds_what_comparing_every_two_claims_finds_in_the_same_order(pairs: Twins) -> None:
    """Up to forty claims of all kinds and places, certain or not."""
    holdings = [holding for holding, _ in pairs]

    assert overridden(holdings) == list(literally_overridden(holdings))


@given(st.data(), strategies.claims_only())
def test_a_claim_left_without_effect_is_outdone_by_what_stands(data: st.DataObject, ledger: list[Any]) -> None:
    """A restriction by a lower one; a permission by a restriction or a higher permission."""
    question = data.draw(strategies.questions(ledger))
    known = None if question.known is None else moment(question.known)
    view = view_of(entries_of(naive.resolve(ledger)), question.at, known)
    for gate in view.cell(question.company, question.chip, span(question.at).first).gates:
        standing = [each for each in gate.holdings if each.id in gate.worlds.standing]
        surely = {each.claim for each in overridden(gate.holdings) if each.certain}
        for each in gate.holdings:
            if each in standing or each.id in surely:
                continue
            text = indecisive(each, standing)
            assert ("a lower restriction" in text) == each.is_restriction
            lower = any(other.is_restriction and other.rank < each.rank for other in standing)
            restricted = any(other.is_restriction for other in standing)
            higher = any(not other.is_restriction and other.rank > each.rank for other in standing)
            assert lower if each.is_restriction else restricted or higher


# Where nothing tells which came first


def places(*claims: dict[str, Any]) -> dict[str, Placed]:
    """The claims that hold at the import gate of one cell on a day of 2026, by ref."""
    view = ground.seen(*claims)
    gate = view.cell("tencent", "h200", span("2026-06-01").first).gates[-1]
    return {each.id: placed(each, view.standings[each.id], "UTC") for each in gate.holdings}


def on(published: str, effective: str | None = None) -> dict[str, Any]:
    """When a claim was published, and from when it holds."""
    return {"report": ground.report(published), "effective": effective}


ORDERS = [
    pytest.param(
        on("2026-01-10", "2026-01-10"), on("2026-01-10", "2026-01-10"), True, id="one day, published on one day"
    ),
    pytest.param(on("2026-01-10T06:00Z"), on("2026-01-10T06:00Z"), True, id="one day, published at one instant"),
    pytest.param(on("2026-01-10"), on("2026-01-10T06:00Z"), True, id="an instant within the day of the other"),
    pytest.param(on("2026-01-10T06:00Z"), on("2026-01-10T07:00Z"), False, id="two instants of one day"),
    pytest.param(on("2026-01-10"), on("2026-01-11"), False, id="two days"),
    pytest.param(
        on("2026-01-09", "2026-01-12"),
        on("2026-01-10", "2026-01-12"),
        False,
        id="one day of effect, published on two days",
    ),
    pytest.param(on("2026-01", "2026-01"), on("2026-01-10", "2026-01-10"), True, id="a month around a day"),
    pytest.param(on("2026-01-10", "2025-12-31"), on("2026-01", "2026-01"), False, id="a day before a month"),
]


@pytest.mark.parametrize(("permission", "restriction", "assumed"), ORDERS)
def test_an_order_is_assumed_where_dates_and_reports_leave_it_open(
    permission: dict[str, Any], restriction: dict[str, Any], assumed: bool
) -> None:
    """A clearance and a block, recorded in either order: where nothing tells, the block counts as the later."""
    cleared = ground.claim("cleared", "let-in", "") | permission
    blocked = ground.claim("blocked", "stop", "") | restriction
    for claims in ((cleared, blocked), (blocked, cleared)):
        found = places(*map(without_nothing, claims))
        assert sorted(found.values())[-1].holding.id == "stop"
        assert found["let-in"].meets(found["stop"]) == assumed
        assert taken_as_later(found.values()) == ({"stop": "let-in"} if assumed else {})


def without_nothing(event: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if value is not None}


def test_only_a_permission_that_would_override_is_named() -> None:
    """A step towards approval lifts no prohibition, whatever the order."""
    said = {"effective": "2026-01-10", "report": ground.report("2026-01-10")}
    step, rule = ground.claim("review-opened", "step", "") | said, ground.claim("prohibited", "rule", "") | said
    stop = ground.claim("blocked", "stop", "") | said

    assert taken_as_later(places(step, rule).values()) == {}
    assert taken_as_later(places(step, stop).values()) == {"stop": "step"}


def literally_taken_as_later(found: list[Placed]) -> dict[str, Any]:
    """Every restriction beside every permission: the last places of those that would override it."""
    open_places: dict[str, Any] = {}
    for restriction in (each for each in found if each.holding.is_restriction):
        lifting = [
            each.latest
            for each in found
            if not each.holding.is_restriction
            and each.holding.overrides(restriction.holding)
            and each.meets(restriction)
        ]
        if lifting:
            open_places[restriction.holding.id] = max(lifting)
    return open_places


@st.composite
def many_placed(draw: st.DrawFn) -> list[Placed]:
    """Claims that hold, each with a range of places in the order."""
    found = []
    for holding, _ in draw(st.lists(twins(), max_size=15, unique_by=lambda pair: pair[0].order[3])):
        earliest = draw(st.integers(1, 12)), draw(st.integers(0, 3))
        latest = max(earliest, (earliest[0] + draw(st.sampled_from((0, 0, 2))), draw(st.integers(0, 3))))
        found.append(Placed(holding, earliest, latest))
    return found


@given(many_placed())
def test_one_look_in_order_finds_what_comparing_every_two_claims_finds(found: list[Placed]) -> None:
    """For each restriction a permission that may have come after it, and no permission may have come later."""
    by_id = {each.holding.id: each for each in found}
    taken = taken_as_later(found)

    assert {claim: by_id[than].latest for claim, than in taken.items()} == literally_taken_as_later(found)
