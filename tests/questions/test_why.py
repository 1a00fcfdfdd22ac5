"""``why``: the shipped history explained, and nothing told that was not known."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytracker.events.dates import iso, moment, span
from policytracker.questions.claim_answers import GateExplanation
from policytracker.questions.errors import UnknownName
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.roles import lines
from policytracker.questions.why import explain, why
from policytracker.status.prevails import POSSIBLY, Holding
from policytracker.status.view import View
from policytracker.status.words import Status, words
from policytracker.status.worlds import gate_worlds
from tests import naive, strategies
from tests.calls import calls_of
from tests.status import ground
from tests.test_core_is_the_contract import entries_of

TODAY = span("2026-02-01").first
Gate = GateExplanation
Ledger = list[dict[str, Any]]


def gate(reader: Reader, name: str, company: str, chip: str, at: str, known: str | None = None) -> Gate:
    """One gate of a cell, explained."""
    clocks = Clocks(span(at).first, None if known is None else moment(known))
    (found,) = [each for each in why(reader, clocks, company, chip) if each["gate"] == name]
    return found


def roles(gate: Gate) -> dict[str, str]:
    """What each claim does, by its ref."""
    return {line["claim"]: line["role"] for line in lines(gate)}


def reason(gate: Gate, claim: str) -> list[str]:
    """Why a claim does what it does."""
    (found,) = [line["why"] for line in lines(gate) if line["claim"] == claim]
    return list(found)


def ref(gate: Gate, event: str) -> str:
    """What the event with an id is called: a claim, or an event about one."""
    accounts = [*gate["claims"], *(event for claim in gate["claims"] for event in claim["events"])]
    return str(next(account["ref"] for account in accounts if account["id"] == event))


def test_at_noon_the_unnamed_batch_leaves_tencent_uncertain_and_would_settle_it(reader: Reader) -> None:
    """28 January, 06:00: a first batch for three firms, not named. Its recipients are named at 18:00."""
    found = gate(reader, "CN/import", "Tencent", "H200", "2026-01-28", "2026-01-28T12:00Z")

    assert (found["cell_status"], found["cell_possible"]) == ("uncertain", ["in_principle", "conditional"])
    assert roles(found)["cn-2026-01-28-batch"] == "may stand"
    assert roles(found)["cn-2026-01-23-in-principle"] == "may stand"
    assert reason(found, "cn-2026-01-28-batch") == ["only possibly: for 3 of major-internet, none of them named yet"]
    assert reason(found, "cn-2026-01-23-in-principle") == [
        "struck if cn-2026-01-28-batch holds: a later opening lifts what it covers"
    ]
    (settling,) = found["would_settle"]
    assert ref(found, settling["claim"]) == "cn-2026-01-28-batch"
    assert (settling["if_holds"], settling["if_not"]) == (["conditional"], ["in_principle"])


def test_what_became_known_in_the_evening_is_not_told_at_noon(reader: Reader) -> None:
    """The naming and the correction of the batch are of 18:00; so is their publisher."""
    noon = gate(reader, "CN/import", "Tencent", "H200", "2026-01-28", "2026-01-28T12:00Z")
    evening = gate(reader, "CN/import", "Tencent", "H200", "2026-01-28", "2026-01-28")

    assert "cn-2026-01-28-batch-named" not in str(noon)
    assert "Business Times" not in str(noon)
    (batch,) = [claim for claim in evening["claims"] if claim["ref"] == "cn-2026-01-28-batch"]
    assert [event["ref"] for event in batch["events"]] == ["cn-2026-01-28-batch-named", "cn-2026-01-28-batch-firmed"]
    assert {source["publisher"] for event in batch["events"] for source in event["sources"]} == {"Business Times"}
    assert [(each["key"], ref(evening, each["claim"])) for each in evening["conditions"]] == [
        ("terms-open", "cn-2026-01-28-batch")
    ]


def test_a_block_for_everyone_strikes_the_openings_before_it(reader: Reader) -> None:
    """Open since 2022; on 14 January customs agents are told that H200 may not come in."""
    found = gate(reader, "CN/import", "Baidu", "H200", "2026-01-20", "2026-01-20")

    assert roles(found)["cn-2026-01-14-customs"] == "stands"
    assert reason(found, "cn-baseline") == ["struck by cn-2026-01-14-customs: a stop stops everyone"]


def test_a_firm_that_is_not_among_the_three_is_counted_out_by_their_naming(reader: Reader) -> None:
    """The batch is for three of the large internet firms; once all three are named, Baidu is none of them."""
    found = gate(reader, "CN/import", "Baidu", "H200", "2026-01-28")

    assert roles(found)["cn-2026-01-28-batch"] == "counted out"
    assert reason(found, "cn-2026-01-28-batch") == ["all 3 are named: alibaba, bytedance, tencent"]
    (told,) = [each for each in found["not_applying"] if each["reason"] == "counted-out"]
    assert [ref(found, event) for event in told["events"]] == ["cn-2026-01-28-batch-named"]


@pytest.mark.parametrize(
    ("company", "chip", "at", "claim", "role", "told"),
    [
        ("Tencent", "A100", "2022-12-01", "us-2022-08-26-letter", "lifted", "lifted on 2022-10-21"),
        ("Tencent", "A800", "2023-12-01", "us-2023-10-23-immediate", "ended", "ended on 2023-11-17"),
        ("Tencent", "H200", "2026-01-14", "us-2026-01-13-rule", "not yet", "in force only from 2026-01-15"),
        (
            "bytedance-sg",
            "H200",
            "2025-06-01",
            "us-2025-01-13-diffusion",
            "excepted",
            "an exception takes the company out of it",
        ),
        (
            "Tencent",
            "H200",
            "2025-06-01",
            "us-2025-04-intel",
            "excepted",
            "an exception takes the chip out of it",
        ),
    ],
)
def test_a_claim_that_does_not_apply_says_why(
    reader: Reader, company: str, chip: str, at: str, claim: str, role: str, told: str
) -> None:
    """Letters lifted, interim rules ended, rules announced but not in force, exceptions."""
    found = gate(reader, "US/export", company, chip, at)

    assert roles(found)[claim] == role
    assert reason(found, claim) == [told]


def test_a_rule_that_turns_on_a_figure_that_is_not_public_holds_only_possibly(reader: Reader) -> None:
    """The TPP of the B30A is not public; the rule of October 2023 turns on it."""
    found = gate(reader, "US/export", "Tencent", "B30A", "2025-10-01")

    assert roles(found)["us-2023-10-17-rule"] == "may stand"
    assert reason(found, "us-2023-10-17-rule") == [
        "only possibly: it turns on tpp, performance_density, not registered for b30a"
    ]


def test_a_disputed_halt_holds_only_possibly(reader: Reader) -> None:
    """Three firms are said to have been told to stop buying H20; others say that they were not."""
    found = gate(reader, "CN/import", "Tencent", "H20", "2025-09-01")

    (told,) = [each for each in found["possible_only"] if ref(found, each["claim"]) == "cn-2025-08-h20-halt"]
    assert [(each["reason"], [ref(found, event) for event in each["events"]]) for each in told["reasons"]] == [
        ("disputed", ["cn-2025-08-h20-halt-disputed"])
    ]


def test_a_claim_that_is_left_without_effect_is_told_as_such(reader: Reader) -> None:
    """Applications for H200 are reviewed since December; the rule of January, a higher opening, decides."""
    found = gate(reader, "US/export", "Tencent", "H200", "2026-01-28")

    assert reason(found, "us-2025-12-18-h200-review") == ["not struck, but a higher opening decides"]


@pytest.mark.parametrize("claim", ["us-2022-10-07-rule", "us-2026-01-13-rule", "us-2025-11-06-b30a"])
def test_claims_for_others_are_told_on_demand_only(reader: Reader, claim: str) -> None:
    """Rules of a TPP from 4800 on have nothing to do with the H20, whose TPP is 2368."""
    clocks = Clocks(span("2026-01-28").first)
    near, everything = (
        {line["claim"]: line["role"] for each in why(reader, clocks, "Tencent", "H20", wide) for line in lines(each)}
        for wide in (False, True)
    )

    assert claim not in near
    assert everything[claim] == "out of scope"
    assert near.items() <= everything.items()


def test_a_claim_known_by_another_report_is_told_on_that_word_alone() -> None:
    """Customs publishes its block on 16 January; an agency told of it on the 14th. On the 15th: the agency."""
    agency = {"publisher": "Agency", "published": "2026-01-14", "attribution": "anonymous"}
    view = ground.seen(
        ground.claim("blocked", "stop", "2026-01-14", report=ground.report("2026-01-16")),
        ground.about("corroborated", "stop") | {"report": agency},
        known="2026-01-15",
    )

    (found,) = [each for each in explain(view, Clocks(TODAY), "tencent", "h200") if each["gate"] == "CN/import"]

    assert [line["sources"] for line in lines(found)] == [
        ["Agency, 2026-01-14; anonymous sources (C3, fairly reliable, possibly true)"]
    ]


def test_an_unknown_company_is_refused(reader: Reader) -> None:
    """A slip of the pen."""
    with pytest.raises(UnknownName, match="no company is called 'Tencnt'; did you mean tencent"):
        why(reader, Clocks(TODAY), "Tencnt", "H200")


@given(st.data(), strategies.ledgers())
def test_nothing_is_told_of_what_is_not_known_yet(data: st.DataObject, ledger: Ledger) -> None:
    """The explanation is the same when the events that K does not know were never recorded."""
    resolved = strategies.resolve(ledger)
    question = data.draw(strategies.questions(ledger))
    judged = naive.standings(resolved, question.known)
    unknown: set[str] = set()
    for event in resolved:
        if not judged[event["id"]].known or event.get("target") in unknown:
            unknown.add(event["id"])
    entries = entries_of(resolved)
    clocks = Clocks(span(question.at).first, None if question.known is None else moment(question.known))

    told, silent = (
        explain(View(seen, clocks.known), clocks, question.company, question.chip, everything=True)
        for seen in (entries, [entry for entry in entries if entry.id not in unknown])
    )

    assert told == silent


@given(st.data(), strategies.ledgers())
def test_every_claim_has_one_place_and_every_line_a_source(data: st.DataObject, ledger: Ledger) -> None:
    """Standing, left, struck for sure or not applying: each claim that is known at the gate, once."""
    resolved = strategies.resolve(ledger)
    question = data.draw(strategies.questions(ledger))
    clocks = Clocks(span(question.at).first, None if question.known is None else moment(question.known))
    view = View(entries_of(resolved), clocks.known)
    for found in explain(view, clocks, question.company, question.chip, everything=True):
        placed = [line["id"] for line in lines(found)]
        at_gate = [
            claim.id
            for claim in (*view.claims.values(), *view.retracted.values())
            if str(view.directory.gate(claim.fields["authority"])) == found["gate"]
        ]
        assert sorted(placed) == sorted(at_gate)
        assert all(line["sources"] for line in lines(found))
        events = [event for claim in found["claims"] for event in claim["events"]]
        sources = [source for account in (*found["claims"], *events) for source in account["sources"]]
        assert all(naive.is_public(dict(source), question.known) for source in sources)
        assert all(source["grade"] == naive.grade(dict(source)) for source in sources)


@given(st.data(), strategies.claims_only())
def test_what_would_settle_leaves_what_it_says(data: st.DataObject, ledger: Ledger) -> None:
    """Were the claim certain, or not there at all, the cell would come to the statuses told."""
    resolved = strategies.resolve(ledger)
    question = data.draw(strategies.questions(ledger))
    clocks = Clocks(span(question.at).first, None if question.known is None else moment(question.known))
    view = View(entries_of(resolved), clocks.known)
    cell = view.cell(question.company, question.chip, clocks.at)
    for place, found in enumerate(explain(view, clocks, question.company, question.chip)):
        for settling in found["would_settle"]:
            held = {each.id: each for each in cell.gates[place].holdings}
            found_there = held.pop(settling["claim"])
            sure = found_there._replace(kind=found_there.kind & ~POSSIBLY)
            assert settling["if_holds"] == left(cell, place, [*held.values(), sure])
            assert settling["if_not"] == left(cell, place, list(held.values()))


def left(cell: Any, place: int, holdings: list[Holding]) -> list[Status]:
    """The cell's possible statuses, had one of its gates these claims."""
    ranks = [[r for r in range(6) if gate.possible >> r & 1] for gate in cell.gates]
    ranks[place] = [r for r in range(6) if gate_worlds(holdings).possible >> r & 1]
    return words(sum(1 << rank for rank in naive.minima(frozenset(each) for each in ranks)))


def test_explaining_many_claims_is_work_for_each_not_for_each_two() -> None:
    """Blocked and cleared in turn, day after day: four times the claims are four times the work, not sixteen times."""

    def work(count: int) -> int:
        first = span("2020-01-01").first
        kinds = ("blocked", "review-opened", "cleared", "approved-in-principle", "prohibited")
        claims = [ground.claim(kinds[n % 5], f"claim-{n}", iso(first + n)) for n in range(count)]
        last = [ground.claim("review-opened", f"last-{n}", iso(first + count + n)) for n in range(count)]
        view = ground.seen(*claims, *last)
        return calls_of(lambda: [list(lines(gate)) for gate in explain(view, Clocks(TODAY), "tencent", "h200")])

    assert work(400) < 6 * work(100)
