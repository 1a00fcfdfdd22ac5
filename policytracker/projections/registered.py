"""The registry as it stands now, of which no more is read than what is asked for."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from policytracker.status.directory import Directory
from policytracker.status.entries import Entry, Fields

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
    """The same as ``Directory`` makes of all entries of the registry."""

    def __init__(self, connection: sqlite3.Connection, registry: Callable[[], Iterable[Entry]]) -> None:
        """``registry`` reads the newest registrations of all subjects, in ledger order."""
        self.connection = connection
        self._registry = registry
        self.authorities = self._subjects("authority", "authority-registered", lambda whole: whole.authorities)
        self.companies = self._subjects("company", "company-registered", lambda whole: whole.companies)
        self.chips = self._subjects("chip", "chip-registered", lambda whole: whole.chips)
        self.groups = Subjects(lambda group: self._one(*group, "group-defined"), lambda: self._whole.groups)

    def _subjects(self, space: str, event_type: str, of: Callable[[Directory], Mapping[str, Fields]]) -> Subjects[str]:
        return Subjects(lambda subject: self._one(space, subject, event_type), lambda: of(self._whole))

    @cached_property
    def _whole(self) -> Directory:
        return Directory(self._registry())

    def _one(self, space: str, subject: str, event_type: str) -> Fields | None:
        query = "SELECT body FROM registry WHERE space = ? AND id = ?"
        for (body,) in self.connection.execute(query, (space, subject)):
            fields: Fields = json.loads(body)
            return fields if fields["type"] == event_type else None
        return None

    def groups_of(self, kind: str, member: str) -> list[str]:
        return self._found("members", kind, member)

    def called(self, space: str, name: str) -> list[str]:
        return self._found("called", space, name)

    def _found(self, table: str, space: str, text: str) -> list[str]:
        query = f"""SELECT f.id FROM {table} f JOIN registry r USING (space, id)
            WHERE f.space = ? AND f.text = ? ORDER BY r.position"""
        return [subject for (subject,) in self.connection.execute(query, (space, text))]
