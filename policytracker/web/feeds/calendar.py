"""Status changes that are scheduled, as a calendar (RFC 5545): what is known today to begin or end on a later day."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from policytracker.events.dates import iso
from policytracker.questions.accounts import called
from policytracker.questions.groups import Group
from policytracker.questions.safe import one_line
from policytracker.questions.sources import sources_line
from policytracker.web import changing
from policytracker.web.addresses import Addresses
from policytracker.web.feeds.scheduled import Scheduled, scheduled
from policytracker.web.page import Feed, Parameter, Question
from policytracker.web.words import web_address

OCTETS = 75
"""The longest line of a calendar."""
NO_EVENT = (
    *("BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"),
)
"""A calendar is not allowed to hold nothing (RFC 5545, 3.6)."""


def _body(question: Question, to: Addresses) -> str:
    events = [line for day in scheduled(question) for group in day.groups for line in _event(question, day, group)]
    name = ": ".join(("Scheduled status changes", ", ".join(changing.about(question)))).removesuffix(": ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//policytracker//policytracker {escaped(version('policytracker'))}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *(events or NO_EVENT),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(question: Question, found: Scheduled, group: Group) -> Iterator[str]:
    day = iso(found.day)
    yield "BEGIN:VEVENT"
    yield f"UID:{changing.lasting_id(question, day, *changing.mark(group))}"
    yield f"DTSTAMP:{_stamp(question.books.head.recorded)}"
    yield f"DTSTART;VALUE=DATE:{day.replace('-', '')}"
    yield f"SUMMARY:{escaped(changing.title(question.directory, group))}"
    yield f"DESCRIPTION:{escaped(*_description(question, group))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(question: Question, group: Group) -> Iterator[str]:
    yield from changing.where(question.directory, group)
    for event in group.step["events"]:
        reports = [{**report, "url": _address(report), "archived": None} for report in event["sources"]]
        yield f"{called(event)}: {event['change']}. {sources_line(reports)}"


def _address(report: Mapping[str, str]) -> str | None:
    """Where to read a report, if a browser may go there: calendars make links of what looks like one."""
    return web_address(report.get("url") or report.get("archived"))


def _stamp(recorded: int) -> str:
    """A recorded instant, in microseconds since 1970, to the second."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=recorded)).strftime("%Y%m%dT%H%M%SZ")


def escaped(*texts: str) -> str:
    """Texts as one value, a line each (RFC 5545, 3.3.11).

    >>> print(escaped("H20; H200, both", "in force"))
    H20\\; H200\\, both\\nin force
    """
    found = (one_line(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for text in texts)
    return "\\n".join(found)


def folded(line: str) -> Iterable[str]:
    """A line in parts of at most 75 octets, no character cut in two; a space begins all but the first (3.1)."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + character, size + octets
    yield part


CALENDAR = Feed(
    name="calendar",
    path="/scheduled.ics",
    says="Status changes on days to come, as far as they are known, as an iCalendar.",
    media_type="text/calendar",
    body=_body,
    parameters=(
        Parameter("company", "Only the cells of this company."),
        Parameter("chip", "Only the cells of this chip."),
    ),
)
