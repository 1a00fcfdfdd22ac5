"""All answers over effective days × published moments, as rectangles in which nothing turns (semantics.md §2)."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import groupby, product
from typing import NamedTuple, TypeVar

from policytracker.status.answers import Answers, GateTold, Script
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.crossing import Crossing, Under
from policytracker.status.directory import Gate
from policytracker.status.grid import Pair
from policytracker.status.scope import Scopes
from policytracker.status.stories import IDLE, Change, Rectangle, story
from policytracker.status.versions import Version, versions
from policytracker.status.view import View
from policytracker.status.words import lowest, minima

Story = tuple[Rectangle, ...]
Key = tuple[str, int]
"""A version: the id of its claim, and the moment from which on it stands so."""
Value = TypeVar("Value")
Reports = tuple[tuple[int, int | None], ...]
"""The last publication day from each of these moments on; None: no report."""


class CellTold(NamedTuple):
    """The answer of a cell at one point, as much of it as ``state`` tells."""

    possible: int
    held_by: list[Gate]
    gates: list[tuple[Gate, GateTold]]
    conditions: dict[str, str]
    last_report: int | None


class Rectangles:
    """Every answer of a ledger as recorded by one instant, for any day and any moment of knowledge."""

    def __init__(self, view: View) -> None:
        """``view`` may be known at any moment: its threads and its registry alone count."""
        self.directory = view.directory
        self.answers = Answers()
        self.gates: dict[Pair, dict[Gate, int]] = {}
        """The gates of each cell, each with the number of its story."""
        self.reported: dict[Pair, int] = {}
        """The number of each cell's reports."""
        self._stories: dict[Story, int] = {}
        self._reports: dict[Reports, int] = {}
        self._scopes = Scopes(view.directory)
        threads = ((first, thread) for first, thread in view.threads.items() if thread[0].type in CLAIM_TYPES)
        self._versions = {first: versions(thread) for first, thread in threads}
        self._all = [version for found in self._versions.values() for version in found]
        for pair in product(view.directory.companies, view.directory.chips):
            self.gates[pair] = dict.fromkeys(view.directory.gates(*pair), 0)
        for gate in {gate for gates in self.gates.values() for gate in gates}:
            self._tell_gate(gate)
        self._tell_reports()

    @cached_property
    def told(self) -> list[GateTold]:
        """What gates come to, by the number that a story gives."""
        return self.answers.told()

    @cached_property
    def stories(self) -> list[Story]:
        """What gates answer, by number; cells under the same claims share one."""
        return list(self._stories)

    @cached_property
    def reports(self) -> list[Reports]:
        """Last publication days, by number."""
        return list(self._reports)

    def cell(self, company: str, chip: str, day: int, known: int | None) -> CellTold:
        """The answer for a registered company and chip on a day, as known at a moment (None: everything published)."""
        found = self.gates[company, chip]
        gates = [(gate, self.told[answer_at(self.stories[story], day, known)]) for gate, story in found.items()]
        possible, holding_back = together([told.possible for _, told in gates])
        return CellTold(
            possible,
            [gates[place][0] for place in holding_back],
            gates,
            {key: wording for _, told in gates for key, wording in told.conditions},
            report_at(self.reports[self.reported[company, chip]], known),
        )

    def _tell_gate(self, gate: Gate) -> None:
        """The stories of all cells that have this gate."""
        gate_of = self.directory.gate
        counting = (version for version in self._all if version.counts)
        here = [version for version in counting if gate_of(version.claim.fields["authority"]) == gate]
        unders = self._crossed(here, (pair for pair, gates in self.gates.items() if gate in gates))
        script = Script(
            [version.claim for version in here], {match for under in unders for match in under.places.items()}
        )
        decide = self.answers.decider(script.roles)
        for under, pairs in unders.items():
            does = {_key(here[place]): script.steps[place, match] for place, match in under.places.items()}
            found = story((Change(*each) for each in self._changes(does, IDLE)), decide)
            number = self._stories.setdefault(found, len(self._stories))
            for pair in pairs:
                self.gates[pair][gate] = number

    def _tell_reports(self) -> None:
        """The last publication days of all cells."""
        here = [version for version in self._all if version.last_day is not None]
        for under, pairs in self._crossed(here, self.gates).items():
            days = {_key(here[place]): here[place].last_day for place in under.places}
            found = tuple(_latest(sorted(self._changes(days, None), key=lambda change: change[0])))
            number = self._reports.setdefault(found, len(self._reports))
            self.reported.update(dict.fromkeys(pairs, number))

    def _crossed(self, here: Sequence[Version], pairs: Iterable[Pair]) -> dict[Under, list[Pair]]:
        crossing = Crossing(self._scopes, [version.claim for version in here])
        found: dict[Under, list[Pair]] = {}
        for pair in pairs:
            found.setdefault(crossing.under(*pair), []).append(pair)
        return found

    def _changes(self, values: Mapping[Key, Value], absent: Value) -> Iterator[tuple[int, Value, Value]]:
        """The moments at which the value of a claim changes, with both values; ``absent``: of versions without one."""
        for claim in dict.fromkeys(claim for claim, _ in values):
            before = absent
            for version in self._versions[claim]:
                after = values.get(_key(version), absent)
                if after != before:
                    yield version.known, before, after
                before = after


def _key(version: Version) -> Key:
    return version.claim.id, version.known


def _latest(changes: Iterable[tuple[int, int | None, int | None]]) -> Iterator[tuple[int, int | None]]:
    """The latest of all days, from each moment on at which it is another."""
    days: Counter[int] = Counter()
    told: int | None = None
    for known, together in groupby(changes, key=lambda change: change[0]):
        for _, before, after in together:
            days.update([] if after is None else [after])
            days.subtract([] if before is None else [before])
        latest = max(+days, default=None)
        if latest != told:
            yield known, latest
        told = latest


def together(gates: Sequence[int]) -> tuple[int, list[int]]:
    """The possible statuses of a cell, given those of its gates, and the places of those that hold it back (§7)."""
    possible = reduce(minima, gates)
    return possible, [place for place, each in enumerate(gates) if each >> lowest(possible) & 1]


def answer_at(story: Story, day: int, known: int | None) -> int:
    """The number of the answer that a story tells at one point."""
    for rectangle in reversed(story):
        if (known is None or rectangle.known_from <= known) and rectangle.covers(day):
            return rectangle.answer
    return 0


def report_at(reports: Reports, known: int | None) -> int | None:
    """The last publication day as known at a moment."""
    place = len(reports) if known is None else bisect_right(reports, known, key=lambda turn: turn[0])
    return reports[place - 1][1] if place else None
