"""Periods: what they say of each box of the clocks is what the view says of each point in it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.entries import Entry, Thread, threads
from policytracker.status.periods import CERTAIN, FOREVER, Box, How, Mention, holds, periods
from policytracker.status.prevails import EFFECT_BITS
from policytracker.status.scope import CellMatch, Scopes, meet
from policytracker.status.terms import Expression, Scope, expression, terms_of, terms_of_chip, terms_of_company
from policytracker.status.view import View
from policytracker.testing import naive, strategies
from tests.test_core_is_the_contract import entries_of, view_of

ZONES = ("UTC", "Asia/Shanghai")
ANY_LEDGER = strategies.ledgers() | strategies.batches() | strategies.one_claim() | strategies.claims_only()
Ledger = list[dict[str, Any]]


class Found(NamedTuple):
    """A period or a mention of the claim that a thread begins with."""

    thread: Thread
    box: Box
    says: How | Mention
    seen_from: int
    seen_to: int

    def is_there(self, day: int, known: int | None, seen: int) -> bool:
        """Whether it tells of a point."""
        when = FOREVER - 1 if known is None else known
        day_from, day_to, known_from, known_to = self.box
        return day_from <= day < day_to and known_from <= when < known_to and self.seen_from <= seen < self.seen_to


def threads_of_claims(ledger: Ledger) -> Iterator[Thread]:
    """The claims of a ledger with all that is said about each."""
    said = [entry for entry in entries_of(naive.resolve(ledger)) if not is_registration(entry)]
    return (thread for thread in threads(said).values() if thread[0].type in CLAIM_TYPES)


def is_registration(entry: Entry) -> bool:
    return entry.type.endswith(("-registered", "-defined"))


def found_in(ledger: Ledger, zone: str) -> list[Found]:
    """All periods and mentions of a ledger, told in a time zone."""
    return [
        Found(thread, box, says, seen_from, seen_to)
        for thread in threads_of_claims(ledger)
        for (box, says), seen_from, seen_to in periods(thread, zone)
    ]


def match_of(scopes: Scopes, scope: Scope, company: str, chip: str) -> CellMatch | None:
    """How a scope matches a cell: by its expressions, else by the terms under which the cell finds it."""
    companies = terms_of_company(scopes.directory.company_selectors(company))
    chips = terms_of_chip(scopes.directory.chip_selectors(chip))
    if companies.keys().isdisjoint(scope.companies) or chips.keys().isdisjoint(scope.chips):
        return None
    none: frozenset[str] = frozenset()
    companies_of, chips_of = scope.company_expression, scope.chip_expression
    one = expression(companies_of) if companies_of else Expression({"companies": scope.companies}, none, none)
    other = expression(chips_of) if chips_of else Expression({"chips": scope.chips}, none, none)
    of_company, of_chip = scopes.company_side(one, company), scopes.chip_side(other, chip)
    return None if of_company is None or of_chip is None else meet(of_company, of_chip)


@given(st.data(), ANY_LEDGER)
def test_at_any_point_the_periods_are_the_claims_that_hold(data: st.DataObject, ledger: Ledger) -> None:
    """Any day, moment of knowledge and position: the same claims, in the same order, hold for every cell, and how."""
    entries = entries_of(naive.resolve(ledger))
    question = data.draw(strategies.questions(ledger))
    day, known = span(question.at).first, None if question.known is None else moment(question.known)
    seen = data.draw(st.integers(0, len(entries) - 1))
    view = view_of(entries[: seen + 1], day, known)
    by_zone = {zone: found_in(ledger, zone) for zone in {view.zone_of(name) for name in view.directory.authorities}}
    there = [
        each
        for zone, found in by_zone.items()
        for each in found
        if each.is_there(day, known, seen) and view.zone_of(each.says.authority) == zone
    ]
    for company in view.directory.companies:
        for chip in view.directory.chips:
            assert claims_there(there, view, company, chip) == claims_held(view, company, chip, day)
            words = last_days(there, view, company, chip)
            assert [max(days, default=None) for days in words] == view.last_words(company, chip)


def claims_there(there: list[Found], view: View, company: str, chip: str) -> dict[Any, Any]:
    """What the periods at a point say of a cell, by the order of the claims."""
    return {
        (says.day, says.moment, says.tie, thread[0].position): (
            says.authority,
            bool(says.code & CERTAIN),
            says.code & EFFECT_BITS,
            says.conditions,
            match,
        )
        for thread, _, says, _, _ in there
        if isinstance(says, How) and (match := match_of(view.outlook.scopes, says.scope, company, chip)) is not None
    }


def claims_held(view: View, company: str, chip: str, day: int) -> dict[Any, Any]:
    """The same as the view says it."""
    return {
        claim.order(day): (
            claim.fields["authority"],
            certain,
            claim.effect(day),
            tuple(claim.binding(day).items()),
            match,
        )
        for claim in view.claims.values()
        if (certain := holds(claim, day)) is not None
        if (match := view.outlook.scopes.match(claim, company, chip)) is not None
    }


def last_days(there: list[Found], view: View, company: str, chip: str) -> list[list[int]]:
    """For each gate of a cell the days that the mentions at a point tell."""
    mentions = [each.says for each in there if isinstance(each.says, Mention)]
    on_cell = [says for says in mentions if match_of(view.outlook.scopes, says.scope, company, chip) is not None]
    return [
        [says.last_day for says in on_cell if view.directory.gate(says.authority) == gate]
        for gate in view.directory.gates(company, chip)
    ]


@given(ANY_LEDGER, st.sampled_from(ZONES))
def test_a_claim_has_one_period_at_a_point_and_none_that_could_be_joined(ledger: Ledger, zone: str) -> None:
    """Boxes that say the same and touch along the recorded clock are joined; boxes of one claim do not overlap."""
    by_claim: dict[tuple[int, bool], list[Found]] = {}
    for each in found_in(ledger, zone):
        day_from, day_to, known_from, known_to = each.box
        assert day_from < day_to and known_from < known_to and each.seen_from < each.seen_to
        by_claim.setdefault((each.thread[0].position, isinstance(each.says, Mention)), []).append(each)
    for found in by_claim.values():
        for place, one in enumerate(found):
            for other in found[place + 1 :]:
                assert not overlap(one, other)
                touching = one.seen_from == other.seen_to or other.seen_from == one.seen_to
                assert (one.box, one.says) != (other.box, other.says) or not touching


def overlap(one: Found, other: Found) -> bool:
    """Whether two boxes have a point in common."""
    ranges = [
        (one.box[0], one.box[1], other.box[0], other.box[1]),
        (one.box[2], one.box[3], other.box[2], other.box[3]),
        (one.seen_from, one.seen_to, other.seen_from, other.seen_to),
    ]
    return all(first < after and start < end for start, after, first, end in ranges)


@given(st.data(), ANY_LEDGER, st.sampled_from(ZONES))
def test_what_is_said_later_only_ends_periods_and_adds_some(data: st.DataObject, ledger: Ledger, zone: str) -> None:
    """Of the first events of a claim the last alone is looked at: what follows is as if all had been told at once."""
    for thread in threads_of_claims(ledger):
        whole = set(periods(thread, zone))
        since = data.draw(st.integers(1, len(thread)))
        last = thread[since - 1].position
        expected = {(said, max(seen_from, last), seen_to) for said, seen_from, seen_to in whole if seen_to > last}
        assert set(periods(thread, zone, since)) == expected


@given(ANY_LEDGER)
def test_a_claim_is_found_under_no_other_terms_than_those_of_its_events(ledger: Ledger) -> None:
    """A dry run asks these for the cells that a claim may ever reach."""
    for each in found_in(ledger, "UTC"):
        companies, chips = terms_of(each.thread)
        assert set(each.says.scope.companies) <= set(companies)
        assert set(each.says.scope.chips) <= set(chips)
