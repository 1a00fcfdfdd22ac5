"""Along a clock: what the index answers from turn to turn is what its cells answer at each turn, and between them."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytracker.index import paths
from policytracker.index.cells import SILENT, Cell, Cells, GateAnswer, Point
from policytracker.index.layout import NEVER
from policytracker.index.paths import Along, Paths
from policytracker.index.rectangles import Rectangles, together
from policytracker.status.periods import FOREVER
from policytracker.status.words import ANY
from tests.index.ground import ANY_LEDGER, Ledger, made, pairs, points
from tests.index.test_cells import MANY
from tests.soak import often

Told = tuple[int, tuple[int, ...]]
"""What a gate answers: possible statuses, and the positions of the claims that stand."""


def told(cells: Cells, answer: GateAnswer) -> Told:
    return answer.possible, tuple(cells.index.rows.position[row] for row in answer.standing)


def at(along: Along, when: int) -> GateAnswer:
    """What a gate answers at a time of the clock, by its turns."""
    return next((answer for turn, answer in reversed(along.answers) if turn <= when), SILENT)


def times(found: list[Along], forever: int) -> list[int]:
    """The turns of some gates, the time before each, and the one after."""
    turns = {turn for along in found for turn in along.turning if turn < forever}
    return sorted({turn + step for turn in turns for step in (-1, 0, 1)})


@settings(max_examples=often(short=100, long=3_000))
@given(st.data(), ANY_LEDGER)
def test_days_are_answered_as_cells_answer_each_day(data: st.DataObject, ledger: Ledger) -> None:
    with made(ledger) as found:
        point = data.draw(points(ledger))
        cells = found.cells(point.seen)
        walked = Paths(cells)
        for pair in pairs(cells):
            cell = cells.cell(*pair)
            days = walked.days(cell, point)
            for day in times(days, NEVER):
                assert_as_at(cells, cell, days, day, point._replace(day=day))


@settings(max_examples=often(short=100, long=3_000))
@given(st.data(), ANY_LEDGER)
def test_publications_are_answered_as_cells_answer_each_moment(data: st.DataObject, ledger: Ledger) -> None:
    with made(ledger) as found:
        point = data.draw(points(ledger))
        cells = found.cells(point.seen)
        walked = Paths(cells)
        for pair in pairs(cells):
            cell = cells.cell(*pair)
            moments = walked.publications(cell, point)
            reported = walked.reported(cell)
            for known in times(moments, FOREVER):
                assert_as_at(cells, cell, moments, known, point._replace(known=known))
            for along in moments:
                for turn, claims in along.turning.items():
                    later = {position for _, position in claims} - reported.get(turn, set())
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
        cells = found.cells(point.seen)
        walked = Paths(cells)
        for pair in pairs(cells):
            cell = cells.cell(*pair)
            plain = walked.days(cell, point), walked.publications(cell, point)
            with patch.object(paths, "PAYS", 0):
                assert (walked.days(cell, point), walked.publications(cell, point)) == plain


@pytest.mark.parametrize("pays", [0, 1 << 30], ids=["compiled", "plain"])
def test_a_sweep_whose_tables_are_full_grows_them(pays: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """150 rumours: room for one layer at first, against room for many."""
    monkeypatch.setattr(paths, "PAYS", pays)
    with made(MANY) as found:
        cells, point = found.cells(len(MANY)), Point(1, FOREVER - 1, len(MANY))
        cell, walked, small = cells.cell("acme", "h20"), Paths(cells), Paths(cells)
        functions = small._functions(pays == 0)
        small._tables[functions] = functions.tables(1, True)
        (expected,) = walked.days(cell, point)
        assert small.days(cell, point) == [expected]
        assert len(expected.answers) > 100
        assert {possible for _, (possible, _) in expected.answers} == {0b100000, 0b100010, 0b100011}


def test_a_turn_with_many_claims_that_stand_gets_room_for_them() -> None:
    """Each of 400 rumours of one block stands on each of its days: more than there is room for at first."""
    rumour = {**MANY[-1], "type": "blocked"}
    days = [f"202{1 + number // 336}-{1 + number // 28 % 12:02}-{1 + number % 28:02}" for number in range(400)]
    with made([*MANY[:5], *({**rumour, "effective": day} for day in days)]) as found:
        cells, point = found.cells(405), Point(1, FOREVER - 1, 405)
        cell = cells.cell("acme", "h20")
        (along,) = Paths(cells).days(cell, point)
        assert [len(answer.standing) for _, answer in along.answers] == list(range(1, 402))


@settings(max_examples=often(short=60, long=2_000))
@given(st.data(), ANY_LEDGER)
def test_rectangles_tell_what_cells_answer(data: st.DataObject, ledger: Ledger) -> None:
    """Every day and moment of the three clocks; conditions are told by the class above."""
    with made(ledger) as found:
        seen = data.draw(points(ledger)).seen
        cells = found.cells(seen)
        rows = cells.index.rows
        rectangles = Rectangles(
            Paths(cells), seen, ((pair, pair) for pair in pairs(cells)), lambda row: (str(rows.position[row]), ())
        )
        for _ in range(3):
            point = data.draw(points(ledger))._replace(seen=seen)
            known = None if point.known == FOREVER - 1 else point.known
            for pair in pairs(cells):
                cell, whole = cells.cell(*pair), rectangles.cell(*pair, point.day, known)
                answers = cells.answers(cell, point)
                assert whole.last_report == cells.last_report(cell, point)
                assert whole.possible == together([answer.possible for answer in answers])[0]
                assert [(gate, each.possible, each.claims) for gate, each in whole.gates] == [
                    (gate, answer.possible, tuple(str(rows.position[row]) for row in answer.standing))
                    for (gate, _), answer in zip(cell.gates, answers, strict=True)
                ]


def test_rectangles_of_a_ledger_without_claims_tell_nothing() -> None:
    with made(MANY[:4]) as found:
        cells = found.cells(4)
        rectangles = Rectangles(Paths(cells), 4, [(("acme", "h20"), "one")], lambda _: ("", ()))
        cell = rectangles.cell("acme", "h20", 1, None)
        assert (cell.possible, cell.last_report, cell.conditions) == (ANY, None, {})
