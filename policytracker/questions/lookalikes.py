"""Registered names that could be taken for another's, or hold what cannot be seen: accepted, with a warning."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from policytracker.questions.confusables import Look, looks
from policytracker.questions.escaping import unseen
from policytracker.status.directory import REGISTRY_TYPES, Directory
from policytracker.status.entries import Entry, Fields
from policytracker.status.naming import names_of

MOST_NAMED = 4
Subject = tuple[str, str, str]
"""The name space that it shares with others (groups are in that of their members), what it is, its id."""


def lookalikes(directory: Directory, new: Sequence[Entry]) -> dict[str, list[str]]:
    """Why to look twice at new registrations: warnings by the id of the event, for those that have any.

    ``directory`` is the registry with them in it. A name is compared with the ids, names and aliases of all
    others in its name space: those registered before, and those among ``new`` that come earlier.
    """
    registrations = [entry for entry in new if entry.type in REGISTRY_TYPES]
    if not registrations:
        return {}
    coming = {subject_of(entry.fields) for entry in registrations}
    known = _Known()
    for fields in _registered(directory):
        if subject_of(fields) not in coming:
            known.add(fields)
    found: dict[str, list[str]] = {}
    for entry in registrations:
        if warnings := [*_hidden(entry.fields), *known.like(entry.fields)]:
            found[entry.id] = warnings
        known.add(entry.fields)
    return found


def subject_of(fields: Fields) -> Subject:
    """What a registration registers."""
    what = REGISTRY_TYPES[fields["type"]]
    return (fields["kind"] if what == "group" else what), what, fields[what]


class _Known:
    """Registered names by what they look like."""

    def __init__(self) -> None:
        self._by_look: dict[tuple[str, Look], tuple[Subject, str]] = {}

    def add(self, fields: Fields) -> None:
        subject = subject_of(fields)
        for text in _texts(fields):
            for look in looks(text):
                self._by_look.setdefault((subject[0], look), (subject, text))

    def like(self, fields: Fields) -> Iterator[str]:
        """What each name of a registration looks like, once for each other subject."""
        subject = subject_of(fields)
        told = {subject}
        for text in _texts(fields):
            for look in looks(text):
                other, theirs = self._by_look.get((subject[0], look), (subject, ""))
                if other not in told:
                    told.add(other)
                    yield _alike(subject, text, other, theirs)


def _registered(directory: Directory) -> Iterable[Fields]:
    yield from directory.authorities.values()
    yield from directory.companies.values()
    yield from directory.chips.values()
    yield from directory.groups.values()


def _texts(fields: Fields) -> list[str]:
    return list(dict.fromkeys([subject_of(fields)[2], *names_of(fields)]))


def _hidden(fields: Fields) -> Iterator[str]:
    _, what, name = subject_of(fields)
    for text in _texts(fields):
        if characters := unseen(text):
            listed = _listed(characters)
            yield f"the {what} {name} is called {text!r}, with {listed}, which nobody sees; check where it comes from"


def _alike(subject: Subject, text: str, other: Subject, theirs: str) -> str:
    (_, what, name), (_, others, other_name) = subject, other
    if text.casefold() == theirs.casefold():
        return f"the {what} {name} is called {text!r}, and so is the {others} {other_name}; ask by id, or rename one"
    strange = [each for each in dict.fromkeys(text) if not each.isascii() and each not in theirs]
    but = f" but for {_listed(strange)}" if strange else ""
    return (
        f"the {what} {name} is called {text!r}, which looks like {theirs!r}, the {others} {other_name}{but}; "
        "check that the one is not taken for the other"
    )


def _listed(characters: Sequence[str]) -> str:
    named = [f"{unicodedata.name(each, 'a character')} (U+{ord(each):04X})" for each in characters[:MOST_NAMED]]
    more = len(characters) - MOST_NAMED
    return " and ".join([*named, f"{more} more"] if more > 0 else named)
