"""Intervals of a timeline: how long a cell's answer stays the same, over one clock (semantics.md §2)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, groupby
from typing import NamedTuple

from policytracker.events.dates import Span
from policytracker.status.claims import Claim, End
from policytracker.status.directory import Gate
from policytracker.status.instead import corrections_giving
from policytracker.status.knowledge import Standing, date_of
from policytracker.status.periods import holds
from policytracker.status.words import together

BEGINNING = (
    *("authority", "companies", "chips", "except_companies", "except_chips"),
    *("effective", "review", "conditions"),
)
"""The fields of a claim on which it rests what begins with it."""


class AtGate(NamedTuple):
    """What a gate of a cell answers."""

    gate: Gate
    possible: int
    """Its possible statuses, as bits."""
    standing: tuple[int, ...]
    """The positions of the claims that stand there."""


class Turn(NamedTuple):
    """What the gates of a cell answer from one turn of the clock on. It may have others than before."""

    when: int | None
    """A day on the effective clock, a moment on the published clock; None: from the beginning on."""
    gates: tuple[AtGate, ...]


class Interval(NamedTuple):
    """A half-open range of a clock, ``[start, end)``, over which gates and their possible statuses stay the same."""

    start: int | None
    end: int | None
    """None: for good."""
    gates: tuple[tuple[Gate, int], ...]
    """What is possible at each gate, as bits."""
    standing: tuple[int, ...]
    """The positions of the claims that stand at some time of it."""
    turned_by: tuple[str, ...]
    """Ids of the events by whose dates or reports it began."""

    @property
    def possible(self) -> int:
        """The possible statuses of the cell, as bits."""
        return together(bits for _, bits in self.gates)


TurnedBy = Callable[[int, list[int] | None], Iterable[str]]
"""The events by which claims turn at a time of the clock: those at these positions, or all (None)."""


def intervals(turns: Iterable[Turn], turned_by: TurnedBy) -> list[Interval]:
    """Join the turns, given in order, from which on the cell has the same gates with the same possible statuses."""
    joined = [list(alike) for _, alike in groupby(turns, key=_statuses)]
    found: list[Interval] = []
    for place, alike in enumerate(joined):
        first = alike[0]
        end = joined[place + 1][0].when if place + 1 < len(joined) else None
        events = _turned_by(joined[place - 1][-1], first, turned_by) if place else ()
        standing = dict.fromkeys(chain.from_iterable(_standing(turn) for turn in alike))
        found.append(Interval(first.when, end, tuple(_statuses(first)), tuple(standing), events))
    return found


def _statuses(turn: Turn) -> list[tuple[Gate, int]]:
    return [(each.gate, each.possible) for each in turn.gates]


def _standing(turn: Turn) -> Iterator[int]:
    return chain.from_iterable(each.standing for each in turn.gates)


def _turned_by(before: Turn, now: Turn, turned_by: TurnedBy) -> tuple[str, ...]:
    """The events dated there about claims that stood or stand at a gate that changed; all of them, where none does."""
    was, is_now = set(_statuses(before)), set(_statuses(now))
    changed = {gate for gate, _ in was ^ is_now}
    concerned = sorted(
        {claim for each in (*before.gates, *now.gates) if each.gate in changed for claim in each.standing}
    )
    when = now.when or 0
    return tuple(dict.fromkeys(turned_by(when, concerned))) or tuple(dict.fromkeys(turned_by(when, None)))


def turns_of(claim: Claim, standing: Standing, zone: str) -> Iterator[tuple[int, str]]:
    """The days on which what a claim does changes, each with the events whose dates say so."""
    dated = list(_dated(claim, standing, zone))
    for day in dict.fromkeys(day for day, _ in dated):
        if _does(claim, day - 1) != _does(claim, day):
            yield from ((day, event) for when, event in dated if when == day)


def _does(claim: Claim, day: int) -> tuple[bool, int, bool] | None:
    """What a claim does on a day, as far as it counts (§5, §6)."""
    certain = holds(claim, day)
    return None if certain is None else (certain, claim.effect(day), bool(claim.binding(day)))


def _dated(claim: Claim, standing: Standing, zone: str) -> Iterator[tuple[int, str]]:
    """The days on which what a claim does may change (``force.turning_days``), each with the events that say so.

    Beside the event whose date it is stand the corrections that have given it by their own reports.
    """
    about = {event.entry.id: event for event in standing.about}
    yield from _on(claim.start, standing, BEGINNING)
    yield from _ends(claim.ends, standing, about)
    for pause in claim.pauses:
        suspension = about[pause.event]
        yield from _on(pause.start, suspension, ("effective",))
        yield from _ends(pause.ends, suspension, {event.entry.id: event for event in suspension.about})
    for met in standing.acting("conditions-met"):
        day = date_of(met, zone).last
        yield from _on(Span(day, day), met, ("effective", "conditions"))


def _ends(ends: Iterable[End], event: Standing, about: Mapping[str, Standing]) -> Iterator[tuple[int, str]]:
    """The days of the ends of an event: its own ``until``, and lifts among the events about it."""
    for end in ends:
        said = event if end.event is None else about[end.event]
        yield from _on(end.date, said, ("until",) if end.event is None else ("effective",))


def _on(date: Span, event: Standing, fields: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The first and the last day of a date of an event, and who says so, given the fields on which this rests."""
    by = [event, *corrections_giving(event, fields)]
    yield from ((day, each.entry.id) for day in dict.fromkeys(date) for each in by)
