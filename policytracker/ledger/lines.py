"""Lines of interchange files, each with the place that messages name."""

from collections.abc import Iterable, Iterator
from functools import partial
from io import BytesIO
from itertools import islice
from typing import BinaryIO, NamedTuple

from policytracker.events.limits import LONGEST_LINE

_BLANK = b" \t\r\n"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SKIPPED = 65_536
"""How many bytes of the rest of an overlong line are read at once."""


class Line(NamedTuple):
    """One line of an interchange file."""

    source: str
    number: int
    text: bytes


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
