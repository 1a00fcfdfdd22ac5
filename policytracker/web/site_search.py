"""The index that the search box of a static site looks names and events up in: a script, as files cannot be asked."""

from collections.abc import Iterator
from typing import TypedDict

from policytracker.questions.escaping import safe
from policytracker.questions.finding import Registered, folded, in_one_script, scripts
from policytracker.questions.in_words import InWords
from policytracker.questions.publishers import Publishers
from policytracker.questions.values import PLURALS
from policytracker.web.addresses import Addresses
from policytracker.web.explorer import data_script
from policytracker.web.page import Question
from policytracker.web.words import account_name, day_words

Name = tuple[str, str, str, list[str]]
"""The kind, what it is called, where its page is from the folder of the site, and the words by which it is found."""
Event = tuple[str, str, str, str, str]
"""What it is called, its day, the event in words, its publisher and whom that cites, and where its page is."""


class Index(TypedDict):
    """All that a search finds: who is registered on the day of the site, and what is known by then."""

    names: list[Name]
    events: list[Event]
    """The newest first."""
    scripts: tuple[str, str]
    """Characters of the traditional Chinese script, and those of the simplified one that stand for them."""


def search_index(question: Question, to: Addresses) -> str:
    """The index as a script; ``to`` are the addresses of a page at the top of the folder."""
    reported = Publishers(question.reader, question.clocks)
    index: Index = {
        "names": [*_registered(question, to), *_sources(reported, to)],
        "events": list(_events(InWords(question.reader, question.clocks), reported, to)),
        "scripts": ("", ""),
    }
    names = (text for *_, words in index["names"] for text in words)
    index["scripts"] = scripts("".join((*names, *(text for event in index["events"] for text in event))))
    return data_script("siteIndex", index)


def _registered(question: Question, to: Addresses) -> Iterator[Name]:
    for found, words in Registered(question.reader, question.clocks).all():
        kind, _, group = found.kind.partition("-")
        address = to.to("board", **{PLURALS[kind]: found.id}) if group else to.to(kind, **{kind: found.id})
        yield (
            f"{group} of {PLURALS[kind]}" if group else kind,
            safe(found.name),
            address,
            [safe(word) for word in words],
        )


def _sources(reported: Publishers, to: Addresses) -> Iterator[Name]:
    for name in reported.containing(""):
        yield "source", safe(name), to.to("source", publisher=name), [safe(in_one_script(folded(name)))]


def _events(words: InWords, reported: Publishers, to: Addresses) -> Iterator[Event]:
    for event, report in reported.reports:
        told = words.event(reported.view.standings, event)
        publishers = ", ".join(report[name] for name in ("publisher", "cites") if report.get(name))
        address = to.to("event", event=event.entry.id)
        day = day_words(str(report["published"]))
        yield account_name(told), day, safe(told["sentence"]), safe(publishers), address
