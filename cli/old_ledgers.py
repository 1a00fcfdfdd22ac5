"""What commands say of a ledger that an earlier version made: one note, and the way out."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click

from policytracker.ledger.ledger_error import OldLedgerWarning as OldLedgerWarning
from policytracker.questions.escaping import safe


@contextmanager
def old_ledgers_told() -> Iterator[None]:
    """Print the ledger's warning as a note beside the answer (stderr), once a command; leave other warnings alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("always", OldLedgerWarning)
        others, told = warnings.showwarning, set[str]()

        def show(
            message: Warning | str,
            category: type[Warning],
            filename: str,
            lineno: int,
            file: TextIO | None = None,
            line: str | None = None,
        ) -> None:
            if not issubclass(category, OldLedgerWarning):
                others(message, category, filename, lineno, file, line)
            elif str(message) not in told:
                told.add(str(message))
                click.echo(click.style(safe(f"note: {message}"), dim=True), err=True)

        warnings.showwarning = show
        yield
