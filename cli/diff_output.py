"""What ``diff`` prints for people: step by step what differs, for which cells, and the reports by which it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import click

from policytracker.cli.folding import fold
from policytracker.cli.output import counted, dim, heading, status_word
from policytracker.questions.accounts import called
from policytracker.questions.changing_events import report_of
from policytracker.questions.difference_words import amount_words, condition_words, left_words, licence_words
from policytracker.questions.escaping import one_line
from policytracker.questions.groups import cells_by_side, groups
from policytracker.questions.sources import source_line
from policytracker.status.words import STATUSES

if TYPE_CHECKING:
    from policytracker.questions.difference_answers import CellStep, EventOfChange, StatusStep

HEADINGS = {
    "world": "the world changed, as then known ({known}), from {at} to {to_at}",
    "knowledge": "our knowledge of {to_at} changed, from {known} to {to_known}",
    "ledger": "what this ledger had recorded of {to_at} changed, from {recorded} to {to_recorded}",
}
PARTS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "conditions": ("conditions", condition_words),
    "licences": ("licences and approvals", licence_words),
    "amounts": ("amounts", amount_words),
    "left": ("left of what was approved", left_words),
}
"""The parts of a step beside its statuses: their titles, and the words of a change."""
NO_REPORT = "no report: bookkeeping"
Every = tuple[list[str], list[str]]
"""The companies and the chips of which there is a choice."""


class _Change(NamedTuple):
    """A change in words, and the names of the events by which it is."""

    words: str
    by: tuple[str, ...]


def print_differences(rows: Sequence[CellStep], companies: list[str], chips: list[str]) -> None:
    """Print the steps of some cells; ``companies`` and ``chips`` are those of which there is a choice."""
    if not rows:
        click.echo("no answer differs between the two points")
    for changed in HEADINGS:
        steps = [row for row in rows if row["changed"] == changed]
        if steps:
            _heading(steps[0], len(steps))
            _statuses(steps, (companies, chips))
            for part in PARTS:
                _part(steps, part, (companies, chips))
            _reports(steps)


def _heading(step: CellStep, count: int) -> None:
    known, to_known = (when or "all that is published" for when in (step["known"], step["to_known"]))
    recorded, to_recorded = (when or "all that is recorded" for when in (step["recorded"], step["to_recorded"]))
    dates = {
        "at": step["at"],
        "known": known,
        "recorded": recorded,
        "to_at": step["to_at"],
        "to_known": to_known,
        "to_recorded": to_recorded,
    }
    click.echo(fold(f"{heading(HEADINGS[step['changed']].format(**dates))}: {counted(count, 'cell')}", 2))
    click.echo()


def _statuses(steps: Iterable[CellStep], every: Every) -> None:
    """The cells whose statuses change, those that change alike together."""
    turned = (_by_status(step) for step in steps if step["from_possible"] != step["to_possible"])
    for group in groups(turned):
        click.echo(fold(f"  {_words(group.step['from_possible'])} → {_words(group.step['to_possible'])}", 4))
        _where(group.cells, every, 4)
        _by(dict.fromkeys(called(event) for event in group.step["events"]), 4)
        click.echo()


def _by_status(step: CellStep) -> StatusStep:
    """A step with the events alone by which its statuses change."""
    own = step.get("status_events")
    found = [event for event in step["events"] if own is None or event["id"] in own]
    return cast("StatusStep", {**step, "events": found})


def _part(steps: Iterable[CellStep], part: str, every: Every) -> None:
    """The changes of one kind, each once, with the cells that it befalls."""
    title, words = PARTS[part]
    found: dict[_Change, list[tuple[str, str]]] = {}
    for step in steps:
        names = {event["id"]: called(event) for event in step["events"]}
        changes: Any = step.get(part, ())
        for change in changes:
            key = _Change(words(change), tuple(names[event] for event in change["events"]))
            found.setdefault(key, []).append((step["company"], step["chip"]))
    if found:
        click.echo(f"  {heading(title)}")
    for change, cells in found.items():
        click.echo(fold(f"    {one_line(change.words)}", 6))
        _where(cells, every, 6)
        _by(change.by, 6)
    if found:
        click.echo()


def _where(cells: Iterable[tuple[str, str]], every: Every, indent: int) -> None:
    for where in cells_by_side(cells, *every):
        click.echo(fold(" " * indent + where, indent + 2))


def _by(names: Iterable[str], indent: int) -> None:
    told = ", ".join(names)
    if told:
        click.echo(fold(" " * indent + f"by {one_line(told)}", indent + 2))


def _reports(steps: Iterable[CellStep]) -> None:
    """The reports of all events, each once, with its events below it."""
    events = {(event["id"], event["change"]): event for step in steps for event in step["events"]}
    if not events:
        return
    click.echo(f"  {heading('by these reports')}")
    for told in _by_report(events.values()):
        own = [source for source in told[0]["sources"] if source["event"] == told[0]["id"]]
        source = next(iter(own or told[0]["sources"]), None)
        click.echo(dim(fold(f"    {one_line(source_line(source) if source else NO_REPORT)}", 6)))
        for event in told:
            click.echo(fold("      " + one_line(f"{called(event)} ({event['change']})"), 8))
    click.echo()


def _by_report(events: Iterable[EventOfChange]) -> Iterator[list[EventOfChange]]:
    found: dict[object, list[EventOfChange]] = {}
    for event in events:
        found.setdefault(report_of(event), []).append(event)
    return iter(sorted(found.values(), key=lambda told: not told[0]["sources"]))


def _words(possible: Sequence[str]) -> str:
    if len(possible) == len(STATUSES):
        return status_word("unknown")
    return " or ".join(status_word(word) for word in possible)
