"""The refused lines of an import: why, of the first of them, and of the others where they are."""

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from policytracker.events.forms import read_line
from policytracker.events.refusals import Refused
from policytracker.ledger.ledger_error import LedgerError
from policytracker.ledger.lines import Line
from policytracker.ledger.refusals import TargetLater, UnknownTarget

MOST_TOLD = 1_000
"""Of how many refused lines it is kept why: who sends a million of them needs no million reasons."""


class RefusedLine(NamedTuple):
    """One refused line of an import."""

    source: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.why}"


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
        count = "1 line was refused" if total == 1 else f"{total:,} lines were refused"
        said = [str(line) for line in lines]
        if others:
            said.append(f"why is told of the first {len(lines):,} only; mend them and import again. Refused too:")
            said += map(str, others)
        listed = "\n".join(f"  {one}" for one in said)
        super().__init__(f"{count}, so nothing was added:\n{listed}")
        self.lines = lines
        self.others = others


class RefusedSoFar:
    """The refused lines, in the order in which they were read."""

    def __init__(self) -> None:
        self._told: list[RefusedLine] = []
        """As words: an exception holds on to what it was raised over, and that may be long."""
        self._others: list[LineRange] = []
        self._unknown: dict[str, list[tuple[int, int]]] = {}
        """Targets that no earlier line defines: which of those told names it, and its place in the import."""

    def add(self, line: Line, place: int, why: Refused) -> None:
        """One more; ``place`` counts the lines of the import."""
        if len(self._told) >= MOST_TOLD:
            self._add_number(line)
            return
        if isinstance(why, UnknownTarget):
            self._unknown.setdefault(why.target, []).append((len(self._told), place))
        self._told.append(RefusedLine(line.source, line.number, str(why)))

    def end(self) -> None:
        """Raise SomeRefused if there are any."""
        if self._told:
            raise SomeRefused(self)

    def told(self, lines: Iterable[Line]) -> RefusedLines:
        """What to say of them. ``lines`` are read again where a target may come later in them."""
        self._look_ahead(lines)
        return RefusedLines(self._told, self._others)

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
        for told, before in waiting:
            if before < place:
                refused = self._told[told]
                file = "file (line" if line.source == refused.source else f"import ({line.source}, line"
                self._told[told] = refused._replace(why=str(TargetLater(ref, f"{file} {line.number})")))
        if still := [(told, before) for told, before in waiting if before >= place]:
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
