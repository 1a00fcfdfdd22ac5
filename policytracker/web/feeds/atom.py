"""Status changes as an Atom feed (RFC 4287): an entry for each step and each group of cells that changed alike.

Signals and developments, which change no status, have an entry each (semantics.md §8).
"""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from policytracker.events.dates import end_of_day, iso, moment_text
from policytracker.ledger import clock
from policytracker.questions import names
from policytracker.questions.accounts import called, event_account
from policytracker.questions.as_known_then import Step, as_known_then
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
    asked = {name: question.query.get(name) for name in ("company", "chip")}
    steps = list(as_known_then(question.reader, question.clocks, asked["company"], asked["chip"], MOST))
    entries = [(_when(step), _entry(question, to, step, group)) for step in steps for group in step.groups]
    entries += [(_instant(when), _beside(question, to, when, event)) for when, event in _around(question)]
    # Sorting keeps the order of entries of one instant.
    entries.sort(key=lambda entry: entry[0], reverse=True)
    newest = entries[0][0] if entries else clock.text(question.reader.head.recorded)[:19] + "Z"
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(feed, "id", f"urn:uuid:{changing.lasting_id(question, 'changes')}")
    _add(feed, "title", ": ".join(("Status changes", ", ".join(changing.about(question)))).removesuffix(": "))
    _add(feed, "subtitle", SUBTITLE)
    _add(feed, "updated", newest)
    _add(SubElement(feed, "author"), "name", "policytracker")
    _add(feed, "generator", "policytracker")
    SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": to.to(CHANGES_FEED.name, **asked)})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": to.to("changes", **asked)})
    feed.extend(entry for _, entry in entries)
    text: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return text.decode()


def _entry(question: Question, to: Addresses, step: Step, group: Group) -> Element:
    entry = Element("entry")
    when = _when(step)
    _add(entry, "id", f"urn:uuid:{changing.lasting_id(question, when, *changing.mark(group))}")
    _add(entry, "title", changing.title(question.directory, group))
    _add(entry, "published", when)
    _add(entry, "updated", when)
    SubElement(entry, "category", {"term": step.changed})
    dates = _dates(step.points)
    narrowed = {name: question.query.get(name) for name in ("company", "chip")}
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": to.to("changes", **dates, **narrowed)})
    content = SubElement(SubElement(entry, "content", {"type": "xhtml"}), "div", {"xmlns": XHTML})
    _add(content, "p", _said(step))
    cells = SubElement(content, "ul")
    for line in changing.where(question.directory, group):
        _add(cells, "li", line)
    events = SubElement(content, "ul")
    for event in group.step["events"]:
        events.append(_event(to, event, event["change"], event["sources"]))
    return entry


def _around(question: Question) -> list[tuple[int, Standing]]:
    """The newest signals and developments by the day, each with the moment at which it was published."""
    directory, query, clocks = question.directory, question.query, question.clocks
    company = names.company(directory, query["company"]) if "company" in query else None
    chip = names.chip(directory, query["chip"]) if "chip" in query else None
    found = ((published(event) or 0, event) for event in developments_for(question).naming(company, chip))
    return [(when, event) for when, event in found if when <= end_of_day(clocks.at)][:MOST]


def _beside(question: Question, to: Addresses, when: int, event: Standing) -> Element:
    account = event_account(event)
    entry = Element("entry")
    _add(entry, "id", f"urn:uuid:{changing.lasting_id(question, account['id'])}")
    _add(entry, "title", summary(event.fields))
    _add(entry, "published", _instant(when))
    _add(entry, "updated", _instant(when))
    SubElement(entry, "category", {"term": account["type"]})
    address = to.to("event", event=account["id"])
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": address})
    content = SubElement(SubElement(entry, "content", {"type": "xhtml"}), "div", {"xmlns": XHTML})
    _add(content, "p", "It changes no status.")
    SubElement(content, "ul").append(_event(to, account, account["says"], account["sources"]))
    return entry


def _event(to: Addresses, event: NamedEvent, says: str, reports: Sequence[SourceReport]) -> Element:
    """An event with its reports."""
    item = Element("li")
    link = _add(item, "a", called(event))
    link.set("href", to.to("event", event=event["id"]))
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
