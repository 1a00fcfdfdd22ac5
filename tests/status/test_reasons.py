"""The reasons for an answer agree with the answer, whatever the ledger holds (semantics.md §3 to §6)."""

import itertools
from datetime import date
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.status.claims import Claim
from policytracker.status.reasons import (
    indecisive,
    struck,
    why_in_doubt,
    why_not_certain,
    why_not_in_force,
    why_only_possibly,
    why_out_of_scope,
    why_retracted,
)
from policytracker.status.view import View
from tests import naive, strategies
from tests.test_core_is_the_contract import entries_of

Ledger = list[dict[str, Any]]


class Case(NamedTuple):
    """A question about a ledger, as the core and as the naive reading see it."""

    question: strategies.Question
    view: View
    names: naive.Registry
    judged: dict[str, naive.Standing]

    @property
    def cell(self) -> tuple[str, str]:
        return self.question.company, self.question.chip

    @property
    def day(self) -> int:
        return span(self.question.at).first

    def scope(self, claim: str) -> naive.Scope | None:
        return naive.scope(self.judged[claim], *self.cell, self.names)

    def force(self, claim: str) -> str | None:
        return naive.in_force(self.judged[claim], date.fromisoformat(self.question.at))

    def holding(self, claim: Claim) -> naive.Holding | None:
        matched = self.scope(claim.id)
        if matched is None:
            return None
        return naive.holding(self.judged[claim.id], matched, date.fromisoformat(self.question.at))


@st.composite
def cases(draw: st.DrawFn, ledgers: st.SearchStrategy[Ledger]) -> Case:
    ledger = draw(ledgers)
    resolved = strategies.resolve(ledger)
    question = draw(strategies.questions(ledger))
    view = View(entries_of(resolved), None if question.known is None else moment(question.known))
    return Case(question, view, naive.registry(resolved), naive.standings(resolved, question.known))


def never_left(held: list[naive.Holding]) -> set[str]:
    """The claims that are struck in every possible world in which they hold."""
    possible = [claim for claim in held if not claim.certain]
    left = set()
    for choice in itertools.product((False, True), repeat=len(possible)):
        missing = {claim.id for claim, holds in zip(possible, choice, strict=True) if not holds}
        there = [claim for claim in held if claim.id not in missing]
        left |= {claim.id for claim in there if not any(naive.strikes(other, claim) for other in there)}
    return {claim.id for claim in held} - left


@given(cases(strategies.claims_only() | strategies.ledgers()))
def test_a_claim_is_struck_for_sure_exactly_when_no_possible_world_leaves_it(case: Case) -> None:
    """Who strikes, and by which rule of §6, is as the naive reading has it; so is every possible striker."""
    for gate in case.view.cell(*case.cell, case.day).gates:
        twins = [case.holding(case.view.claims[each.id]) for each in gate.holdings]
        held = [twin for twin in twins if twin is not None]
        by_id = {claim.id: claim for claim in held}
        found = list(struck(gate.holdings))
        for each in found:
            assert naive.strikes(by_id[each.by], by_id[each.claim])
            assert each.rule == (1 if by_id[each.by].stop else 2)
            assert each.certain == any(other.certain and naive.strikes(other, by_id[each.claim]) for other in held)
        assert {each.claim for each in found if each.certain} == never_left(held)
        strikers = {(one.id, other.id) for one in held for other in held if naive.strikes(one, other)}
        surely = {each.claim for each in found if each.certain}
        assert {(each.by, each.claim) for each in found if not each.certain} == {
            (by, claim) for by, claim in strikers if claim not in surely
        }


@given(cases(strategies.ledgers()))
def test_of_several_certain_strikers_the_last_is_named(case: Case) -> None:
    """Stopped on the 14th, to be prepared from the 23rd, let in on the 28th: it is the last that strikes."""
    for gate in case.view.cell(*case.cell, case.day).gates:
        order = {each.id: each for each in gate.holdings}
        for each in (each for each in struck(gate.holdings) if each.certain):
            later = [other for other in gate.holdings if other.certain and other.strikes(order[each.claim])]
            assert each.by == max(other for other in later if other > order[each.claim]).id


@given(cases(strategies.ledgers()))
def test_a_claim_that_does_not_apply_has_a_reason_and_no_other_has(case: Case) -> None:
    """Out of scope (§4), not in force (§5), retracted (§3): each told exactly when it is so."""
    scopes = case.view.outlook.scopes
    for claim in (*case.view.claims.values(), *case.view.retracted.values()):
        standing = case.view.standings[claim.id]
        out = why_out_of_scope(claim, standing, scopes, *case.cell)
        assert (out is None) == (case.scope(claim.id) is not None)
        assert (why_not_in_force(claim, case.day) is None) == (case.force(claim.id) is not None)
        assert (why_retracted(standing) is None) == (claim.id in case.view.claims)


@given(cases(strategies.one_claim() | strategies.ledgers()))
def test_a_claim_that_holds_only_possibly_has_a_reason_and_no_other_has(case: Case) -> None:
    """Not certain (§3), possibly matched (§4), possibly in force (§5): each told exactly when it is so."""
    for claim in case.view.claims.values():
        standing, held = case.view.standings[claim.id], case.holding(claim)
        assert bool(why_not_certain(standing)) == (not case.judged[claim.id].certain)
        if held is None:
            continue
        assert bool(why_in_doubt(claim, case.day)) == (case.force(claim.id) == "possibly")
        why = why_only_possibly(claim, standing, case.view.outlook.scopes, *case.cell, case.day)
        assert bool(why) == (not held.certain)
        kinds = {reason.kind for reason in why}
        matched = case.scope(claim.id)
        assert bool(kinds & {"cohort", "attribute"}) == (matched is not None and not matched.certain)


@given(cases(strategies.one_claim()))
def test_every_event_that_a_reason_names_is_known_and_not_retracted(case: Case) -> None:
    """Nothing that is not known yet may be told, nor anything that no longer counts."""
    scopes = case.view.outlook.scopes
    for claim in (*case.view.claims.values(), *case.view.retracted.values()):
        standing = case.view.standings[claim.id]
        found = [
            why_out_of_scope(claim, standing, scopes, *case.cell),
            why_not_in_force(claim, case.day),
            why_retracted(standing),
            *why_only_possibly(claim, standing, scopes, *case.cell, case.day),
        ]
        for event in (event for reason in found if reason for event in reason.events):
            assert case.judged[event].known
            assert not case.judged[event].retracted


@given(cases(strategies.claims_only()))
def test_a_claim_left_without_effect_is_outdone_by_what_stands(case: Case) -> None:
    """A stop by a lower one; an opening by a stop or a higher opening."""
    for gate in case.view.cell(*case.cell, case.day).gates:
        standing = [each for each in gate.holdings if each.id in gate.worlds.standing]
        surely = {each.claim for each in struck(gate.holdings) if each.certain}
        for each in gate.holdings:
            if each in standing or each.id in surely:
                continue
            text = indecisive(each, standing)
            assert ("a lower stop" in text) == each.is_stop
            lower = any(other.is_stop and other.rank < each.rank for other in standing)
            stop = any(other.is_stop for other in standing)
            higher = any(not other.is_stop and other.rank > each.rank for other in standing)
            assert lower if each.is_stop else stop or higher
