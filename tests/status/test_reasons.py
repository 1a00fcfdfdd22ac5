"""The reasons for an answer agree with the answer, whatever the ledger holds (semantics.md §3 to §6)."""

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.status.claims import Claim, effect_number
from policytracker.status.directory import Directory
from policytracker.status.entries import Entry
from policytracker.status.prevails import Holding, kind_of, place_of
from policytracker.status.reasons import (
    Struck,
    about_it,
    indecisive,
    struck,
    why_in_doubt,
    why_not_certain,
    why_not_in_force,
    why_only_possibly,
    why_out_of_scope,
    why_retracted,
)
from policytracker.status.scope import Scopes
from policytracker.status.view import View
from tests import naive, strategies
from tests.status import ground
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


KINDS = {"prohibited": 0, "blocked": 1, "review-opened": 2, "approved-in-principle": 3, "cleared": 5}


@st.composite
def twins(draw: st.DrawFn) -> tuple[Holding, naive.Holding]:
    """One claim that holds, as the core and as the naive reading see it."""
    kind, certain = draw(st.sampled_from(sorted(KINDS))), draw(st.booleans())
    levels = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    day, position = draw(st.integers(1, 20)), draw(st.integers(0, 9999))
    name, is_stop = f"{kind}-{position}", kind in ("prohibited", "blocked")
    order = (date.fromordinal(day), (date.fromordinal(1), 0), position)
    return (
        Holding((day, 0, position), name, kind_of(effect_number(kind, None, False), place_of(*levels), certain)),
        naive.Holding(name, kind, certain, KINDS[kind], is_stop, naive.Scope(True, *levels), order, {}),
    )


gates = st.lists(twins(), max_size=7, unique_by=lambda pair: pair[0].order[2])


def strikers_of(claim: naive.Holding, held: list[naive.Holding]) -> list[naive.Holding]:
    return sorted((other for other in held if naive.strikes(other, claim)), key=lambda other: other.order)


@given(gates)
def test_a_claim_is_struck_for_sure_exactly_when_no_possible_world_leaves_it(
    pairs: list[tuple[Holding, naive.Holding]],
) -> None:
    """Every choice of the claims that hold only possibly, tried one by one."""
    held = [twin for _, twin in pairs]
    possible = [claim for claim in held if not claim.certain]
    left = set()
    for choice in itertools.product((False, True), repeat=len(possible)):
        missing = {claim.id for claim, holds in zip(possible, choice, strict=True) if not holds}
        there = [claim for claim in held if claim.id not in missing]
        left |= {claim.id for claim in there if not strikers_of(claim, there)}
    found = struck([holding for holding, _ in pairs])

    assert {each.claim for each in found if each.certain} == {claim.id for claim in held} - left


@given(gates)
def test_the_last_certain_striker_is_named_or_every_possible_one(pairs: list[tuple[Holding, naive.Holding]]) -> None:
    """Stopped on the 14th, to be prepared from the 23rd, let in on the 28th: it is the last that strikes."""
    held = [twin for _, twin in pairs]
    expected = set()
    for claim in held:
        strikers = strikers_of(claim, held)
        certain = [other for other in strikers if other.certain]
        for other in certain[-1:] or strikers:
            expected.add((claim.id, other.id, 1 if other.stop else 2, other.certain))

    assert {tuple(each) for each in struck([holding for holding, _ in pairs])} == expected


def literally_struck(holdings: list[Holding]) -> Iterator[Struck]:
    """Every claim beside every later one."""
    ordered = sorted(holdings)
    for place, claim in enumerate(ordered):
        strikers = [later for later in ordered[place + 1 :] if later.overrides(claim)]
        certain = [later for later in strikers if later.certain]
        for striker in certain[-1:] or strikers:
            yield Struck(claim.id, striker.id, striker.rule, bool(certain))


@given(st.lists(twins(), max_size=40, unique_by=lambda pair: pair[0].order[2]))
def test_one_pass_tells_what_comparing_every_two_claims_tells_in_the_same_order(
    pairs: list[tuple[Holding, naive.Holding]],
) -> None:
    """Up to forty claims of all kinds and places, certain or not."""
    holdings = [holding for holding, _ in pairs]

    assert struck(holdings) == list(literally_struck(holdings))


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
            assert ("a lower stop" in text) == each.is_restriction
            lower = any(other.is_restriction and other.rank < each.rank for other in standing)
            stop = any(other.is_restriction for other in standing)
            higher = any(not other.is_restriction and other.rank > each.rank for other in standing)
            assert lower if each.is_restriction else stop or higher


def test_a_claim_whose_correction_takes_a_company_out_is_told_by_the_correction() -> None:
    """A block for Tencent; the report is mended: it was for ByteDance."""
    mended = ground.about("corrected", "stop", changes={"companies": ["bytedance"]})
    view = ground.seen(ground.claim("blocked", "stop", "2026-01-14", companies=["tencent"]), mended)

    reason = why_out_of_scope(view.claims["stop"], view.standings["stop"], view.outlook.scopes, "tencent", "h200")

    assert reason == ("corrected", "a correction takes the cell out of it", ("stop-corrected",))


def test_of_the_events_about_a_claim_those_without_effect_are_not_told() -> None:
    """A rumour corrects a block and a rumour lifts it: the first does nothing, the second casts doubt."""
    rumour = ground.report("2026-01-20") | {"attribution": "unattributed"}
    view = ground.seen(
        ground.claim("blocked", "stop", "2026-01-14"),
        ground.about("corrected", "stop", changes={"form": "letter"}) | {"report": rumour},
        ground.about("lifted", "stop") | {"report": rumour},
        ground.about("disputed", "stop") | {"report": rumour},
        ground.about("corroborated", "stop"),
    )

    assert [event.entry.id for event in about_it(view.standings["stop"])] == [
        "stop-lifted",
        "stop-corroborated",
    ]


def test_a_rule_on_several_attributes_is_open_only_for_those_not_registered() -> None:
    """TPP is known and passes, bandwidth is not known; a rule that the known attribute fails leaves nothing open."""
    chip = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "V", "controlled_by": ["US"]}
    directory = Directory([Entry(0, "chip", 0, {**chip, "attributes": {"tpp": 2368}})])
    scopes = Scopes(directory)
    assert scopes.open_attributes([{"where": ["tpp<4800", "dram_bandwidth<6500"]}], "h20") == ["dram_bandwidth"]
    assert scopes.open_attributes([{"where": ["tpp>4800", "dram_bandwidth<6500"]}], "h20") == []
    assert scopes.open_attributes([{"where": ["tpp<4800"]}, "h20"], "h20") == []
