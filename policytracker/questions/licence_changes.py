"""Licences and approvals that begin or cease to stand at a gate of a cell, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, Literal

from policytracker.status.force import bars

if TYPE_CHECKING:
    from policytracker.questions.answers import CellState
    from policytracker.questions.difference_answers import Became
    from policytracker.questions.explained import Explained

LICENCES: Final = ("licence-granted", "batch-approved", "approved-in-principle")
"""The types of claims by which an authority grants something."""
Holds = Literal["in force", "not yet", "retracted", "not counted", "lifted", "ended", "suspended"]


def turned_licences(was: CellState, now: CellState, type_of: Callable[[str], str]) -> Iterator[tuple[str, str, bool]]:
    """The licences of a cell that stand at one of two points alone: gate and id, and whether it is the second."""
    if was["gates"] == now["gates"]:
        return
    old, new = (
        {(gate["gate"], claim): None for gate in state["gates"] for claim in gate["claims"]} for state in (was, now)
    )
    for place in {**old, **new}:
        if (place in old) != (place in new) and type_of(place[1]) in LICENCES:
            yield *place, place in new


def became(first: Explained, day: int, last: Explained, to_day: int, claim: str, stands: bool) -> Became:
    """What became of a licence that now ``stands`` and did not, or no longer does, from one point to another."""
    before, after = _holds(first, claim, day), _holds(last, claim, to_day)
    if stands:
        return "granted" if before == "not yet" else "resumed" if before == "suspended" else "stands"
    return "overridden" if after == "in force" else after


def _holds(known: Explained, claim: str, day: int) -> Holds:
    """Whether a claim holds on a day for anybody, certainly or possibly, and why not."""
    standing = known.standings(claim).get(claim)
    if standing is None or not standing.known:
        return "not yet"
    if standing.retracted:
        return "retracted"
    if not standing.counts:
        return "not counted"
    bar = next(bars(known.claim(claim, day), day), None)
    if bar is None:
        return "in force"
    if bar.kind == "start":
        return "not yet"
    return "suspended" if bar.kind == "pause" else "lifted" if bar.event else "ended"
