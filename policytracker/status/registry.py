"""The registry over all days, as recorded by one instant, and what changes in it on which day (semantics.md §2)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from policytracker.status.directory import Directory
from policytracker.status.entries import Entry, Fields
from policytracker.status.naming import called_by, folded
from policytracker.status.registrations import SINCE_EVER, Subject, counts_from, subject_of

MOST_DIRECTORIES = 16
"""Directories of different days that are kept at once."""
MOST_COMPANIES = 10_000
"""Companies of which it is remembered who is above them."""
OF_AUTHORITIES = ("jurisdiction", "direction")
OF_COMPANIES = ("jurisdiction", "parent", "owners")
OF_CHIPS = ("vendor", "controlled_by", "origin", "attributes")
"""What selectors and gates are made of; all else in a registration changes no answer (§1, §4)."""


class Change(NamedTuple):
    """A registration that begins to count on a day, in the place of another of its subject."""

    subject: Subject
    before: Entry
    after: Entry

    @property
    def kind(self) -> str:
        """The type of the registration."""
        return self.after.type

    def differs_in(self, names: Iterable[str]) -> bool:
        """Whether it gives another value to some of these fields."""
        was, now = self.before.fields, self.after.fields
        return any((was.get(name) or None) != (now.get(name) or None) for name in names)

    def moved(self) -> set[str]:
        """Of a group: the members that it gains or loses."""
        was, now = (set(each.fields.get("members") or ()) for each in (self.before, self.after))
        return was ^ now

    def may_close_a_pool(self) -> bool:
        """Of a group of companies: whether cohorts may count who is left of it (§4): then it may concern anybody."""
        is_complete = self.before.fields.get("complete") or self.after.fields.get("complete")
        return bool(is_complete) and self.subject[0] == "company" and self.differs_in(("members", "complete"))


class Registry:
    """Who and what is registered, on all days."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """``entries``: all registrations, in ledger order."""
        self._entries = list(entries)
        self._directories: dict[int, Directory] = {}
        self._above: dict[str, set[str]] = {}

    @cached_property
    def changing(self) -> Mapping[Subject, Mapping[int, Entry]]:
        """The subjects of which not one registration counts on all days, with these by the days they count from.

        Most ledgers have none.
        """
        return changing_of(self._entries)

    @cached_property
    def changes(self) -> Mapping[int, list[Change]]:
        """What changes on which day (an ordinal), the days in order, the changes of a day in ledger order."""
        found: dict[int, list[Change]] = {}
        for subject, registrations in self.changing.items():
            for before, day in pairwise(sorted(registrations)):
                found.setdefault(day, []).append(Change(subject, registrations[before], registrations[day]))
        return {day: sorted(found[day], key=lambda change: change.after.position) for day in sorted(found)}

    @cached_property
    def days(self) -> tuple[int, ...]:
        """The days of these changes, in order."""
        return tuple(self.changes)

    def since(self, day: int) -> int:
        """The day from which on the registry is as it is on a day: one of ``days``, or SINCE_EVER."""
        place = bisect_right(self.days, day)
        return self.days[place - 1] if place else SINCE_EVER

    def on(self, day: int) -> Directory:
        """The registry of a day."""
        since = self.since(day)
        if since not in self._directories:
            if len(self._directories) >= MOST_DIRECTORIES:
                self._directories.clear()
            self._directories[since] = self._made(since)
        return self._directories[since]

    def _made(self, day: int) -> Directory:
        return Directory(self._entries, day)

    def containing(self, text: str) -> set[str]:
        """The ids of whatever any registration calls by a name or identifier that contains a text, given folded."""
        found = (each.fields for each in self._entries)
        return {subject_of(each)[1] for each in found if any(text in folded(name) for name in called_by(each))}

    def days_of(self, company: str, chip: str) -> list[int]:
        """The days on which the gates of a cell, or how claims match it, may change; between two they stay the same.

        Authorities are left out: to which gate a claim belongs is found with the claim.
        """
        return sorted({*self.days_of_company(company), *self.days_of_chip(chip)})

    def days_of_company(self, company: str) -> list[int]:
        """Of these days those of all cells of a company."""
        return [day for day in self.days if any(self._concerns_company(each, company) for each in self.changes[day])]

    def days_of_chip(self, chip: str) -> list[int]:
        """Of these days those of all cells of a chip."""
        return [day for day in self.days if any(_concerns_chip(each, chip) for each in self.changes[day])]

    def concerning(self, day: int, company: str, chip: str) -> list[Change]:
        """Of the changes of a day those that may concern a cell, authorities left out."""
        changes = self.changes.get(day, ())
        return [each for each in changes if self._concerns_company(each, company) or _concerns_chip(each, chip)]

    def _concerns_company(self, change: Change, company: str) -> bool:
        space, subject = change.subject
        if space != "company":
            return False
        if change.kind == "company-registered":
            return subject in self._ever_above(company) and change.differs_in(OF_COMPANIES)
        return change.may_close_a_pool() or not change.moved().isdisjoint(self._ever_above(company))

    def _ever_above(self, company: str) -> set[str]:
        """A company, with all that are above it on some day: parents, owners, theirs, and so on."""
        if company not in self._above:
            if len(self._above) >= MOST_COMPANIES:
                self._above.clear()
            found, left = {company}, [company]
            while left:
                more = {above for fields in self._ever(left.pop()) for above in _above(fields)} - found
                found |= more
                left += more
            self._above[company] = found
        return self._above[company]

    def _ever(self, company: str) -> Iterator[Fields]:
        """All registrations of a company that count on some day."""
        changing = self.changing.get(("company", company))
        if changing is not None:
            yield from (entry.fields for entry in changing.values())
        elif company in self.on(SINCE_EVER).companies:
            yield self.on(SINCE_EVER).companies[company]


def _concerns_chip(change: Change, chip: str) -> bool:
    space, subject = change.subject
    if space != "chip":
        return False
    if change.kind == "chip-registered":
        return subject == chip and change.differs_in(OF_CHIPS)
    return chip in change.moved()


def changing_of(entries: Iterable[Entry]) -> dict[Subject, dict[int, Entry]]:
    """Of registrations in ledger order, those of subjects of which not one counts on all days."""
    found: dict[Subject, dict[int, Entry]] = {}
    for entry in entries:
        found.setdefault(subject_of(entry.fields), {})[counts_from(entry.fields)] = entry
    return {subject: each for subject, each in found.items() if len(each) > 1}


def _above(company: Fields) -> Iterator[str]:
    if company.get("parent"):
        yield company["parent"]
    yield from (owner["company"] for owner in company.get("owners") or ())
