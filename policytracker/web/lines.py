"""Events of the ledger as lines of a table: what each is called, what it says, on whose word."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from policytracker.ledger import clock
from policytracker.projections.log import Logged
from policytracker.questions.claim_answers import ReportAnswer
from policytracker.questions.corrections import LoggedCorrections
from policytracker.questions.in_words import InWords
from policytracker.questions.overview_answers import EventInWords
from policytracker.questions.reader import Clocks
from policytracker.questions.sources import reported
from policytracker.questions.telling import called, summary
from policytracker.web.page import Question


class Line(NamedTuple):
    """One event."""

    id: str
    name: str
    position: int
    type: str
    told: EventInWords
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


def batches(question: Question, events: Iterable[Logged]) -> list[Batch]:
    """Events, in their order, with who recorded them when said once; in words by everything published."""
    reader, recorded = question.reader, question.clocks.recorded
    corrections = LoggedCorrections(reader, recorded)
    words = InWords(reader, Clocks(reader.today, None, recorded))
    found = groupby(events, key=lambda event: (event.recorded, event.recorder))
    return [
        Batch(clock.text(when)[:16] + "Z", who, [_line(event, corrections, words) for event in events])
        for (when, who), events in found
    ]


def _line(event: Logged, corrections: LoggedCorrections, words: InWords) -> Line:
    fields = event.fields
    report = fields.get("report")
    aim = called(event.target, event.target_ref) if event.target else None
    return Line(
        event.id,
        called(event.id, fields.get("ref")),
        event.position,
        fields["type"],
        words.of_id(event.id),
        summary(fields, aim, corrections.before(event)),
        reported(report) if report else None,
        corrections.since(event),
    )
