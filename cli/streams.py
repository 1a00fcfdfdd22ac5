"""The standard streams: an output that fails is known as such, also where a closed one was handed over."""

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

import click

from policytracker.questions.escaping import safe

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

SIGPIPE_EXIT = 141
"""What shells say of a command that SIGPIPE has killed."""
_DONE = "policytracker.done"
"""Where a command's context keeps what it has done."""


class NotWritten(Exception):
    """Standard output cannot be written. This is no OSError: nobody shall take it for the failure of a file."""

    done: str | None = None
    """What the command had done by then, as a sentence."""

    def __init__(self, error: OSError) -> None:
        self.reader_left = error.errno == errno.EPIPE
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        self._why = "it is closed" if error.errno == errno.EBADF else error.strerror
        self._way_out = "make room there, or send it elsewhere" if full else "send it to a file, a pipe or a terminal"

    def __str__(self) -> str:
        told = f"standard output cannot be written ({self._why})"
        return stays(told, self.done) if self.done else f"{told}; {self._way_out}"


class _Output(io.FileIO):
    """Standard output, whose failures are ``NotWritten``."""

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            written: int | None = super().write(data)
            while written is None:  # whoever made the pipe has made it one that does not wait for its reader
                _wait_for(self)
                written = super().write(data)
        except OSError as error:
            raise NotWritten(error) from error
        return written


class _Messages(io.FileIO):
    """Standard error. A message that cannot be written there is lost; what the command does is not."""

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            written: int | None = super().write(data)
        except OSError:
            written = None
        return memoryview(data).nbytes if written is None else written


def prepare() -> None:
    """Take the place of the standard streams of a process, but not of those that somebody has put there already."""
    _open_closed()
    if sys.stdin is None:
        closed = io.FileIO(0, closefd=False)
        closed.name = "<stdin>"
        sys.stdin = io.TextIOWrapper(io.BufferedReader(closed), "utf-8")
    if sys.stdout is sys.__stdout__:
        sys.stdout = _text(_Output(1, "w", closefd=False), sys.stdout)
    if sys.stderr is sys.__stderr__:
        sys.stderr = _text(_Messages(2, "w", closefd=False), sys.stderr)


def _open_closed() -> None:
    """Open the closed ones so that they cannot be used: else the next file, such as the ledger, gets their number."""
    for number, mode in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_RDONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)


def _text(raw: io.FileIO, before: TextIO | None) -> io.TextIOWrapper:
    encoding = before.encoding if before else "utf-8"
    lines = raw.isatty() or raw.fileno() == 2
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, "backslashreplace", line_buffering=lines)


def _wait_for(output: io.FileIO) -> None:
    from select import select

    select([], [output], [])


def done(what: str) -> None:
    """Keep what a command has done for good: if something fails later, this is said all the same."""
    click.get_current_context().meta[_DONE] = safe(what)


def done_by(context: click.Context) -> str | None:
    """What a command has done, as far as it has said so; None: nothing."""
    found: str | None = context.meta.get(_DONE)
    return found


def stays(failure: str, what: str) -> str:
    """A failure, and what was done before it."""
    return f"{failure}; what was done before stays: {what}"


def give_up() -> None:
    """Write nothing more to standard output, also not what still waits to be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def end_unwritten(error: NotWritten) -> None:
    """End the process because its output cannot be written. Where the reader has left, it ends as other tools do."""
    if error.done or not error.reader_left:
        click.echo(f"Error: {error}", err=True)
    give_up()
    if error.reader_left:
        import signal

        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        signal.raise_signal(signal.SIGPIPE)
    sys.exit(SIGPIPE_EXIT if error.reader_left else 1)
