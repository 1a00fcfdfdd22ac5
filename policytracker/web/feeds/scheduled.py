"""What is to change on days to come, as far as is known: rules that begin or end on a day that has been told."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from policytracker.questions import names
from policytracker.questions.diff import Points, diff
from policytracker.questions.groups import Group, groups
from policytracker.questions.statuses import Statuses, differing
from policytracker.web.page import Question

MOST_DAYS = 100
"""Turning days ahead that are looked at."""
MOST_CELLS = 2_000
"""Once so many changes of cells are told, no further day is."""


class Scheduled(NamedTuple):
    """A day on which answers change."""

    day: int
    """An ordinal."""
    groups: list[Group]


def scheduled(question: Question) -> Iterator[Scheduled]:
    """The days after the one asked for on which answers change, in order, for the company and the chip asked for.

    Raises UnknownName or AmbiguousName.
    """
    clocks, opened, query = question.clocks, question.opened, question.query
    company, chip = query.get("company"), query.get("chip")
    days = opened.turning(clocks)
    ahead = days[bisect_right(days, clocks.at) :][:MOST_DAYS]
    before, told = _among(question, opened.statuses(clocks)), 0
    for day in ahead:
        after = _among(question, opened.statuses(clocks._replace(at=day)))
        if told >= MOST_CELLS:
            return
        if changed := differing(before, after):
            told += len(changed)
            points = Points(day - 1, clocks.known, day, clocks.known)
            yield Scheduled(day, groups(diff(question.books, points, clocks.recorded, company, chip)))
        before = after


def _among(question: Question, statuses: Statuses) -> Statuses:
    """Those of the company and the chip asked for."""
    company, chip = question.query.get("company"), question.query.get("chip")
    companies = [names.company(question.directory, company)] if company else statuses.companies
    return statuses.among(companies, [names.chip(question.directory, chip)] if chip else statuses.chips)
