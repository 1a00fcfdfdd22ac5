"""Which cells change, and from what to what: between two ledgers, and along a replay."""

import sys
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from policytracker.api.answer import Answers, answers
from policytracker.api.cells import CellChange
from policytracker.api.events import Step, event_of
from policytracker.api.when import time_of
from policytracker.events.dates import moment, moment_text
from policytracker.index.cells import Point
from policytracker.index.turns import Turns
from policytracker.projections.log import Logged
from policytracker.questions.all_cells import all_cells
from policytracker.questions.log import log
from policytracker.questions.one_cell import CellObjects
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.statuses import Pair


def between(first: Reader, last: Reader, before: Clocks, after: Clocks) -> Answers[CellChange]:
    """The cells that two ledgers, or one at two points, answer differently; those too that only the second knows."""
    one, other = all_cells(first, before), all_cells(last, after)
    changed = [pair for pair in other if pair not in one or one[pair] != other[pair]]
    return _changes(CellObjects(first, before), CellObjects(last, after), changed, one)


def _changes(was: CellObjects, now: CellObjects, cells: Iterable[Pair], known: Container[Pair]) -> Answers[CellChange]:
    """Changes of cells; ``known``: those that were there before."""
    found = (
        {
            "company": company,
            "chip": chip,
            "before": _outcome(was, company, chip) if (company, chip) in known else None,
            "after": _outcome(now, company, chip),
        }
        for company, chip in cells
    )
    return answers(CellChange, found)


def _outcome(cells: CellObjects, company: str, chip: str) -> dict[str, Any]:
    state = cells.cell(company, chip)
    return {
        **{name: state[name] for name in ("status", "possible", "limited_by", "conditions")},
        "gates": {gate["gate"]: gate["possible"] for gate in state["gates"]},
    }


def by_recorded(reader: Reader, at: int | None) -> Iterator[Step]:
    """The events as they were recorded, import by import. ``at``: a day; None: the day of each import."""
    before = 0
    for recorded, group in groupby(log(reader), key=attrgetter("recorded")):
        when = time_of(recorded)
        day = when.date().toordinal() if at is None else at
        changed = between(reader, reader, Clocks(day, None, before), Clocks(day, None, recorded))
        yield Step(events=tuple(map(event_of, group)), when=when, changed=changed.rows)
        before = recorded


def by_published(reader: Reader, at: int | None) -> Iterator[Step]:
    """The events as their reports were published. ``at``: a day; None: the day of each publication."""
    reported = sorted((each for each in log(reader) if each.fields.get("report")), key=_published)
    changes = _changes_then(reader) if at is None else _changes_of(reader, at, sorted(set(map(_published, reported))))
    for known, group in groupby(reported, key=_published):
        changed = changes.get(known)
        yield Step(events=tuple(map(event_of, group)), when=moment_text(known), changed=changed.rows if changed else ())


def _changes_then(reader: Reader) -> dict[int, Answers[CellChange]]:
    """What each publication changes, by its moment, on its own day: the days alone change nothing here."""
    point = reader.point(Clocks(reader.today))
    turns = Turns(reader.by_day(point.seen), point.seen)
    return {
        after.known: _changes(_at(reader, after._replace(known=after.known - 1)), _at(reader, after), cells, cells)
        for before, after, cells, _ in turns.as_known_then(point, sys.maxsize)
        if before.known != after.known
    }


def _changes_of(reader: Reader, day: int, moments: Sequence[int]) -> dict[int, Answers[CellChange]]:
    """The same for one day."""
    way = pairwise((*(known - 1 for known in moments[:1]), *moments))
    return {known: between(reader, reader, Clocks(day, before), Clocks(day, known)) for before, known in way}


def _at(reader: Reader, point: Point) -> CellObjects:
    return CellObjects(reader, Clocks(point.day, point.known))


def _published(event: Logged) -> int:
    return moment(event.fields["report"]["published"])
