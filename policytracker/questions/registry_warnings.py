"""What to look twice at in new registrations (interchange.md, "Registry"): names that could be taken for another's,
identifiers that another has, ids that a different name takes over, and gates of which nothing is said."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from policytracker.events.refusals import shown
from policytracker.projections.reading import has_claims_of, registry_until
from policytracker.questions.lookalikes import lookalikes
from policytracker.questions.reader import Reader
from policytracker.status.claims import CLAIM_TYPES
from policytracker.status.directory import Directory, Gate
from policytracker.status.entries import Entry, Fields
from policytracker.status.naming import folded, names_of
from policytracker.status.registrations import REGISTRY_TYPES, Subject, subject_of

COMPANY, CHIP = "company-registered", "chip-registered"


def registry_warnings(
    reader: Reader, directory: Directory, new: Iterable[Entry], before: int, spoken: Container[Gate] = ()
) -> dict[str, list[str]]:
    """Why to look twice at new registrations: warnings by the id of the event, for those that have any.

    ``directory`` is the registry of today with them in it, ``before`` the position of the first new event; at the gates
    ``spoken`` other new events say something.
    """
    registrations = [entry for entry in new if entry.type in REGISTRY_TYPES]
    if not registrations:
        return {}
    found = lookalikes(directory, registrations)
    earlier = Earlier(registry_until(reader.connection, before - 1))
    silent = _Silent(reader, directory, spoken)
    for entry in registrations:
        told = [*earlier.taken_over(entry.fields), *earlier.shared_identifiers(entry.fields)]
        if entry.type == CHIP:
            told += silent.of(entry.fields, earlier.controlled_by(entry.fields))
        if told:
            found[entry.id] = [*found.get(entry.id, ()), *told]
        earlier.add(entry)
    return found


class Earlier:
    """Registrations so far, in their order."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._names: dict[Subject, dict[str, str]] = {}
        """For each subject all its names ever, folded, with the last spelling."""
        self._called: dict[Subject, str] = {}
        self._identified: dict[str, str] = {}
        """Companies by their identifiers, folded."""
        self._controlled: dict[str, list[str]] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Take a registration."""
        fields = entry.fields
        subject = subject_of(fields)
        self._names.setdefault(subject, {}).update((folded(name), name) for name in names_of(fields))
        self._called[subject] = fields["name"]
        if entry.type == COMPANY:
            for value in (fields.get("identifiers") or {}).values():
                self._identified.setdefault(folded(value), fields["company"])
        if entry.type == CHIP:
            self._controlled[fields["chip"]] = fields["controlled_by"]

    def controlled_by(self, chip: Fields) -> list[str]:
        """The jurisdictions that control a chip by its last registration."""
        return self._controlled.get(chip["chip"], [])

    def taken_over(self, new: Fields) -> Iterator[str]:
        """That an id was another's, if no name so far is one of the new names."""
        subject = subject_of(new)
        known = self._names.get(subject)
        if known and known.keys().isdisjoint(map(folded, names_of(new))):
            what = new["type"].partition("-")[0]
            yield (
                f"the {what} {subject[1]} was called {shown(self._called[subject])} so far, and is called "
                f"{shown(new['name'])} now; if it is another {what}, give it an id of its own; if it has a new name, "
                "keep the old one as an alias"
            )

    def shared_identifiers(self, new: Fields) -> Iterator[str]:
        """The identifiers of a company that another has."""
        for key, value in (new.get("identifiers") or {}).items() if new["type"] == COMPANY else ():
            other = self._identified.get(folded(value))
            if other not in (None, new["company"]):
                yield f"the company {new['company']} has the {key} {shown(value)}, and so has the company {other}"


class _Silent:
    """Gates at which nothing is recorded."""

    def __init__(self, reader: Reader, directory: Directory, spoken: Container[Gate]) -> None:
        self._connection, self._directory, self._spoken = reader.connection, directory, spoken
        self._claimed: dict[Gate, bool] = {}

    def of(self, chip: Fields, before: Sequence[str]) -> Iterator[str]:
        """The jurisdictions that a chip's registration adds, and of which no authority has said anything."""
        for jurisdiction in chip["controlled_by"]:
            gate = Gate(jurisdiction, "export")
            if jurisdiction not in before and gate not in self._spoken and not self._has_claims(gate):
                yield (
                    f"{jurisdiction} is to control {chip['chip']}, and nothing is recorded at {gate}: that gate is "
                    "unknown until a baseline is recorded"
                )

    def _has_claims(self, gate: Gate) -> bool:
        if gate not in self._claimed:
            guards = [each for each in self._directory.authorities if self._directory.gate(each) == gate]
            self._claimed[gate] = has_claims_of(self._connection, guards)
        return self._claimed[gate]


def gates_of(entries: Iterable[Entry], directory: Directory) -> set[Gate]:
    """The gates at which claims among some events are."""
    found = {directory.gate(entry.fields["authority"]) for entry in entries if entry.type in CLAIM_TYPES}
    return {gate for gate in found if gate is not None}
