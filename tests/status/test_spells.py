"""Timelines against the naive reading: on any day, at any moment, the spell there tells what is then the answer."""

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import iso, moment, moment_text, span
from policytracker.status.claims import Claim
from policytracker.status.entries import Entry
from policytracker.status.force import in_force, turning_days
from policytracker.status.spells import EffectiveClock, PublishedClock, Spell, turns
from policytracker.status.view import View
from policytracker.status.words import words
from tests import naive, strategies

Resolved = list[dict[str, Any]]
ANY_LEDGER = strategies.ledgers() | strategies.claims_only() | strategies.one_claim()
MOST_PLACES = 5


def view_of(resolved: Resolved, known: str | None) -> View:
    entries = [Entry(position, event["id"], event["recorded"], event) for position, event in enumerate(resolved)]
    return View(entries, None if known is None else moment(known))


def spell_at(spells: list[Spell], place: int) -> Spell:
    """The one spell in which a day or moment lies."""
    (found,) = (
        spell
        for spell in spells
        if (spell.start is None or spell.start <= place) and (spell.end is None or place < spell.end)
    )
    return found


def told(spell: Spell) -> dict[str, Any]:
    answer = spell.answer
    return {
        "possible": words(answer.possible),
        "held_by": [str(gate) for gate in answer.held_by],
        "gates": [(str(gate.gate), words(gate.possible)) for gate in answer.gates],
    }


def expected(resolved: Resolved, question: strategies.Question, at: str, known: str | None) -> dict[str, Any]:
    found = naive.answer(resolved, question.company, question.chip, at=at, known=known, recorded=None)
    return {
        "possible": found["possible"],
        "held_by": found["held_by"],
        "gates": [(gate["gate"], gate["possible"]) for gate in found["gates"]],
    } | {"standing": {claim for gate in found["gates"] for claim in gate["claims"]}}


def assert_whole(spells: list[Spell]) -> None:
    """From the beginning to the end of time, without a gap; neighbours differ; each turn has its events."""
    assert spells[0].start is None
    assert spells[-1].end is None
    for before, after in pairwise(spells):
        assert before.end == after.start is not None
        assert told(before) != told(after)
        assert after.turned_by


@given(st.data(), ANY_LEDGER)
def test_on_any_day_the_spell_tells_that_days_answer(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """The days on which spells begin, the days before, and any other."""
    resolved = strategies.resolve(ledger)
    question = data.draw(strategies.questions(ledger))
    spells = EffectiveClock(view_of(resolved, question.known)).spells(question.company, question.chip)
    assert_whole(spells)
    starts = [spell.start for spell in spells if spell.start is not None]
    edges = sorted({day for start in starts for day in (start - 1, start)})
    chosen = data.draw(st.lists(st.sampled_from(edges), max_size=MOST_PLACES)) if edges else []
    for day in {span(question.at).first, *chosen}:
        answer = expected(resolved, question, iso(day), question.known)
        spell = spell_at(spells, day)
        assert answer.pop("standing") <= set(spell.standing)
        assert told(spell) == answer


@given(st.data(), ANY_LEDGER)
def test_at_any_moment_the_spell_tells_what_was_then_known(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """The moments at which spells begin, and any other; every cell in one pass."""
    resolved = strategies.resolve(ledger)
    question = data.draw(strategies.questions(ledger))
    names = strategies.Draft(ledger).names
    pairs = [(company, chip) for company in names.companies for chip in names.chips]
    every = PublishedClock(view_of(resolved, None), span(question.at).first).spells(pairs)
    assert list(every) == pairs
    spells = every[question.company, question.chip]
    assert_whole(spells)
    starts = [moment_text(spell.start) for spell in spells if spell.start is not None]
    known = data.draw(st.sampled_from(strategies.WINDOW) | strategies.instants())
    for place in {known, *starts[-MOST_PLACES:]}:
        answer = expected(resolved, question, question.at, place)
        spell = spell_at(spells, moment(place))
        assert answer.pop("standing") <= set(spell.standing)
        assert told(spell) == answer


@given(strategies.one_claim())
def test_every_turning_day_is_somebodys_word(ledger: list[dict[str, Any]]) -> None:
    """The claim's own dates, those of lifts, suspensions and met conditions: those at which it does something else."""
    view = view_of(strategies.resolve(ledger), None)
    for claim in view.claims.values():
        found = list(turns(claim, view.standings[claim.id]))
        changed = {day for day in turning_days(claim) if does(claim, day - 1) != does(claim, day)}
        assert {day for day, _ in found} == changed
        assert {event for _, event in found} <= {
            claim.id,
            *(about.entry.id for about in view.standings[claim.id].about),
        }


def does(claim: Claim, day: int) -> tuple[object, ...]:
    """How a claim holds on a day, as far as it can change an answer."""
    force = in_force(claim, day)
    return (force and claim.certain, claim.rank(day), bool(claim.binding(day))) if force is not None else ()


def history(*events: dict[str, Any]) -> Resolved:
    """A Chinese company, a chip that the US controls, the authorities of both, and what happened."""
    registry = [
        strategies.authority("gacc", "CN", "import"),
        strategies.authority("bis", "US", "export"),
        {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"},
        {"type": "chip-registered", "chip": "h200", "name": "H200", "vendor": "Nvidia", "controlled_by": ["US"]},
    ]
    ids = [f"r{number}" for number in range(len(registry))]
    return strategies.resolve([*registry, *events], ids=[*ids, *(event["ref"] for event in events)])


def report(published: str) -> dict[str, Any]:
    return {"publisher": "Reuters", "published": published, "attribution": "official"}


def claim(kind: str, ref: str, day: str, authority: str = "gacc") -> dict[str, Any]:
    """A claim for everything, from the day of its report on."""
    scope = {"authority": authority, "companies": ["all"], "chips": ["all"]}
    return {"type": kind, "ref": ref, "effective": day, **scope, "report": report(day)}


def about(kind: str, ref: str, target: str, day: str | None, **fields: Any) -> dict[str, Any]:
    return {"type": kind, "ref": ref, "target": target, **fields} | ({"report": report(day)} if day else {})


def by_day(resolved: Resolved) -> list[tuple[str | None, list[str], tuple[str, ...]]]:
    """Start, what stands, and by which events it turned."""
    spells = EffectiveClock(view_of(resolved, None)).spells("acme", "h200")
    return [
        (None if spell.start is None else iso(spell.start), list(spell.standing), spell.turned_by) for spell in spells
    ]


def by_moment(resolved: Resolved, day: str) -> list[tuple[str | None, list[str], tuple[str, ...]]]:
    """The same over the published clock."""
    spells = PublishedClock(view_of(resolved, None), span(day).first).spells([("acme", "h200")])["acme", "h200"]
    return [
        (None if spell.start is None else moment_text(spell.start), list(spell.standing), spell.turned_by)
        for spell in spells
    ]


def test_a_lift_is_the_word_by_which_an_earlier_approval_comes_back() -> None:
    """2025: cleared. 14 January 2026: blocked. 1 March: the block is lifted, and the old approval stands again."""
    resolved = history(
        claim("cleared", "clearance", "2025-01-01"),
        claim("blocked", "block", "2026-01-14"),
        about("lifted", "lift", "block", "2026-03-01"),
    )
    assert by_day(resolved) == [
        (None, [], ()),
        ("2025-01-01", ["clearance"], ("clearance",)),
        ("2026-01-14", ["block"], ("block",)),
        ("2026-03-01", ["clearance"], ("lift",)),
    ]


def test_a_claim_that_does_nothing_has_no_word_in_a_turn() -> None:
    """14 January: a published ban, and on the same day a block of the same cell, which ends nothing."""
    resolved = history(claim("prohibited", "ban", "2026-01-14"), claim("blocked", "block", "2026-01-14"))
    assert by_day(resolved)[1:] == [("2026-01-14", ["ban"], ("ban",))]
    assert by_moment(resolved, "2026-01-20")[1:] == [("2026-01-14", ["ban"], ("ban",))]


def test_a_gate_that_stays_as_it_was_has_no_word_in_a_turn() -> None:
    """1 January: China blocks. 14 January: it blocks once more, and the US clears: only the US gate turns."""
    resolved = history(
        claim("blocked", "block", "2026-01-01"),
        claim("blocked", "again", "2026-01-14"),
        claim("cleared", "clearance", "2026-01-14", "bis"),
    )
    assert by_day(resolved)[2:] == [("2026-01-14", ["clearance", "block", "again"], ("clearance",))]


def test_a_retraction_turns_what_was_known() -> None:
    """1 January: blocked, says a report, which is withdrawn on the 10th: nothing is known again."""
    resolved = history(claim("blocked", "block", "2026-01-01"), about("retracted", "withdrawal", "block", "2026-01-10"))
    assert by_moment(resolved, "2026-01-20") == [
        (None, [], ()),
        ("2026-01-01", ["block"], ("block",)),
        ("2026-01-10", [], ("withdrawal",)),
    ]


def test_a_mended_date_of_publication_is_a_moment_of_its_own() -> None:
    """Recorded as published on 1 January; it was the 5th, as a correction without a report says."""
    resolved = history(
        claim("blocked", "block", "2026-01-01"),
        about("corrected", "mended", "block", None, changes={"report": report("2026-01-05")}),
    )
    assert by_moment(resolved, "2026-01-20")[1:] == [("2026-01-05", ["block"], ("mended",))]
