"""What the pages of a company and of a chip share: the story, what matters, strips, conditions, what is next."""

from collections.abc import Iterable, Sequence
from itertools import groupby, islice
from typing import NamedTuple, TypedDict

from policytracker.questions.answers import BindingCondition, CellInterval, CellState
from policytracker.questions.coming import coming
from policytracker.questions.newest import Some
from policytracker.questions.overview_answers import ScheduledChange
from policytracker.questions.sentences.naming import listed
from policytracker.questions.story import STORY_TYPES, Stories, Subject, Told
from policytracker.questions.story_answers import StoryEvent
from policytracker.web import paging
from policytracker.web.charts.strip import NARROW, WHOLE_WIDTH, Strip, Timeline
from policytracker.web.drawing import in_words, strips
from policytracker.web.page import Drawn, Parameter, Question

EVENTS = 40
"""Events of a story on a page."""
IN_SIGHT = 12
"""Those of them that are not folded."""
NEXT = 5
"""Changes to come that are told."""
MATTERING = 8
"""Strips under one axis."""
MOST_CELLS = 24
"""Cells of which the timelines are compared, for those that share a strip."""
MOST_INTERVALS = 300
"""Intervals of all strips of a page together; a first strip is drawn however many it has."""
EARLIER = Parameter(
    "earlier", "Only events of the story before this one: as the page's own link to earlier ones gives it."
)


class Story(TypedDict):
    """What the answers on a company and on a chip share."""

    sentence: str
    """The answer, in words."""
    story: list[StoryEvent]
    """The events that name it, the newest first: as many as a page has."""
    next: list[ScheduledChange]
    """What is to change on days to come."""


class Year(NamedTuple):
    """The events of a year."""

    year: str
    events: list[StoryEvent]


class Bound(NamedTuple):
    """The conditions of a claim, and in which cells they bind."""

    claim: str
    others: tuple[str, ...]
    """The ids of the chips for which a company must meet them, or of the companies that must for a chip."""
    conditions: list[BindingCondition]


class Alike(NamedTuple):
    """Companies, or chips, that have one timeline."""

    names: list[str]
    """How they are called."""
    intervals: Sequence[CellInterval]


def told_of(question: Question, kind: str, name: str) -> Some[Told]:
    """The story of a company or a chip, as much of it as a page has."""
    publications = question.opened.publications(question.clocks.recorded, STORY_TYPES)
    stories = Stories(question.reader, question.clocks, publications, in_words(question))
    before = paging.older(question, EARLIER.name)
    return question.once("story", lambda: stories.of(Subject(kind, name), EVENTS, paging.LOOKED_AT, before))


def next_of(question: Question, company: str | None, chip: str | None) -> list[ScheduledChange]:
    """What is to change for a company or a chip."""
    found = coming(question.reader, question.clocks, in_words(question), company, chip)
    return list(islice(found, NEXT))


def named_by(found: Some[Told]) -> list[str]:
    """Whom the events of a story name on the other side, the newest first."""
    return list(dict.fromkeys(other for each in found.events for other in each.others))


def few_strips(question: Question, found: Iterable[Alike], most: int = MATTERING) -> list[Strip]:
    """Strips of cells under one axis: as many as there is room for. Those of equal statuses share one."""
    taken: dict[object, Alike] = {}
    room = MOST_INTERVALS
    for each in islice(found, MOST_CELLS):
        statuses = _statuses(each.intervals)
        if statuses in taken:
            taken[statuses].names.extend(each.names)
        elif not taken or (len(taken) < most and len(each.intervals) <= room):
            taken[statuses] = Alike([*each.names], each.intervals)
        room -= len(each.intervals)
        if room <= 0:
            break
    timelines = [Timeline(each.intervals, listed(each.names), with_gates=False) for each in taken.values()]
    return strips(question, timelines, (WHOLE_WIDTH, NARROW)) if timelines else []


def _statuses(intervals: Sequence[CellInterval]) -> tuple[object, ...]:
    return tuple((each["from"], tuple(each["possible"]), bool(each["gates"])) for each in intervals)


def by_year(events: Iterable[StoryEvent]) -> list[Year]:
    """Events, given the newest first, year by year."""
    return [Year(year, list(found)) for year, found in groupby(events, lambda each: (each["published"] or "")[:4])]


def bound(states: Iterable[CellState], other: str) -> list[Bound]:
    """The conditions of some cells, each once; ``other``: ``chip`` or ``company``, whichever differs among them."""
    cells: dict[tuple[str, str, str, str], list[str]] = {}
    told: dict[tuple[str, str, str, str], BindingCondition] = {}
    for state in states:
        for each in state["conditions"]:
            of = each["claim"], each["key"], each["wording"], each["binds"]
            cells.setdefault(of, []).append(state["chip"] if other == "chip" else state["company"])
            told[of] = each
    found: dict[tuple[str, tuple[str, ...]], list[BindingCondition]] = {}
    for same, others in cells.items():
        found.setdefault((same[0], tuple(others)), []).append(told[same])
    return [Bound(*key, conditions) for key, conditions in found.items()]


def shown_story(question: Question, found: Some[Told], states: Sequence[CellState], other: str) -> Drawn:
    """What the templates of a story need."""
    conditions = bound(states, other)
    words, events = in_words(question), [each.event for each in found.events]
    return {
        "years": by_year(events[:IN_SIGHT]),
        "years_before": by_year(events[IN_SIGHT:]),
        "earlier": paging.older_text(found.older),
        "conditions": [(each, words.of_id(each.claim)) for each in conditions[:MATTERING]],
        "other": other,
        "most": paging.LISTED,
    }
