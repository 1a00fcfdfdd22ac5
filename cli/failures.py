"""What a user reads of an error: one line, which ends in the way out. Imported once something has failed."""

import errno
import sqlite3

import click

from policytracker.alerts.errors import AlertError
from policytracker.cli.streams import NotWritten, stays
from policytracker.cli.texts import NOT_UTF_8
from policytracker.events.refusals import NotAnEvent, Refused, UnknownForm, shown
from policytracker.keeping.errors import KeepingError
from policytracker.ledger.errors import LedgerError
from policytracker.questions.errors import QuestionError
from policytracker.questions.escaping import one_line, safe
from policytracker.seals.errors import BadSeal

REPORTED_AT = ("bug tracker", "issue tracker", "issues", "bug reports", "tracker")
"""What packages call the address at which mistakes are reported, in the field Project-URL."""


def told(error: BaseException, done: str | None = None) -> BaseException:
    """The error as click prints it; the same one where it is said already, or is a mistake of this program.

    ``done`` is what the command had done for good before it failed: that is said with the failure.
    """
    if isinstance(error, NotWritten):
        error.done = done
        return error
    failure = _told(error)
    if done is None:
        return failure
    if isinstance(failure, KeyboardInterrupt):
        return click.ClickException(stays("interrupted", done))
    if isinstance(failure, click.ClickException):
        return type(failure)(stays(failure.message, done))
    return failure


def mistake(error: Exception) -> str:
    """What a user reads of a mistake of this program: what went wrong, where to report it, and how."""
    what = one_line(f"{type(error).__name__}: {error}")
    return (
        f"{what}; this is a mistake in policytracker: report it to {_where_to_report()}, with what "
        "POLICYTRACKER_DEBUG=1 shows; `policytracker verify` tells whether the ledger is whole"
    )


def _where_to_report() -> str:
    """The address that the package gives for this; without one, whoever gave the user the program."""
    from importlib.metadata import PackageNotFoundError, metadata

    try:
        links = metadata("policytracker").get_all("Project-URL") or []
    except PackageNotFoundError:  # run from a checkout that is not installed
        links = []
    places = {name.strip().lower(): address.strip() for name, _, address in (link.partition(",") for link in links)}
    return next((places[name] for name in REPORTED_AT if name in places), "whoever gave you the program")


def _told(error: BaseException) -> BaseException:
    own = LedgerError | KeepingError | QuestionError | AlertError | BadSeal | Refused | UnknownForm | NotAnEvent
    if isinstance(error, own):
        return click.ClickException(safe(str(error)))
    if isinstance(error, sqlite3.DatabaseError):
        return click.ClickException(
            f"the ledger's files cannot be used now ({safe(str(error))}); check free space and permissions; "
            "`policytracker verify` tells whether they are whole"
        )
    if isinstance(error, click.UsageError):
        return click.UsageError(safe(error.format_message()), error.ctx)
    if isinstance(error, click.ClickException):
        return error if safe(error.message) == error.message else type(error)(safe(error.message))
    if isinstance(error, UnicodeEncodeError) and error.reason == "surrogates not allowed":
        return click.ClickException(f"{safe(shown(error.object))} {NOT_UTF_8}")
    if isinstance(error, OSError):
        place = f" {error.filename}" if error.filename else ""
        return click.ClickException(safe(f"{error.strerror or error}{place}; {_way_out(error)}"))
    return error


def _way_out(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "make room on the disk, and try again"
    if error.errno == errno.EIO:
        return "the disk may be failing: check it, run `policytracker verify`, and keep a backup elsewhere"
    return "check the path and its permissions"
