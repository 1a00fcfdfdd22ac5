"""The refused lines of an import: why, of the first of them, and of the others where they are."""

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from policytracker.events.diagnosis import top
from policytracker.events.forms import read_line
from policytracker.events.refusals import Refused
from policytracker.ledger.ledger_error import LedgerError
from policytracker.ledger.lines import Line, place_of
from policytracker.ledger.refusals import TargetLater, UnknownTarget

MOST_TOLD = 1_000
"""Of how many refused lines it is kept why: who sends a million of them needs no million reasons."""


class RefusedLine(NamedTuple):
    """One refused line of an import."""

    source: str
    line: int
    why: str
    """All its faults, each in a line."""
    block: str = ""
    """Which event of a report file it is; "" for a line of an interchange file."""

    def __str__(self) -> str:
        place = place_of(self.source, self.line, self.block)
        return "\n".join(f"{place}: {fault}" for fault in self.why.split("\n"))


class LineRange(NamedTuple):
    """Lines that follow each other, from the first to the last."""

    source: str
    first: int
    last: int

    def __str__(self) -> str:
        lines = f"lines {self.first}-{self.last}" if self.first < self.last else f"line {self.first}"
        return f"{self.source}, {lines}"


class RefusedLines(LedgerError):
    """An import with refused lines: nothing of it was added."""

    def __init__(self, lines: list[RefusedLine], others: list[LineRange]) -> None:
        total = len(lines) + sum(other.last - other.first + 1 for other in others)
        what = "event" if all(line.block for line in lines) else "line"
        count = f"1 {what} was refused" if total == 1 else f"{total:,} {what}s were refused"
        said = [told for line in lines for told in str(line).split("\n")]
        if others:
            said.append(f"why is told of the first {len(lines):,} only; mend them and import again. Refused too:")
            said += map(str, others)
        listed = "\n".join(f"  {one}" for one in said)
        super().__init__(f"{count}, so nothing was added:\n{listed}")
        self.lines = lines
        self.others = others


class _Waiting(NamedTuple):
    """A fault that may turn out to be another: its target comes later in the import."""

    told: int
    """Which of the refused lines has it."""
    fault: int
    """Which of the faults of that line it is."""
    field: str
    place: int
    """Where the line stands in the import."""


class RefusedSoFar:
    """The refused lines, in the order in which they were read."""

    def __init__(self) -> None:
        self._told: list[RefusedLine] = []
        """As words: an exception holds on to what it was raised over, and that may be long."""
        self._others: list[LineRange] = []
        self._of_reports: set[tuple[str, str, str]] = set()
        """Faults of reports in report files: all events of a report have them, and one says so."""
        self._unknown: dict[str, list[_Waiting]] = {}
        """Targets that no earlier line defines, and the faults that this is."""

    def add(self, line: Line, place: int, why: Refused) -> None:
        """One more; ``place`` counts the lines of the import."""
        if len(self._told) >= MOST_TOLD:
            self._add_number(line)
            return
        faults = [fault for fault in why.each if self._is_new(line, fault)]
        if not faults:
            return
        for number, fault in enumerate(faults):
            if isinstance(fault, UnknownTarget):
                waiting = _Waiting(len(self._told), number, fault.field, place)
                self._unknown.setdefault(fault.target, []).append(waiting)
        self._told.append(RefusedLine(line.source, line.number, "\n".join(map(str, faults)), line.block))

    def end(self) -> None:
        """Raise SomeRefused if there are any."""
        if self._told:
            raise SomeRefused(self)

    def told(self, lines: Iterable[Line]) -> RefusedLines:
        """What to say of them. ``lines`` are read again where a target may come later in them."""
        self._look_ahead(lines)
        return RefusedLines(self._told, self._others)

    def _is_new(self, line: Line, fault: Refused) -> bool:
        """Whether it is no fault of a report that was told with an earlier event of the same report."""
        report, _, is_shared = line.block.partition(", ")
        if not is_shared or top(fault.field) != "report":
            return True
        told = line.source, report, str(fault)
        is_new = told not in self._of_reports
        self._of_reports.add(told)
        return is_new

    def _add_number(self, line: Line) -> None:
        before = self._others[-1] if self._others else None
        if before is not None and (before.source, before.last + 1) == (line.source, line.number):
            self._others[-1] = before._replace(last=line.number)
        else:
            self._others.append(LineRange(line.source, line.number, line.number))

    def _look_ahead(self, lines: Iterable[Line]) -> None:
        for place, line in enumerate(lines):
            if not self._unknown:
                return
            ref = _ref_of(line.text)
            if ref in self._unknown:
                self._defined(ref, place, line)

    def _defined(self, ref: str, place: int, line: Line) -> None:
        waiting = self._unknown.pop(ref)
        for each in waiting:
            if each.place < place:
                refused = self._told[each.told]
                file = "file (line" if line.source == refused.source else f"import ({line.source}, line"
                faults = refused.why.split("\n")
                faults[each.fault] = str(TargetLater(ref, f"{file} {line.number})", each.field))
                self._told[each.told] = refused._replace(why="\n".join(faults))
        if still := [each for each in waiting if each.place >= place]:
            self._unknown[ref] = still


class SomeRefused(Exception):
    """Ends the transaction of an import with refused lines; what is told of them may take a while, without the lock."""

    def __init__(self, refused: RefusedSoFar) -> None:
        super().__init__("some lines were refused")
        self.refused = refused


def _ref_of(text: bytes) -> str | None:
    """The ref that a line defines."""
    if b'"ref"' in text or b"\\" in text:
        with suppress(Refused):
            return read_line(text).ref
    return None
