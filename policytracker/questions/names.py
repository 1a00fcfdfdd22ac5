"""From what people call a company or a chip to its id (cli.md).

They give its id, a name that it has or had, an alias, a ticker or an LEI, in any language registered, without case.
"""

import re
from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, cast

from policytracker.events.limits import LONGEST_TEXT
from policytracker.questions.errors import AmbiguousName, EmptyName, NoneRegistered, UnknownName
from policytracker.status.entries import Fields
from policytracker.status.naming import folded as folded
from policytracker.status.registrations import Subject

Wanted = str | Sequence[str] | None
"""A name, or several of which none or more may be given. None, and an empty sequence: all that are registered."""
NEAREST = 5
LEAST_LIKE = 0.5
"""How alike a mistyped name must be to be proposed: 1 would be the same."""
REGISTER = "register it first: `policytracker record`"


class Names(Protocol):
    """What is registered, and what it is called: a ``Directory``, or one with what is to be registered."""

    @property
    def authorities(self) -> Mapping[str, Fields]: ...

    @property
    def companies(self) -> Mapping[str, Fields]: ...

    @property
    def chips(self) -> Mapping[str, Fields]: ...

    @property
    def groups(self) -> Mapping[Subject, Fields]: ...

    def called(self, space: str, name: str) -> list[str]: ...

    def names(self, space: str) -> list[tuple[str, str]]: ...


def company(directory: Names, name: str) -> str:
    """The id of a company. Raises UnknownName or AmbiguousName."""
    return _resolve("company", directory.companies, name, directory, "company")


def chip(directory: Names, name: str) -> str:
    """The id of a chip. Raises UnknownName or AmbiguousName."""
    return _resolve("chip", directory.chips, name, directory, "chip")


def companies(directory: Names, named: Wanted) -> list[str]:
    """The companies of these names alone, or all where none is named; sorted. Raises UnknownName or AmbiguousName."""
    return sorted({company(directory, name) for name in _each(named)} or directory.companies)


def chips(directory: Names, named: Wanted) -> list[str]:
    """The chips of these names alone, or all where none is named; sorted. Raises UnknownName or AmbiguousName."""
    return sorted({chip(directory, name) for name in _each(named)} or directory.chips)


def _each(named: Wanted) -> Sequence[str]:
    return (named,) if isinstance(named, str) else named or ()


def authority(directory: Names, name: str) -> str:
    """The id of an authority. Raises UnknownName or AmbiguousName."""
    return _resolve("authority", directory.authorities, name, directory, "authority", REGISTER)


def member(directory: Names, kind: str, name: str) -> str:
    """The id of a company (or chip), or of a group of them. Raises UnknownName or AmbiguousName."""
    single = directory.companies if kind == "company" else directory.chips
    if name in single or (kind, name) in directory.groups:
        return name
    groups = {group: fields for (members, group), fields in directory.groups.items() if members == kind}
    # A chain and no copy: whoever resolves many names would copy all that is registered for each.
    either = ChainMap(groups, cast("dict[str, Fields]", single))
    return _resolve(f"{kind} or group", either, name, directory, kind, REGISTER)


def label(fields: Fields) -> str:
    """What to call a registered subject: its name, and its Chinese name beside it."""
    chinese = (fields.get("names") or {}).get("zh")
    return f"{fields['name']} {chinese}" if chinese else str(fields["name"])


def containing(directory: Names, space: str, registered: Mapping[str, Fields], text: str) -> list[str]:
    """The ids of those of a space that are found by something which contains a text; those called so go first."""
    wanted = folded(text)
    found = {(word != wanted, subject) for word, subject in spelled_as(directory, space, registered) if wanted in word}
    return list(dict.fromkeys(subject for _, subject in sorted(found)))


def _resolve(
    kind: str,
    registered: Mapping[str, Fields],
    name: str,
    directory: Names,
    space: str,
    way_out: str = "",
) -> str:
    if len(name) > LONGEST_TEXT:
        raise UnknownName(kind, name, (), way_out)
    wanted = folded(name)
    if not wanted:
        raise EmptyName(kind)
    if wanted in registered:
        return wanted
    found = [subject for subject in directory.called(space, wanted) if subject in registered]
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName(kind, name, sorted(found))
    if not registered:
        raise NoneRegistered(kind, name)
    raise UnknownName(kind, name, nearest(spelled_as(directory, space, registered), wanted), way_out)


def nearest(names: Iterable[tuple[str, str]], wanted: str) -> list[str]:
    """The ids that a name, given folded, may mean, the nearest first; ``names`` are those there are, each with its id.

    First those that have it as whole words in their names, then those that have it as a part of one, in both the
    shorter before the longer; then those that are a part of it, and at last those that are spelled much like it.
    """
    spelled = sorted(set(names), key=lambda each: (len(each[0]), each))
    whole = [subject for text, subject in spelled if _has_words(text, wanted)]
    parts = [subject for text, subject in spelled if wanted in text]
    inner = [subject for text, subject in reversed(spelled) if _has_words(wanted, text)]
    return list(dict.fromkeys([*whole, *parts, *inner, *_alike(spelled, wanted)]))[:NEAREST]


def spelled_as(directory: Names, space: str, registered: Collection[str]) -> Iterator[tuple[str, str]]:
    """All by which each of the registered is found, folded, with its id: its id, and the names it has or had."""
    yield from ((subject, subject) for subject in registered)
    yield from (each for each in directory.names(space) if each[1] in registered)


def _has_words(text: str, words: str) -> bool:
    """Whether a text contains others as whole words, in their order."""
    return words in text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _alike(spelled: list[tuple[str, str]], wanted: str) -> list[str]:
    """The ids of those that are spelled much like a name."""
    from difflib import get_close_matches

    close = get_close_matches(wanted, list(dict(spelled)), n=NEAREST, cutoff=LEAST_LIKE)
    return [subject for each in close for text, subject in spelled if text == each]
