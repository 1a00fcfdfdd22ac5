"""How one event is recorded: read, tried, told, pointed out where it looks like another, appended."""

import sqlite3
import sys
from collections.abc import Sequence
from typing import Any

import click

from policytracker.cli.notices import notice
from policytracker.cli.options import open_reader, path_of, recorder_of, tell_dates
from policytracker.cli.record_options import missing
from policytracker.cli.record_output import likeness, tell_already, tell_dry_run, tell_recorded
from policytracker.cli.record_starting import Start, start_of
from policytracker.cli.record_values import body_of
from policytracker.cli.registering import SUBJECT_FIELDS, whole
from policytracker.cli.settings import given
from policytracker.cli.streams import done
from policytracker.events.catalogue import name_of
from policytracker.events.describe import fields
from policytracker.events.fields import Event
from policytracker.events.forms import read_values
from policytracker.events.refusals import Refused
from policytracker.events.registry import GroupDefined, Registration
from policytracker.ledger import clock
from policytracker.ledger.appending import all_faults, append_tried, try_event
from policytracker.ledger.registered import registrations_of
from policytracker.ledger.store import Store
from policytracker.ledger.where import Where
from policytracker.questions.drafts import finished
from policytracker.questions.dry_run import Prospect, entries_of, prospect, recorded_as
from policytracker.questions.escaping import safe
from policytracker.questions.own_days import effects
from policytracker.questions.reader import Clocks, Reader
from policytracker.questions.telling import called
from policytracker.status.entries import Fields


def record_event(context: click.Context, kind: type[Event], values: dict[str, Any]) -> None:
    """Record what the options of ``record TYPE`` say. Raises UsageError, Refused, QuestionError or LedgerError."""
    dry_run, anyway, as_json = (values.pop(name) for name in ("dry_run", "anyway", "as_json"))
    start, body = start_of(kind, values), body_of(kind, values)
    if not start.is_recorded:
        _check_missing(kind, body, SUBJECT_FIELDS if issubclass(kind, Registration) else None)
    day, recorder = clock.today(), recorder_of(context)
    with open_reader(context) as reader, Store(path_of(context)) as store:
        event, given = _read(store, _finished(reader, store, kind, body, start, day))
        trial = try_event(store, event, recorder=recorder, given=given)
        if trial.placed is None:
            _tell_already(context, event, as_json)
            return
        found = prospect(reader, trial.outcome, day)
        if dry_run:
            _tell_dry_run(context, reader, found, day, as_json)
            return
        if found.alike and not anyway:
            _ask(context, found)
        outcome = append_tried(store, trial)
        for entry in entries_of(outcome):
            done(f"event {called(entry.id, entry.fields.get('ref'))} is recorded at position {entry.position:,}")
    if not outcome.appended:
        _tell_already(context, event, as_json)
        return
    try:
        for entry in entries_of(outcome):
            tell_recorded(found, entry, day, as_json)
    finally:
        caught_up(path_of(context), day)


def _read(store: Store, values: dict[str, Any]) -> tuple[Event, frozenset[str]]:
    """The event, and the fields that are left empty on purpose. Raises Refused, which names all faults."""
    try:
        event, _, given = read_values(values)
    except Refused as refused:
        raise all_faults(store, refused) from None
    return event, given


def _finished(reader: Reader, store: Store, kind: type[Event], body: Fields, start: Start, day: int) -> dict[str, Any]:
    """The event in the interchange format. Raises UsageError, QuestionError or LedgerError."""
    body = start.filled(reader, body, fields(kind))
    _check_missing(kind, body, SUBJECT_FIELDS if issubclass(kind, Registration) else None)
    found = finished(reader, body)
    if issubclass(kind, Registration):
        space = body["kind"] if kind is GroupDefined else name_of(kind).partition("-")[0]
        subject = body["group"] if kind is GroupDefined else body[space]
        found = whole(found, start.without, registrations_of(store, space, subject), day)
        _check_missing(kind, found)
    return dict(found)


def _check_missing(kind: type[Event], body: Fields, only: Sequence[str] | None = None) -> None:
    """Raise UsageError for options that are still needed; ``only`` for those of some fields."""
    lacking = missing(kind, body, only)
    if lacking:
        tells = f"`policytracker record {name_of(kind)} --help` tells what they are"
        raise click.UsageError(f"missing {', '.join(lacking)}; {tells}")


def _tell_already(context: click.Context, event: Event, as_json: bool) -> None:
    with open_reader(context) as fresh:
        tell_already(recorded_as(fresh, event), as_json)


def caught_up(ledger: Where, day: int) -> bool:
    """Bring the read models up to date, or say why not: what is recorded stays recorded if that fails."""
    from policytracker.projections.catching_up import catch_up

    try:
        catch_up(ledger, day)
    except (sqlite3.Error, OSError) as error:
        why = safe(str(error))
        notice(f"warning: recorded, but the read models lag behind ({why}); `policytracker rebuild`")
        return False
    return True


def _tell_dry_run(context: click.Context, reader: Reader, found: Prospect, day: int, as_json: bool) -> None:
    more = effects(reader, found.before, found.after, (found.entry,), day)
    tell_dry_run(found, more, day, given(context, "ledger"), as_json)
    tell_dates(reader, Clocks(day), "json" if as_json else None)


def _ask(context: click.Context, found: Prospect) -> None:
    """Refuse an event that looks like another; in a terminal, ask."""
    message = likeness(found.entry, found.alike, given(context, "ledger"))
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.ClickException(message)
    click.echo(message, err=True)
    if not click.confirm("Record it all the same?", err=True):
        click.echo("nothing was recorded", err=True)
        context.exit(1)
