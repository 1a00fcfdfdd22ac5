"""What somebody watches, by names; and what of a digest concerns it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from policytracker.events.refusals import shown
from policytracker.questions import names
from policytracker.questions.digest import AHEAD, TITLES
from policytracker.questions.errors import QuestionError
from policytracker.questions.in_words import InWords
from policytracker.status.naming import folded

if TYPE_CHECKING:
    from policytracker.questions.digest_answers import Digest, DigestEntry, DigestKind, DigestPart
    from policytracker.questions.names import Names
    from policytracker.questions.reader import Clocks, Reader
    from policytracker.status.directory import Directory
    from policytracker.status.entries import Fields

MEMBERS: Final = ("company", "chip")


class NoGroup(QuestionError):
    """No group has this id or name."""

    def __init__(self, name: str, nearest: Sequence[str]) -> None:
        hint = f"did you mean {', '.join(nearest)}?" if nearest else "`policytracker log --type group-defined` has all"
        super().__init__(f"no group is called {shown(name)}; {hint}")


class NoGate(QuestionError):
    """No authority guards such a gate."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"no authority guards a gate {shown(name)}; the gates are {', '.join(known) or 'none yet'}")


class NoMembers(QuestionError):
    """Nobody is in the groups that are watched."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no {kind} is in the groups that are watched; name another group, or leave them out")


class Watched(NamedTuple):
    """What is watched, as its author writes it. What is left empty narrows nothing."""

    companies: tuple[str, ...] = ()
    """Companies, or groups of them, by any of their names."""
    chips: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    """Groups of companies or of chips: their members."""
    authorities: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    """Such as ``US/export``: the authorities that guard them."""
    kinds: tuple[DigestKind, ...] = ()


class Narrowed(NamedTuple):
    """The same by ids, as the registry of a day has them; None: all."""

    companies: list[str] | None
    chips: list[str] | None
    authorities: frozenset[str] | None
    kinds: frozenset[DigestKind]

    def parts(self, reader: Reader, in_words: InWords, parts: Iterable[DigestPart]) -> Iterator[DigestPart]:
        """The parts of a digest for these companies and chips, without what concerns other kinds and authorities.

        What rests on no event, as a stale word, concerns no authority.
        """
        for part in parts:
            if part["kind"] in self.kinds:
                entries = [each for each in part["entries"] if self._concerns(reader, in_words, each)]
                if entries:
                    yield {**part, "entries": entries}

    def digest(self, reader: Reader, clocks: Clocks, found: Digest) -> Digest:
        """A digest for these companies and chips, without what concerns other kinds and authorities."""
        parts = list(self.parts(reader, InWords(reader, clocks), found["parts"]))
        tells_stale = self.authorities is None and "stale" in self.kinds
        return {
            **found,
            "parts": parts,
            "nothing_new": all(part["kind"] in AHEAD for part in parts),
            "stale_before": found["stale_before"] if tells_stale else 0,
        }

    def _concerns(self, reader: Reader, in_words: InWords, entry: DigestEntry) -> bool:
        if self.authorities is None:
            return True
        events = [*([entry["event"]] if entry["event"] else []), *entry["by"]]
        return any(_authority(reader, in_words, each["id"]) in self.authorities for each in events)


def _authority(reader: Reader, in_words: InWords, event: str) -> str | None:
    """Of an event, else of the event that it is about."""
    own: str | None = in_words.fields(event).get("authority")
    return own or in_words.fields(reader.thread_of(event)[0].id).get("authority")


def narrowed(directory: Directory, watched: Watched) -> Narrowed:
    """What is watched, by ids. Raises QuestionError where a name means nothing, or several."""
    found = {kind: _members(directory, kind, watched) for kind in MEMBERS}
    authorities = {names.authority(directory, each) for each in watched.authorities}
    for gate in watched.gates:
        authorities |= _guards(directory, gate)
    return Narrowed(found["company"], found["chip"], frozenset(authorities) or None, frozenset(watched.kinds or TITLES))


def _members(directory: Directory, kind: str, watched: Watched) -> list[str] | None:
    """The companies (or chips) that are watched; None: all."""
    named = watched.companies if kind == "company" else watched.chips
    wanted = {names.member(directory, kind, each) for each in named}
    wanted |= {group for kinds, group in (_group(directory, each) for each in watched.groups) if kind in kinds}
    if not wanted:
        return None
    found = sorted(
        each for each in directory.ids(kind) if each in wanted or wanted.intersection(directory.groups_of(kind, each))
    )
    if not found:
        raise NoMembers(kind)
    return found


def _group(directory: Names, name: str) -> tuple[list[str], str]:
    """Of what a group of this id or name is, and its id. Raises NoGroup."""
    wanted = folded(name)
    by_name: dict[str, set[str]] = {}
    groups: Mapping[tuple[str, str], Fields] = directory.groups
    for (_, group), fields in groups.items():
        for each in (group, fields["name"], *(fields.get("names") or {}).values()):
            by_name.setdefault(folded(each), set()).add(group)
    found = by_name.get(wanted, set())
    if len(found) == 1:
        (group,) = found
        return [kind for kind in MEMBERS if (kind, group) in groups], group
    nearest = sorted(found) or names.nearest(((each, group) for each in by_name for group in by_name[each]), wanted)
    raise NoGroup(name, nearest)


def _guards(directory: Directory, gate: str) -> set[str]:
    """The authorities that guard a gate. Raises NoGate."""
    guarded = {each: str(directory.gate(each)) for each in directory.authorities}
    found = {each for each, its in guarded.items() if its.casefold() == gate.strip().casefold()}
    if not found:
        raise NoGate(gate, sorted(set(guarded.values())))
    return found
