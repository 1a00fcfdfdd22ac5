"""Files that somebody hands in: read whole, up to what such a file can hold."""

from pathlib import Path
from typing import BinaryIO

from policytracker.questions.errors import QuestionError

LARGEST_PAIRS = 16_000_000
"""Bytes of a file of pairs: half a million of them."""
LARGEST_CHECKPOINT = 100_000
"""Bytes of a checkpoint, with all that can sign it."""


class TooLarge(QuestionError):
    """A file that is larger than any of its kind."""

    def __init__(self, name: str, what: str, most: int) -> None:
        super().__init__(f"{name} is no {what}: it holds more than {most:,} bytes; name the right file, or split it")


class Unreadable(QuestionError):
    """A file, or standard input, that is open and cannot be read."""

    def __init__(self, name: str, error: OSError) -> None:
        from policytracker.ledger.line_files import why_unreadable

        super().__init__(f"cannot read {name} ({why_unreadable(error)}); name a file that can be read")


def read(file: BinaryIO, name: str, what: str, most: int) -> bytes:
    """All that a file holds. Raises TooLarge, having read little more than ``most`` bytes, or Unreadable."""
    try:
        found = file.read(most + 1)
    except OSError as error:
        raise Unreadable(name, error) from error
    if len(found) > most:
        raise TooLarge(name, what, most)
    return found


def checkpoint(path: Path) -> bytes:
    """What stands in the file of a kept checkpoint. Raises TooLarge, Unreadable or OSError."""
    with path.open("rb") as file:
        return read(file, str(path), "checkpoint", LARGEST_CHECKPOINT)
