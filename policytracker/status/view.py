"""The ledger as seen at one recorded and one published moment: from events to answers (semantics.md §2, §3)."""

from collections.abc import Iterable
from functools import cached_property

from policytracker.status.cells import CellAnswer, Outlook
from policytracker.status.claims import CLAIM_TYPES, Claim, claim_from
from policytracker.status.directory import REGISTRY_TYPES, Directory
from policytracker.status.entries import Entry, threads
from policytracker.status.knowledge import Standing, last_day, stand


class View:
    """Everything that is known at ``known`` (a moment; None: everything published), of what was recorded by then."""

    def __init__(self, entries: Iterable[Entry], known: int | None = None, recorded: int | None = None) -> None:
        """Look at entries, given in ledger order; ``recorded`` in microseconds since 1970 (None: all)."""
        seen = [entry for entry in entries if recorded is None or entry.recorded <= recorded]
        self.known = known
        self.directory = Directory(entry for entry in seen if entry.type in REGISTRY_TYPES)
        self.threads = threads(entry for entry in seen if entry.type not in REGISTRY_TYPES)

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Every event but registrations, known or not, as it stands."""
        found: dict[str, Standing] = {}
        for thread in self.threads.values():
            found.update(stand(thread, self.known))
        return found

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims that are known and not retracted, in ledger order."""
        return {claim.id: claim for claim, counts in self._all_claims if counts}

    @cached_property
    def retracted(self) -> dict[str, Claim]:
        """The claims that are known and no longer count, in ledger order."""
        return {claim.id: claim for claim, counts in self._all_claims if not counts and self.standings[claim.id].known}

    @cached_property
    def outlook(self) -> Outlook:
        """What answers for a cell on a day."""
        return Outlook(self.directory, self.claims.values())

    @cached_property
    def _all_claims(self) -> list[tuple[Claim, bool]]:
        firsts = (self.standings[first] for first, t in self.threads.items() if t[0].type in CLAIM_TYPES)
        return [(claim_from(first), first.known and not first.retracted) for first in firsts]

    def cell(self, company: str, chip: str, day: int) -> CellAnswer:
        """The answer for a registered company and chip on a day (an ordinal)."""
        return self.outlook.cell(company, chip, day)

    def conditions(self, cell: CellAnswer, day: int) -> dict[str, str]:
        """The conditions that bind on a claim that stands in some possible world; of one key, the later word."""
        standing = (self.claims[claim] for gate in cell.gates for claim in gate.worlds.standing)
        return {key: wording for claim in standing for key, wording in claim.binding(day).items()}

    def last_report(self, company: str, chip: str) -> int | None:
        """The last publication day among known reports of claims on the cell and of events about them."""
        match = self.outlook.scopes.match
        return max((day for claim, day in self.reported if match(claim, company, chip)), default=None)

    @cached_property
    def reported(self) -> list[tuple[Claim, int]]:
        """Claims with a known report of theirs or of an event about them, each with the last publication day."""
        days = ((claim, last_day(self.threads[claim.id], self.standings, self.known)) for claim, _ in self._all_claims)
        return [(claim, day) for claim, day in days if day is not None]
