"""The answers of a ledger held in memory, at any point of the three clocks: of one cell, or of all of them."""

import numpy as np

from policytracker.columns.answers import MINIMA, RULES, possible_at, told_at
from policytracker.columns.cells import Ledger
from policytracker.columns.last_reports import last_report
from policytracker.columns.marks import FEW, marks
from policytracker.columns.rows import ALONE, NOWHERE, ROLE, Ints, Rows, Small
from policytracker.columns.sides import chip_sides, company_sides
from policytracker.columns.timelines import Stretches, ordered, stretches, turns
from policytracker.columns.whole import Statuses, Whole
from policytracker.projections.finding import Point
from policytracker.status import sweeps
from policytracker.status.directory import Directory, Gate
from policytracker.status.found import GateDays, GateFound, Left, Order
from policytracker.status.words import ANY

NOTHING = GateFound(ANY, [])
NEVER_TURNING = sweeps.Ends([])


class Ends:
    """The first day of stretches, and that after the last (``found.Turning``)."""

    def __init__(self, rows: Rows, claims: Stretches) -> None:
        lasting = claims.days[:, 0] < claims.days[:, 1]
        self._rows, self._claims = rows, claims.rows[lasting]
        days = claims.days[lasting].ravel()
        self._places = np.argsort(days, kind="stable")
        self._days = days[self._places]

    def on(self, day: int) -> dict[Order, bool]:
        """The claims with such a day, each whether nothing was said about it."""
        first, last = np.searchsorted(self._days, [day, day + 1])
        rows = self._claims[self._places[first:last] // 2]
        return {left.order: bool(left.role & ALONE) for left in left_of(self._rows, rows)}


class Sheet:
    """The rows of a ledger, read by one registry."""

    def __init__(self, rows: Rows, directory: Directory, few: int = FEW, threads: int | None = None) -> None:
        """``few`` (``marks``) and ``threads`` make answers fast or slow, and no other ones."""
        self.rows, self.directory = rows, directory
        companies, chips = company_sides(rows, directory), chip_sides(rows, directory)
        self.companies, self.chips = companies.members, chips.members
        self._company_places, self._chip_places = companies.places, chips.places
        self._ledger = Ledger(rows.tenures, rows.places, companies.side, chips.side)
        self._whole = Whole(rows, self._ledger, marks(rows, companies, chips, few), directory, threads)
        self._gates: dict[tuple[str, tuple[str, ...]], tuple[list[tuple[Gate, int]], Ints]] = {}
        """By jurisdiction of a company and controls of a chip, the gates with their places; and those that claims
        tell of."""

    def possible(self, point: Point) -> Statuses:
        """The possible statuses, as bits: one row a company, one column a chip, in the order of their ids."""
        return self._whole.possible(self.rows.moment(point))

    def possible_of(self, company: str, chip: str, point: Point) -> int:
        """The possible statuses of a registered company and chip, as bits."""
        gates, told = self._gates_of(company, chip)
        if not len(told):
            return ANY
        at = self._company_places[company], self._chip_places[chip]
        found = possible_at(self._ledger, RULES, *at, told, self.rows.moment(point))
        return int(found if len(told) == len(gates) else MINIMA[found, ANY])

    def gates(self, company: str, chip: str, point: Point) -> list[tuple[Gate, GateFound]]:
        """What the gates of a registered company and chip answer."""
        moment = self.rows.moment(point)
        found = []
        for gate, number in self._gates_of(company, chip)[0]:
            if number == NOWHERE:
                found.append((gate, NOTHING))
                continue
            at = self._company_places[company], self._chip_places[chip]
            possible, standing = told_at(self._ledger, RULES, *at, number, moment)
            found.append((gate, GateFound(int(possible), left_of(self.rows, standing))))
        return found

    def last_report(self, company: str, chip: str, point: Point) -> tuple[int, list[tuple[int, int]]]:
        """The moment of the last report on a registered company and chip, as far as rows tell; 0 for none.

        And the later ones of claims to be looked at more closely, the last first: moment, and position of the claim.
        """
        at = self._company_places[company], self._chip_places[chip]
        last, later = last_report(self._ledger, self.rows.reports, *at, point.known, point.seen)
        return int(last), sorted(map(tuple, later.tolist()), reverse=True)

    def over_days(self, company: str, chip: str, point: Point) -> list[tuple[Gate, GateDays]]:
        """What they answer from day to day, whatever the day of the point."""
        moment = self.rows.moment(point)
        at = self._company_places[company], self._chip_places[chip]
        found = []
        for gate, number in self._gates_of(company, chip)[0]:
            if number == NOWHERE:
                found.append((gate, GateDays(NEVER_TURNING, [])))
                continue
            claims = stretches(self._ledger, RULES, *at, number, moment)
            told = turns(claims, *ordered(claims), RULES)
            standing = left_of(self.rows, told.standing)
            starts = [0, *told.ends.tolist()]
            days = zip(told.days.tolist(), told.possible.tolist(), starts, starts[1:], strict=False)
            answers = [(day, GateFound(possible, standing[start:end])) for day, possible, start, end in days]
            found.append((gate, GateDays(Ends(self.rows, claims), answers)))
        return found

    def _gates_of(self, company: str, chip: str) -> tuple[list[tuple[Gate, int]], Ints]:
        traits = self.directory.companies[company]["jurisdiction"], tuple(self.directory.chips[chip]["controlled_by"])
        if traits not in self._gates:
            gates = [(gate, self.rows.gates.get(str(gate), NOWHERE)) for gate in self.directory.gates(company, chip)]
            self._gates[traits] = gates, np.array([number for _, number in gates if number != NOWHERE], np.int64)
        return self._gates[traits]


def left_of(rows: Rows, found: Small) -> list[Left]:
    """The claims of some rows."""
    ranks, roles = rows.tenures.rows[found, : ROLE + 1].T
    return list(map(Left, rows.orders(ranks), roles.tolist()))
