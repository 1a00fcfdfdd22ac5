"""Interchange files as one import reads them: line by line, and again from the start where that is asked for."""

import errno
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Self

from policytracker.ledger.errors import UnreadableFiles
from policytracker.ledger.lines import Line, lines_in

STANDARD_INPUT = "-"


class LineFiles:
    """The lines of files, in their order. Close it, or use it in a ``with`` statement.

    What can be read only once (standard input, a pipe) goes through a temporary file.
    """

    def __init__(self, names: Sequence[str]) -> None:
        """``-`` is standard input. Raises UnreadableFiles, which names every file that cannot be read."""
        self._stack = ExitStack()
        self._read_before = 0
        self._reading: BinaryIO | None = None
        self._files: list[tuple[str, Path | BinaryIO]] = []
        self.size = 0
        """Bytes of all the files."""
        unreadable: list[str] = []
        for name in names:
            try:
                self._take(name)
            except (OSError, ValueError) as error:
                unreadable.append(f"{'standard input' if name == STANDARD_INPUT else name} ({why_unreadable(error)})")
        if unreadable:
            self.close()
            raise UnreadableFiles(unreadable)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the temporary files."""
        self._stack.close()

    def __iter__(self) -> Iterator[Line]:
        """The lines that are not blank. Raises UnreadableFiles for a file that can be read no more."""
        self._read_before = 0
        for source, where in self._files:
            try:
                if isinstance(where, Path):
                    with where.open("rb") as file:
                        yield from self._lines(source, file)
                else:
                    where.seek(0)
                    yield from self._lines(source, where)
            except OSError as error:
                raise UnreadableFiles([f"{source} ({error.strerror or error})"]) from error

    @property
    def read(self) -> int:
        """How many bytes have been read, since the start or since they were begun again."""
        return self._read_before + (self._reading.tell() if self._reading else 0)

    def _lines(self, source: str, file: BinaryIO) -> Iterator[Line]:
        self._reading = file
        try:
            yield from lines_in(source, file)
        finally:
            self._read_before += file.tell()
            self._reading = None

    def _take(self, name: str) -> None:
        """Take a file to read: where it is, or a copy of it."""
        if name == STANDARD_INPUT:
            self._copy("<stdin>", sys.stdin.buffer)
            return
        with Path(name).open("rb") as file:
            if file.seekable():
                self.size += os.fstat(file.fileno()).st_size
                self._files.append((name, Path(name)))
            else:
                self._copy(name, file)

    def _copy(self, source: str, file: BinaryIO) -> None:
        copy = self._stack.enter_context(TemporaryFile())  # noqa: SIM115 - closed with the rest
        shutil.copyfileobj(file, copy)
        self.size += copy.tell()
        self._files.append((source, copy))


def why_unreadable(error: OSError | ValueError) -> str:
    """Why a file, or standard input, cannot be read."""
    if isinstance(error, OSError):
        return "it is closed" if error.errno == errno.EBADF else error.strerror or str(error)
    return str(error)
