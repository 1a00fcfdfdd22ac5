"""A registry that changes from a day on: a company is bought or moves, a chip becomes domestic, an authority moves."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import iso, moment, span
from policytracker.questions.all_cells import all_cells
from policytracker.questions.as_known_then import as_known_then
from policytracker.questions.diff import Points, diff
from policytracker.questions.log import search
from policytracker.questions.matrix import matrix
from policytracker.questions.one_cell import one_cell, possible
from policytracker.questions.reader import MOST_BOARDS, MOST_REGISTRIES, Clocks, Reader
from policytracker.questions.scheduled import scheduled
from policytracker.questions.state import states
from policytracker.questions.timeline import over_days
from policytracker.questions.turning import turning_days
from policytracker.testing import strategies
from tests.questions.recorded import TODAY, recorded
from tests.soak import often

Event = dict[str, Any]
BEFORE, BOUGHT = span("2025-06-01").first, span("2025-06-02").first
REPORT = {"publisher": "Customs", "published": "2025-01-10", "attribution": "official"}


def company(company: str, **more: object) -> Event:
    return {"type": "company-registered", "company": company, "name": company.title(), "jurisdiction": "CN", **more}


def chip(**more: object) -> Event:
    fields = {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": ["US"]}
    return fields | more


def claim(kind: str, authority: str, companies: list[str], **more: object) -> Event:
    return {"type": kind, "authority": authority, "companies": companies, "chips": ["h20"], "report": REPORT, **more}


REGISTRY = [
    strategies.authority("bis", "US", "export"),
    strategies.authority("gacc", "CN", "import"),
    company("acme"),
    company("firm"),
    chip(),
    claim("cleared", "bis", ["all"]),
    claim("cleared", "gacc", ["all"]),
]
BLOCK = claim("blocked", "bis", ["under:acme"], ref="block")
DEAL = {"publisher": "Reuters", "published": "2025-05-02", "title": "Acme buys Firm", "attribution": "on-record"}
SALE = company("firm", parent="acme", effective="2025-06-02", report=DEAL, ref="sale")


@pytest.fixture(scope="module")
def bought() -> Iterator[Reader]:
    """Acme, whose exports are blocked, buys Firm on 2 June 2025."""
    with recorded([*REGISTRY, BLOCK, SALE]) as reader:
        yield reader


def statuses(reader: Reader, *days: int) -> list[str]:
    return [one_cell(reader, Clocks(day), "firm", "h20")["status"] for day in days]


def test_a_company_is_answered_by_its_parent_of_the_day(bought: Reader) -> None:
    assert statuses(bought, BEFORE, BOUGHT) == ["cleared", "blocked"]
    assert [next(states(bought, Clocks(day), "firm", None))["status"] for day in (BEFORE, BOUGHT)] == [
        "cleared",
        "blocked",
    ]


def test_a_board_is_of_the_registry_of_its_day(bought: Reader) -> None:
    for day, expected in ((BEFORE, ["blocked", "cleared"]), (BOUGHT, ["blocked", "blocked"])):
        assert [row["cells"]["h20"] for row in matrix(bought, Clocks(day), [], []).rows()] == expected


def test_an_earlier_record_knows_nothing_of_the_sale() -> None:
    with recorded([*REGISTRY, BLOCK], [SALE]) as reader:
        first = 1_800_000_000_000_000
        assert one_cell(reader, Clocks(BOUGHT, None, first), "firm", "h20")["status"] == "cleared"
        assert statuses(reader, BOUGHT) == ["blocked"]


def test_a_timeline_turns_with_the_registration_and_names_it(bought: Reader) -> None:
    *_, before, after = over_days(bought, Clocks(TODAY), "firm", "h20")
    assert (before["to"], after["from"], after["status"]) == ("2025-06-02", "2025-06-02", "blocked")
    (turned,) = after["turned_by"]
    assert (turned["type"], turned["ref"]) == ("company-registered", "sale")
    assert turned["source"] is not None and turned["source"].startswith("Reuters, 2025-05-02")


def test_a_registration_that_turns_nothing_is_not_named() -> None:
    """On the day of the sale exports are cleared for Acme's too; the block ends."""
    lifted = {"type": "lifted", "target": "block", "report": REPORT, "effective": "2025-06-02"}
    with recorded([*REGISTRY, BLOCK, SALE, lifted]) as reader:
        (row,) = list(over_days(reader, Clocks(TODAY), "firm", "h20"))[1:]
        *_, ended = over_days(reader, Clocks(TODAY), "acme", "h20")
    assert row["status"] == "cleared"
    assert [event["type"] for event in ended["turned_by"]] == ["lifted"]


def test_an_interval_has_the_gates_of_its_days() -> None:
    """Firm moves to Singapore, of which nothing is recorded; from 2026 on the chip comes from there."""
    moves = company("firm", jurisdiction="SG", effective="2025-06-02")
    with recorded([*REGISTRY, moves, chip(origin="SG", effective="2026")]) as reader:
        rows = list(over_days(reader, Clocks(TODAY), "firm", "h20"))
    told = [(row["from"], row["status"], [gate["gate"] for gate in row["gates"]]) for row in rows[-3:]]
    assert told == [
        ("2025-01-10", "cleared", ["US/export", "CN/import"]),
        ("2025-06-02", "unknown", ["US/export", "SG/import"]),
        ("2026-12-31", "cleared", ["US/export"]),
    ]
    assert [event["type"] for row in rows[-2:] for event in row["turned_by"]] == [
        "company-registered",
        "chip-registered",
    ]


def test_an_authority_that_moves_takes_its_claims_along_and_is_named() -> None:
    moves = strategies.authority("gacc", "SG", "import") | {"effective": "2025-06-02"}
    with recorded([*REGISTRY, moves]) as reader:
        *_, row = over_days(reader, Clocks(TODAY), "firm", "h20")
        (step,) = diff(reader, Points(BEFORE, None, BOUGHT, None), None, "firm", None)
    assert (row["from"], row["status"]) == ("2025-06-02", "unknown")
    assert [event["type"] for event in row["turned_by"]] == ["authority-registered"]
    assert [event["type"] for event in step["events"]] == ["authority-registered"]


def test_a_diff_names_the_registration_on_the_way_and_on_the_way_back(bought: Reader) -> None:
    (there,) = diff(bought, Points(BEFORE, None, BOUGHT, None), None, "firm", "h20")
    (back,) = diff(bought, Points(BOUGHT, None, BEFORE, None), None, "firm", "h20")
    assert ((there["from"], there["to"]), (back["from"], back["to"])) == (
        ("cleared", "blocked"),
        ("blocked", "cleared"),
    )
    (event,), (undone,) = there["events"], back["events"]
    assert (event["ref"], event["claim"], event["sources"][0]["publisher"]) == ("sale", None, "Reuters")
    assert event["change"].startswith("from 2025-06-02: ") and "acme" in event["change"]
    assert undone["change"].startswith("until 2025-06-02: ") and "acme" not in undone["change"]


def test_a_diff_names_claims_and_registrations_that_turn_together() -> None:
    """The block begins on the day of the sale."""
    block = BLOCK | {"effective": "2025-06-02"}
    with recorded([*REGISTRY, block, SALE]) as reader:
        (step,) = diff(reader, Points(BEFORE, None, BOUGHT, None), None, "firm", "h20")
    assert [event["ref"] for event in step["events"]] == ["block", "sale"]


def test_what_changed_lately_tells_of_the_sale_on_its_day(bought: Reader) -> None:
    step, *_ = as_known_then(bought, Clocks(TODAY), None, None, 9)
    assert (step.changed, iso(step.when)) == ("world", "2025-06-02")
    (group,) = step.groups
    assert group.cells == [("firm", "h20")]
    assert [event["ref"] for event in group.step["events"]] == ["sale"]


def test_a_sale_that_is_agreed_is_scheduled(bought: Reader) -> None:
    (ahead,) = scheduled(bought, Clocks(span("2025-03-01").first), None, None)
    assert (iso(ahead.day), ahead.groups[0].cells) == ("2025-06-02", [("firm", "h20")])
    assert list(scheduled(bought, Clocks(span("2025-03-01").first), "acme", None)) == []
    assert list(scheduled(bought, Clocks(BOUGHT), None, None)) == []


def test_the_days_of_the_registry_are_among_those_on_which_answers_may_turn(bought: Reader) -> None:
    assert BOUGHT in turning_days(bought, Clocks(TODAY))
    assert BOUGHT not in turning_days(bought, Clocks(TODAY, None, 0))


def test_a_former_name_is_found_in_a_question_and_in_a_search() -> None:
    with recorded([*REGISTRY, company("firm", name="Zhongxin", effective="2025-06-02"), BLOCK]) as reader:
        for name in ("Firm", "zhongxin"):
            assert [row["company"] for row in states(reader, Clocks(BEFORE), name, None)] == ["firm"]
            assert [event.fields["company"] for event in search(reader, name)] == ["firm", "firm"]
        assert search(reader, " ") != []


def test_many_days_and_instants_do_not_fill_the_memory() -> None:
    """Forty sales, each asked for, with its board."""
    owners = [company(f"owner-{number}") for number in range(40)]
    sales = [company("firm", parent=f"owner-{number}", effective=f"{1950 + number}") for number in range(40)]
    with recorded([*REGISTRY, *owners, *sales]) as reader:
        for number in range(40):
            clocks = Clocks(span(f"{1950 + number}").last)
            assert reader.directory_at(None, clocks.at).line("firm")[1:] == [f"owner-{number}"]
            assert len(all_cells(reader, clocks)) == 42
        assert len(reader._cells) <= MOST_REGISTRIES
        assert len(reader._boards) <= MOST_BOARDS


def test_a_registry_without_dates_has_one_answer_for_all_days() -> None:
    with recorded(REGISTRY) as reader:
        seen = reader.head.position
        assert reader.registry(seen).days == ()
        assert reader.cells(seen, 1) is reader.cells(seen, TODAY)
        assert reader.board(seen, 1) is reader.board(seen, TODAY)


@settings(max_examples=often(short=40, long=1_000))
@given(st.data(), strategies.ledgers() | strategies.claims_only())
def test_all_cells_and_each_cell_are_of_the_same_registry(data: st.DataObject, ledger: list[Event]) -> None:
    with recorded(ledger) as reader:
        days = reader.registry(reader.head.position).days
        for _ in range(3):
            question = data.draw(strategies.questions(ledger))
            day = data.draw(st.sampled_from([*days, span(question.at).first])) - data.draw(st.integers(0, 1))
            clocks = Clocks(day, None if question.known is None else moment(question.known))
            every = all_cells(reader, clocks)
            assert dict(every) == {pair: possible(reader, clocks, *pair) for pair in every}
            for cell in states(reader, clocks, None, None):
                assert cell == one_cell(reader, clocks, cell["company"], cell["chip"])
