"""Laws that every answer keeps, whatever the ledger holds."""

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from policytracker.events.dates import end_of_day, span
from policytracker.status.entries import Entry
from policytracker.status.view import View
from policytracker.status.words import highest, lowest
from tests import strategies
from tests.test_core_is_the_contract import core_answer, entries_of

DAYS = [f"2026-01-{day}" for day in range(20, 32)] + ["2026-02-03", "2026-03-01"]
days = st.sampled_from(DAYS)
AUTHORITY_OF = {"US/export": "bis", "CN/import": "customs"}


def told(entries: list[Entry], question: strategies.Question, known: int | None = None) -> dict[str, Any]:
    """The core's whole answer to a question."""
    return core_answer(View(entries, known), question.company, question.chip, question.at)


def later(entries: list[Entry], **fields: Any) -> list[Entry]:
    """The same ledger with one more event at its end."""
    position = len(entries)
    return [*entries, Entry(position, f"{position:064x}", 1_900_000_000_000_000, fields)]


def sure(published: str) -> dict[str, str]:
    return {"publisher": "Federal Register", "published": published, "grade": "A1"}


@given(st.data(), strategies.ledgers(), st.sampled_from(sorted(AUTHORITY_OF)))
def test_a_stop_that_comes_last_leaves_its_gate_no_higher_than_itself(
    data: st.DataObject, ledger: list[dict[str, Any]], gate: str
) -> None:
    """A certain block of everyone, effective and published after everything else: the gate is blocked or worse."""
    question = data.draw(strategies.questions(ledger))
    entries = later(
        entries_of(strategies.resolve(ledger)),
        type="blocked",
        authority=AUTHORITY_OF[gate],
        companies=["all"],
        chips=["all"],
        effective="2027-06-01",
        report=sure("2027-06-01"),
    )
    view = View(entries)
    cell = view.cell(question.company, question.chip, span("2027-06-02").first)
    for answer in cell.gates:
        if view.directory.gate(AUTHORITY_OF[gate]) == answer.gate:
            assert highest(answer.possible) <= 1


@given(st.data(), strategies.ledgers(), days)
def test_a_report_published_later_changes_nothing_known_before(
    data: st.DataObject, ledger: list[dict[str, Any]], known: str
) -> None:
    """What the public record said at the end of day K is not rewritten by what is published after K."""
    question = data.draw(strategies.questions(ledger))
    entries = entries_of(strategies.resolve(ledger))
    targets = [entry for entry in entries if entry.fields.get("report")]
    assume(targets)
    moment = end_of_day(span(known).first)
    before = told(entries, question, moment)
    target = data.draw(st.sampled_from(targets))
    kind = data.draw(st.sampled_from(["corroborated", "disputed", "retracted"]))
    after = later(entries, type=kind, target=target.id, report=sure("2026-12-31"))
    assert told(after, question, moment) == before


@given(st.data(), strategies.ledgers())
def test_a_retracted_retraction_restores(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """A claim is retracted, then the retraction is: everything is as it was before, for every K."""
    question = data.draw(strategies.questions(ledger))
    known = data.draw(st.none() | days.map(lambda day: end_of_day(span(day).first)))
    entries = entries_of(strategies.resolve(ledger))
    targets = [entry for entry in entries if not entry.type.endswith(("registered", "defined"))]
    target = data.draw(st.sampled_from(targets))
    once = later(entries, type="retracted", target=target.id)
    twice = later(once, type="retracted", target=once[-1].id)
    assert told(twice, question, known) == told(entries, question, known)


@given(st.data(), strategies.ledgers())
def test_lifting_a_claim_brings_back_what_it_struck(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """A block of everyone is recorded and then lifted: after the lift the gates are as without the block."""
    question = data.draw(strategies.questions(ledger))
    entries = entries_of(strategies.resolve(ledger))
    blocked = later(
        entries,
        type="blocked",
        authority="customs",
        companies=["all"],
        chips=["all"],
        effective="2027-01-01",
        report=sure("2027-01-01"),
    )
    lifted = later(blocked, type="lifted", target=blocked[-1].id, effective="2027-02-01", report=sure("2027-02-01"))
    day = span("2027-02-01").first
    before, after = View(entries), View(lifted)
    cells = [view.cell(question.company, question.chip, day) for view in (before, after)]
    assert cells[0] == cells[1]
    assert after.cell(question.company, question.chip, day - 1) == View(blocked).cell(
        question.company, question.chip, day - 1
    )


@given(st.data(), strategies.claims_only())
def test_a_cell_is_never_freer_than_its_strictest_gate(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """The lowest and the highest status of a cell are the lowest of its gates' lowest and highest."""
    question = data.draw(strategies.questions(ledger))
    cell = View(entries_of(strategies.resolve(ledger))).cell(question.company, question.chip, span(question.at).first)
    assert lowest(cell.possible) == min(lowest(gate.possible) for gate in cell.gates)
    assert highest(cell.possible) == min(highest(gate.possible) for gate in cell.gates)


@given(st.data(), strategies.claims_only())
def test_knowing_more_never_adds_a_possibility(data: st.DataObject, ledger: list[dict[str, Any]]) -> None:
    """Whether a possible claim holds or not: either way what remains was possible before."""
    question = data.draw(strategies.questions(ledger))
    cell = View(entries_of(strategies.resolve(ledger))).cell(question.company, question.chip, span(question.at).first)
    for gate in cell.gates:
        for claim, holds in gate.worlds.if_holds.items():
            assert holds | gate.worlds.if_not[claim] == gate.possible


@given(st.data(), strategies.claims_only())
def test_the_order_of_import_matters_only_where_positions_decide(
    data: st.DataObject, ledger: list[dict[str, Any]]
) -> None:
    """Claims with different dates give the same answer in whatever order they were recorded."""
    question = data.draw(strategies.questions(ledger))
    resolved = strategies.resolve(ledger)
    first = next(index for index, event in enumerate(resolved) if "report" in event)
    claims = [event for event in resolved[first:] if "report" in event]
    orders = {claim.order[:2] for claim in View(entries_of(resolved)).claims.values()}
    assume(len(orders) == len(claims))
    registry = [event for event in resolved if "report" not in event]
    shuffled = data.draw(st.permutations(claims))
    one, other = (told(entries_of([*registry, *order]), question) for order in (claims, shuffled))
    assert one == other
