"""What events would change beside today's answers, told to people: on their own days, from day to day, in amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import click

from policytracker.cli.cell_changes import some, spreads, tell_changes
from policytracker.cli.folding import fold
from policytracker.cli.output import counted, status_word
from policytracker.events.dates import iso, span
from policytracker.questions.escaping import one_line
from policytracker.questions.telling import called
from policytracker.questions.values import range_in_words

if TYPE_CHECKING:
    from policytracker.questions.answers import CellChange
    from policytracker.questions.effect_answers import (
        AmountRange,
        ChangedAmount,
        ChangedInterval,
        ChangedRest,
        ChangesOfDay,
        Effects,
    )

NOTHING = "nothing so far"
SIDES: tuple[Literal["company", "chip"], ...] = ("company", "chip")


def tell_effects(effects: Effects, today: Sequence[CellChange]) -> None:
    """What is told below today's changes."""
    if effects["earlier_days"]:
        click.echo(f"{counted(effects['earlier_days'], 'earlier day')} that the events tell of: not told")
    _tell_days(effects["days"], today)
    _tell_intervals(effects["intervals"])
    told = [*map(_amount, effects["amounts"]), *map(_rest, effects["rests"])]
    if told:
        click.echo("amounts that would change:")
    for line in told:
        click.echo(fold(f"  {line}", 4))


def _tell_days(days: Sequence[ChangesOfDay], today: Sequence[CellChange]) -> None:
    """Each day that the events tell of; days with the same changes as before them in short."""
    before, when = today, "today"
    for each in days:
        cells, day = each["cells"], each["day"]
        if not cells:
            click.echo(f"on {day} no cell would change")
        elif cells == before:
            click.echo(f"on {day} the same would change as {when}")
        else:
            click.echo(f"on {day} {counted(len(cells), 'cell')} would change:")
            tell_changes(cells)
        before, when = cells, f"on {day}"


def _tell_intervals(intervals: Sequence[ChangedInterval] | None) -> None:
    """Over which days which statuses change, in short: the days that the events tell of name the cells."""
    if intervals is None:
        click.echo("over which days statuses would change is not told: there are too many cells; try a part")
        return
    alike: dict[str, list[ChangedInterval]] = {}
    for each in intervals:
        alike.setdefault(f"{_turn(each)}, {_days(each['from'], each['to'])}", []).append(each)
    if alike:
        click.echo("statuses that would change, by the days on which they hold:")
    for line in sorted(alike, key=lambda line: (alike[line][0]["from"] or "", line)):
        companies, chips = ({each[side] for each in alike[line]} for side in SIDES)
        where = f"{some(sorted(companies), 'companies')} × {some(sorted(chips), 'chips')}"
        click.echo(fold(f"  {line}: {counted(len(alike[line]), 'cell')}, {where}", 4))


def _days(first: str | None, end: str | None) -> str:
    """Days from the first to the day before the end.

    >>> _days("2026-01-28", None), _days("2026-01-28", "2026-02-01"), _days(None, "2026-02-01")
    ('from 2026-01-28 on', 'from 2026-01-28 to 2026-01-31', 'up to 2026-01-31')
    """
    if end is None:
        return f"from {first} on" if first else "on all days"
    last = iso(span(end).first - 1)
    return f"from {first} to {last}" if first else f"up to {last}"


def _turn(each: ChangedInterval) -> str:
    before, after = each["before"], each["after"]
    if before is None:
        return f"newly registered, {status_word(after['status'])}"
    was, is_now = spreads(before["possible"], after["possible"])
    return f"{status_word(before['status'], was)} → {status_word(after['status'], is_now)}"


def _amount(each: ChangedAmount) -> str:
    gate = f" at {each['gate']}" if each["gate"] else ""
    whom = f"{', '.join(each['chips'])}, {each['companies']}"
    return one_line(f"{each['kind']}{gate}, {whom}: {_between(each['before'], each['after'], each)}")


def _rest(each: ChangedRest) -> str:
    return one_line(f"left of {called(each['claim'], each['ref'])}: {_between(each['before'], each['after'], each)}")


def _between(before: AmountRange | None, after: AmountRange | None, of: Mapping[str, object]) -> str:
    was, is_now = (_range(each, of) for each in (before, after))
    return f"{was} → {is_now}"


def _range(amount: AmountRange | None, of: Mapping[str, object]) -> str:
    if amount is None:
        return NOTHING
    words = range_in_words({**amount, "unit": of["unit"], "per": of.get("per")})
    return words if amount["certain"] else f"{words} (not every figure counts certainly)"
