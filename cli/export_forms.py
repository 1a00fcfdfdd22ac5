"""The forms in which ``export`` writes the ledger as lines: the interchange format and others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING, Final, TypeVar, cast

from policytracker.cli.output import json_text
from policytracker.questions.log import Export
from policytracker.questions.reader import Clocks, Reader

if TYPE_CHECKING:
    from policytracker.status.entries import Fields

Each = TypeVar("Each")
HELPS: Final = {
    "toml": "Write a report file, in which events share their report.",
    "cloudevents": "Write CloudEvents 1.0, one a line.",
    "prov": "Write W3C PROV as PROV-JSON: who recorded what, when, and on whose word.",
    "ftm": "Write FollowTheMoney entities, one a line: companies, authorities, restrictions.",
}
OF_EVENTS: Final = (None, "toml", "cloudevents")
"""The forms that an import can take back. None: the interchange format."""


WITH_RECORDERS: Final = ("cloudevents", "prov")
"""The forms that can say who recorded each event."""


class Lines:
    """The lines of a form. What was written and left out is known once they are read."""

    def __init__(self, reader: Reader, recorded: int | None, form: str | None, recorders: bool) -> None:
        self._reader, self._recorded, self._form, self._recorders = reader, recorded, form, recorders
        self._counter = count()
        self._export = Export(reader, recorded) if form in OF_EVENTS else None

    @property
    def written(self) -> str:
        """How much was written, in words."""
        if self._form == "prov":
            seen = self._reader.point(Clocks(self._reader.today, None, self._recorded)).seen
            return f"the provenance of {seen:,} events"
        return f"{next(self._counter):,} {'entities' if self._form == 'ftm' else 'events'}"

    @property
    def gone(self) -> int:
        """How many events were left out that were redacted, or are about such."""
        return len(self._export.gone) if self._export else 0

    @property
    def refused(self) -> dict[str, str]:
        """The ids of what else was left out, and why an import would refuse it."""
        return self._export.refused if self._export else {}

    def __iter__(self) -> Iterator[str]:
        if self._form == "prov":
            from policytracker.exports.prov import prov_json

            return prov_json(self._reader, self._recorded, self._recorders)
        if self._form == "ftm":
            from policytracker.exports.ftm import ftm

            return self._counted(ftm(self._reader, Clocks(self._reader.today, None, self._recorded)))
        assert self._export is not None
        if self._form == "cloudevents":
            from policytracker.exports.cloudevents import cloudevents

            return self._counted(cloudevents(self._reader, self._export, self._recorders))
        events = self._counted(self._export.lines())
        if self._form == "toml":
            from policytracker.authoring.writing import report_file

            return report_file(cast("Iterable[Fields]", events))
        return map(json_text, events)

    def _counted(self, found: Iterable[Each]) -> Iterator[Each]:
        return (each for each, _ in zip(found, self._counter, strict=False))
