"""Status changes as an Atom feed (RFC 4287): an entry for each step and each group of cells that changed alike.

Signals and developments, which change no status, have an entry each (semantics.md §8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from policytracker.events.dates import end_of_day, iso, moment_text
from policytracker.ledger import clock
from policytracker.questions import names
from policytracker.questions.accounts import called, event_account
from policytracker.questions.as_known_then import Step, as_known_then
from policytracker.questions.bearing import Bearing
from policytracker.questions.claim_answers import NamedEvent, SourceReport
from policytracker.questions.diff import WORLD, Points
from policytracker.questions.escaping import one_line
from policytracker.questions.groups import Group
from policytracker.questions.newest import published
from policytracker.questions.sources import line_and_address
from policytracker.questions.telling import summary
from policytracker.status.knowledge import Standing
from policytracker.web import changing
from policytracker.web.addresses import Addresses
from policytracker.web.page import Feed, Parameter, Question
from policytracker.web.told import developments_for
from policytracker.web.words import linkable

MOST = 30
"""Steps that the feed goes back; and signals and developments."""
SUBTITLE = "As the reports came in and the days passed; each day as known by then. With what else is reported."
ATOM, XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
_NOT_IN_XML = re.compile("[\ufffe\uffff]")


def _body(question: Question, to: Addresses) -> str:
    asked = _narrowed(question)
    now = _second(question.opened.now())
    # Sorting keeps the order of entries of one instant.
    entries = sorted(_entries(question, to, now), key=lambda entry: entry.stamp, reverse=True)
    newest = entries[0].stamp.updated if entries else min(now, _second(question.reader.head.recorded))
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(feed, "id", f"urn:uuid:{changing.lasting_id(question, 'changes')}")
    _add(feed, "title", ": ".join(("Status changes", ", ".join(changing.about(question)))).removesuffix(": "))
    _add(feed, "subtitle", SUBTITLE)
    _add(feed, "updated", newest)
    _add(SubElement(feed, "author"), "name", "policytracker")
    _add(feed, "generator", "policytracker")
    _link(feed, "self", "application/atom+xml", to.absolute(to.to(CHANGES_FEED.name, **asked)))
    _link(feed, "alternate", "text/html", to.absolute(to.to("changes", **asked)))
    feed.extend(entry.element for entry in entries)
    text: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return text.decode()


class Stamp(NamedTuple):
    """The dates of an entry, as RFC 3339 writes them."""

    updated: str
    """Since when the ledger tells this: a late report makes a new entry, whatever its own date is."""
    published: str
    """The day that began, or when the report came out."""


class Entry(NamedTuple):
    """An entry with its dates."""

    stamp: Stamp
    element: Element


def _entries(question: Question, to: Addresses, now: str) -> Iterator[Entry]:
    """The entries of steps, each from the newest on, then those of what changes no status."""
    bearing = Bearing(question.reader, question.clocks.recorded)
    for step in as_known_then(question.reader, question.clocks, **_narrowed(question), most=MOST):
        for group in step.groups:
            events = [event["id"] for event in group.step["events"]]
            recorded = bearing.last_recorded(group.cells[0], step.points.to_at, step.points.to_known, events)
            stamp = _stamp(_when(step), recorded, now, begins=step.changed == WORLD)
            yield Entry(stamp, _entry(question, to, step, group, stamp))
    for when, event in _around(question):
        recorded = max(each.entry.recorded for each in (event, *event.about))
        stamp = _stamp(_instant(when), recorded, now, begins=False)
        yield Entry(stamp, _beside(question, to, event, stamp))


def _stamp(when: str, recorded: int, now: str, begins: bool) -> Stamp:
    """The dates of an entry. ``begins``: the day has to begin too. A reader takes no date that is still to come."""
    updated = min(now, max(_second(recorded), when if begins else ""))
    return Stamp(updated, min(when, updated))


def _second(instant: int) -> str:
    return f"{clock.text(instant)[:19]}Z"


def _narrowed(question: Question) -> dict[str, str | None]:
    """The company and the chip to which the feed is narrowed, as they were given."""
    return {name: question.query.get(name) for name in ("company", "chip")}


def _entry(question: Question, to: Addresses, step: Step, group: Group, stamp: Stamp) -> Element:
    entry = Element("entry")
    _add(entry, "id", f"urn:uuid:{changing.lasting_id(question, _when(step), *changing.mark(group))}")
    _add(entry, "title", changing.title(question.directory, group))
    _add(entry, "published", stamp.published)
    _add(entry, "updated", stamp.updated)
    SubElement(entry, "category", {"term": step.changed})
    address = to.absolute(f"{_page(question, to, step, group)}#{changing.anchor(group)}")
    _link(entry, "alternate", "text/html", address)
    content = SubElement(SubElement(entry, "content", {"type": "xhtml"}), "div", {"xmlns": XHTML})
    _add(content, "p", _said(step))
    cells = SubElement(content, "ul")
    for line in changing.where(question.directory, group):
        _add(cells, "li", line)
    events = SubElement(content, "ul")
    for event in group.step["events"]:
        events.append(_event(to, event, event["change"], event["sources"]))
    return entry


def _page(question: Question, to: Addresses, step: Step, group: Group) -> str:
    """The page that tells of a change. A folder of files has no page for each: there its first event leads on."""
    events = group.step["events"]
    if events and not to.asks:
        return to.to("event", event=events[0]["id"])
    return to.to("changes", **_dates(step.points), **_narrowed(question))


def _around(question: Question) -> list[tuple[int, Standing]]:
    """The newest signals and developments by the day, each with the moment at which it was published."""
    directory, query, clocks = question.directory, question.query, question.clocks
    company = names.company(directory, query["company"]) if "company" in query else None
    chip = names.chip(directory, query["chip"]) if "chip" in query else None
    found = ((published(event) or 0, event) for event in developments_for(question).naming(company, chip))
    return [(when, event) for when, event in found if when <= end_of_day(clocks.at)][:MOST]


def _beside(question: Question, to: Addresses, event: Standing, stamp: Stamp) -> Element:
    account = event_account(event)
    entry = Element("entry")
    _add(entry, "id", f"urn:uuid:{changing.lasting_id(question, account['id'])}")
    _add(entry, "title", summary(event.fields))
    _add(entry, "published", stamp.published)
    _add(entry, "updated", stamp.updated)
    SubElement(entry, "category", {"term": account["type"]})
    address = to.absolute(to.to("event", event=account["id"]))
    _link(entry, "alternate", "text/html", address)
    content = SubElement(SubElement(entry, "content", {"type": "xhtml"}), "div", {"xmlns": XHTML})
    _add(content, "p", "It changes no status.")
    SubElement(content, "ul").append(_event(to, account, account["says"], account["sources"]))
    return entry


def _event(to: Addresses, event: NamedEvent, says: str, reports: Sequence[SourceReport]) -> Element:
    """An event with its reports."""
    item = Element("li")
    link = _add(item, "a", called(event))
    link.set("href", to.absolute(to.to("event", event=event["id"])))
    link.tail = f" {_text(says)}"
    sources = SubElement(item, "ul") if reports else item
    for report in reports:
        source = SubElement(sources, "li")
        line, address = line_and_address(linkable(report))
        if address:
            _add(source, "a", line).set("href", _text(address))
        else:
            source.text = _text(line)
    return item


def _said(step: Step) -> str:
    if step.changed == WORLD:
        return f"The day began: what is in force changed on {iso(step.when)}, as then known."
    return f"A report came in: what is known of {iso(step.points.to_at)} changed."


def _dates(points: Points) -> dict[str, str | None]:
    """The two points as ``/changes`` takes them."""
    known, to_known = (None if known is None else moment_text(known) for known in (points.known, points.to_known))
    return {"at": iso(points.at), "known": known, "to_at": iso(points.to_at), "to_known": to_known}


def _when(step: Step) -> str:
    """The instant of a step, as RFC 3339 writes it."""
    return f"{iso(step.when)}T00:00:00Z" if step.changed == WORLD else _instant(step.when)


def _instant(when: int) -> str:
    """A moment of the published clock as RFC 3339 writes it; a day's end is its last second."""
    text = moment_text(when)
    if "T" not in text:
        return f"{text}T23:59:59Z"
    return text if text.count(":") == 2 else text.replace("Z", ":00Z")


def _link(parent: Element, rel: str, media: str, address: str) -> None:
    SubElement(parent, "link", {"rel": rel, "type": media, "href": address})


def _add(parent: Element, tag: str, text: str) -> Element:
    found = SubElement(parent, tag)
    found.text = _text(text)
    return found


def _text(text: str) -> str:
    """A text that XML can hold."""
    return _NOT_IN_XML.sub("\ufffd", one_line(text))


CHANGES_FEED = Feed(
    name="changes-feed",
    path="/changes.atom",
    says="Status changes as an Atom feed, the newest first: as reports came in and as days passed; and what else is "
    "reported.",
    media_type="application/atom+xml",
    body=_body,
    parameters=(
        Parameter("company", "Only the cells of this company."),
        Parameter("chip", "Only the cells of this chip."),
    ),
)
