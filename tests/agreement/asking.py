"""Which doors are asked, at which points: at random ones, and at those where something turns."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import NamedTuple

from policytracker.questions.reader import Reader
from policytracker.testing.naive import visible
from tests.agreement import doors, turning
from tests.agreement.differing import hold_differences
from tests.agreement.grown import Event, Grown, grown
from tests.agreement.net import Net
from tests.agreement.reading import Pair, Point, Reading


class Some(NamedTuple):
    """How much is asked of a ledger."""

    points: int
    """At how many points all core doors are asked."""
    along: int
    """How many of the five doors that lead along a clock are asked."""
    slow: bool
    """Whether the pages, the explorer and ``verify`` are asked as well."""


class Asker:
    """Asks about one ledger, as its last import left it."""

    def __init__(self, ledger: Grown, random: Random, asked: Counter[str]) -> None:
        """``asked`` grows: comparisons by door, and ``points``."""
        self.ledger, self.random, self.asked = ledger, random, asked
        self.reading: Reading = ledger.reading
        self.net = Net(self.reading, asked)
        self.days = turning.days(ledger.entries)
        self.moments = turning.moments(ledger.entries)

    def point(self) -> Point:
        """A point at a turn of each clock, just before one, or at none."""
        day = self.random.choice((*self.days, doors.TODAY_TEXT))
        known = self.random.choice((None, None, *self.moments))
        recorded = self.random.choice((None, None, None, *self.ledger.stamps[:-1]))
        if self.random.random() < 0.3:
            day = turning.day_before(day)
        if known is not None and self.random.random() < 0.3:
            known = turning.just_before(known)
        self.asked["points"] += 1
        return Point(day, known, recorded)

    def pair(self, point: Point) -> Pair:
        """A cell that is registered by then."""
        return self.random.choice(self.net.cells(point))

    def core(self, reader: Reader, point: Point, there: Point) -> None:
        """All core doors at a point; ``there`` is where a diff leads to."""
        net, pairs = self.net, [self.pair(point) for _ in range(3)]
        net.state_of_all(reader, point)
        net.state_of_one(reader, point, pairs[0])
        net.check(reader, point, pairs[1])
        net.why(reader, point, pairs[2])
        net.matrix(reader, point)
        there = there._replace(recorded=point.recorded)
        if there != point:
            pair = None if self.random.random() < 0.5 else pairs[0]
            net.diff(reader, point, there, pair)
            hold_differences(net, reader, point, there, pair)

    def clocks(self, reader: Reader, point: Point, most: int) -> None:
        """The doors that lead along a clock from a point, so many of them: for all cells, or for one."""
        pair, net = self.pair(point), self.net
        along: tuple[Callable[[], None], ...] = (
            lambda: net.timeline(reader, point, pair),
            lambda: net.timeline(reader, point, None),
            lambda: net.knowledge(reader, point, self.random.choice((None, pair))),
            lambda: net.feed(reader, point),
            lambda: net.scheduled(reader, point),
        )
        for door in self.random.sample(along, min(most, len(along))):
            door()

    def some(self, some: Some) -> None:
        """The doors at some points."""
        with doors.opened(self.ledger.path) as reader:
            self.net.import_status(reader)
            points = [self.point() for _ in range(some.points)]
            for place, point in enumerate(points):
                self.core(reader, point, points[place - 1])
            for pair in self.net.cells(points[0]):
                self.net.state_of_one(reader, points[0], pair)
            self.clocks(reader, points[0], some.along)
            if some.slow:
                self.explorer(reader, points)
        if some.slow:
            self.pages(points)
            self.net.verify(self.ledger.path)

    def explorer(self, reader: Reader, points: Iterable[Point]) -> None:
        """The data of the explorer, at points."""
        found = {}
        for point in points:
            if point.recorded not in found:
                found[point.recorded] = doors.explorer_data(reader, point.recorded)
            self.net.explorer(found[point.recorded], point)

    def pages(self, points: Sequence[Point]) -> None:
        """The pages, at points."""
        with doors.served(self.ledger.path) as client:
            for place, point in enumerate(points):
                there = points[place - 1]._replace(recorded=point.recorded)
                self.net.pages(client, point, there, self.pair(point))

    def everything(self) -> None:
        """Each door at every turning point of the days and of what is published, as recorded by each import."""
        for recorded in (None, *self.ledger.stamps[:-1]):
            entries = visible(self.reading.entries, recorded)
            points = [
                Point(day, known, recorded)
                for known in (None, *turning.moments(entries))
                for day in (*turning.days(entries), doors.TODAY_TEXT)
            ]
            self.asked["points"] += len(points)
            with doors.opened(self.ledger.path) as reader:
                self.net.import_status(reader)
                for place, point in enumerate(points):
                    self.everywhere(reader, point, points[place - 1])
                self.explorer(reader, points)
            self.pages(points)

    def everywhere(self, reader: Reader, point: Point, there: Point) -> None:
        """The core doors for each cell, and those along the clocks."""
        self.core(reader, point, there)
        for pair in self.net.cells(point):
            self.net.state_of_one(reader, point, pair)
            self.net.check(reader, point, pair)
            self.net.why(reader, point, pair)
        self.clocks(reader, point, most=5)


def ask(imports: Sequence[Sequence[Event]], seed: int, some: Some, asked: Counter[str]) -> Grown:
    """Record imports one after another, with questions between, and ask in the end. The ledger is removed again.

    The read models catch up where questions are asked between, are made once where none are, and are made anew in the
    end for every sixth ledger. Raises Disagreement.
    """
    random = Random(seed)
    with grown() as ledger:
        for place, events in enumerate(imports, start=1):
            asked["refused"] += ledger.take(events)
            if place < len(imports) and random.random() < 0.6:
                between(Asker(ledger, random, asked))
        if seed % 6 == 0:
            doors.rebuilt(ledger.path)
        Asker(ledger, random, asked).some(some)
        asked["ledgers"] += 1
        asked["events"] += len(ledger.entries)
        return ledger


def between(asker: Asker) -> None:
    """A few questions before more is recorded: from here on the read models catch up."""
    with doors.opened(asker.ledger.path) as reader:
        point = asker.point()
        asker.net.state_of_one(reader, point, asker.pair(point))
        asker.net.state_of_all(reader, point)
