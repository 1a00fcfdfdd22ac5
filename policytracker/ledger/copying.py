"""Move a ledger to another home: every event with its place, id, recorded time, recorder, ref and stream."""

from collections.abc import Callable
from itertools import islice, zip_longest

from policytracker.ledger.errors import ConnectionLost, NoLedger, NotTheSame
from policytracker.ledger.placing import made_whole
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store, Writer
from policytracker.ledger.tables import Head, Tables
from policytracker.ledger.where import Where

CHUNK = 2_000


def copy(source: Where, target: Where, progress: Callable[[int], None] = lambda _: None) -> Head:
    """Make the same ledger at ``target`` in one transaction; return its head.

    Before anything is committed, what was written is read again and compared with the source. What the source
    records after the copy was begun is left out. Raises LedgerThere, NotTheSame or another LedgerError, and
    then leaves nothing.
    """
    with open_ledger(source) as opened:
        head = opened.head()
        counts = opened.count()
        if not counts.stored == counts.ordered == counts.last:
            raise NotTheSame(source, f"it holds {counts.stored} events and a place for {counts.ordered}")

        def fill(writer: Writer) -> None:
            events = islice(opened.events(), head.position)
            while chunk := list(islice(events, CHUNK)):
                writer.put([event for event, _ in chunk], [entry for _, entry in chunk])
                progress(len(chunk))
            _compare(opened, writer.tables, head, target)

        try:
            with made_whole(target) as place:
                Store.create(place, head.ledger, fill, opened.layout).close()
        except ConnectionLost:
            if not _is_there(target, head):
                raise
    return head


def _is_there(target: Where, head: Head) -> bool:
    """Whether the copy was made after all, though nobody heard of it."""
    try:
        with open_ledger(target) as found:
            return found.head() == head
    except NoLedger:
        return False


def _compare(source: Tables, target: Tables, head: Head, where: Where) -> None:
    theirs = islice(source.events(), head.position)
    for one, other in zip_longest(theirs, target.events()):
        if one != other:
            position = (one or other)[1].position
            raise NotTheSame(where, f"the event at position {position} was not written as it was read")
    if target.head() != head:
        raise NotTheSame(where, "its head is another")
