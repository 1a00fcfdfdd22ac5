"""What a user reads of an error: one line, which ends in the way out. Imported once something has failed."""

import errno
import sqlite3

import click

from policytracker.events.refusals import NotAnEvent, Refused, UnknownForm
from policytracker.keeping.errors import KeepingError
from policytracker.ledger.errors import LedgerError
from policytracker.questions.errors import QuestionError
from policytracker.questions.escaping import safe
from policytracker.seals.errors import BadSeal


def told(error: Exception) -> Exception:
    """The error as click prints it; the same one where it is said already, or is a mistake of this program."""
    if isinstance(error, LedgerError | KeepingError | QuestionError | BadSeal | Refused | UnknownForm | NotAnEvent):
        return click.ClickException(safe(str(error)))
    if isinstance(error, sqlite3.DatabaseError):
        return click.ClickException(
            f"the ledger's files cannot be used now ({safe(str(error))}); check free space and permissions; "
            "`policytracker verify` tells whether they are whole"
        )
    if isinstance(error, click.UsageError):
        return click.UsageError(safe(error.format_message()), error.ctx)
    if isinstance(error, click.ClickException):
        return error if safe(error.message) == error.message else click.ClickException(safe(error.message))
    if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
        place = f" {error.filename}" if error.filename else ""
        return click.ClickException(safe(f"{error.strerror or error}{place}; {_way_out(error)}"))
    return error


def _way_out(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "make room on the disk, and try again"
    return "check the path and its permissions"
