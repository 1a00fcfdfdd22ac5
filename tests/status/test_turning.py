"""When claims begin, pause and end; and the grid of how specific they are. Each case by hand."""

from typing import Any

import pytest

from policytracker.events.dates import iso, span
from policytracker.status.entries import Entry
from policytracker.status.force import in_force, turning_days
from policytracker.status.prevails import COVERS, EVERY_PLACE, PLACES
from policytracker.status.view import View
from policytracker.status.words import words
from tests.status.ground import claim, seen

REPORT = {"publisher": "Reuters", "published": "2026-01-01", "grade": "A1"}
CLAIM = {
    "type": "cleared",
    "authority": "gacc",
    "companies": ["all"],
    "chips": ["all"],
    "effective": "2026-01-05",
    "conditions": {"quota": "buy domestic chips"},
    "report": REPORT,
}


def view_of(*events: dict[str, Any]) -> View:
    """The claim, and events about it."""
    about = [{"target": "claim", "report": REPORT, **event} for event in events]
    return View([Entry(n, "claim" if n == 0 else f"about-{n}", n, e) for n, e in enumerate([CLAIM, *about])])


SUSPENDED = {"type": "suspended", "effective": "2026-01-10/2026-01-12", "until": "2026-01-20/2026-01-22"}
FOREVER = {"type": "suspended", "effective": "2026-01-10"}
LIFTED = {"type": "lifted", "effective": "2026-01-15/2026-01-17"}
MET = {"type": "conditions-met", "conditions": ["quota"], "effective": "2026-01-08"}


@pytest.mark.parametrize(
    ("events", "days"),
    [
        ([], ["05", "05"]),
        ([SUSPENDED], ["05", "05", "10", "12", "20", "22"]),
        ([FOREVER], ["05", "05", "10", "10"]),
        ([LIFTED], ["05", "05", "15", "17"]),
        ([MET], ["05", "05", "08"]),
    ],
)
def test_a_claim_turns_on_each_of_its_dates(events: list[dict[str, Any]], days: list[str]) -> None:
    (found,) = view_of(*events).claims.values()
    assert [iso(day) for day in turning_days(found)] == [f"2026-01-{day}" for day in days]


@pytest.mark.parametrize(
    ("events", "day", "force"),
    [
        ([SUSPENDED], "2026-01-09", True),
        ([SUSPENDED], "2026-01-10", False),
        ([SUSPENDED], "2026-01-11", False),
        ([SUSPENDED], "2026-01-12", None),
        ([SUSPENDED], "2026-01-19", None),
        ([SUSPENDED], "2026-01-20", False),
        ([SUSPENDED], "2026-01-21", False),
        ([SUSPENDED], "2026-01-22", True),
        ([FOREVER], "2026-01-09", True),
        ([FOREVER], "2026-01-10", None),
        ([FOREVER], "2099-01-01", None),
        ([LIFTED], "2026-01-14", True),
        ([LIFTED], "2026-01-15", False),
        ([LIFTED], "2026-01-16", False),
        ([LIFTED], "2026-01-17", None),
        ([], "2026-01-04", None),
        ([], "2026-01-05", True),
    ],
)
def test_intervals_include_their_start_and_not_their_end(
    events: list[dict[str, Any]], day: str, force: bool | None
) -> None:
    (found,) = view_of(*events).claims.values()
    assert in_force(found, span(day).first) is force


def test_a_met_condition_binds_until_the_day_it_is_met() -> None:
    (found,) = view_of(MET).claims.values()
    assert list(found.binding(span("2026-01-07").first)) == ["quota"]
    assert list(found.binding(span("2026-01-08").first)) == []


def test_a_claim_covers_what_it_is_as_specific_as() -> None:
    """At least the same company level and at least the same chip level: twelve places, each its own bit."""
    assert sorted(PLACES.values()) == [1 << bit for bit in range(12)]
    for (company, chip), covered in COVERS.items():
        for (other_company, other_chip), place in PLACES.items():
            assert bool(covered & place) == (company >= other_company and chip >= other_chip)
    assert sum(PLACES.values()) == EVERY_PLACE


def test_a_later_block_does_not_end_an_earlier_prohibition() -> None:
    """A rule forbids from January, customs also stop it from June: it stays prohibited (§6, rule 1)."""
    view = seen(claim("prohibited", "rule", "2025-01-01"), claim("blocked", "word", "2025-06-01"))
    gates = view.cell("tencent", "h200", span("2025-07-01").first).gates
    assert [words(gate.possible) for gate in gates] == [["cleared"], ["prohibited"]]
