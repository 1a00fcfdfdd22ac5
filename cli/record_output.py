"""What ``record`` says: before an event is recorded, when it is, and when it looks like another."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import click

from policytracker.cli.cell_changes import tell_changes, tell_changes_in_short
from policytracker.cli.effect_output import tell_effects
from policytracker.cli.folding import fold
from policytracker.cli.notices import notice
from policytracker.cli.output import counted, heading, json_text
from policytracker.cli.record_values import arguments_of
from policytracker.events.dates import iso
from policytracker.ledger import clock
from policytracker.questions.dry_run import Prospect
from policytracker.questions.escaping import one_line, safe
from policytracker.questions.interchange import in_order
from policytracker.questions.pointed_out import and_listed, counted_twice
from policytracker.questions.telling import SHORT_ID, called, short_source, summary
from policytracker.status.entries import Entry, Fields

if TYPE_CHECKING:
    from policytracker.questions.answers import CellChange
    from policytracker.questions.effect_answers import Effects, EventTried
    from policytracker.questions.ledger_answers import LikeEvent, RecordedEvent

MOST_ALIKE = 5


def event_object(entry: Entry, recorded: bool = True) -> RecordedEvent:
    """An event as ``export`` writes it; one that is not recorded yet has no time."""
    stamp = {"recorded": clock.text(entry.recorded)} if recorded else {}
    return cast("RecordedEvent", {**in_order(entry.fields), "id": entry.id, **stamp})


def tell_dry_run(found: Prospect, effects: Effects, day: int, ledger: str | None, as_json: bool) -> None:
    """What would be recorded, and what that would change."""
    event = event_object(found.entry, recorded=False)
    if as_json:
        told = {"warnings": found.warnings, "alike": found.alike}
        answer = cast("EventTried", {"event": event, "cells": found.cells, **effects, **told})
        click.echo(f"[{json_text(answer)}]")
        return
    click.echo(json_text(event))
    click.echo(heading(f"would be recorded as {found.entry.id[:SHORT_ID]}, at position {found.entry.position:,}"))
    tell_cells(found.cells, day, "would change")
    tell_changes(found.cells)
    tell_effects(effects, found.cells)
    for warning in found.warnings:
        warn(warning)
    if found.alike:
        notice(f"note: {likeness(found.entry, found.alike, ledger)}")


def tell_recorded(found: Prospect, entry: Entry, day: int, as_json: bool) -> None:
    """What has been recorded, and what that has changed."""
    if as_json:
        click.echo(f"[{json_text(event_object(entry))}]")
    else:
        place = f"recorded {entry.id[:SHORT_ID]} at position {entry.position:,}"
        click.echo(fold(f"{place}: {one_line(summary(entry.fields))}", 2))
        tell_cells(found.cells, day, "changed")
        tell_changes_in_short(found.cells)
    for warning in found.warnings:
        warn(warning)


def tell_already(entry: Entry, as_json: bool) -> None:
    """That nothing had to be recorded."""
    if as_json:
        click.echo(f"[{json_text(event_object(entry))}]")
    else:
        when = f"position {entry.position:,}, {clock.text(entry.recorded)[:10]}"
        click.echo(f"recorded already as {entry.id[:SHORT_ID]} ({when}); nothing was added")


def tell_cells(cells: Sequence[CellChange], day: int, verb: str) -> None:
    """How many cells change today."""
    count = counted(len(cells), "cell") if cells else "no cell"
    click.echo(f"today ({iso(day)}) {count} {verb}{':' if cells else ''}")


def warn(warning: str, place: str = "") -> None:
    """A warning, to stderr."""
    notice(safe(f"warning: {place}{warning}"))


def likeness(entry: Entry, alike: Sequence[LikeEvent], ledger: str | None) -> str:
    """What an event looks like, and how to record it as what it then is."""
    count = "an event" if len(alike) == 1 else f"{len(alike):,} events"
    lines = [f"this looks like {count} recorded already:"]
    lines += [f"  {one_line(_told(each))}" for each in alike[:MOST_ALIKE]]
    if len(alike) > MOST_ALIKE:
        lines.append(f"  and {len(alike) - MOST_ALIKE} more, less alike")
    twice = counted_twice(entry, alike[0])
    if twice:
        lines.append(twice)
    if entry.target is None:
        target = called(alike[0]["id"], alike[0]["ref"])
        way_out = {"type": "corroborated", "target": target, "report": entry.fields["report"]}
        lines += ["if your report says the same, add it to that one:", f"  {command(way_out, ledger)}"]
    else:
        lines.append("if it is the same report, nothing is left to do")
    return "\n".join([*lines, "if it tells something else, record it with --anyway"])


def command(fields: Fields, ledger: str | None = None) -> str:
    """The command line that records an event."""
    where = ["--ledger", ledger] if ledger else []
    return safe(shlex.join(["policytracker", *where, "record", *arguments_of(fields)]))


def _told(event: LikeEvent) -> str:
    word = short_source(event["report"]) if event["report"] else "no report"
    ref = f"{event['ref']} " if event["ref"] else ""
    same = f"; the same {and_listed(event['same'])}" if event["same"] else ""
    return f"{ref}({event['id'][:SHORT_ID]}), from {event['starts']}: {word}{same}"
