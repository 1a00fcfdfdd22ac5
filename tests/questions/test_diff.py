"""``diff``: what differs between two points, the world told apart from our knowledge (cli.md)."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import iso, moment, span
from policytracker.projections.reading import all_entries
from policytracker.questions.diff import NoDistance, Points, Walk, diff
from policytracker.questions.groups import groups
from policytracker.questions.reader import Reader
from policytracker.status.cells import CellAnswer
from policytracker.status.words import capped
from policytracker.status.worlds import gate_worlds
from policytracker.testing import naive, strategies
from tests.questions.recorded import recorded
from tests.test_core_is_the_contract import entries_of, view_of

NAMED, FIRMED = "cn-2026-01-28-batch-named", "cn-2026-01-28-batch-firmed"
FIRM = (
    "corrected: conditions.terms-open: none → the terms are still being settled; one person finds them too tight to "
    "turn into orders; quantity: 200,000 to 999,999 (several hundred thousand) → "
    "400,001 or more (more than 400,000, the three together)"
)
Step = Mapping[str, Any]
Ledger = list[dict[str, Any]]


def points(at: str, known: str | None, to_at: str, to_known: str | None) -> Points:
    return Points(
        span(at).first,
        None if known is None else moment(known),
        span(to_at).first,
        None if to_known is None else moment(to_known),
    )


NOON = points("2026-01-28", "2026-01-28T12:00Z", "2026-01-28", "2026-01-28")
JANUARY = points("2026-01-10", "2026-01-25", "2026-01-24", "2026-01-25")


def told(step: Step) -> list[tuple[str, str]]:
    """The events of a step by their refs, each with what it did."""
    return [(event["ref"], event["change"]) for event in step["events"]]


def test_within_a_day_the_recipients_are_named_and_the_terms_corrected(reader: Reader) -> None:
    """28 January: noon, a batch for three firms, not named; evening, Tencent among them, terms still open.

    No licence was known: at US/export the cell is licensable whatever China approved.
    """
    (step,) = diff(reader, NOON, None, "Tencent", "H200")

    assert (step["changed"], step["from_possible"], step["to_possible"]) == (
        "knowledge",
        ["in_principle", "licensable"],
        ["licensable"],
    )
    assert told(step) == [(NAMED, "recipients-identified: bytedance, alibaba, tencent"), (FIRMED, FIRM)]
    assert [source["published"] for event in step["events"] for source in event["sources"]] == ["2026-01-28"] * 2


def test_firms_that_were_not_named_lose_their_hope_by_the_naming_alone(reader: Reader) -> None:
    """The correction of the terms changes nothing for Baidu, nor for any other of the large firms."""
    found = {(step["company"], step["chip"]): told(step) for step in diff(reader, NOON, None, None, None)}

    named = [(NAMED, "recipients-identified: bytedance, alibaba, tencent")]
    others = {(company, "h200"): named for company in ("baidu", "jd", "kuaishou", "meituan")}
    assert {cell: events for cell, events in found.items() if cell in others} == others
    assert {company for company, _ in found} == {"alibaba", "bytedance", "tencent", *(each for each, _ in others)}


def test_a_rule_that_comes_into_force_changes_the_world(reader: Reader) -> None:
    """As known on 25 January: from the 15th on the rule of the 13th ends the denial of 2023; that day China holds."""
    (step,) = diff(reader, JANUARY, None, "Tencent", "H100")

    assert (step["changed"], step["from"], step["to_possible"]) == ("world", "prohibited", ["blocked", "pending"])
    assert told(step) == [
        ("us-2026-01-13-rule", "in force from 2026-01-15"),
        ("cn-2026-01-15-volume-rules-held", "in force from 2026-01-15"),
    ]


def test_a_cell_that_changes_at_both_steps_is_listed_twice(reader: Reader) -> None:
    """H100 in 2022: a letter since 26 August; then, not known in September, the rule of 7 October from the 21st on."""
    walk = points("2022-08-01", "2022-09-30", "2022-10-25", "2022-10-25")
    found = list(diff(reader, walk, None, "Tencent", "H100"))

    assert [(step["changed"], step["from"], step["to"]) for step in found] == [
        ("world", "cleared", "pending"),
        ("knowledge", "pending", "prohibited"),
    ]
    assert told(found[0]) == [("us-2022-08-26-letter", "in force from 2022-08-26")]
    assert "us-2022-10-07-rule" in dict(told(found[1]))


def test_looking_back_names_what_was_not_known_yet(reader: Reader) -> None:
    """From the evening to the noon of 28 January."""
    back = Points(*NOON[2:], *NOON[:2])
    (step,) = diff(reader, back, None, "Tencent", "H200")

    assert dict(told(step))[FIRMED] == f"not known yet: {FIRM}"


def test_points_that_are_the_same_are_refused(reader: Reader) -> None:
    """Nothing can differ."""
    with pytest.raises(NoDistance, match="both points are the same; give another with --to-at, --to-known or"):
        diff(reader, Points(*NOON[:2], *NOON[:2]), None, None, None)


def test_equal_changes_are_gathered_by_what_made_them(reader: Reader) -> None:
    """The three named firms and the four others: groups of one chip.

    Chinese customs clear nothing for ByteDance beyond conditional since November 2025, so the open terms of the batch
    change no answer of its gates.
    """
    found = groups(diff(reader, NOON, None, None, None))

    assert [group.where(reader.directory.companies, reader.directory.chips) for group in found] == [
        ["baidu, jd, kuaishou, meituan: h200"],
        ["alibaba, tencent: h200"],
        ["bytedance: h200"],
    ]
    assert [[event["ref"] for event in group.step["events"]] for group in found] == [[NAMED], [NAMED, FIRMED], [NAMED]]


class Walked(NamedTuple):
    """A ledger as the naive reading takes it, and every step of every cell from one point of it to another."""

    resolved: Ledger
    known: str | None
    to_known: str | None
    way: Points
    steps: list[Step]


@st.composite
def walks(draw: st.DrawFn, ledgers: st.SearchStrategy[Ledger]) -> Walked:
    """A ledger, recorded, and the way between two points."""
    ledger = draw(ledgers)
    start, end = draw(strategies.questions(ledger)), draw(strategies.questions(ledger))
    way = points(start.at, start.known, end.at, end.known)
    with recorded(ledger) as reader:
        resolved = naive.resolve(ledger, ids=[entry.id for entry in all_entries(reader.connection)])
        cells = product(sorted(reader.directory.companies), sorted(reader.directory.chips))
        return Walked(resolved, start.known, end.known, way, list(Walk(reader, way, None).all_steps(cells)))


def possible(resolved: Ledger, cell: tuple[str, str], day: int, known: str | None) -> list[str]:
    """The naive answer."""
    at = iso(day)
    found: list[str] = naive.answer(resolved, *cell, at=at, known=known, recorded=None)["possible"]
    return found


@given(walks(strategies.ledgers()))
def test_a_cell_is_listed_exactly_when_its_answer_differs(walk: Walked) -> None:
    """World: on the two days, as known at the first moment; knowledge: of the second day, at the two moments."""
    resolved, known, to_known, way, steps = walk
    names = naive.registry(resolved, date.fromordinal(way.at))
    for cell in product(names.companies, names.chips):
        corners = [
            possible(resolved, cell, way.at, known),
            possible(resolved, cell, way.to_at, known),
            possible(resolved, cell, way.to_at, to_known),
        ]
        listed = [
            (step["changed"], step["from_possible"], step["to_possible"])
            for step in steps
            if (step["company"], step["chip"]) == cell
        ]
        world, knowledge = ("world", corners[0], corners[1]), ("knowledge", corners[1], corners[2])
        assert listed == [each for each in (world, knowledge) if each[1] != each[2]]


@given(walks(strategies.ledgers()))
def test_every_step_names_an_event_that_was_known_in_time(walk: Walked) -> None:
    """Of the world: known at the first moment. Of knowledge: its own report is in at one of the two moments alone."""
    resolved, known, to_known, _, steps = walk
    then, now = naive.standings(resolved, known), naive.standings(resolved, to_known)
    for step in steps:
        assert step["events"]
        for name in (event["id"] for event in step["events"]):
            if step["changed"] == "world":
                assert then[name].known
                assert not then[name].retracted
            else:
                assert own(then[name], known) != own(now[name], to_known)


def own(event: naive.Standing, known: str | None) -> naive.Entry | None:
    """The event's own report, if it is public."""
    return event.report if event.report is not None and naive.is_public(event.report, known) else None


@given(walks(strategies.claims_only()))
def test_a_claim_that_alone_would_have_kept_another_answer_is_named(walk: Walked) -> None:
    """With what it did on the first day and all else as on the second; if there is such a claim, no other is named."""
    way = walk.way
    entries = entries_of(walk.resolved)
    before, after = (view_of(entries, day, way.known) for day in (way.at, way.to_at))
    for step in (step for step in walk.steps if step["changed"] == "world"):
        start = before.cell(step["company"], step["chip"], way.at)
        end = after.cell(step["company"], step["chip"], way.to_at)
        turned = set(turned_alone(start, end))
        alone = {claim for claim, answer in turned if answer != end.possible}
        named = {event["claim"] for event in step["events"]}
        assert named == alone if alone else named <= {claim for claim, _ in turned}


def turned_alone(start: CellAnswer, end: CellAnswer) -> Iterator[tuple[str, int]]:
    """Each claim that changed at a gate that did, and the cell's possible statuses had it alone not changed."""
    for place, (was, now) in enumerate(zip(start.gates, end.gates, strict=True)):
        changed = {*was.holdings} ^ {*now.holdings} | {*was.caps} ^ {*now.caps}
        for claim in {each.id for each in changed} if was.possible != now.possible else ():
            holdings = [each for each in now.holdings if each.id != claim]
            holdings += [each for each in was.holdings if each.id == claim]
            caps = [each.certain for each in now.caps if each.id != claim]
            caps += [each.certain for each in was.caps if each.id == claim]
            sets = [gate.possible for gate in end.gates]
            sets[place] = capped(gate_worlds(holdings).possible, caps)
            ranks = [frozenset(rank for rank in range(7) if bits >> rank & 1) for bits in sets]
            yield claim, sum(1 << rank for rank in naive.minima(ranks))
