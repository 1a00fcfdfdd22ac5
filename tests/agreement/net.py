"""The net: each door is asked at a point, and what it tells is held to the naive reading."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from policytracker.questions.reader import Reader
from policytracker.testing import naive
from tests.agreement import doors, turning
from tests.agreement.differences import Disagreement, parts, sections
from tests.agreement.reading import Pair, Point, Reading, described, in_order
from tests.agreement.shapes import CODES, NO, USED_UP, code_of, is_used_up, spread, step_told, why_told

Told = dict[str, Any]
DOMESTIC: Told = {
    "gate": None,
    "status": "cleared",
    "possible": ["cleared"],
    "cell": ["cleared"],
    "standing": [],
    "possible_only": set(),
    "would_settle": {},
    "conditions": [],
}
"""What ``why`` tells of a cell without gates."""


class Net:
    """Asks the doors of one ledger as it stands now, and counts what it compared."""

    def __init__(self, reading: Reading, compared: Counter[str]) -> None:
        """``compared`` grows: cells, intervals and steps that were compared, door by door."""
        self.reading, self._compared = reading, compared

    def hold(self, door: str, point: Point, pair: Pair | None, told: Any, expected: Any) -> None:
        """Count what a door told. Raises Disagreement where it is not what is expected."""
        self._compared[door] += len(told) if pair is None and isinstance(told, (list, dict)) else 1
        if told != expected:
            pairs = self.reading.cells(point.recorded) if pair is None else [pair]
            raise Disagreement(door, point, pair, *parts(told, expected), sections(self.reading, point, pairs))

    def cells(self, point: Point) -> list[Pair]:
        """The cells registered by then."""
        return self.reading.cells(point.recorded)

    def state(self, point: Point, pair: Pair) -> Told:
        """A cell as ``state --json`` has to tell it."""
        return {"at": point.at, "known": point.known, **self.reading.cell(*pair, point).state()}

    # One cell

    def state_of_one(self, reader: Reader, point: Point, pair: Pair) -> None:
        """The cell alone."""
        self.hold("state of one cell", point, pair, doors.state_of_one(reader, point, pair), self.state(point, pair))

    def check(self, reader: Reader, point: Point, pair: Pair) -> None:
        """The code of an answer by cli.md, and the answer."""
        state = self.state(point, pair)
        code = code_of(self.reading.cell(*pair, point))
        expected = {**state, "code": code, "answer": CODES[code]}
        if code != NO and is_used_up(state):
            expected |= {"code": NO, "answer": USED_UP}
        self.hold("check", point, pair, doors.check_of(reader, point, pair), expected)

    def why(self, reader: Reader, point: Point, pair: Pair) -> None:
        """Statuses, claims that stand, claims that hold only possibly, and what would settle the answer."""
        told = doors.why_of(reader, point, pair)
        self.hold("why", point, pair, [why_told(gate) for gate in told], self.why_expected(point, pair))

    def why_expected(self, point: Point, pair: Pair) -> list[Told]:
        """What ``why`` has to tell of each gate."""
        cell = self.reading.cell(*pair, point)
        settling = cell.settled_by()
        if not cell.gates:
            return [DOMESTIC]
        return [
            {
                **described(gate),
                "cell": naive.words(cell.possible),
                "standing": [claim.id for claim in gate.standing],
                "possible_only": {held.id for held in gate.possible_only()},
                "would_settle": {
                    name: either for name, either in settling.items() if name in {each.id for each in gate.holdings}
                },
                "conditions": in_order(gate.conditions()),
            }
            for gate in cell.gates
        ]

    # All cells

    def state_of_all(self, reader: Reader, point: Point) -> None:
        """Every cell in one answer."""
        expected = [self.state(point, pair) for pair in self.cells(point)]
        self.hold("state of all cells", point, None, doors.state_of_all(reader, point), expected)

    def matrix(self, reader: Reader, point: Point) -> None:
        """The text of every cell, and its possible statuses."""
        self.hold("matrix", point, None, doors.matrix_of(reader, point), self.spreads(point))

    def spreads(self, point: Point) -> dict[Pair, tuple[str, list[str]]]:
        """What a matrix has to tell."""
        possible = self.reading.possible(point)
        return {pair: (spread(found), naive.words(found)) for pair, found in possible.items()}

    def import_status(self, reader: Reader) -> None:
        """The table of today's answers."""
        point = Point(doors.TODAY_TEXT, None, None)
        names = ("company", "chip", "at", "status", "low", "high")
        expected = [
            {name: state[name] for name in names} | {name: " ".join(state[name]) for name in ("possible", "limited_by")}
            for state in (self.state(point, pair) for pair in self.cells(point))
        ]
        self.hold("the table import_status", point, None, doors.import_status(reader), expected)

    # Over a clock

    def timeline(self, reader: Reader, point: Point, pair: Pair | None) -> None:
        """The intervals over days: whole, without a gap, joined where nothing turns."""
        told = doors.timeline_of(reader, point, pair)
        self.intervals("timeline", point, pair, told)

    def knowledge(self, reader: Reader, point: Point, pair: Pair | None) -> None:
        """The same over the published clock."""
        told = doors.knowledge_of(reader, point, pair)
        self.intervals("timeline --knowledge", point, pair, told)

    def intervals(self, door: str, point: Point, pair: Pair | None, told: list[Told]) -> None:
        """Hold the intervals of a timeline to the naive ones."""
        entries = naive.visible(self.reading.entries, point.recorded)
        over_days = door.endswith("timeline")
        turns = turning.days(entries) if over_days else turning.moments(entries)
        over = turning.over_days if over_days else turning.over_knowledge
        for each in self.cells(point) if pair is None else [pair]:
            found = [interval for interval in told if (interval["company"], interval["chip"]) == each]
            fixed = {"known": point.known} if over_days else {"at": point.at}
            expected = [
                {**fixed, "from": part.start, "to": part.end, **self._statuses(part.statuses)}
                for part in over(self.reading, each, point, turns)
            ]
            names = ("from", "to", *fixed, "status", "possible", "low", "high", "limited_by", "gates")
            self.hold(door, point, each, [{name: part[name] for name in names} for part in found], expected)

    def _statuses(self, statuses: turning.Statuses) -> Told:
        possible, gates = statuses
        words = naive.words(possible)
        return {
            "status": naive.word(possible),
            "possible": words,
            "low": words[0],
            "high": words[-1],
            "limited_by": [name for name, each in gates if min(possible) in each],
            "gates": [
                {"gate": name, "status": naive.word(each), "possible": naive.words(each)} for name, each in gates
            ],
        }

    # Between points

    def diff(self, reader: Reader, here: Point, there: Point, pair: Pair | None = None) -> None:
        """Exactly the cells whose possible statuses differ, first in the world, then in what is known."""
        expected = self.steps(here, there, self.cells(here) if pair is None else [pair])
        self.hold("diff", here, pair, [step_told(step) for step in doors.diff_of(reader, here, there, pair)], expected)

    def steps(self, here: Point, there: Point, pairs: Iterable[Pair]) -> list[Told]:
        """The steps from one point to another."""
        between = here._replace(at=there.at)
        found = []
        for pair in pairs:
            for changed, start, end in (("world", here, between), ("knowledge", between, there)):
                change = self.change(pair, start, end)
                if change is not None:
                    found.append({"cell": pair, "changed": changed, "change": change, "to_at": there.at})
        return found

    def change(self, pair: Pair, start: Point, end: Point) -> doors.Change | None:
        """How the possible statuses of a cell change from one point to another; None: they do not."""
        was, now = (self.reading.cell(*pair, point).possible for point in (start, end))
        return None if was == now else (naive.words(was), naive.words(now))

    def changes(self, start: Point, end: Point) -> dict[Pair, doors.Change]:
        """The cells that change from one point to another."""
        found = ((pair, self.change(pair, start, end)) for pair in self.cells(start))
        return {pair: change for pair, change in found if change is not None}

    def feed(self, reader: Reader, point: Point) -> None:
        """Each day as known then: every change, and none that is none."""
        entries = naive.visible(self.reading.entries, point.recorded)
        turns = list(turning.as_known_then(entries, point))
        expected = [
            (turn.changed, turn.when, found) for turn in turns if (found := self.changes(turn.before, turn.after))
        ]
        self.hold("the feed", point, None, doors.feed_of(reader, point), expected)

    def scheduled(self, reader: Reader, point: Point) -> None:
        """Every day to come on which an answer changes, as far as is known."""
        days = [day for day in turning.days(naive.visible(self.reading.entries, point.recorded)) if day > point.at]
        points = [point, *(point._replace(at=day) for day in days)]
        expected = [(after.at, found) for before, after in pairwise(points) if (found := self.changes(before, after))]
        self.hold("scheduled", point, None, doors.scheduled_of(reader, point), expected)

    # The pages and the explorer

    def pages(self, client: TestClient, point: Point, there: Point, pair: Pair) -> None:
        """The board, a cell and the changes, as the server answers them."""
        spreads = {each: text for each, (text, _) in self.spreads(point).items()}
        self.hold("board page", point, None, doors.board_page(client, point), spreads)
        cell = doors.cell_page(client, point, pair)
        self.hold("cell page, state", point, pair, cell["state"], self.state(point, pair))
        told = [why_told(gate) for gate in cell["why"]]
        self.hold("cell page, why", point, pair, told, self.why_expected(point, pair))
        self.intervals("cell page, timeline", point, pair, cell["timeline"])
        self.intervals("cell page, knowledge", point, pair, cell["knowledge"])
        if point != there and there.known is not None:
            steps = [step_told(step) for step in doors.changes_page(client, point, there)]
            self.hold("changes page", point, None, steps, self.steps(point, there, self.cells(point)))

    def verify(self, ledger: Path) -> None:
        """A ledger that nobody damaged is whole, and its read models equal a rebuild."""
        found = doors.damage_of(ledger)
        self._compared["verify"] += 1
        if found:
            point = Point(doors.TODAY_TEXT, None, None)
            raise Disagreement("verify", point, None, found, [], sections(self.reading, point, self.cells(point)))

    def explorer(self, data: Mapping[str, Any], point: Point) -> None:
        """Every cell that the explorer's data tell."""
        expected = [self.reading.cell(*pair, point).state() for pair in self.cells(point)]
        self.hold("explorer data", point, None, doors.explorer_of(dict(data), point), expected)
