"""What differs between two points, cell by cell: first the world as then known, then our knowledge (cli.md)."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from policytracker.events.dates import iso, moment_text
from policytracker.questions import names
from policytracker.questions.accounts import says, sources
from policytracker.questions.books import Books, Clocks
from policytracker.questions.errors import QuestionError
from policytracker.questions.statuses import differing
from policytracker.questions.whole import pays, whole
from policytracker.status.cells import CellAnswer
from policytracker.status.changes import Differences, decisive_news, own_report, turn
from policytracker.status.grid import Grid, Pair
from policytracker.status.knowledge import Standing
from policytracker.status.view import View
from policytracker.status.words import summary, words

WORLD, KNOWLEDGE = "world", "knowledge"


class NoDistance(QuestionError):
    """Both points are the same."""

    def __init__(self) -> None:
        super().__init__("both points are the same; give another day with --to-at, or --to-known, or both")


class Points(NamedTuple):
    """From where to where: days as ordinals, moments of the published clock (None: everything published)."""

    at: int
    known: int | None
    to_at: int
    to_known: int | None


def diff(
    books: Books, points: Points, recorded: int | None, company: str | None, chip: str | None
) -> Iterator[dict[str, Any]]:
    """One object for each cell and step at which its possible statuses change, by company id, then chip id.

    Raises NoDistance, UnknownName or AmbiguousName at once.
    """
    if points[:2] == points[2:]:
        raise NoDistance
    directory = books.directory_at(recorded)
    companies = [names.company(directory, company)] if company else sorted(directory.companies)
    chips = [names.chip(directory, chip)] if chip else sorted(directory.chips)

    def view(known: int | None) -> View:
        if company and chip:
            return books.view_on(companies[0], chips[0], known, recorded)
        return books.view(known, recorded)

    pairs = list(product(companies, chips))
    if pays(books) and len(pairs) > 1:
        pairs = _changing(books, points, recorded, companies, chips)
        if not pairs:
            return iter(())
    before = view(points.known)
    after = before if points.to_known == points.known else view(points.to_known)
    return steps(before, after, points, pairs)


def _changing(
    books: Books, points: Points, recorded: int | None, companies: Sequence[str], chips: Sequence[str]
) -> list[Pair]:
    """The cells that change at some step of the way: no other has to be looked at."""
    way = dict.fromkeys([points[:2], (points.to_at, points.known), points[2:]])
    answers = (whole(books, Clocks(*point, recorded)) for point in way)
    return differing(*(answer.among(companies, chips) for answer in answers))


def steps(before: View, after: View, points: Points, pairs: Iterable[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """The same from two views, as known at either point, for pairs of a company id and a chip id."""
    grid = Grid(before)
    return grid_steps(grid, grid if after is before else Grid(after), points, pairs)


def grid_steps(before: Grid, after: Grid, points: Points, pairs: Iterable[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """The same from two grids: those that are kept answer the faster."""
    walk = Walk(before, after, points)
    return (step for company, chip in pairs for step in walk.steps(company, chip))


class Walk:
    """The way from one point to the other: over the effective clock first, then over the published one."""

    def __init__(self, before: Grid, after: Grid, points: Points) -> None:
        self.grids = before, after
        self.before, self.after, self.points = before.view, after.view, points
        self.differences = Differences()

    def steps(self, company: str, chip: str) -> Iterator[dict[str, Any]]:
        """The steps at which a cell's possible statuses change."""
        before, after = self.grids
        start = before.cell(company, chip, self.points.at)
        between = start if self.points.at == self.points.to_at else before.cell(company, chip, self.points.to_at)
        end = between if before is after else after.cell(company, chip, self.points.to_at)
        if start.possible != between.possible:
            turned = self.differences.decisive(start, between)
            yield self._step(WORLD, start, between, [self._turned(claim) for claim in turned])
        if between.possible != end.possible:
            learned = self.differences.decisive(between, end)
            yield self._step(
                KNOWLEDGE, between, end, [event for claim in learned for event in self._learned(end, claim)]
            )

    def _step(self, what: str, start: CellAnswer, end: CellAnswer, events: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "company": start.company,
            "chip": start.chip,
            "changed": what,
            "from": summary(start.possible),
            "to": summary(end.possible),
            "from_possible": words(start.possible),
            "to_possible": words(end.possible),
            **self._dates(what),
            "events": events,
        }

    def _dates(self, what: str) -> dict[str, str | None]:
        start, end = iso(self.points.at), iso(self.points.to_at)
        known, learned = (_moment(each) for each in (self.points.known, self.points.to_known))
        if what == WORLD:
            return {"at": start, "known": known, "to_at": end, "to_known": known}
        return {"at": end, "known": known, "to_at": end, "to_known": learned}

    def _turned(self, claim: str) -> dict[str, Any]:
        standing = self.before.standings[claim]
        reason = turn(self.before.claims[claim], standing, self.points.at, self.points.to_at)
        by = self.before.standings[reason.events[0]] if reason.events else standing
        return _told(by, claim, reason.text)

    def _learned(self, cell: CellAnswer, claim: str) -> Iterator[dict[str, Any]]:
        for event in decisive_news(self.before, self.after, cell, claim, self.points.to_at):
            told = self.after.standings[event]
            if own_report(told) is not None:
                yield _told(told, claim, says(told.fields))
            else:
                told = self.before.standings[event]
                yield _told(told, claim, f"not known yet: {says(told.fields)}")


def _told(event: Standing, claim: str, change: str) -> dict[str, Any]:
    return {
        "id": event.entry.id,
        "ref": event.fields.get("ref"),
        "type": event.type,
        "claim": claim,
        "change": change,
        "sources": sources(event),
    }


def _moment(known: int | None) -> str | None:
    return None if known is None else moment_text(known)
