"""Which events belong together, found for all events at once: a claim, say, and everything said about it."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

import msgspec

from policytracker.events.kept import CANNOT_HOLD, cannot_lack
from policytracker.ledger.damage import Astray, NoEvent
from policytracker.status.entries import Entry, Thread

_ABOUT = "CREATE TEMP TABLE about (position INTEGER PRIMARY KEY, thread INTEGER, target TEXT)"
_AIM = """UPDATE temp.about SET thread =
    (SELECT e.position FROM entries e WHERE e.id = about.target AND e.position < about.position)"""
"""The target of each; an event comes after those that it is about."""
_LEAP = """UPDATE temp.about SET thread = (SELECT b.thread FROM temp.about b WHERE b.position = about.thread)
    WHERE thread IN (SELECT position FROM temp.about)"""
"""From a target that is itself about another to that one, or to what it has leapt to already."""
_THREADS = "CREATE TEMP TABLE threads (thread INTEGER, position INTEGER, PRIMARY KEY (thread, position)) WITHOUT ROWID"
_GATHER = """INSERT INTO temp.threads SELECT thread, position FROM temp.about
    UNION SELECT thread, thread FROM temp.about ORDER BY 1, 2"""
_ENTER = """UPDATE entries SET thread = (SELECT a.thread FROM temp.about a WHERE a.position = entries.position)
    WHERE position IN (SELECT position FROM temp.about)"""
_TELL = """SELECT t.thread, e.position, e.id, e.recorded, e.body FROM temp.threads t
    CROSS JOIN entries e WHERE e.position = t.position ORDER BY t.thread, t.position"""


def check_thread(thread: Thread) -> None:
    """Raise NoEvent for a correction that would take from its target what an event of its type must have."""
    kinds = {entry.id: entry.type for entry in thread}
    for entry in thread:
        if entry.type == "corrected" and cannot_lack(kinds.get(entry.fields["target"], ""), entry.fields["changes"]):
            raise NoEvent(entry.position, entry.id, CANNOT_HOLD)


class Threads:
    """Finds the threads of several events."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        connection.execute(_ABOUT)
        connection.execute(_THREADS)

    def take(self, about: Sequence[tuple[int, str]]) -> None:
        """Take note of events about others: the position of each, and the id of its target."""
        self.connection.executemany("INSERT INTO temp.about (position, target) VALUES (?, ?)", about)

    def gather(self) -> None:
        """Enter the thread of each event, once all events are there. Raises Astray where a target is not."""
        self.connection.execute(_AIM)
        lost = """SELECT e.id, a.target FROM temp.about a JOIN entries e ON e.position = a.position
            WHERE a.thread IS NULL ORDER BY a.position LIMIT 1"""
        for event_id, target in self.connection.execute(lost):
            raise Astray(event_id, target)
        while self.connection.execute(_LEAP).rowcount:
            pass
        self.connection.execute(_GATHER)
        self.connection.execute(_ENTER)

    def each(self) -> Iterator[Thread]:
        """The threads of several events, in the order of their first ones. Raises NoEvent as ``check_thread``."""
        decode = msgspec.json.Decoder().decode
        for _, rows in groupby(self.connection.execute(_TELL), itemgetter(0)):
            thread = tuple(
                Entry(position, event_id, recorded, decode(body)) for _, position, event_id, recorded, body in rows
            )
            check_thread(thread)
            yield thread

    def close(self) -> None:
        """Forget them."""
        for name in ("about", "threads"):
            self.connection.execute(f"DROP TABLE temp.{name}")
