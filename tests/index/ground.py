"""Made-up ledgers in the index, without a database; and boards of both sorts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from policytracker.events.dates import moment, span
from policytracker.index import board as boards
from policytracker.index.by_day import CellsByDay
from policytracker.index.cells import Cells, Numbers, Point
from policytracker.index.index import Index
from policytracker.index.layout import NEVER, mapped, write
from policytracker.index.tail import Arrived
from policytracker.index.writing import Collected
from policytracker.projections.gates import Gates
from policytracker.projections.periods import rows_of_thread
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Entry, threads
from policytracker.status.periods import FOREVER
from policytracker.status.registry import Registry
from policytracker.status.walk import Walk
from policytracker.testing import naive, strategies
from tests.test_core_is_the_contract import entries_of

Ledger = list[dict[str, Any]]
ANY_LEDGER = st.one_of(
    strategies.ledgers(), strategies.claims_only(), strategies.one_claim(), strategies.batches(), strategies.rivals()
)
FEWEST, MOST = 0, 1 << 30
"""As ``gathering.FEW``: every claim reaches many companies, or none does."""


class Numbering:
    """Numbers of gates, terms and scope expressions, in memory."""

    def __init__(self) -> None:
        self._gates: dict[str, int] = {}
        self._companies: dict[str, int] = {}
        self._chips: dict[str, int] = {}
        self._texts: list[str] = [""]

    def gate(self, text: str) -> int:
        return self._gates.setdefault(text, len(self._gates) + 1)

    def companies(self, terms: Iterable[str]) -> list[int]:
        return [self._companies.setdefault(term, len(self._companies) + 1) for term in terms]

    def chips(self, terms: Iterable[str]) -> list[int]:
        return [self._chips.setdefault(term, len(self._chips) + 1) for term in terms]

    def expression(self, text: str) -> int:
        if text not in self._texts:
            self._texts.append(text)
        return self._texts.index(text)

    def numbers(self) -> Numbers:
        """What looks these numbers up."""

        def among(numbers: Mapping[str, int], texts: Iterable[str]) -> dict[str, int]:
            return {text: numbers[text] for text in texts if text in numbers}

        return Numbers(
            lambda texts: among(self._gates, texts),
            lambda texts: among(self._companies, texts),
            lambda texts: among(self._chips, texts),
            self._texts.__getitem__,
        )


class Made:
    """A ledger in the index."""

    def __init__(self, entries: Sequence[Entry], folder: Path) -> None:
        self.entries = entries
        numbering, gates, rows = Numbering(), Gates(), Collected()
        for entry in entries:
            if entry.type == "authority-registered":
                gates.take(entry.position, entry.fields)
        for thread in threads(entry for entry in entries if entry.type not in REGISTRY_TYPES).values():
            if thread[0].type in CLAIM_TYPES:
                rows.add(rows_of_thread(thread, numbering, gates))
        write(folder / "index", rows.keyed())
        self.index = Index(Arrived(mapped(folder / "index"), ()))
        self._numbers = numbering.numbers()
        self._walk = Walk()

    def registry(self, seen: int) -> Registry:
        """The registry as it stood at a position."""
        return Registry(entry for entry in self.entries if entry.type in REGISTRY_TYPES and entry.position <= seen)

    def cells(self, seen: int, day: int = 1) -> Cells:
        """What answers for cells, by that registry on a day."""
        return Cells(self.index, self.registry(seen).on(day), self._numbers, self._walk)

    def by_day(self, seen: int) -> CellsByDay:
        """What answers for cells on every day, by that registry."""
        registry = self.registry(seen)
        made: dict[int, Cells] = {}
        boards_of: dict[int, boards.Board] = {}

        def cells(day: int) -> Cells:
            since = registry.since(day)
            if since not in made:
                made[since] = Cells(self.index, registry.on(day), self._numbers, self._walk)
            return made[since]

        def board(day: int) -> boards.Board:
            since = registry.since(day)
            if since not in boards_of:
                boards_of[since] = boards.Board(cells(day), fast=False)
            return boards_of[since]

        return CellsByDay(registry, cells, board)


@contextmanager
def made(ledger: Ledger) -> Iterator[Made]:
    """A ledger in an index file, which is removed again."""
    with TemporaryDirectory() as folder:
        yield Made(entries_of(naive.resolve(ledger)), Path(folder))


def point_of(question: strategies.Question, seen: int) -> Point:
    """The point that a question is about."""
    known = FOREVER - 1 if question.known is None else moment(question.known)
    return Point(span(question.at).first, known, seen)


@st.composite
def points(draw: st.DrawFn, ledger: Ledger) -> Point:
    """A point of all three clocks; half of them with everything recorded."""
    seen = draw(st.just(NEVER - 1) | st.integers(0, len(ledger) - 1))
    return point_of(draw(strategies.questions(ledger)), seen)


def pairs(cells: Cells) -> Iterator[tuple[str, str]]:
    """All registered companies and chips, in the order of ids."""
    return product(sorted(cells.directory.companies), sorted(cells.directory.chips))


def both_boards(cells: Cells) -> tuple[boards.Board, boards.Board]:
    """A board by the functions as they stand, and one by compiled functions."""
    return boards.Board(cells, fast=False), boards.Board(cells, fast=True)
