"""Along a clock: what the index answers from turn to turn is what its cells answer at each turn, and between them."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.events.dates import span
from policytracker.index import paths
from policytracker.index.by_day import CellsByDay
from policytracker.index.cells import SILENT, Cell, Cells, GateAnswer, Point
from policytracker.index.layout import NEVER, position_of
from policytracker.index.paths import Along, Paths
from policytracker.index.rectangles import Rectangles
from policytracker.status.periods import FOREVER
from policytracker.status.registrations import SINCE_EVER
from policytracker.status.words import ANY, CLEARED, together
from tests.index.ground import ANY_LEDGER, Ledger, made, pairs, points
from tests.index.test_cells import MANY
from tests.soak import often

Told = tuple[int, tuple[tuple[int, bool], ...], tuple[tuple[int, bool], ...]]
"""What a gate answers: possible statuses; the positions of the claims that stand, and of the conditions that hold, each
with whether it certainly does."""


def told(cells: Cells, answer: GateAnswer) -> Told:
    position = [position_of(claim) for claim in cells.index.rows.claim]
    standing = zip(answer.standing, answer.surely, strict=True)
    return (
        answer.possible,
        tuple((position[row], surely) for row, surely in standing),
        tuple((position[cap.row], cap.certain) for cap in answer.caps),
    )


def at(along: Along, when: int) -> GateAnswer:
    """What a gate answers at a time of the clock, by its turns."""
    return next((answer for turn, answer in reversed(along.answers) if turn <= when), SILENT)


def times(found: list[Along], forever: int) -> set[int]:
    """The turns of some gates, the time before each, and the one after."""
    turns = {turn for along in found for turn in along.turning if turn < forever}
    return {turn + step for turn in turns for step in (-1, 0, 1)}


@settings(max_examples=often(short=100, long=3_000))
@given(st.data(), ANY_LEDGER)
def test_days_are_answered_as_cells_answer_each_day(data: st.DataObject, ledger: Ledger) -> None:
    """Also on the days on which the registry changes, and so the gates of the cell."""
    with made(ledger) as found:
        point = data.draw(points(ledger))
        by_day = found.by_day(point.seen)
        walked = Paths(by_day)
        for pair in pairs(by_day.cells(1)):
            parts = walked.days(*pair, point)
            assert [part.days.first for part in parts[1:]] == [part.days.end for part in parts[:-1]]
            assert (parts[0].days.first, parts[-1].days.end) == (SINCE_EVER, NEVER)
            days = {day + step for part in parts[1:] for day in (part.days.first,) for step in (-1, 0, 1)}
            for day in sorted(days.union(*(times(part.gates, NEVER) for part in parts)) - {-1}):
                (part,) = (part for part in parts if part.days.first <= day < part.days.end)
                cells = by_day.cells(day)
                cell = cells.cell(*pair)
                assert [gate for gate, _ in part.days.cell.gates] == [gate for gate, _ in cell.gates]
                assert_as_at(cells, cell, part.gates, day, point._replace(day=day))


@settings(max_examples=often(short=100, long=3_000))
@given(st.data(), ANY_LEDGER)
def test_publications_are_answered_as_cells_answer_each_moment(data: st.DataObject, ledger: Ledger) -> None:
    with made(ledger) as found:
        point = data.draw(points(ledger))
        by_day = found.by_day(point.seen)
        cells = by_day.cells(point.day)
        walked = Paths(by_day)
        for pair in pairs(cells):
            cell = cells.cell(*pair)
            moments = walked.publications(cell, point)
            reported = walked.reported(cell)
            for known in times(moments, FOREVER):
                assert_as_at(cells, cell, moments, known, point._replace(known=known))
            for along in moments:
                for turn, claims in along.turning.items():
                    later = {position_of(claim) for _, claim in claims} - reported.get(turn, set())
                    assert turn == FOREVER or later <= {position for each in reported.values() for position in each}


def assert_as_at(cells: Cells, cell: Cell, found: list[Along], when: int, point: Point) -> None:
    """Hold what a path answers at a time to the cell at a point."""
    for along, answer in zip(found, cells.answers(cell, point), strict=True):
        assert told(cells, at(along, when)) == told(cells, answer)


@settings(max_examples=often(short=60, long=2_000))
@given(st.data(), ANY_LEDGER)
def test_a_compiled_sweep_finds_the_same(data: st.DataObject, ledger: Ledger) -> None:
    with made(ledger) as found:
        point = data.draw(points(ledger))
        by_day = found.by_day(point.seen)
        walked = Paths(by_day)
        for pair in pairs(by_day.cells(point.day)):
            cell = by_day.cells(point.day).cell(*pair)
            plain = _answers(walked, pair, point), walked.publications(cell, point)
            with patch.object(paths, "PAYS", 0):
                assert (_answers(walked, pair, point), walked.publications(cell, point)) == plain


def _answers(walked: Paths, pair: tuple[str, str], point: Point) -> list[list[Along]]:
    return [part.gates for part in walked.days(*pair, point)]


@pytest.mark.parametrize("pays", [0, 1 << 30], ids=["compiled", "plain"])
def test_a_sweep_whose_tables_are_full_grows_them(pays: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """150 rumours: room for one layer at first, against room for many."""
    monkeypatch.setattr(paths, "PAYS", pays)
    with made(MANY) as found:
        by_day, point = found.by_day(len(MANY)), Point(1, FOREVER - 1, len(MANY))
        walked, small = Paths(by_day), Paths(by_day)
        functions = small._functions(pays == 0)
        small._tables[functions] = functions.tables(1, True)
        ((expected,),) = _answers(walked, ("acme", "h20"), point)
        assert _answers(small, ("acme", "h20"), point) == [[expected]]
        assert len(expected.answers) > 100
        assert {each.possible for _, each in expected.answers} == {0b1000000, 0b1000010, 0b1000011}


def test_a_turn_with_many_claims_that_stand_gets_room_for_them() -> None:
    """Each of 400 rumours of one block stands on each of its days: more than there is room for at first."""
    rumour = {**MANY[-1], "type": "blocked"}
    days = [f"202{1 + number // 336}-{1 + number // 28 % 12:02}-{1 + number % 28:02}" for number in range(400)]
    with made([*MANY[:5], *({**rumour, "effective": day} for day in days)]) as found:
        point = Point(1, FOREVER - 1, 405)
        ((along,),) = _answers(Paths(found.by_day(405)), ("acme", "h20"), point)
        assert [len(answer.standing) for _, answer in along.answers] == list(range(1, 402))


@settings(max_examples=often(short=60, long=2_000))
@given(st.data(), ANY_LEDGER)
def test_rectangles_tell_what_cells_answer(data: st.DataObject, ledger: Ledger) -> None:
    """Every day and moment of the three clocks. A condition is told by the row of its claim."""
    with made(ledger) as found:
        seen = data.draw(points(ledger)).seen
        by_day = found.by_day(seen)
        rows, every = by_day.index.rows, list(pairs(by_day.cells(1)))
        rectangles = Rectangles(Paths(by_day), seen, ((pair, pair) for pair in every), lambda row: tell(by_day, row))
        for _ in range(3):
            point = data.draw(points(ledger))._replace(seen=seen)
            point = point._replace(day=point.day - data.draw(st.integers(0, 1)))
            known = None if point.known == FOREVER - 1 else point.known
            cells = by_day.cells(point.day)
            for pair in every:
                cell, whole = cells.cell(*pair), rectangles.cell(*pair, point.day, known)
                answers = cells.answers(cell, point)
                assert whole.last_words == cells.last_words(cell, point)
                assert whole.possible == together(answer.possible for answer in answers)
                silent = any(answer.is_silent for answer in answers)
                assert whole.if_open == (together(answer.if_open for answer in answers) if silent else None)
                for (gate, number), answer, (name, each) in zip(cell.gates, answers, whole.gates, strict=True):
                    standing = tuple(str(position_of(rows.claim[row])) for row in answer.standing)
                    assert (name, each.possible, each.claims) == (gate, answer.possible, standing)
                    bound = cells.binding(cell, number, point, answer)
                    told_of = [(*tell(by_day, row), surely) for row, surely in bound]
                    assert [(c.claim, c.key, c.wording, c.surely) for c in each.conditions] == [
                        (claim, key, wording, surely) for claim, ((key, wording),), surely in told_of
                    ]


def tell(by_day: CellsByDay, row: int) -> tuple[str, tuple[tuple[str, str]]]:
    """A row by the position of its claim, with one condition, which tells the row from others of the claim."""
    rows = by_day.index.rows
    column = rows.code, rows.day_from, rows.day_to, rows.known_from, rows.known_to, rows.seen_from
    return str(position_of(rows.claim[row])), (("row", str([each[row] for each in column])),)


def test_rectangles_of_a_ledger_without_claims_tell_nothing() -> None:
    with made(MANY[:4]) as found:
        rectangles = Rectangles(Paths(found.by_day(4)), 4, [(("acme", "h20"), "one")], lambda _: ("", ()))
        cell = rectangles.cell("acme", "h20", 1, None)
        assert (cell.possible, cell.if_open, cell.last_words) == (ANY, 1 << CLEARED, [None])


def test_a_cell_has_a_gate_on_the_days_of_its_registry_alone() -> None:
    """The firm moves from China to Singapore, and SG is where the chip comes from."""
    chip = {**MANY[3], "controlled_by": ["US"], "origin": "SG"}
    moved = {**MANY[1], "jurisdiction": "SG", "effective": "2025-06-02"}
    block = {**MANY[-1], "type": "blocked", "effective": "2020-01-01"}
    with made([*MANY[:2], chip, moved, block]) as found:
        rectangles = Rectangles(Paths(found.by_day(6)), 6, [(("acme", "h20"), "one")], lambda _: ("", ()))
        day = span("2025-06-02").first
        for when, gates in ((day - 1, ["US/export", "CN/import"]), (day, ["US/export"])):
            for known in (None, 0):
                cell = rectangles.cell("acme", "h20", when, known)
                assert [str(gate) for gate, _ in cell.gates] == gates
                assert len(cell.last_words) == len(gates)
