"""The reasons for an answer agree with the answer, whatever the ledger holds (semantics.md §3 to §5)."""

from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.status.claims import Claim
from policytracker.status.directory import Directory
from policytracker.status.entries import Entry
from policytracker.status.knowledge import CERTAINLY
from policytracker.status.reasons import (
    about_it,
    why_idle,
    why_in_doubt,
    why_met,
    why_not_certain,
    why_not_in_force,
    why_only_possibly,
    why_out_of_scope,
    why_retracted,
)
from policytracker.status.scope import Scopes
from policytracker.status.view import View
from policytracker.testing import naive, strategies
from tests.status import ground
from tests.test_core_is_the_contract import entries_of, view_of

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

    @property
    def date(self) -> date:
        return date.fromisoformat(self.question.at)

    def zone(self, claim: str) -> ZoneInfo:
        return self.names.zone(naive.gate_of(self.judged[claim], self.names))

    def force(self, claim: str) -> str | None:
        return naive.in_force(self.judged[claim], self.date, self.zone(claim))

    def holding(self, claim: Claim) -> naive.Holding | None:
        matched = self.scope(claim.id)
        if matched is None:
            return None
        return naive.holding(self.judged[claim.id], matched, self.date, self.zone(claim.id))

    def every_claim(self) -> list[Claim]:
        """The claims that count, those only heard, and those retracted."""
        view = self.view
        return [*view.claims.values(), *view.heard.values(), *view.retracted.values()]


@st.composite
def cases(draw: st.DrawFn, ledgers: st.SearchStrategy[Ledger]) -> Case:
    ledger = draw(ledgers)
    resolved = naive.resolve(ledger)
    question = draw(strategies.questions(ledger))
    known = None if question.known is None else moment(question.known)
    view = view_of(entries_of(resolved), question.at, known)
    names = naive.registry(resolved, date.fromisoformat(question.at))
    return Case(question, view, names, naive.standings(resolved, question.known))


@given(cases(strategies.ledgers()))
def test_a_claim_that_does_not_apply_has_a_reason_and_no_other_has(case: Case) -> None:
    """Out of scope (§4), not in force (§5), retracted (§3): each told exactly when it is so."""
    scopes = case.view.outlook.scopes
    for claim in case.every_claim():
        standing = case.view.standings[claim.id]
        out = why_out_of_scope(claim, standing, scopes, *case.cell)
        assert (out is None) == (case.scope(claim.id) is not None)
        assert (why_not_in_force(claim, case.day) is None) == (case.force(claim.id) is not None)
        assert (why_retracted(standing) is None) == (claim.id not in case.view.retracted)
        binds = naive.not_yet_met(case.judged[claim.id], case.date, case.zone(claim.id))
        assert (why_met(claim, standing, case.day) is not None) == (claim.caps and not binds)


@given(cases(strategies.one_claim() | strategies.ledgers()))
def test_a_claim_that_holds_only_possibly_has_a_reason_and_no_other_has(case: Case) -> None:
    """Not certain (§3), possibly matched (§4), possibly in force (§5): each told exactly when it is so."""
    for claim in (*case.view.heard.values(), *case.view.claims.values()):
        standing = case.view.standings[claim.id]
        assert bool(why_not_certain(standing)) == (standing.counts != CERTAINLY)
        held = case.holding(claim) if standing.counts else None
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
    for claim in case.every_claim():
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


def test_a_claim_whose_correction_takes_a_company_out_is_told_by_the_correction() -> None:
    """A block for Tencent; the report is mended: it was for ByteDance."""
    mended = ground.about("corrected", "stop", changes={"companies": ["bytedance"]})
    view = ground.seen(ground.claim("blocked", "stop", "2026-01-14", companies=["tencent"]), mended)

    reason = why_out_of_scope(view.claims["stop"], view.standings["stop"], view.outlook.scopes, "tencent", "h200")

    assert reason == ("corrected", "a correction takes the cell out of it", ("stop-corrected",))


RUMOUR = {"attribution": "unattributed"}
"""A report that makes nothing certain by its word."""
SOUND = {"attribution": "official"}
WEAK = {"grade": "E5"}


def said(kind: str, target: str, ref: str, word: dict[str, str], **more: Any) -> ground.Event:
    """An event about another, on a word."""
    return ground.about(kind, target, **more) | {"ref": ref, "report": ground.report("2026-01-20") | word}


@pytest.mark.parametrize(
    ("kind", "more", "acts"),
    [
        ("corroborated", {}, True),
        ("disputed", {}, False),
        ("corrected", {"changes": {"form": "letter"}}, False),
        ("retracted", {}, False),
        ("lifted", {}, True),
        ("suspended", {}, True),
        ("conditions-met", {"conditions": ["quota"]}, False),
        ("recipients-identified", {"companies": ["tencent"]}, False),
    ],
)
def test_what_a_rumour_about_a_claim_does(kind: str, more: dict[str, Any], acts: bool) -> None:
    """§3, the table, for an event that counts possibly: one that does nothing is told with the reason."""
    cohort = {"of": ["in:CN"]}
    start = ground.claim("batch-approved", "batch", "2026-01-14", companies=cohort, conditions={"quota": "some"})
    view = ground.seen(start, said(kind, "batch", "rumour", RUMOUR, **more))

    found = about_it(view.standings["batch"])

    assert [event.entry.id for event in found] == (["rumour"] if acts else [])
    assert [reason.kind for reason in why_idle(view.standings["rumour"])] == ([] if acts else ["word"])


def test_a_dispute_in_doubt_by_a_possible_retraction_still_disputes() -> None:
    """§3: an official dispute, about which an official retraction is itself disputed."""
    view = ground.seen(
        ground.claim("blocked", "stop", "2026-01-14"),
        said("disputed", "stop", "denial", SOUND),
        said("retracted", "denial", "withdrawn", SOUND),
        said("disputed", "withdrawn", "no-withdrawal", SOUND),
    )

    assert [event.entry.id for event in about_it(view.standings["stop"])] == ["denial"]
    assert [event.entry.id for event in about_it(view.standings["denial"])] == ["withdrawn"]
    (reason,) = why_not_certain(view.standings["denial"])
    assert (reason.kind, reason.events) == ("retraction", ("withdrawn",))


def test_a_corroboration_that_is_certainly_disputed_adds_nothing() -> None:
    """§3: it counts possibly, and its report is none of the claim's."""
    view = ground.seen(
        ground.claim("blocked", "stop", "2026-01-14"),
        said("corroborated", "stop", "echo", SOUND),
        said("disputed", "echo", "denial", SOUND),
    )

    assert about_it(view.standings["stop"]) == []
    assert [reason.kind for reason in why_idle(view.standings["echo"])] == ["disputed"]


def test_a_possible_retraction_casts_doubt_where_it_is_certain_by_its_word() -> None:
    """§3: an official retraction that is itself disputed; a rumour of one takes nothing away."""
    view = ground.seen(
        ground.claim("blocked", "stop", "2026-01-14"),
        said("retracted", "stop", "withdrawn", SOUND),
        said("disputed", "withdrawn", "denial", SOUND),
        said("retracted", "stop", "rumour", RUMOUR),
    )

    assert [event.entry.id for event in about_it(view.standings["stop"])] == ["withdrawn"]
    assert [reason.kind for reason in why_not_certain(view.standings["stop"])] == ["retraction"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([WEAK, WEAK], "every report of it is graded unreliable or improbable"),
        ([RUMOUR], "nobody says on whose word the report rests, and no two origins say it"),
        ([{"grade": "D4"}], "on too weak a word: graded D4, and no two origins say it"),
        ([{"grade": "D4"}, RUMOUR], "on too weak a word: graded D4 or not attributed, and no two origins say it"),
    ],
)
def test_why_a_word_is_too_weak_names_only_grades_that_somebody_gave(words: list[dict[str, str]], text: str) -> None:
    """A grade that follows from the attribution is told as the attribution."""
    plain = {"publisher": "Gazette", "published": "2026-01-14"}
    first, *others = [plain | word for word in words]
    view = ground.seen(
        ground.claim("blocked", "stop", "2026-01-14") | {"report": first},
        *({"type": "corroborated", "ref": f"echo-{n}", "target": "stop", "report": r} for n, r in enumerate(others)),
    )

    (reason,) = why_not_certain(view.standings["stop"])
    assert (reason.kind, reason.text) == ("word", text)


@pytest.mark.parametrize(
    ("more", "lifts", "text"),
    [
        ({}, (), "suspended from 2026-01-20; no day is given on which it holds again"),
        ({"until": "2026-03-01"}, (), "suspended from 2026-01-20; it holds again from 2026-03-01"),
        (
            {"until": "2026-03-01"},
            (said("lifted", "pause", "lift", RUMOUR, effective="2026-02-20"),),
            "suspended from 2026-01-20; it holds again from 2026-03-01 or perhaps from 2026-02-20",
        ),
    ],
)
def test_a_suspended_duty_says_when_it_holds_again(
    more: dict[str, Any], lifts: tuple[ground.Event, ...], text: str
) -> None:
    """By the end that the suspension gives, or a lift of it (§5); or that nobody says when."""
    pause = said("suspended", "stop", "pause", SOUND, effective="2026-01-20", **more)
    view = ground.seen(ground.claim("blocked", "stop", "2026-01-14"), pause, *lifts)

    reason = why_not_in_force(view.claims["stop"], span("2026-02-01").first)

    assert reason is not None
    assert (reason.kind, reason.text) == ("suspended", text)


def test_a_rule_on_several_attributes_is_open_only_for_those_not_registered() -> None:
    """TPP is known and passes, bandwidth is not known; a rule that the known attribute fails leaves nothing open."""
    chip = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "V", "controlled_by": ["US"]}
    directory = Directory([Entry(0, "chip", 0, {**chip, "attributes": {"tpp": 2368}})], span("2026-01-01").first)
    scopes = Scopes(directory)
    assert scopes.open_attributes([{"where": ["tpp<4800", "dram_bandwidth<6500"]}], "h20") == ["dram_bandwidth"]
    assert scopes.open_attributes([{"where": ["tpp>4800", "dram_bandwidth<6500"]}], "h20") == []
    assert scopes.open_attributes([{"where": ["tpp<4800"]}, "h20"], "h20") == []
