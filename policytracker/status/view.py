"""The ledger as seen at one point of the clocks: from events to answers (semantics.md §2, §3)."""

from collections.abc import Iterable
from functools import cached_property

from policytracker.status.cells import CellAnswer, Outlook
from policytracker.status.claims import CLAIM_TYPES, Claim, claim_from
from policytracker.status.directory import REGISTRY_TYPES, Directory
from policytracker.status.entries import Entry, threads
from policytracker.status.knowledge import NOT_AT_ALL, Standing, last_day, stand


class View:
    """Everything that is known at ``known`` (a moment; None: everything published), by the registry of a day."""

    def __init__(self, entries: Iterable[Entry], directory: Directory, known: int | None = None) -> None:
        """Look at the entries that count, in ledger order; registrations among them are passed over."""
        self.known = known
        self.directory = directory
        self.threads = threads(entry for entry in entries if entry.type not in REGISTRY_TYPES)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Every event but registrations, known or not, as it stands."""
        found: dict[str, Standing] = {}
        for thread in self.threads.values():
            found.update(stand(thread, self.known))
        return found

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims that count, certainly or possibly, in ledger order."""
        return {claim.id: claim for claim in self._all_claims if claim.counts}

    @cached_property
    def heard(self) -> dict[str, Claim]:
        """The claims that are known, exist, and count not at all, in ledger order (§3)."""
        return {claim.id: claim for claim in self._uncounted if not self.standings[claim.id].retracted}

    @cached_property
    def retracted(self) -> dict[str, Claim]:
        """The claims that are known and no longer exist, in ledger order."""
        return {claim.id: claim for claim in self._uncounted if self.standings[claim.id].retracted}

    @property
    def _uncounted(self) -> list[Claim]:
        return [each for each in self._all_claims if each.counts == NOT_AT_ALL and self.standings[each.id].known]

    @cached_property
    def outlook(self) -> Outlook:
        """What answers for a cell on a day."""
        return Outlook(self.directory, self.claims.values())

    def zone_of(self, authority: str) -> str:
        """The time zone of the gate that an authority guards."""
        return self.directory.zone_of(authority)

    @cached_property
    def _all_claims(self) -> list[Claim]:
        firsts = (self.standings[first] for first, t in self.threads.items() if t[0].type in CLAIM_TYPES)
        return [claim_from(first, self.zone_of(first.fields["authority"])) for first in firsts]

    def cell(self, company: str, chip: str, day: int) -> CellAnswer:
        """The answer for a registered company and chip on a day (an ordinal) of the registry's."""
        return self.outlook.cell(company, chip, day)

    def last_report(self, company: str, chip: str) -> int | None:
        """The last publication day among known reports of claims at the cell's gates and of events about them."""
        return max((day for day in self.last_words(company, chip) if day is not None), default=None)

    def last_words(self, company: str, chip: str) -> list[int | None]:
        """For each gate of a cell the last publication day among known reports of claims there on the cell."""
        match, gate_of = self.outlook.scopes.match, self.directory.gate
        on_cell = [(claim, day) for claim, day in self.reported if match(claim, company, chip)]
        return [
            max((day for claim, day in on_cell if gate_of(claim.fields["authority"]) == gate), default=None)
            for gate in self.directory.gates(company, chip)
        ]

    @cached_property
    def reported(self) -> list[tuple[Claim, int]]:
        """Claims with a known report of theirs or of an event about them, each with the last publication day."""
        found = []
        for claim in self._all_claims:
            zone = self.zone_of(claim.fields["authority"])
            day = last_day(self.threads[claim.id], self.standings, self.known, zone)
            if day is not None:
                found.append((claim, day))
        return found
