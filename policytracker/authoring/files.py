"""The files of one import: interchange files (JSON Lines); report files and sheets as the lines that say the same."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from policytracker.ledger.line_files import LineFiles
from policytracker.ledger.lines import Line

if TYPE_CHECKING:
    from policytracker.authoring.naming import NamesSoFar
    from policytracker.questions.reader import Reader

ENDING = ".toml"
SHEETS = (".csv", ".xlsx")
_REGISTERS = (b"-registered", b"group-defined", b"\\u")
"""Of these a line that registers something holds one."""


class Correction(NamedTuple):
    """What stands in the place of an event that was recorded with other content."""

    place: str
    ref: str
    words: str


def is_report_file(name: str) -> bool:
    """Whether a file is a report file or a spreadsheet of events, by its name."""
    return name.lower().endswith((ENDING, *SHEETS))


class ImportFiles(LineFiles):
    """The lines of files of both kinds, in their order. Close it, or use it in a ``with`` statement.

    Report files are read once, at the beginning, and kept. What they name has to be registered by then: in the ledger,
    or by what comes before in the same import.
    """

    def __init__(
        self, names: Sequence[str], ledger: "Callable[[], AbstractContextManager[Reader]]", correct: bool = False
    ) -> None:
        """``ledger`` opens the ledger for questions; only report files need that.

        ``correct``: record the corrections that edited events mean; else such events are refused. Raises
        UnreadableFiles or LedgerError.
        """
        super().__init__(names)
        self.corrections: list[Correction] = []
        self._correct = correct
        self._reports: dict[str, list[Line]] = {}
        if any(map(is_report_file, names)):
            try:
                with ledger() as reader:
                    self._read_reports(reader)
            except BaseException:
                self.close()
                raise

    def _read_reports(self, reader: "Reader") -> None:
        from policytracker.authoring.naming import NamesSoFar

        self._reader, self._names = reader, NamesSoFar(reader.directory)
        for line in self:
            if not is_report_file(line.source) and any(sign in line.text for sign in _REGISTERS):
                take_names(self._names, line)

    def _lines(self, source: str, file: BinaryIO) -> Iterator[Line]:
        if not is_report_file(source):
            yield from super()._lines(source, file)
            return
        if source not in self._reports:
            self._reports[source] = list(self._report_lines(source, file.read()))
        yield from self._reports[source]
        self._read_before += file.seek(0, 2)

    def _report_lines(self, source: str, content: bytes) -> Iterator[Line]:
        from policytracker.authoring.blocks import blocks_of
        from policytracker.authoring.events import line_of
        from policytracker.authoring.sheets import sheet_blocks

        is_sheet = source.lower().endswith(SHEETS)
        for block in sheet_blocks(source, content) if is_sheet else blocks_of(content):
            line = line_of(source, block, self._names)
            take_names(self._names, line)
            yield self._amended(line)

    def _amended(self, line: Line) -> Line:
        found, correction = amended_line(self._reader, line, self._correct)
        if correction is not None:
            self.corrections.append(correction)
        return found


def amended_line(reader: "Reader", line: Line, correct: bool) -> tuple[Line, Correction | None]:
    """A line of a report file, or the correction that it means; without ``correct`` that is a fault of the line."""
    from policytracker.authoring.amending import NotCorrected, amended
    from policytracker.events.forms import read_line
    from policytracker.events.refusals import Refused

    if line.faults:
        return line, None
    try:
        event = read_line(line.text)
    except Refused:
        return line, None
    found = amended(reader, event)
    if found is None:
        return line, None
    if found.words and not correct:
        return line._replace(faults=(NotCorrected(str(event.ref), found.words),)), None
    correction = Correction(line.place, str(event.ref), found.words) if found.words else None
    return line._replace(text=found.line), correction


def take_names(names: "NamesSoFar", line: Line) -> None:
    """Take note of what a line registers."""
    from policytracker.events.forms import plain, read_line
    from policytracker.events.refusals import Refused
    from policytracker.events.registry import Registration

    with suppress(Refused):
        event = read_line(line.text)
        if isinstance(event, Registration):
            names.take(plain(event))
