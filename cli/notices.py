"""What a command prints on standard error beside its answer: notes, warnings, progress, and with --verbose its steps.

Errors and questions are no notices: --quiet leaves them.
"""

import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

from policytracker.cli.settings import given
from policytracker.ledger.ledger_error import LedgerWarning as LedgerWarning
from policytracker.ledger.ledger_error import OldLedgerWarning
from policytracker.questions.escaping import safe

if TYPE_CHECKING:
    import logging

    from click._termui_impl import ProgressBar

_STARTED = time.perf_counter()
"""This module is imported as the program starts."""
_PRINTED = "policytracker.steps"
"""Where the contexts of a command line keep the steps that were printed."""
_LOGGER = "policytracker"
"""The name of the logger by which the parts below the command line say what they do."""


_RESTORING: list[Callable[[], None]] = []
"""What sets the logger as it was before this command line."""


def is_quiet() -> bool:
    """Whether the command line says --quiet."""
    return bool(given(click.get_current_context(silent=True), "quiet"))


def notice(text: str) -> None:
    """Print a note, a warning or what was done on standard error, unless --quiet was given. The text is safe."""
    if not is_quiet():
        click.echo(text, err=True)


def progress_bar(iterable: Any = None, length: int | None = None, label: str = "") -> "ProgressBar[Any]":
    """A bar on standard error, where that is a terminal and --quiet was not given."""
    hidden = is_quiet() or not sys.stderr.isatty()
    return click.progressbar(iterable, length, label=label, file=sys.stderr, hidden=hidden)


def step(text: str) -> None:
    """With --verbose, print what is done, and at which second of the program."""
    context = click.get_current_context(silent=True)
    if context is not None and given(context, "verbose"):
        printed = context.meta.setdefault(_PRINTED, set[str]())
        if text not in printed:  # commands look several times where the ledger is
            printed.add(text)
            _print_step(text)


def _print_step(text: str) -> None:
    click.echo(click.style(safe(f"{time.perf_counter() - _STARTED:7.3f} s  {text}"), dim=True), err=True)


def be_verbose(root: click.Context) -> None:
    """Print what the parts below the command line do, until the command line has ended, and that it has ended."""
    import logging

    class Steps(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            _print_step(record.getMessage())

    if _until_the_end(root, logging.INFO, Steps()):
        root.call_on_close(lambda: _print_step("done"))


def be_quiet(root: click.Context) -> None:
    """Let the parts below the command line print no warnings until the command line has ended."""
    import logging

    _until_the_end(root, logging.ERROR, None)


def _until_the_end(root: click.Context, level: int, handler: "logging.Handler | None") -> bool:
    """Set the logger until the command line has ended; False where it is set already, or nothing will be done."""
    import logging

    logger = logging.getLogger(_LOGGER)
    if root.resilient_parsing or _LOGGER in root.meta:
        return False
    root.meta[_LOGGER] = True
    before = logger.level, logger.propagate
    logger.setLevel(level)
    if handler is not None:
        logger.addHandler(handler)
        logger.propagate = False

    def restore() -> None:
        logger.setLevel(before[0])
        logger.propagate = before[1]
        if handler is not None:
            logger.removeHandler(handler)

    _RESTORING.append(restore)
    return True


def restore_logger() -> None:
    """Set the logger as it was before the command line: its context is not closed where its options are refused."""
    while _RESTORING:
        _RESTORING.pop()()


@contextmanager
def ledger_warnings_told() -> Iterator[None]:
    """Print the warnings of the ledger, each once a command, such as that an earlier version made it; no others."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", LedgerWarning)
        others, told = warnings.showwarning, set[str]()

        def show(
            message: Warning | str,
            category: type[Warning],
            filename: str,
            lineno: int,
            file: TextIO | None = None,
            line: str | None = None,
        ) -> None:
            if not issubclass(category, LedgerWarning):
                others(message, category, filename, lineno, file, line)
            elif str(message) not in told:
                told.add(str(message))
                is_note = issubclass(category, OldLedgerWarning)
                text = safe(f"{'note' if is_note else 'warning'}: {message}")
                notice(click.style(text, dim=True) if is_note else text)

        warnings.showwarning = show
        yield
