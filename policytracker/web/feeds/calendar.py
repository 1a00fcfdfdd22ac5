"""Status changes that are scheduled, as a calendar (RFC 5545): what is known today to begin or end on a later day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version

from icalendar import Calendar, Component, Event, Timezone, TimezoneStandard, vText

from policytracker.events.dates import iso
from policytracker.questions.accounts import called
from policytracker.questions.escaping import one_line
from policytracker.questions.groups import Group
from policytracker.questions.scheduled import Scheduled, scheduled
from policytracker.questions.sources import sources_line
from policytracker.web import changing
from policytracker.web.addresses import Addresses
from policytracker.web.page import Feed, Parameter, Question
from policytracker.web.words import linkable

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Text(vText):
    r"""A text whose backslashes stay: the library takes ``\N`` for the end of a line, and the N would be lost."""

    def to_ical(self) -> bytes:
        return rb"\\N".join(vText(part).to_ical() for part in self.split(r"\N"))


def _body(question: Question, to: Addresses) -> str:
    """The calendar as a text. Equal content gives equal bytes: the library is asked to keep the order given here."""
    name = ": ".join(("Scheduled status changes", ", ".join(changing.about(question)))).removesuffix(": ")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _text(f"-//policytracker//policytracker {version('policytracker')}//EN"))
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _text(name))
    company, chip = question.query.get("company"), question.query.get("chip")
    found = scheduled(question.reader, question.clocks, company, chip)
    for event in [_event(question, day, group) for day in found for group in day.groups] or [_nothing()]:
        calendar.add_component(event)
    content: bytes = calendar.to_ical(sorted=False)
    return content.decode()


def _event(question: Question, found: Scheduled, group: Group) -> Component:
    day = date.fromordinal(found.day)
    recorded = EPOCH + timedelta(microseconds=question.reader.head.recorded)
    event = Event()
    event.add("uid", changing.lasting_id(question, iso(found.day), *changing.mark(group)))
    event.add("dtstamp", recorded.replace(microsecond=0))
    event.add("dtstart", day)
    event.add("summary", _text(changing.title(question.directory, group)))
    event.add("description", _text(*_description(question, group)))
    event.add("transp", "TRANSPARENT")
    return event


def _nothing() -> Component:
    """What a calendar without events holds: it is not allowed to hold nothing (RFC 5545, 3.6)."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", EPOCH.replace(tzinfo=None))
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone.add_component(standard)
    return zone


def _description(question: Question, group: Group) -> Iterator[str]:
    yield from changing.where(question.directory, group)
    if group.by_one:
        yield f"{changing.where(question.directory, Group(group.step, group.cells[:1]))[0]}, by:"
    for event in group.step["events"]:
        # Calendars make links of what looks like one.
        yield f"{called(event)}: {event['change']}. {sources_line(map(linkable, event['sources']))}"


def _text(*lines: str) -> Text:
    """Texts as one value, a line each."""
    return Text("\n".join(map(one_line, lines)))


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
