"""What events would change on the days that they tell of, and from day to day: a dry run tells more than today."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from policytracker.events.dates import FIRST_DAY, LAST_DAY, iso, span
from policytracker.index.paths import Paths
from policytracker.questions.classes import Classes
from policytracker.questions.dry_run import Assumed, Cell, changes, reached
from policytracker.questions.supposed_amounts import changed_amounts, changed_rests, supposed_quantities
from policytracker.questions.timeline import turns
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Entry, Thread
from policytracker.status.knowledge import Standing, date_of, stand
from policytracker.status.registrations import counts_from
from policytracker.status.words import summary, together, words
from policytracker.status.zones import UTC

if TYPE_CHECKING:
    from policytracker.questions.answers import PossibleStatuses
    from policytracker.questions.effect_answers import ChangedInterval, Effects
    from policytracker.questions.reader import Reader

MOST_EVENTS = 200
"""Of so many events it is told what they change beside today's answers; of more, that would be no reading."""
MOST_DAYS = 12
"""So many of their days are told, the last ones."""
MOST_ALIKE = 2_000
"""So many kinds of cells are gone along the days."""
_BEGIN_ELSEWHERE = ("lifted", "suspended")
"""Events that act from their own date on; all others act on the days of the event that they are about."""
_IDLE = ("development-reported", "condition-signalled")
"""They change no answer on any day."""

Step = tuple[int, int]
"""A day, and the possible statuses of a cell from it on, as bits."""
Changed = tuple[int, int | None, int | None, int]
"""From which day to which (None: for good), and the possible statuses before and after."""


def effects(
    reader: Reader,
    before: Assumed,
    after: Assumed,
    more: Sequence[Entry],
    today: int,
    there: Sequence[Entry] = (),
) -> Effects:
    """What events would change beside today's answers.

    ``after`` is the ledger with them supposed, ``before`` without; both have the events ``there`` supposed before them.
    """
    own = [day for day in own_days(after, more, today) if day != today]
    days = own[-MOST_DAYS:]
    cells = reached(before.world(today), after.world(today), more)
    was, now = supposed_quantities(reader, after.registry.on(today), more, there)
    return {
        "days": [
            {"day": iso(day), "cells": list(changes(before.world(day), after.world(day), more, day))} for day in days
        ],
        "earlier_days": len(own) - len(days),
        "intervals": changed_intervals(before, after, cells, today),
        "amounts": list(changed_amounts(was, now)),
        "rests": list(changed_rests(was, now)),
    }


def own_days(after: Assumed, more: Sequence[Entry], today: int) -> list[int]:
    """The days (ordinals) that events tell of, in order: those on which they, or what they are about, begin or end."""
    new = {entry.id for entry in more}
    directory = after.registry.on(today)
    found = {counts_from(entry.fields) for entry in more if entry.type in REGISTRY_TYPES}
    for thread in after.threads:
        zone = directory.zone_of(thread[0].fields["authority"]) if thread[0].type in CLAIM_TYPES else UTC
        for event in _acting(thread, new):
            found.update(_days(event, zone))
    return sorted(day for day in found if FIRST_DAY <= day <= LAST_DAY)


def _acting(thread: Thread, new: Collection[str]) -> Iterator[Standing]:
    """The events of a thread whose days matter: the new ones, and those that they act on, before and after."""
    aims = {entry.target for entry in thread if entry.id in new and entry.type not in _BEGIN_ELSEWHERE}
    for event in stand(thread, None).values():
        if event.type not in _IDLE and (event.entry.id in new or event.entry.id in aims):
            yield event
            if event.entry.id in aims:
                yield from stand((event.entry,), None).values()


def _days(event: Standing, zone: str) -> Iterator[int]:
    yield from date_of(event, zone)
    if event.fields.get("until"):
        yield from span(event.fields["until"])


def changed_intervals(
    before: Assumed, after: Assumed, cells: Collection[Cell], today: int
) -> list[ChangedInterval] | None:
    """Over which days the possible statuses of some cells differ, as all that is published tells.

    None where more than ``MOST_ALIKE`` kinds of cells would have to be looked at.
    """
    then, now = (_OverDays(world, cells, today) for world in (before, after))
    kept: dict[tuple[object, object], list[Changed]] = {}
    found: list[ChangedInterval] = []
    for company, chip in sorted(cells):
        key = then.key(company, chip), now.key(company, chip)
        if key not in kept:
            if len(kept) >= MOST_ALIKE:
                return None
            kept[key] = list(_differing(then.steps(company, chip), now.steps(company, chip)))
        for first, end, was, is_now in kept[key]:
            dates = {"from": iso(first) if first > FIRST_DAY else None, "to": None if end is None else iso(end)}
            outcome = {"before": None if was is None else _statuses(was), "after": _statuses(is_now)}
            found.append({"company": company, "chip": chip, **dates, **outcome})  # type: ignore[typeddict-item]
    return found


class _OverDays:
    """What cells answer from day to day in one world."""

    def __init__(self, world: Assumed, cells: Collection[Cell], today: int) -> None:
        directory = world.registry.on(today)
        self._companies = {company for company, _ in cells} & set(directory.companies)
        self._chips = {chip for _, chip in cells} & set(directory.chips)
        self._classes = Classes(world.by_day, sorted(self._companies), sorted(self._chips))
        self._paths, self._point = Paths(world.by_day), world.point

    def key(self, company: str, chip: str) -> object:
        """The same for cells that answer alike on all days."""
        is_registered = company in self._companies and chip in self._chips
        return self._classes.of(company, chip) if is_registered else None

    def steps(self, company: str, chip: str) -> list[Step]:
        """Of a cell that is not registered: none."""
        if company not in self._companies or chip not in self._chips:
            return []
        found = turns(self._paths, self._paths.days(company, chip, self._point))
        return [
            (FIRST_DAY if turn.when is None else turn.when, together(each.possible for each in turn.gates))
            for turn in found
        ]


def _differing(then: Sequence[Step], now: Sequence[Step]) -> Iterator[Changed]:
    """The times over which two courses differ; neighbours with the same difference are one."""
    days = sorted({day for day, _ in (*then, *now)})
    old, new = dict(then), dict(now)
    was: int | None = None
    is_now = 0
    open_since: tuple[int, int | None, int] | None = None
    for day in days:
        was, is_now = old.get(day, was), new.get(day, is_now)
        if open_since is not None and open_since[1:] != (was, is_now):
            yield open_since[0], day, *open_since[1:]
            open_since = None
        if was != is_now and open_since is None:
            open_since = day, was, is_now
    if open_since is not None:
        yield open_since[0], None, *open_since[1:]


def _statuses(possible: int) -> PossibleStatuses:
    return {"status": summary(possible), "possible": words(possible)}
