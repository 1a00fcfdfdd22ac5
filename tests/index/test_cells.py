"""Cells, boards of both sorts, and the view: whichever way one asks for a gate, it answers the same."""

from collections.abc import Iterable, Iterator
from itertools import product
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import span
from policytracker.index import board as boards
from policytracker.index import candidates
from policytracker.index.cells import SILENT, Cell, Cells, GateAnswer, Point
from policytracker.index.layout import NEVER, moment_of, order_of, position_of, start_of, tie_of
from policytracker.status.cells import Cap
from policytracker.status.cells import GateAnswer as GateView
from policytracker.status.directory import Gate
from policytracker.status.entries import Entry
from policytracker.status.periods import FOREVER
from policytracker.status.prevails import Holding
from policytracker.status.view import View
from policytracker.status.words import together
from policytracker.status.worlds import gate_worlds
from tests.index.ground import ANY_LEDGER, FEWEST, MOST, Ledger, both_boards, made, pairs, points
from tests.soak import often
from tests.test_core_is_the_contract import view_of


def view_at(entries: list[Entry], point: Point) -> View:
    """All claims as they stand at a point."""
    known = None if point.known == FOREVER - 1 else point.known
    return view_of([entry for entry in entries if entry.position <= point.seen], point.day, known)


def ids_of(entries: list[Entry], cells: Cells, rows: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(entries[position_of(cells.index.rows.claim[row])].id for row in rows)


@settings(max_examples=often(short=150, long=3_000))
@given(st.data(), ANY_LEDGER)
def test_a_cell_answers_as_the_view_does(data: st.DataObject, ledger: Ledger) -> None:
    """Gates, claims that stand, all claims that hold, and the last report; the walk without pruning says the same."""
    with made(ledger) as found:
        entries = list(found.entries)
        point = data.draw(points(ledger))
        view, cells = view_at(entries, point), found.cells(point.seen, point.day)
        for pair in pairs(cells):
            expected, cell = view.cell(*pair, point.day), cells.cell(*pair)
            for gate, (name, number), answer in zip(
                expected.gates, cell.gates, cells.answers(cell, point), strict=True
            ):
                assert gate.gate == name
                standing = ids_of(entries, cells, answer.standing)
                assert (answer.possible, standing, answer.surely) == (gate.possible, *gate.worlds[1:3])
                caps = tuple(Cap(ids_of(entries, cells, (cap.row,))[0], cap.certain) for cap in answer.caps)
                assert sorted(caps) == sorted(gate.caps)
                assert dict(binding_of(entries, cells, cell, number, point, answer)) == view_binding(view, gate, point)
                holding = cells.holding(cell, number, point) if number else []
                everything = [holding_of(entries, cells, kind, row) for kind, row in holding]
                assert tuple(everything) == gate.holdings
                assert gate.capped(gate_worlds(everything).possible) == answer.possible
            assert cells.last_words(cell, point) == view.last_words(*pair)


OFFICIAL = {"publisher": "Federal Register", "published": "2026-01-15", "attribution": "official"}
LICENSED: Ledger = [
    {"type": "authority-registered", "authority": "bis", "name": "B", "jurisdiction": "US", "direction": "export"},
    *({"type": "company-registered", "company": firm, "name": firm, "jurisdiction": "CN"} for firm in ("acme", "bolt")),
    {"type": "chip-registered", "chip": "h200", "name": "H200", "vendor": "Nvidia", "controlled_by": ["US"]},
    {
        "type": "licence-required",
        "authority": "bis",
        "companies": ["all"],
        "chips": ["all"],
        "review": "case-by-case",
        "conditions": {"volume-cap": "half of what is sold in the US"},
        "report": OFFICIAL,
    },
    {
        "type": "licence-granted",
        "authority": "bis",
        "companies": ["acme"],
        "chips": ["h200"],
        "report": {**OFFICIAL, "published": "2026-05-14"},
    },
]


@pytest.mark.parametrize(("company", "standing"), [("acme", "licence-granted"), ("bolt", "licence-required")])
def test_beside_a_licence_the_conditions_of_the_duty_that_it_overrides_bind(company: str, standing: str) -> None:
    """§8: the licence stands and not the duty, and what the duty asks of whoever has a licence holds on."""
    with made(LICENSED) as found:
        point = Point(span("2026-06-01").first, FOREVER - 1, NEVER - 1)
        cells = found.cells(point.seen, point.day)
        cell = cells.cell(company, "h200")
        number, answer = cell.gates[0][1], cells.answers(cell, point)[0]
        types = {entry.id: entry.type for entry in found.entries}
        assert [types[each] for each in ids_of(list(found.entries), cells, answer.standing)] == [standing]
        told = binding_of(list(found.entries), cells, cell, number, point, answer)
        assert [(types[each], surely) for each, surely in told] == [("licence-required", True)]


def binding_of(
    entries: list[Entry], cells: Cells, cell: Cell, number: int, point: Point, answer: GateAnswer
) -> Iterator[tuple[str, bool]]:
    """The claims whose conditions bind, by the index."""
    for row, surely in cells.binding(cell, number, point, answer) if number else ():
        yield ids_of(entries, cells, (row,))[0], surely


def view_binding(view: View, gate: GateView, point: Point) -> dict[str, bool]:
    """The same by the view."""
    found = view.outlook.binding(gate)
    return {claim: surely for claim, surely in found.items() if view.claims[claim].binding(point.day)}


def holding_of(entries: list[Entry], cells: Cells, kind: int, row: int) -> Holding:
    order, claim = cells.index.rows.order[row], cells.index.rows.claim[row]
    place = start_of(order), moment_of(order), tie_of(claim), position_of(claim)
    return Holding(place, entries[position_of(claim)].id, kind)


@settings(max_examples=often(short=60, long=2_000))
@given(st.data(), ANY_LEDGER, st.sampled_from((FEWEST, 2, MOST)))
def test_a_board_answers_as_its_cells_do(data: st.DataObject, ledger: Ledger, few: int) -> None:
    """As it stands and compiled, whether claims count as reaching few companies or many: byte for byte."""
    with made(ledger) as found, patch.object(candidates, "FEW", few):
        for _ in range(2):
            point = data.draw(points(ledger))._replace(seen=len(ledger))
            cells = found.cells(len(ledger), point.day)
            plain, compiled = both_boards(cells)
            told = {pair: told_of(cells, pair, point) for pair in pairs(cells)}
            possible = bytes(together(answer.possible for _, answer in gates) for gates, _ in told.values())
            assert plain.possible(point) == compiled.possible(point) == possible
            among = set(data.draw(st.sets(st.sampled_from(plain.companies.names))))
            for board in (plain, compiled):
                assert answers_of(board, point, among) == {
                    pair: gates for pair, (gates, _) in told.items() if pair[0] in among
                }
                lasts = {
                    (company, chip): [words[gate][place] for gate, _ in told[company, chip][0]]
                    for company, words in board.last_words(point, among)
                    for place, chip in enumerate(board.chips.names)
                }
                assert lasts == {pair: last for pair, (_, last) in told.items() if pair[0] in among}


Told = list[tuple[Gate, GateAnswer]]
"""What gates answer, with the claims in place of their rows: a claim may have several rows."""


def gates_told(cells: Cells, gates: Iterable[tuple[Gate, GateAnswer]]) -> Told:
    claim = cells.index.rows.claim
    return [
        (
            gate,
            each._replace(
                standing=tuple(claim[row] for row in each.standing),
                caps=tuple(cap._replace(row=claim[cap.row]) for cap in each.caps),
            ),
        )
        for gate, each in gates
    ]


def told_of(cells: Cells, pair: tuple[str, str], point: Point) -> tuple[Told, list[int | None]]:
    """What a cell answers by itself: its gates with their answers, and their last words."""
    cell = cells.cell(*pair)
    names = [gate for gate, _ in cell.gates]
    answers = zip(names, cells.answers(cell, point), strict=True)
    return gates_told(cells, answers), cells.last_words(cell, point)


def answers_of(board: boards.Board, point: Point, among: set[str]) -> dict[tuple[str, str], Told]:
    """What a board answers for some companies."""
    return {
        (company, chip): gates_told(board.cells, gates)
        for company, cells in board.answers(point, among)
        for chip, gates in zip(board.chips.names, cells, strict=True)
    }


@pytest.mark.parametrize("fast", [False, True])
def test_a_board_whose_tables_are_full_grows_them(fast: bool) -> None:
    """Room for one layer at first; the same bytes and answers as with room for many."""
    with made(MANY) as found:
        cells, point = found.cells(len(MANY)), Point(800_000, FOREVER - 1, len(MANY))
        expected = boards.Board(cells, fast=fast)
        small = boards.Board(cells, fast=fast)
        small._tables = [small.functions.tables(1, False) for _ in small._tables]
        small._exact = small.functions.tables(1, True)
        assert small.possible(point) == expected.possible(point)
        every = set(expected.companies.names)
        assert answers_of(small, point, every) == answers_of(expected, point, every)
        assert small._exact.counts[0] > 1


def test_a_cell_with_more_claims_than_there_is_room_for_at_first_answers() -> None:
    """150 rumours, each of which may hold or not: all are selected."""
    with made(MANY) as found:
        cells, point = found.cells(len(MANY)), Point(800_000, FOREVER - 1, len(MANY))
        cell = cells.cell("acme", "h20")
        ((_, number),) = cell.gates
        assert len(cells.holding(cell, number, point)) == 151
        assert cells.answer(cell, number, point).possible == 0b1000011


def test_a_gate_of_which_no_claim_tells_is_unknown() -> None:
    with made(MANY[:4]) as found:
        cells = found.cells(4)
        cell = cells.cell("acme", "h20")
        assert cells.answers(cell, Point(1, 0, 4)) == [SILENT]


def test_terms_are_looked_up_again_once_too_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policytracker.index.cells.MOST_SIDES", 1)
    monkeypatch.setattr("policytracker.index.matches.MOST_KEPT", 1)
    with made(MANY) as found:
        cells, point = found.cells(len(MANY)), Point(800_000, FOREVER - 1, len(MANY))
        for company, chip in product(("acme", "bolt", "acme"), ("h20",)):
            assert cells.answers(cells.cell(company, chip), point)[0].possible == 0b1000011


def test_orders_compare_as_days_then_moments_do() -> None:
    assert sorted((order_of(2, 5), order_of(1, 9), order_of(2, 4))) == [order_of(1, 9), order_of(2, 4), order_of(2, 5)]
    assert start_of(order_of(3_652_059, 1 << 39)) == 3_652_059


RUMOUR = {"publisher": "One", "attribution": "unattributed"}
MANY: Ledger = [
    {"type": "authority-registered", "authority": "gacc", "name": "GACC", "jurisdiction": "CN", "direction": "import"},
    {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"},
    {"type": "company-registered", "company": "bolt", "name": "Bolt", "jurisdiction": "CN"},
    {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": []},
    {
        "type": "cleared",
        "authority": "gacc",
        "companies": ["all"],
        "chips": ["all"],
        "report": {"publisher": "Customs", "published": "2020-01-01", "attribution": "official"},
    },
    *(
        {
            "type": ("blocked", "prohibited")[number % 2],
            "authority": "gacc",
            "companies": ["all"],
            "chips": ["all"],
            "effective": f"202{number // 28 % 5 + 1}-01-{number % 28 + 1:02}",
            "report": {**RUMOUR, "published": f"2020-02-{number % 28 + 1:02}"},
        }
        for number in range(150)
    ),
]
"""A clearance of everybody, and rumours of 150 restrictions."""
