"""Events of the ledger as lines of a table: what each is called, what it says, on whose word."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from policytracker.ledger import clock
from policytracker.projections.log import Logged
from policytracker.questions.claim_answers import ReportAnswer
from policytracker.questions.corrections import LoggedCorrections
from policytracker.questions.sources import reported
from policytracker.questions.telling import called, summary


class Line(NamedTuple):
    """One event."""

    id: str
    name: str
    position: int
    type: str
    says: str
    report: ReportAnswer | None
    """With on whose word it is."""
    corrected: list[str]
    """What corrections have made of it since."""


class Batch(NamedTuple):
    """Events recorded together."""

    recorded: str
    recorder: str
    lines: list[Line]


def batches(events: Iterable[Logged], corrections: LoggedCorrections) -> list[Batch]:
    """Events, in their order, with who recorded them when said once."""
    found = groupby(events, key=lambda event: (event.recorded, event.recorder))
    return [
        Batch(clock.text(when)[:16] + "Z", who, [_line(event, corrections) for event in events])
        for (when, who), events in found
    ]


def _line(event: Logged, corrections: LoggedCorrections) -> Line:
    fields = event.fields
    report = fields.get("report")
    aim = called(event.target, event.target_ref) if event.target else None
    return Line(
        event.id,
        called(event.id, fields.get("ref")),
        event.position,
        fields["type"],
        summary(fields, aim, corrections.before(event)),
        reported(report) if report else None,
        corrections.since(event),
    )
