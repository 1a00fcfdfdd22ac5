"""What changed between two points: the world and our knowledge of it told apart, each change with its events."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from policytracker.events.dates import iso, moment_text
from policytracker.events.refusals import BadDate
from policytracker.questions import asked
from policytracker.questions.books import Clocks
from policytracker.questions.diff import KNOWLEDGE, WORLD, Points, grid_steps
from policytracker.questions.groups import Group, groups
from policytracker.questions.lived import pairs
from policytracker.status.grid import Grid, Pair
from policytracker.web import changing
from policytracker.web.asking import BadAddress
from policytracker.web.page import Page, Parameter, Question
from policytracker.web.timebar import time_bar

MOST = 60
"""Groups of one kind on a page; all cells are in its JSON."""
MOST_BACK = 8
"""Publications that are looked back over for one that made a difference."""


class GroupShown(NamedTuple):
    """Cells that change alike."""

    was: str
    now: str
    step: Mapping[str, Any]
    where: list[str]
    first: Pair
    """The cell that leads the way to why."""
    size: int
    events: list[tuple[Mapping[str, Any], bool]]
    """Each with whether its sources were told before."""


class Section(NamedTuple):
    """The changes of one kind."""

    changed: str
    step: Mapping[str, Any]
    cells: int
    groups: list[GroupShown]
    more: int


def _points(question: Question) -> Points:
    """From where to where; the last publication that made a difference, where no other point is given."""
    at, known, _ = question.clocks
    query, today = question.query, question.opened.today()
    if "to_at" not in query and "to_known" not in query:
        return _last_publication(question)
    try:
        to_at = asked.day(query["to_at"], today) if "to_at" in query else at
        to_known = asked.known(query["to_known"], today) if "to_known" in query else known
    except BadDate as error:
        raise BadAddress("to_at, to_known", str(error)) from None
    return Points(at, known, to_at, to_known)


def _last_publication(question: Question) -> Points:
    at, known, recorded = question.clocks
    moments = [when for when in question.opened.moments(recorded) if known is None or when <= known]
    found = Points(at, known, at, known)
    for place in range(len(moments) - 1, max(-1, len(moments) - 1 - MOST_BACK), -1):
        # An odd moment is the end of a day; a second before it, or before an instant, nothing was published.
        before = moments[place - 1] if place else moments[0] - 2 + moments[0] % 2
        points = Points(at, before, at, known)
        if _differing(question, points):
            return points
        found = points if found[:2] == found[2:] else found
    return found


def _grids(question: Question, points: Points) -> tuple[Grid, Grid]:
    recorded, opened = question.clocks.recorded, question.opened
    grids = (opened.grid(Clocks(points.at, known, recorded)) for known in (points.known, points.to_known))
    before, after = grids
    return before, after


def _differing(question: Question, points: Points) -> list[Pair]:
    """The cells asked for that change at some step of the way."""
    before, after = _grids(question, points)
    start, between, end = before.possible(points.at), before.possible(points.to_at), after.possible(points.to_at)
    cells = pairs(question.directory, question.query.get("company"), question.query.get("chip"))
    return [pair for pair in cells if not start[pair] == between[pair] == end[pair]]


def _answer(question: Question) -> list[dict[str, Any]]:
    points = _points(question)
    return list(grid_steps(*_grids(question, points), points, _differing(question, points)))


def _shown(question: Question, answer: Any) -> dict[str, Any]:
    points, directory = _points(question), question.directory
    return {
        "bar": time_bar(question),
        "points": {
            "at": iso(points.at),
            "known": _text(points.known),
            "to_at": iso(points.to_at),
            "to_known": _text(points.to_known),
        },
        "is_last": "to_at" not in question.query and "to_known" not in question.query,
        "sections": list(_sections(question, answer)),
        "about": changing.about(question),
        "companies": sorted(directory.companies),
        "chips": sorted(directory.chips),
    }


def _text(known: int | None) -> str | None:
    return None if known is None else moment_text(known)


def _sections(question: Question, answer: list[dict[str, Any]]) -> Iterator[Section]:
    sourced: set[str] = set()
    for changed in (WORLD, KNOWLEDGE):
        found = groups(step for step in answer if step["changed"] == changed)
        if found:
            shown = [_group(question, group, sourced) for group in found[:MOST]]
            cells = sum(len(group.cells) for group in found)
            yield Section(changed, found[0].step, cells, shown, len(found) - len(shown))


def _group(question: Question, group: Group, sourced: set[str]) -> GroupShown:
    """A change; the sources of an event are told where it is named first."""
    step, events = group.step, []
    for event in group.step["events"]:
        events.append((event, event["id"] in sourced))
        sourced.add(event["id"])
    was, now = changing.turn_words(step["from_possible"], step["to_possible"])
    where = changing.where(question.directory, group)
    return GroupShown(was, now, step, where, group.cells[0], len(group.cells), events)


CHANGES = Page(
    name="changes",
    path="/changes",
    says="What changed between two points; by default, by the last publication that made a difference to the day.",
    answer=_answer,
    shown=_shown,
    parameters=(
        Parameter("to_at", "The other day; by default that of at."),
        Parameter("to_known", "As publicly known then; by default as of known."),
        Parameter("company", "Only the cells of this company."),
        Parameter("chip", "Only the cells of this chip."),
    ),
)
