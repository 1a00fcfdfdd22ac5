"""What changed between two points: the world and our knowledge of it told apart, each change with its events."""

from collections.abc import Iterator, Sequence
from itertools import dropwhile, takewhile
from typing import NamedTuple

from policytracker.events.dates import FIRST_MOMENT, iso, moment_text
from policytracker.events.refusals import BadDate
from policytracker.questions import asked, columns, names
from policytracker.questions.developments import TYPES, Developments
from policytracker.questions.diff import KNOWLEDGE, WORLD, Points, diff
from policytracker.questions.difference_answers import EventOfChange, StatusStep
from policytracker.questions.groups import Group, groups
from policytracker.questions.in_words import InWords
from policytracker.questions.newest import published
from policytracker.questions.reader import Clocks
from policytracker.questions.spreadsheet_rows import of_diff
from policytracker.questions.statuses import differing
from policytracker.web import changing, paging
from policytracker.web.asking import BadAddress
from policytracker.web.page import Drawn, Page, Parameter, Question, Table
from policytracker.web.timebar import time_bar
from policytracker.web.told import Beside, beside

Pair = tuple[str, str]
"""The ids of a company and of a chip."""
MOST = 60
"""Groups of one kind on a page; all their cells are in its JSON."""
MOST_BACK = 8
"""Publications that are looked back over for one that made a difference."""


class GroupShown(NamedTuple):
    """Cells that change alike."""

    was: str
    now: str
    anchor: str
    step: StatusStep
    where: list[str]
    first: Pair
    """The cell that leads the way to why."""
    size: int
    events: list[tuple[EventOfChange, bool]]
    """Each with whether its sources were told before."""


class Section(NamedTuple):
    """The changes of one kind."""

    changed: str
    step: StatusStep
    cells: int
    groups: list[GroupShown]
    more: int


def _points(question: Question) -> Points:
    """From where to where; the last publication that made a difference, where no other point is given."""
    return question.once("points", lambda: _asked(question))


def _asked(question: Question) -> Points:
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
    at, known, _ = question.clocks
    moments = [when for when in question.publications.moments if known is None or when <= known]
    found = Points(at, known, at, known)
    for place in range(len(moments) - 1, max(-1, len(moments) - 1 - MOST_BACK), -1):
        points = Points(at, _just_before(moments, place), at, known)
        if _differing(question, points):
            return points
        found = points if found[:2] == found[2:] else found
    return found


def _just_before(moments: Sequence[int], place: int) -> int:
    """The moment of the publication before; before the first of all, the second before it."""
    if place:
        return moments[place - 1]
    # An odd moment is the end of a day. The earliest moment that can be written is the first second of all.
    return max(FIRST_MOMENT, moments[0] - 2 + moments[0] % 2)


def _differing(question: Question, points: Points) -> list[Pair]:
    """The cells asked for that change at some step of the way."""
    recorded, opened = question.clocks.recorded, question.opened
    way = dict.fromkeys([points[:2], (points.to_at, points.known), points[2:]])
    answers = [opened.statuses(Clocks(*point, recorded)) for point in way]
    company, chip = _narrowed(question)
    companies = [company] if company else answers[0].companies
    chips = [chip] if chip else answers[0].chips
    return differing(*(answer.among(companies, chips) for answer in answers))


def _cells(question: Question) -> list[Pair]:
    return question.once("cells", lambda: _differing(question, _points(question)))


def _per_page(question: Question) -> int:
    """How many cells a page holds."""
    return paging.CHANGED if len(_cells(question)) <= paging.CHANGED else paging.OF_MANY_CHANGED


def _last(question: Question) -> int:
    return paging.pages(len(_cells(question)), _per_page(question))


def _answer(question: Question) -> list[StatusStep]:
    """The steps of the cells of a page."""
    cells = set(paging.part(_cells(question), paging.cut(question, _last(question)), _per_page(question)))
    if not cells:
        return []
    company, chip = (question.query.get(name) for name in ("company", "chip"))
    steps = diff(question.reader, _points(question), question.clocks.recorded, company, chip)
    # They come in the order of the cells: what comes after the page is never made.
    found = dropwhile(lambda step: (step["company"], step["chip"]) not in cells, steps)
    return list(takewhile(lambda step: (step["company"], step["chip"]) in cells, found))


def _shown(question: Question, answer: list[StatusStep]) -> Drawn:
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
        "companies": paging.choices(directory.companies),
        "chips": paging.choices(directory.chips),
        "cut": paging.cut(question, _last(question)),
        "beside": _beside(question, points),
        "in_words": InWords(question.reader, Clocks(points.to_at, points.to_known, question.clocks.recorded)).of_id,
        "most": paging.LISTED,
    }


def _beside(question: Question, points: Points) -> Beside:
    """The signals and developments that were published between the two moments of knowledge."""
    if points.known is None:
        return beside([])
    clocks = Clocks(points.to_at, points.to_known, question.clocks.recorded)
    company, chip = _narrowed(question)
    found = Developments(question.reader.view_of(TYPES, clocks)).naming(company, chip)
    return beside(event for event in found if (published(event) or 0) > points.known)


def _narrowed(question: Question) -> tuple[str | None, str | None]:
    """The ids of the company and the chip that are asked for."""
    directory, query = question.directory, question.query
    company, chip = query.get("company"), query.get("chip")
    return names.company(directory, company) if company else None, names.chip(directory, chip) if chip else None


def _text(known: int | None) -> str | None:
    return None if known is None else moment_text(known)


def _sections(question: Question, answer: list[StatusStep]) -> Iterator[Section]:
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
    return GroupShown(was, now, changing.anchor(group), step, where, group.cells[0], len(group.cells), events)


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
        paging.PAGE,
    ),
    is_whole=True,
    last=_last,
    tables=(Table("diff", "diff --only status", lambda _, steps: (columns.STATUS_STEPS, of_diff(steps))),),
)
