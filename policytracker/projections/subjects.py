"""The registrations of each subject in the read models, and what it is found by: its names, its members.

Of the registrations that count from one day, the last in the ledger is kept (semantics.md §2). A name that any
registration has given stays.
"""

import json
import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from policytracker.status.entries import Fields
from policytracker.status.naming import called_by, folded
from policytracker.status.registrations import SINCE_EVER, Subject, counts_from

FOR_GOOD = 1 << 62
"""A day after all days."""


class Kept(NamedTuple):
    """A registration in the read models."""

    position: int
    fields: Fields
    body: str


class Registrations:
    """Registrations, taken in ledger order, that are to be written."""

    def __init__(self) -> None:
        self._taken: dict[Subject, dict[int, Kept]] = {}
        """Those that count on some day, by the day they count from."""
        self._called: set[tuple[str, str, str]] = set()

    def __bool__(self) -> bool:
        return bool(self._taken)

    def take(self, row: dict[str, Any], fields: Fields) -> None:
        """Take a row as ``events.registry_row`` makes it, with the fields of the registration."""
        space, subject = row["space"], row["id"]
        kept = Kept(row["position"], fields, row["body"])
        self._taken.setdefault((space, subject), {})[counts_from(fields)] = kept
        self._called.update((space, folded(name), subject) for name in called_by(fields))

    def write(self, connection: sqlite3.Connection) -> None:
        """Write them, beside those of their subjects that are there and count on other days."""
        connection.executemany("INSERT OR IGNORE INTO called VALUES (?, ?, ?)", sorted(self._called))
        former = {subject: dict(_former(connection, subject)) for subject in self._taken}
        everyone = {subject: {**former[subject], **new} for subject, new in self._taken.items()}
        there = [subject for subject, kept in former.items() if kept]
        connection.executemany("DELETE FROM registry WHERE space = ? AND id = ?", there)
        forget = "DELETE FROM members WHERE space = ? AND text = ? AND id = ?"
        connection.executemany(forget, {key[:3] for each in there for key in _members(each, former[each])})
        rows = (row for subject, kept in everyone.items() for row in _rows(subject, kept))
        connection.executemany("INSERT INTO registry VALUES (?, ?, ?, ?, ?, ?)", rows)
        members = (key for subject, kept in everyone.items() for key in _members(subject, kept))
        connection.executemany("INSERT INTO members VALUES (?, ?, ?, ?, ?)", members)


def _former(connection: sqlite3.Connection, subject: Subject) -> Iterator[tuple[int, Kept]]:
    query = "SELECT position, body FROM registry WHERE space = ? AND id = ?"
    for position, body in connection.execute(query, subject):
        fields = json.loads(body)
        yield counts_from(fields), Kept(position, fields, body)


def _rows(subject: Subject, kept: dict[int, Kept]) -> Iterator[tuple[str, str, int, int, str, str]]:
    for since, _, (position, fields, body) in _by_day(kept):
        yield (*subject, since, position, fields["name"], body)


def _members(subject: Subject, kept: dict[int, Kept]) -> Iterator[tuple[str, str, str, int, int]]:
    """From which day until which a group has each of its members."""
    space, group = subject
    for since, until, (_, fields, _) in _by_day(kept):
        for member in dict.fromkeys(fields.get("members") or ()):
            yield space, member, group, since, until


def _by_day(kept: dict[int, Kept]) -> Iterator[tuple[int, int, Kept]]:
    """From which day until which each counts: the earliest has always done so."""
    for place, (day, until) in enumerate(pairwise((*sorted(kept), FOR_GOOD))):
        yield day if place else SINCE_EVER, until, kept[day]
