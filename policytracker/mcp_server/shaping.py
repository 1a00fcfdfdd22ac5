"""Answers as an assistant gets them: with dates and sources, of bounded size, and with the way to the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from policytracker.questions.escaping import safe
from policytracker.questions.sources import BOOKKEEPING

if TYPE_CHECKING:
    from policytracker import Ledger
    from policytracker.api import Answer
    from policytracker.api.digests import EventInWords
    from policytracker.api.when import When

LONGEST_TEXT: Final = 2_000
"""Characters of a text that an assistant is given."""
MOST_WITHIN: Final = 20
"""Sources, companies, chips or events that one line names."""
OF_SOURCES: Final = ("publisher", "published", "cites", "title", "quote", "archived", "word")
Object = dict[str, Any]
Each = TypeVar("Each")


class Page(NamedTuple):
    """Which of many lines are wanted."""

    limit: int
    offset: int

    def of(self, found: Sequence[Any], made: Callable[[Any], Object], what: str) -> Object:
        """The wanted lines under the name ``what``, how many there are, and how to ask for the rest."""
        wanted = found[self.offset : self.offset + self.limit]
        after = self.offset + len(wanted)
        left = max(0, len(found) - after)
        more = {"rest": f"{left:,} more {what}: ask again with offset={after}"} if left else {}
        return {what: [made(each) for each in wanted], "total": len(found), "limit": self.limit, **more}


def answered(ledger: Ledger, when: When, answer: Object) -> Object:
    """An answer with the dates that it used, the newest report, and what is to be said of them."""
    dates = ledger.dates(**when).as_dict()
    return {**_given(answer), "dates": {**dates, "words": "; ".join(dates["words"])}}


def sources(reports: Iterable[Answer | Mapping[str, Any]]) -> Object:
    """Reports: who published each, when, and where it can be read; what the report does not have is left out.

    ``url`` is always there: null says that the ledger has no address, so that none is made up.
    """
    found = [each if isinstance(each, Mapping) else each.as_dict() for each in reports]
    told = [{**{name: each[name] for name in OF_SOURCES if each.get(name)}, "url": each.get("url")} for each in found]
    return {**some("sources", told), **({} if told else {"no_source": BOOKKEEPING})}


def some(name: str, values: Sequence[Each], made: Callable[[Each], Any] = lambda each: each) -> Object:
    """The first of some values under a name, each as ``made`` of it, and of how many more nothing is told."""
    left = len(values) - MOST_WITHIN
    return {name: [made(each) for each in values[:MOST_WITHIN]], **({f"{name}_left_out": left} if left > 0 else {})}


def event_told(ledger: Ledger, when: When, event: EventInWords) -> Object:
    """An event in a sentence, with what to call it, whether it is doubted, and its sources."""
    told = {"event": event.ref or event.id, "type": event.type, "sentence": event.sentence}
    doubt = {"doubt": event.doubt} if event.doubt else {}
    return {**told, **doubt, **sources(ledger.sources(event.id, **when))}


def _given(value: Any) -> Any:
    """The same with long texts cut short, and with characters that nobody sees written out.

    A language model reads them, so that a report could tell it what no person sees.
    """
    if isinstance(value, str):
        more = len(value) - LONGEST_TEXT
        return safe(value) if more <= 0 else f"{safe(value[:LONGEST_TEXT])} … ({more:,} more characters)"
    if isinstance(value, Mapping):
        return {name: _given(each) for name, each in value.items()}
    return [_given(each) for each in value] if isinstance(value, list | tuple) else value


def without_empty(found: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields of an object that say something."""
    return ((name, value) for name, value in found.items() if value not in ("", [], None))
