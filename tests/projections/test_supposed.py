"""The index with events that are only supposed: the same as if they had been recorded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from random import Random
from typing import Any

import pytest

from policytracker.events.dates import span
from policytracker.index import layout
from policytracker.index.board import Board
from policytracker.index.cells import Cells, Point
from policytracker.index.layout import NEVER, position_of
from policytracker.projections.reading import all_entries
from policytracker.projections.supposed import Supposed
from policytracker.questions.reader import Reader
from policytracker.status.directory import REGISTRY_TYPES, Directory
from policytracker.status.periods import FOREVER
from policytracker.status.walk import Walk
from tests.agreement.grown import Event, Grown, grown
from tests.agreement.made import made
from tests.questions.recorded import TODAY
from tests.soak import often

DAYS = ("2026-01-20", "2026-01-26", "2026-02-01", "2026-03-01")


@contextmanager
def readers_of(*parts: list[Event]) -> Iterator[tuple[Grown, Reader]]:
    """A ledger recorded in parts, the read models caught up after each."""
    with grown() as ledger:
        for part in parts:
            ledger.take(part)
            with Reader(ledger.path, TODAY):
                pass
        with Reader(ledger.path, TODAY) as reader:
            yield ledger, reader


def told(cells_on: Callable[[int], Cells], position: int) -> dict[Any, Any]:
    """All that is answered for cells: on some days, at some moments, as recorded at some positions."""
    found: dict[Any, Any] = {}
    for day in (span(text).first for text in DAYS):
        cells = cells_on(day)
        columns = cells.index.rows
        moments = sorted(set(columns.known_from[: cells.index.count]))[-2:]
        points = [Point(day, known, seen) for known in (*moments, FOREVER - 1) for seen in (position, NEVER - 1)]
        pairs = list(product(sorted(cells.directory.companies), sorted(cells.directory.chips)))
        for point, pair in product(points, pairs):
            cell = cells.cell(*pair)
            found[point, pair] = (
                [
                    (str(gate), answer.possible, [position_of(columns.claim[row]) for row in answer.standing])
                    for (gate, _), answer in zip(cell.gates, cells.answers(cell, point), strict=True)
                ],
                cells.last_words(cell, point),
            )
        board = Board(cells, fast=False)
        found[day, "all"] = [board.possible(point) for point in points]
    return found


def check(events: list[Event], there: int) -> None:
    """Suppose all events but the first so many, and then record them."""
    with readers_of(events[:there], events[there:]) as (_, after):
        entries = list(all_entries(after.connection))
        expected = told(partial(after.cells, after.head.position), there)
    with readers_of(events[:there]) as (_, before):
        was = list(before.index.rows.seen_to)
        with_more = Supposed(before.connection, before.stored, entries[there:])
        registered = [entry for entry in entries if entry.type in REGISTRY_TYPES]

        def cells(day: int) -> Cells:
            return Cells(with_more.index, Directory(registered, day), with_more.numbers, Walk())

        assert told(cells, there) == expected
        assert list(before.index.rows.seen_to) == was, "the index that is asked meanwhile has changed"
        assert list(all_entries(before.connection)) == entries[:there]


def accepted(seed: int) -> list[Event]:
    """The events of a ledger that are not refused."""
    with grown() as ledger:
        for part in made(seed):
            ledger.take(part)
        return [event for part in ledger.imports for event in part]


@pytest.mark.parametrize("room", [3, layout.ROOM], ids=["no room in the tail", "room in the tail"])
def test_what_is_supposed_is_answered_as_if_it_were_recorded(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims, events about recorded claims, registrations; in some ledgers an authority moves."""
    monkeypatch.setattr(layout, "ROOM", room)
    for seed in range(often(short=40, long=2_000)):
        events = accepted(seed)
        first = next(place for place, event in enumerate(events) if "report" in event)
        check(events, Random(seed).randint(first, len(events) - 1))


REPORT = {"publisher": "Customs", "published": "2026-01-01", "attribution": "official"}
EVERYBODY = {"companies": ["all"], "chips": ["all"], "report": REPORT}
MOVED: list[Event] = [
    {"type": "authority-registered", "authority": "gacc", "name": "G", "jurisdiction": "SG", "direction": "import"},
    {"type": "company-registered", "company": "acme", "name": "Acme", "jurisdiction": "CN"},
    {"type": "chip-registered", "chip": "h20", "name": "H20", "vendor": "Nvidia", "controlled_by": []},
    {"type": "blocked", "ref": "block", "authority": "gacc", **EVERYBODY},
    {"type": "authority-registered", "authority": "gacc", "name": "G", "jurisdiction": "CN", "direction": "import"},
    {"type": "lifted", "ref": "lift", "target": "block", "report": {**REPORT, "published": "2026-01-25"}},
    {"type": "retracted", "target": "lift", "report": {**REPORT, "published": "2026-01-28"}},
]


@pytest.mark.parametrize("there", range(3, len(MOVED)))
def test_a_claim_of_an_authority_that_has_moved_is_supposed_to_be_lifted(there: int) -> None:
    """Its period at the gate where the authority was before has ended already."""
    check(MOVED, there)
