"""The registrations by which a cell turns because they were recorded: from one instant of the ledger to a later one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

from policytracker.projections.reading import registered_since
from policytracker.questions.reader import Clocks, Reader
from policytracker.status.directory import Directory
from policytracker.status.entries import Entry
from policytracker.status.registrations import subject_of


class RegistrationsSince:
    """The registrations that were recorded after one instant and by another (None: all of them)."""

    def __init__(self, reader: Reader, recorded: int | None, to_recorded: int | None) -> None:
        self._reader = reader
        self._seen, self._to_seen = (reader.point(Clocks(1, None, each)).seen for each in (recorded, to_recorded))

    @cached_property
    def _entries(self) -> list[Entry]:
        found = registered_since(self._reader.connection, self._seen + 1)
        return [entry for entry in found if entry.position <= self._to_seen]

    def concerning(
        self, company: str, chip: str, authorities: Collection[str], directories: tuple[Directory, Directory]
    ) -> Iterator[Entry]:
        """Those of a cell's company and all above it, of its chip, of groups of these, and of some authorities.

        ``directories``: the registry as it was recorded first and last.
        """
        subjects = {("company", each) for directory in directories for each in directory.above(company)}
        subjects |= {("chip", chip), *(("authority", each) for each in authorities)}
        for directory in directories:
            members = [("chip", chip), *(("company", each) for each in directory.above(company))]
            subjects |= {(kind, group) for kind, member in members for group in directory.groups_of(kind, member)}
        return (entry for entry in self._entries if subject_of(entry.fields) in subjects)
