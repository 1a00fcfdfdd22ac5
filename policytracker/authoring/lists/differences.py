"""What differs between two editions of a list: entries that were added, that changed, and that are gone."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from policytracker.authoring.lists.entries import CORRECTED, Entry, decisive, entries_of
from policytracker.authoring.lists.errors import NotRecordedBefore
from policytracker.authoring.lists.maps import ListMap
from policytracker.authoring.lists.recorded import RecordedList
from policytracker.status.entries import Fields

CLAIM, CORRECTION, WORDING, END = "new claim", "corrected", "corroborated", "end"


class Step(NamedTuple):
    """What becomes of one claim of an entry."""

    kind: str
    ref: str
    """How the refs of this claim begin."""
    old: Fields | None
    new: Fields | None
    quote: str

    @property
    def changed(self) -> dict[str, object]:
        """The fields of the claim that differ, as they are now; None for one that is gone."""
        old, new = self.old or {}, self.new or {}
        return {field: new.get(field) for field in {**old, **new} if old.get(field) != new.get(field)}


class Difference(NamedTuple):
    """One entry of which the editions say something else."""

    old: Entry | None
    new: Entry | None

    @property
    def entry(self) -> Entry:
        """The entry as it is now, or was at last."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def claim_refs(self) -> list[str]:
        """How the refs of all its claims begin, those that are gone included."""
        names = [name for entry in (self.old, self.new) if entry for name in entry.claim_names]
        return [claim_ref(self.entry.ref, name) for name in dict.fromkeys(names)]

    def steps(self) -> Iterator[Step]:
        """What becomes of each of its claims."""
        old = self.old.claims if self.old else {}
        new = self.new.claims if self.new else {}
        for name in {**old, **new}:
            ref = claim_ref(self.entry.ref, name)
            (before, quoted), (now, quote) = old.get(name, (None, "")), new.get(name, (None, ""))
            kind = _kind(before, now, quoted != quote)
            if kind is not None:
                yield Step(kind, ref, before, now, quote)


class Editions(NamedTuple):
    """Two editions and what differs."""

    old: Mapping[str, Entry]
    new: Mapping[str, Entry]
    differences: list[Difference]
    faulty: list[Entry]
    """Entries that cannot be read, of both."""
    unread: int
    """In how many entries only columns differ that the map does not read."""

    @property
    def added(self) -> list[Difference]:
        return [each for each in self.differences if each.old is None]

    @property
    def changed(self) -> list[Difference]:
        return [each for each in self.differences if each.old is not None and each.new is not None]

    @property
    def gone(self) -> list[Difference]:
        return [each for each in self.differences if each.new is None]


def claim_ref(ref: str, name: str) -> str:
    """How the refs of a claim of an entry begin."""
    return f"{ref}.{name}" if name else ref


def compared(of: ListMap, old_file: str | None, new_file: str) -> Editions:
    """Read both editions and compare them; ``old_file`` None: there is none. Raises BadEdition."""
    old = entries_of(of, old_file) if old_file else {}
    new = entries_of(of, new_file)
    found: list[Difference] = []
    unread = 0
    for ref, entry in new.items():
        before = old.get(ref)
        if before is None or before.says != entry.says:
            found.append(Difference(before, entry))
        elif before.row.values != entry.row.values:
            unread += 1
    found += [Difference(entry, None) for ref, entry in old.items() if ref not in new]
    for each in found:
        for entry in filter(None, (each.old, each.new)):
            # What they say is read here, so that all faults are known before anything is made of them.
            _ = entry.company, entry.claims
    faulty = [entry for entry in (*old.values(), *new.values()) if entry.faults]
    return Editions(old, new, found, faulty, unread)


def check_recorded(editions: Editions, recorded: RecordedList, day: int) -> None:
    """Raise NotRecordedBefore where the ledger lacks claims of the older edition."""
    lacking = [
        entry
        for entry in editions.old.values()
        if any(recorded.before(claim_ref(entry.ref, name), day) is None for name in entry.claim_names)
    ]
    if lacking:
        raise NotRecordedBefore(lacking[0].row.source, [entry.name for entry in lacking])


def _kind(old: Fields | None, new: Fields | None, is_worded_otherwise: bool) -> str | None:
    if old is None or new is None:
        return CLAIM if old is None else END
    if decisive(old) != decisive(new):
        return CLAIM
    if any(old.get(field) != new.get(field) for field in CORRECTED):
        return CORRECTION
    return WORDING if is_worded_otherwise else None
