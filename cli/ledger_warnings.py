"""What commands say of a ledger that an earlier version made, or that somebody else has written in: once, with the way
out.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import click

from policytracker.ledger.ledger_error import LedgerWarning as LedgerWarning
from policytracker.ledger.ledger_error import OldLedgerWarning
from policytracker.questions.escaping import safe


@contextmanager
def ledger_warnings_told() -> Iterator[None]:
    """Print the ledger's warnings beside the answer (stderr), each once a command; leave other warnings alone."""
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
                click.echo(click.style(text, dim=True) if is_note else text, err=True)

        warnings.showwarning = show
        yield
