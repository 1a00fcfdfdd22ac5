"""Tenures: what they tell of each block of the clocks is what the view tells of each point."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.status.claims import CLAIM_TYPES, Claim
from policytracker.status.entries import Entry, threads
from policytracker.status.extents import FOREVER, Extent, chip_finders, company_finders, extent
from policytracker.status.force import in_force
from policytracker.status.scope import CellMatch, Scopes, meet
from policytracker.status.tenures import Tenure, Told, as_seen, tenures
from policytracker.status.view import View
from tests import strategies
from tests.test_core_is_the_contract import entries_of

ANY_LEDGER = strategies.ledgers() | strategies.batches() | strategies.one_claim() | strategies.claims_only()


def all_tenures(entries: list[Entry]) -> list[Tenure]:
    found = threads(entry for entry in entries if not entry.type.endswith(("-registered", "-defined")))
    return [each for thread in found.values() if thread[0].type in CLAIM_TYPES for each in tenures(thread)]


def matched(scopes: Scopes, told: Told, company: str, chip: str) -> CellMatch | None:
    """How a tenure matches a cell, from its keys and extents."""
    companies = company_finders(scopes.directory.company_selectors(company))
    chips = chip_finders(scopes.directory.chip_selectors(chip))
    if companies.keys().isdisjoint(told.companies) or chips.keys().isdisjoint(told.chips):
        return None
    none: frozenset[str] = frozenset()
    one_side = extent(told.company_extent) if told.company_extent else Extent({"companies": told.companies}, none, none)
    other_side = extent(told.chip_extent) if told.chip_extent else Extent({"chips": told.chips}, none, none)
    one, other = scopes.company_side(one_side, company), scopes.chip_side(other_side, chip)
    return None if one is None or other is None else meet(one, other)


def shape(claim: Claim, day: int, match: CellMatch) -> tuple[Any, ...]:
    force = in_force(claim, day)
    status = (claim.rank(day), claim.is_stop, claim.lifts_stops_only, bool(claim.binding(day)))
    return claim.order, claim.fields["authority"], claim.certain and bool(force), *status, match


def here(tenure: Tenure, day: int, known: int | None, seen: int) -> bool:
    when = FOREVER - 1 if known is None else known
    return (
        tenure.day_from <= day < tenure.day_to
        and tenure.known_from <= when < tenure.known_to
        and tenure.seen_from <= seen < tenure.seen_to
    )


@given(st.data(), ANY_LEDGER)
def test_at_any_point_the_tenures_are_the_claims_that_hold(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Any day, moment of knowledge and position: the same claims, in the same order, hold for every cell, and how."""
    entries = entries_of(strategies.resolve(ledger))
    found = all_tenures(entries)
    question = data.draw(strategies.questions(ledger))
    day = span(question.at).first
    known = None if question.known is None else moment(question.known)
    seen = data.draw(st.integers(0, len(entries) - 1))
    view = View(entries[: seen + 1], known)
    scopes = Scopes(view.directory)
    standing = [each for each in found if here(each, day, known, seen)]
    for company in view.directory.companies:
        for chip in view.directory.chips:
            told = [
                (
                    (each.told.start, each.told.published),
                    each.told.authority,
                    *(each.told.certain, each.told.rank, each.told.is_stop, each.told.lifts_stops_only),
                    *(each.told.has_conditions, match),
                )
                for each in standing
                if (match := matched(scopes, each.told, company, chip)) is not None
            ]
            expected = [
                (claim.order[:2], *shape(claim, day, match)[1:])
                for claim in view.claims.values()
                if in_force(claim, day) is not None
                if (match := scopes.match(claim, company, chip)) is not None
            ]
            assert sorted(told, key=repr) == sorted(expected, key=repr)


@given(ANY_LEDGER)
def test_a_thread_that_grew_tells_no_block_twice(ledger: list[dict[str, Any]]) -> None:
    """Blocks of one claim that tell the same are joined, so what is stored does not hang on how it grew."""
    entries = entries_of(strategies.resolve(ledger))
    by_thread = threads(entry for entry in entries if not entry.type.endswith(("-registered", "-defined")))
    for thread in by_thread.values():
        if thread[0].type in CLAIM_TYPES:
            found = list(tenures(thread))
            for each in found:
                again = [o for o in found if o[:4] == each[:4] and o.told == each.told and o.seen_from == each.seen_to]
                assert again == []
                assert each.day_from <= each.day_to and each.known_from < each.known_to
                assert each.seen_from < each.seen_to


@given(ANY_LEDGER)
def test_a_thread_told_event_by_event_tells_in_the_end_what_it_tells_at_once(ledger: list[dict[str, Any]]) -> None:
    """Claim, lift, correction, each recorded after the other: as if all of it had been there from the beginning."""
    entries = entries_of(strategies.resolve(ledger))
    by_thread = threads(entry for entry in entries if not entry.type.endswith(("-registered", "-defined")))
    for thread in by_thread.values():
        if thread[0].type in CLAIM_TYPES:
            at_once = {found for found, _, _ in as_seen(thread, len(thread))}
            assert {found for found, _, seen_to in as_seen(thread) if seen_to == FOREVER} == at_once
