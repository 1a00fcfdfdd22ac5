"""Lines of interchange files, each with the place that messages name."""

from collections.abc import Iterable, Iterator
from functools import partial
from io import BytesIO
from itertools import islice
from typing import BinaryIO, NamedTuple

from policytracker.events.limits import LONGEST_LINE
from policytracker.events.refusals import Refused

_BLANK = b" \t\r\n"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SKIPPED = 65_536
"""How many bytes of the rest of an overlong line are read at once."""


class Line(NamedTuple):
    """One line of an interchange file, or one event of a report file in the form of such a line."""

    source: str
    number: int
    text: bytes
    block: str = ""
    """Which event of a report file it is: ``report 2, event 1``; "" for a line of an interchange file."""
    faults: tuple[Refused, ...] = ()
    """What the reader of a report file refuses of it; "" as the field says that nothing else of it can be read."""

    @property
    def place(self) -> str:
        """What messages call it."""
        return place_of(self.source, self.number, self.block)


def place_of(source: str, number: int, block: str) -> str:
    """What messages call a line, or an event of a report file.

    >>> place_of("may.toml", 12, "report 2, event 1")
    'may.toml:12: report 2, event 1'
    """
    return f"{source}:{number}: {block}" if block else f"{source}:{number}"


def lines_of(source: str, content: bytes) -> list[Line]:
    """The lines of a file that are not blank."""
    return list(lines_in(source, BytesIO(content)))


def lines_in(source: str, file: BinaryIO) -> Iterator[Line]:
    """The lines of an open file that are not blank, read one by one. A byte order mark at its beginning is skipped.

    Of a line that is longer than any event, one byte more than the longest may have is told: enough to refuse it.
    """
    for number, text in enumerate(iter(partial(file.readline, LONGEST_LINE + 2), b""), start=1):
        if len(text) == LONGEST_LINE + 2 and not text.endswith(b"\n"):
            _skip(file)
            text = text[: LONGEST_LINE + 1]
        text = text.removesuffix(b"\n")
        if number == 1:
            text = text.removeprefix(BYTE_ORDER_MARK)
        if text.strip(_BLANK):
            yield Line(source, number, text)


def blocks(lines: Iterable[Line], most: int, most_bytes: int) -> Iterator[list[Line]]:
    """Lines in blocks of so many, or fewer: a block ends with the line that makes it so many bytes long."""
    rest = iter(lines)
    while block := _block(rest, most, most_bytes):
        yield block


def _block(lines: Iterator[Line], most: int, most_bytes: int) -> list[Line]:
    block: list[Line] = []
    size = 0
    for line in islice(lines, most):
        block.append(line)
        size += len(line.text)
        if size >= most_bytes:
            break
    return block


def _skip(file: BinaryIO) -> None:
    """Read on to the end of the line."""
    while (rest := file.readline(_SKIPPED)) and not rest.endswith(b"\n"):
        pass
