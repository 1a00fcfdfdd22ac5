"""The newest registry, of which no more is read than what is asked for."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from policytracker.projections.layout import IS_COMPANY, IS_GROUP, JURISDICTION, PARENT
from policytracker.projections.reading import changing, registered, registered_as, registry
from policytracker.status.directory import Directory, Gate, Home, zones_of
from policytracker.status.entries import Entry, Fields
from policytracker.status.registrations import Subject
from policytracker.status.registry import Registry, changing_of

Key = TypeVar("Key")


class Subjects(Mapping[Key, Fields]):
    """The registered of one kind: one is read when it is asked for, all when they are gone through or counted."""

    def __init__(self, one: Callable[[Key], Fields | None], every: Callable[[], Mapping[Key, Fields]]) -> None:
        """``one`` reads a subject, None where there is none; ``every`` reads all of them."""
        self._one = one
        self._every = every
        self._read: dict[Key, Fields | None] = {}
        self._whole: Mapping[Key, Fields] | None = None

    def __getitem__(self, key: Key) -> Fields:
        if self._whole is not None:
            return self._whole[key]
        if key not in self._read:
            self._read[key] = self._one(key)
        found = self._read[key]
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[Key]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> Mapping[Key, Fields]:
        if self._whole is None:
            self._whole = self._every()
        return self._whole


class Registered(Directory):
    """The registry of a day: the same as ``Directory`` makes of all entries of the registry."""

    def __init__(self, connection: sqlite3.Connection, registry: Callable[[], Iterable[Entry]], day: int) -> None:
        """``registry`` reads the registrations of all subjects that count on some day, in ledger order."""
        self.connection, self.day = connection, day
        self._registry = registry
        self.authorities = self._subjects("authority", "authority-registered", lambda whole: whole.authorities)
        self.companies = self._subjects("company", "company-registered", lambda whole: whole.companies)
        self.chips = self._subjects("chip", "chip-registered", lambda whole: whole.chips)
        self.groups = Subjects(lambda group: self._one(*group, "group-defined"), lambda: self._whole.groups)

    def _subjects(self, space: str, event_type: str, of: Callable[[Directory], Mapping[str, Fields]]) -> Subjects[str]:
        def every() -> Mapping[str, Fields]:
            return of(Directory(registered_as(self.connection, space), self.day))

        return Subjects(lambda subject: self._one(space, subject, event_type), every)

    @cached_property
    def _whole(self) -> Directory:
        return Directory(self._registry(), self.day)

    @cached_property
    def _zones(self) -> Mapping[Gate, str]:
        return zones_of(entry.fields for entry in registered(self.connection, "authority-registered"))

    def _one(self, space: str, subject: str, event_type: str) -> Fields | None:
        query = "SELECT body FROM registry WHERE space = ? AND id = ? AND since <= ? ORDER BY since DESC LIMIT 1"
        for (body,) in self.connection.execute(query, (space, subject, self.day)):
            fields: Fields = json.loads(body)
            return fields if fields["type"] == event_type else None
        return None

    def groups_of(self, kind: str, member: str) -> list[str]:
        query = "SELECT id FROM members WHERE space = ? AND text = ? AND since <= ? AND ? < until ORDER BY id"
        return [group for (group,) in self.connection.execute(query, (kind, member, self.day, self.day))]

    def ids(self, kind: str) -> frozenset[str]:
        found = self.connection.execute("SELECT DISTINCT id FROM registry WHERE space = ?", (kind,))
        return frozenset(subject for (subject,) in found) - self.group_ids(kind)

    @cached_property
    def homes(self) -> Mapping[str, Home]:
        # All that is asked for is in an index, so that no registration is decoded.
        query = f"""SELECT id, {JURISDICTION}, {PARENT} FROM registry
            WHERE space = 'company' AND {IS_COMPANY} AND since <= ? ORDER BY id, since"""
        return {company: Home(*home) for company, *home in self.connection.execute(query, (self.day,))}

    def group_ids(self, kind: str) -> frozenset[str]:
        # The condition on the body is that of an index, so that only groups are read.
        query = f"SELECT DISTINCT id FROM registry WHERE space = ? AND {IS_GROUP}"
        return frozenset(group for (group,) in self.connection.execute(query, (kind,)))

    def called(self, space: str, name: str) -> list[str]:
        query = "SELECT id FROM called WHERE space = ? AND text = ? ORDER BY id"
        return [subject for (subject,) in self.connection.execute(query, (space, name))]

    def names(self, space: str) -> list[tuple[str, str]]:
        query = "SELECT text, id FROM called WHERE space = ? ORDER BY text, id"
        return self.connection.execute(query, (space,)).fetchall()


class StoredRegistry(Registry):
    """The newest registry of read models, over all days: of most subjects no more is read than what is asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(())
        self.connection = connection

    @cached_property
    def changing(self) -> Mapping[Subject, Mapping[int, Entry]]:
        return changing_of(changing(self.connection))

    def _made(self, day: int) -> Directory:
        return Registered(self.connection, self.entries, day)

    def containing(self, text: str) -> set[str]:
        query = "SELECT DISTINCT id FROM called WHERE instr(text, ?) > 0"
        return {subject for (subject,) in self.connection.execute(query, (text,))}

    def entries(self) -> list[Entry]:
        """The registrations that count on some day, in ledger order."""
        if not self._entries:
            self._entries = registry(self.connection, None)
        return self._entries
