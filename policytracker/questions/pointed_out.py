"""What is pointed out of new events before, or after, they are recorded: ``record`` and ``import`` say the same
(interchange.md, last paragraph)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from policytracker.projections.reading import entries_since, registered_since
from policytracker.projections.reading import registry as registrations
from policytracker.questions.comparable import Comparable
from policytracker.questions.likeness import Likeness
from policytracker.questions.order_warnings import OrderWarnings
from policytracker.questions.reader import Reader
from policytracker.questions.registry_warnings import gates_of, registry_warnings
from policytracker.questions.telling import called, short_source
from policytracker.questions.totals import Replacements, replacements, replacements_since
from policytracker.questions.values import range_in_words
from policytracker.questions.warnings import Inapplicable, vague_end
from policytracker.status.entries import Entry
from policytracker.status.quantities import TOTAL_BY_DEFAULT
from policytracker.status.registry import Registry

if TYPE_CHECKING:
    from policytracker.questions.ledger_answers import LikeEvent

BLOCK = 500
"""Events of an import whose likes are looked for at once."""
MOST_COMPARED = 20_000
"""So many events of an import, its first ones, are compared with others. All these have to be in memory."""


class PointedOut(NamedTuple):
    """Why to look twice at a new event."""

    entry: Entry
    warnings: list[str]
    alike: list[LikeEvent]
    """The events that it looks like, the best match first: see ``likeness.Likeness.of``."""


def of_new(reader: Reader, registry: Registry, day: int, new: Sequence[Entry]) -> Iterator[PointedOut]:
    """Each event that is to be recorded, in ledger order; compared with all before it, those among them included.

    ``registry`` has the new ones in it, ``day`` is today.
    """
    directory, before = registry.on(day), new[0].position
    registered = registry_warnings(reader, directory, new, before, gates_of(new, directory))
    noted = Noted(registered, replacements(reader, directory, new))
    return _looked_at(reader, registry, day, new, before, noted)


def of_recorded(reader: Reader, day: int, position: int) -> Iterator[PointedOut]:
    """The same of all that was recorded from a position on."""
    connection = reader.connection
    # In memory: every company of it may be asked for, on many days.
    registry = Registry(registrations(connection, None))
    registered = registry_warnings(reader, registry.on(day), registered_since(connection, position), position)
    noted = Noted(registered, replacements_since(reader, position))
    return _looked_at(reader, registry, day, entries_since(connection, position), position, noted)


class Noted(NamedTuple):
    """What is found out of all new events at once."""

    registered: Mapping[str, list[str]]
    """See ``registry_warnings``."""
    replaced: Replacements


def _looked_at(
    reader: Reader, registry: Registry, day: int, new: Iterable[Entry], before: int, noted: Noted
) -> Iterator[PointedOut]:
    """The new events one after the other, read block by block; ``before`` is the position of the first."""
    comparable = Comparable(reader, registry.on(day), before)
    likeness, orders, why = Likeness(comparable), OrderWarnings(comparable), Inapplicable(registry).why
    events = iter(new)

    def alone(entry: Entry) -> list[str]:
        said = filter(None, [why(entry), vague_end(entry)])
        return [*noted.registered.get(entry.id, ()), *said, *noted.replaced(entry.id)]

    for _ in range(0, MOST_COMPARED, BLOCK):
        block = list(islice(events, BLOCK))
        comparable.expect(block)
        for entry in block:
            yield PointedOut(entry, [*alone(entry), *orders.of(entry)], likeness.of(entry))
            orders.add(entry)
            comparable.add(entry)
    yield from (PointedOut(entry, alone(entry), []) for entry in events)


def likeness_line(entry: Entry, alike: Sequence[LikeEvent]) -> str:
    """What an event of an import looks like, in a line: the best match, and what to do."""
    best = alike[0]
    more = f" (and {len(alike) - 1:,} more)" if len(alike) > 1 else ""
    twice = counted_twice(entry, best)
    return f"it looks like {match_in_words(best)}{more}{f'; {twice}' if twice else ''}; {_way_out(entry, best)}"


def match_in_words(event: LikeEvent) -> str:
    """An event that another looks like: its name, when it starts, who reported it, and what both have in common."""
    source = short_source(event["report"]) if event["report"] else "no report"
    same = f"; the same {and_listed(event['same'])}" if event["same"] else ""
    return f"{called(event['id'], event['ref'])} (from {event['starts']}: {source}{same})"


def and_listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence.

    >>> and_listed(["quantity", "scope", "origin"])
    'quantity, scope and origin'
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def counted_twice(entry: Entry, event: LikeEvent) -> str:
    """That a quantity would be counted twice: both come on top of what is known; "" where it would not."""
    basis = entry.fields.get("basis") or ("total" if entry.type in TOTAL_BY_DEFAULT else "added")
    if basis == "total" or not {"quantity", "scope"} <= set(event["same"]):
        return ""
    return f"{range_in_words(entry.fields['quantity'])} would be counted twice"


def _way_out(entry: Entry, event: LikeEvent) -> str:
    if entry.target is not None:
        return "if it says nothing new, leave it out"
    target = called(event["id"], event["ref"])
    return f"if your report says the same, record it as corroborated, target {target}; to mend that event, as corrected"
