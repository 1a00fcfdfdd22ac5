"""What a new event takes from recorded ones: the fields of one that is like it, the report of one that it shares."""

from collections.abc import Container
from typing import Any

from policytracker.questions.errors import QuestionError
from policytracker.questions.interchange import KEPT_TYPES
from policytracker.questions.reader import Reader
from policytracker.status.directory import REGISTRY_TYPES
from policytracker.status.entries import Fields
from policytracker.status.knowledge import stand

NOT_TAKEN = ("type", "ref", "note", "report", "changes")
"""Fields that tell of one event alone; the report is taken apart from them."""
OF_THE_EVENT = ("quote", "summary")
"""Fields of a report that say what one event rests on: options may give them for a report that is taken."""


class NothingToTake(QuestionError):
    """A recorded event of which nothing can be taken."""

    def __init__(self, name: str, why: str, way_out: str) -> None:
        super().__init__(f"{name!r} {why}; {way_out}")


def started(reader: Reader, body: Fields, known: Container[str], like: str | None, report_of: str | None) -> Fields:
    """An event with what it takes from recorded ones, as corrected since, and does not say itself.

    ``known``: the fields of its type. ``like`` and ``report_of`` name recorded events. The report of a like event is
    taken only where ``body`` tells of no other; a quote is never taken, as it belongs to one event. Raises
    NothingToTake, NoSuchEvent or AmbiguousEvent.
    """
    found: dict[str, Any] = {}
    report = None if report_of is None else _report_of(reader, report_of)
    if like is not None:
        fields = _like(reader, like)
        found = {name: value for name, value in fields.items() if name in known and name not in NOT_TAKEN}
        if report is None and set(body.get("report", ())) <= set(OF_THE_EVENT):
            report = fields.get("report")
    found.update(body)
    if report is not None and "report" in known:
        shared = {name: value for name, value in report.items() if name != "quote"}
        found["report"] = {**shared, **body.get("report", {})}
    return found


def _like(reader: Reader, name: str) -> Fields:
    fields = _fields(reader, name)
    if fields["type"] in REGISTRY_TYPES:
        raise NothingToTake(name, "is a registration", "`record` starts a registration from the current one by itself")
    return fields


def _report_of(reader: Reader, name: str) -> Fields:
    report: Fields | None = _fields(reader, name).get("report")
    if report is None:
        raise NothingToTake(name, "has no report", "name an event with a report, or give --publisher and --published")
    return report


def _fields(reader: Reader, name: str) -> Fields:
    """The fields of a recorded event, as they stand."""
    event = reader.event_id(name)
    found = stand(reader.thread_of(event), None)[event].fields
    if found["type"] in KEPT_TYPES:
        raise NothingToTake(name, "has no content any more: it was redacted", "name another event")
    return {field: value for field, value in found.items() if value is not None}
