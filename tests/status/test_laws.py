"""The laws of semantics.md §9, on ledgers that Hypothesis makes up."""

from collections.abc import Mapping
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from policytracker.events.dates import end_of_day, moment, span
from policytracker.status.cells import CellAnswer
from policytracker.status.entries import Entry
from policytracker.status.knowledge import CERTAINLY, NOT_AT_ALL
from policytracker.status.view import View
from policytracker.status.words import RANK, highest, lowest
from policytracker.testing import naive, strategies
from tests.test_core_is_the_contract import core_answer, entries_of, view_of

DAYS = [f"2026-01-{day}" for day in range(20, 32)] + ["2026-02-03", "2026-03-01"]
days = st.sampled_from(DAYS)
AUTHORITY_OF = {"US/export": "bis", "CN/import": "customs"}
RESTRICTIONS = ("prohibited", "blocked", "held")
CLAIMED = ("prohibited", "blocked", "held", "review-opened", "approved-in-principle", "licence-granted", "cleared")
ABOUT = ("disputed", "retracted", "lifted", "suspended")
WEAK = ("A5", "C5", "F5", "E1", "E3", "E6")


def told(entries: list[Entry], question: strategies.Question, known: int | None = None) -> dict[str, Any]:
    """The core's whole answer to a question."""
    return core_answer(view_of(entries, question.at, known), question.company, question.chip, question.at)


def cell_of(entries: list[Entry], question: strategies.Question, known: int | None = None) -> CellAnswer:
    """The cell that a question asks for."""
    return view_of(entries, question.at, known).cell(question.company, question.chip, span(question.at).first)


def later(entries: list[Entry], **fields: Any) -> list[Entry]:
    """The same ledger with one more event at its end."""
    position = len(entries)
    return [*entries, Entry(position, f"{position:064x}", 1_900_000_000_000_000, fields)]


def graded(published: str, grade: str = "A1") -> dict[str, str]:
    return {"publisher": "Federal Register", "published": published, "grade": grade}


def reported(entries: list[Entry]) -> list[Entry]:
    """The events with a report that an event about others may be about."""
    registered = ("-registered", "-defined")
    return [entry for entry in entries if entry.fields.get("report") and not entry.type.endswith(registered)]


def about(data: st.DataObject, entries: list[Entry], report: Mapping[str, str]) -> list[Entry]:
    """The ledger with one more event about another, of some type that may be about it."""
    targets = reported(entries)
    assume(targets)
    target = data.draw(st.sampled_from(targets))
    kind = data.draw(st.sampled_from(ABOUT if "authority" in target.fields and "chips" in target.fields else ABOUT[:2]))
    dated = {"effective": data.draw(days)} if kind in ("lifted", "suspended") else {}
    return later(entries, type=kind, target=target.id, report=report, **dated)


def claim(data: st.DataObject, entries: list[Entry], report: Mapping[str, str]) -> list[Entry]:
    """The ledger with one more claim for every cell."""
    kind, authority = data.draw(st.sampled_from(CLAIMED)), data.draw(st.sampled_from(sorted(AUTHORITY_OF.values())))
    dated = data.draw(st.sampled_from(({}, {"effective": data.draw(days)})))
    return later(entries, type=kind, authority=authority, companies=["all"], chips=["all"], report=report, **dated)


@given(st.data(), strategies.ledgers(), st.sampled_from(sorted(AUTHORITY_OF)), st.sampled_from(RESTRICTIONS))
def test_law_1_a_restriction_that_comes_last_leaves_its_gate_no_higher(
    data: st.DataObject, ledger: list[dict[str, Any]], gate: str, kind: str
) -> None:
    """Certain, for everyone, effective and published after everything else."""
    question = data.draw(strategies.questions(ledger))
    entries = later(
        entries_of(naive.resolve(ledger)),
        type=kind,
        authority=AUTHORITY_OF[gate],
        companies=["all"],
        chips=["all"],
        effective="2027-06-01",
        report=graded("2027-06-01"),
    )
    day = span("2027-06-02").first
    view = view_of(entries, day)
    for answer in view.cell(question.company, question.chip, day).gates:
        if view.directory.gate(AUTHORITY_OF[gate]) == answer.gate:
            assert highest(answer.possible) <= (RANK["pending"] if kind == "held" else RANK[kind])


@given(st.data(), strategies.ledgers(), days)
def test_law_2_a_report_published_later_changes_nothing_known_before(
    data: st.DataObject, ledger: list[dict[str, Any]], known: str
) -> None:
    """What the public record said at the end of day K is not rewritten by what is published after K."""
    question = data.draw(strategies.questions(ledger))
    entries = entries_of(naive.resolve(ledger))
    when, report = end_of_day(span(known).first), graded("2026-12-31")
    more = about(data, entries, report) if data.draw(st.booleans()) else claim(data, entries, report)
    if data.draw(st.booleans()):
        more = later(more, type="corroborated", target=data.draw(st.sampled_from(reported(more))).id, report=report)
    assert told(more, question, when) == told(entries, question, when)


@given(st.data(), strategies.ledgers())
def test_law_3_nothing_recorded_later_changes_what_was_recorded_before(
    data: st.DataObject, ledger: list[dict[str, Any]]
) -> None:
    """A ledger as recorded by R is what it was before the events after R came."""
    question = data.draw(strategies.questions(ledger))
    entries = entries_of(naive.resolve(ledger))
    first = next(place for place, event in enumerate(ledger) if event["type"] not in strategies.SUBJECTS)
    until = data.draw(st.integers(first, len(entries)))
    recorded = entries[until - 1].recorded
    view = view_of(entries, question.at, recorded=recorded)
    by_then = told(entries[:until], question)
    assert core_answer(view, question.company, question.chip, question.at) == by_then


@given(st.data(), strategies.ledgers())
def test_law_4_the_order_of_recording_changes_no_status(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Claims and events about them in another order, each after what it is about; but for corrections of one field."""
    question = data.draw(strategies.questions(ledger))
    resolved = naive.resolve(ledger)
    corrected = [(each["target"], field) for each in resolved for field in each.get("changes", ())]
    assume(len(corrected) == len(set(corrected)))
    registry = [event for event in resolved if event["type"] in strategies.SUBJECTS]
    others = [event for event in resolved if event["type"] not in strategies.SUBJECTS]
    shuffled = after_their_targets(data.draw(st.permutations(others)))
    one, other = (cell_of(entries_of([*registry, *order]), question) for order in (others, shuffled))
    assert [(gate.gate, gate.possible) for gate in one.gates] == [(gate.gate, gate.possible) for gate in other.gates]


def after_their_targets(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Events in an order in which each comes after the one that it is about."""
    placed: dict[str, dict[str, Any]] = {}
    waiting = list(events)
    while waiting:
        event = next(each for each in waiting if each.get("target") is None or each["target"] in placed)
        waiting.remove(event)
        placed[event["id"]] = event
    return list(placed.values())


@given(st.data(), strategies.ledgers())
def test_law_5_a_retracted_retraction_restores(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """An event is retracted, then the retraction is: everything is as it was before, for every K."""
    question = data.draw(strategies.questions(ledger))
    known = data.draw(st.none() | days.map(lambda day: end_of_day(span(day).first)))
    entries = entries_of(naive.resolve(ledger))
    target = data.draw(st.sampled_from(reported(entries)))
    once = later(entries, type="retracted", target=target.id)
    twice = later(once, type="retracted", target=once[-1].id)
    assert told(twice, question, known) == told(entries, question, known)


@given(st.data(), strategies.ledgers())
def test_law_5_a_lift_brings_back_what_was_overridden(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """A block of everyone is recorded and then lifted: from the lift on the gates are as without the block."""
    question = data.draw(strategies.questions(ledger))
    entries = entries_of(naive.resolve(ledger))
    scope = {"companies": ["all"], "chips": ["all"], "effective": "2027-01-01", "report": graded("2027-01-01")}
    blocked = later(entries, type="blocked", authority="customs", **scope)
    lifted = later(blocked, type="lifted", target=blocked[-1].id, effective="2027-02-01", report=graded("2027-02-01"))
    day = span("2027-02-01").first
    before, after, during = (view_of(each, day) for each in (entries, lifted, blocked))
    assert before.cell(question.company, question.chip, day) == after.cell(question.company, question.chip, day)
    eve = day - 1
    assert after.cell(question.company, question.chip, eve) == during.cell(question.company, question.chip, eve)


@given(st.data(), strategies.ledgers(), st.sampled_from(WEAK))
def test_law_6_what_counts_not_at_all_changes_no_status(
    data: st.DataObject, ledger: list[dict[str, Any]], grade: str
) -> None:
    """A claim, or an event about another, all of whose reports are weak."""
    question = data.draw(strategies.questions(ledger))
    entries = entries_of(naive.resolve(ledger))
    report = graded(data.draw(days), grade)
    more = about(data, entries, report) if data.draw(st.booleans()) else claim(data, entries, report)
    assert view_of(more).standings[more[-1].id].counts == NOT_AT_ALL
    one, other = cell_of(entries, question), cell_of(more, question)
    assert [gate.possible for gate in one.gates] == [gate.possible for gate in other.gates]


@given(st.data(), strategies.ledgers(), st.sampled_from(("F6", "D4", "B4", "C6")))
def test_law_6_a_claim_that_holds_only_possibly_removes_no_status(
    data: st.DataObject, ledger: list[dict[str, Any]], grade: str
) -> None:
    question = data.draw(strategies.questions(ledger))
    entries = entries_of(naive.resolve(ledger))
    more = claim(data, entries, graded(data.draw(days), grade))
    assert not removed(cell_of(entries, question), cell_of(more, question))


@given(st.data(), strategies.ledgers(), st.sampled_from(("F6", "D4", "B4", "C6")))
def test_law_7_an_event_about_others_that_is_not_certain_by_its_word_removes_no_status(
    data: st.DataObject, ledger: list[dict[str, Any]], grade: str
) -> None:
    question = data.draw(strategies.questions(ledger))
    entries = entries_of(naive.resolve(ledger))
    more = about(data, entries, graded(data.draw(days), grade))
    assert not removed(cell_of(entries, question), cell_of(more, question))


@given(st.data(), strategies.ledgers(), st.sampled_from(("A1", "C3", "D4", "F6", "E1")))
def test_law_7_a_corroboration_after_which_its_target_counts_as_before_removes_no_status(
    data: st.DataObject, ledger: list[dict[str, Any]], grade: str
) -> None:
    """Its target has its first and its sure word at the moments of before."""
    question = data.draw(strategies.questions(ledger))
    entries = entries_of(naive.resolve(ledger))
    targets = reported(entries)
    assume(targets)
    target = data.draw(st.sampled_from(targets))
    more = later(entries, type="corroborated", target=target.id, report=graded(data.draw(days), grade))
    assume(words_of(view_of(entries), target.id) == words_of(view_of(more), target.id))
    assert not removed(cell_of(entries, question), cell_of(more, question))


def words_of(view: View, event: str) -> tuple[object, ...]:
    """How an event counts, the moments of its first and its sure word, and its place in the order of §6.

    That order takes a vaguer report of a permission at its first moment: so a report that moves neither word may move
    the place. The law speaks of the words alone, and would not hold then.
    """
    standing = view.standings[event]
    words = [word for word in (standing.first_word, standing.sure_word) if word is not None]
    place = [(claim.day, claim.moment) for claim in view.claims.values() if claim.id == event]
    return standing.counts, standing.known, [moment(word["published"]) for word in words], place


def removed(before: CellAnswer, after: CellAnswer) -> int:
    """The possible statuses, as bits, of some gate that are possible no more."""
    lost = 0
    for one, other in zip(before.gates, after.gates, strict=True):
        lost |= one.possible & ~other.possible
    return lost


@given(st.data(), strategies.claims_only())
def test_a_cell_is_never_freer_than_its_strictest_gate(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """§7: the lowest and the highest status of a cell are the lowest of its gates' lowest and highest."""
    question = data.draw(strategies.questions(ledger))
    cell = cell_of(entries_of(naive.resolve(ledger)), question)
    assume(cell.gates)
    assert lowest(cell.possible) == min(lowest(gate.possible) for gate in cell.gates)
    assert highest(cell.possible) == min(highest(gate.possible) for gate in cell.gates)


@given(st.data(), strategies.claims_only())
def test_knowing_more_never_adds_a_possibility(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """§7: whether a possible claim holds or not, either way what remains was possible before."""
    question = data.draw(strategies.questions(ledger))
    for gate in cell_of(entries_of(naive.resolve(ledger)), question).gates:
        for name, holds in gate.worlds.if_holds.items():
            assert gate.capped(holds) | gate.capped(gate.worlds.if_not[name]) == gate.possible


@given(st.data(), strategies.one_claim())
def test_a_claim_counts_certainly_only_by_a_sure_word(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """§3: what counts certainly is certain by its word, and neither disputed nor retracted."""
    known = data.draw(st.none() | days.map(lambda day: end_of_day(span(day).first)))
    view: View = view_of(entries_of(naive.resolve(ledger)), known=known)
    for standing in view.standings.values():
        if standing.counts == CERTAINLY:
            assert standing.certain_by_word and standing.known and not standing.disputed and not standing.retracted
