"""``policytracker backup``: write a checked backup."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

import click

from policytracker.cli.exit_codes import DAMAGED
from policytracker.cli.notices import progress_bar
from policytracker.cli.options import path_of
from policytracker.cli.output import counted, emit, output_options
from policytracker.cli.streams import done
from policytracker.questions import columns
from policytracker.questions.escaping import safe

FILE = click.Path(path_type=Path)


class BackupMade(TypedDict):
    """A backup, as of `backup --json`."""

    backup: str
    """Its file."""
    checkpoint: str
    """The file of the checkpoint beside it."""
    bytes: int
    """The size of the backup."""
    identity: str
    """Of the ledger."""
    events: int
    """How many it holds."""
    root: str
    """Of the tree over all of them, as checkpoints write it."""


@click.command(short_help="Write a checked backup, while others record.")
@click.argument("file", type=FILE)
@click.option("--key", "key_file", type=FILE, help="Sign the checkpoint with the key in this file.")
@output_options
@click.pass_context
def backup(context: click.Context, /, file: Path, key_file: Path | None, form: str | None) -> None:
    """Write the ledger, as it is at one moment, to a new file, whatever others record meanwhile. The file is a
    ledger itself, in one piece: it may be copied and moved as it is.

    Then every event and seal of it is read again; only what is whole is moved to its place, with a checkpoint
    beside it (FILE.checkpoint): its identity, size and root. Keep that apart from the backup, and `restore
    --against` proves later that the backup is still this one. Damage is told with exit code 5, and leaves nothing.

    \b
    Examples:
      policytracker backup /mnt/stick/2026-02-28.backup
      policytracker --ledger postgresql://me@db.example/policy backup policy-2026-02-28.backup
    """
    from policytracker.keeping.backups import LedgerDamaged
    from policytracker.keeping.backups import backup as take
    from policytracker.keeping.keys import read_key

    key = read_key(key_file) if key_file else None
    try:
        with progress("Backing up") as tell:
            made = take(path_of(context), file, key, tell)
    except LedgerDamaged as error:
        raise DamageFound(safe(str(error))) from error
    told: BackupMade = {
        "backup": str(file),
        "checkpoint": str(made.checkpoint),
        "bytes": made.size,
        "identity": made.head.ledger,
        "events": made.head.position,
        "root": root_text(made.kept.checkpoint.root),
    }
    done(_headline(told))
    emit([told], form, _lines, columns.BACKUP)


class DamageFound(click.ClickException):
    """Damage, in one line."""

    exit_code = DAMAGED


def _lines(rows: list[BackupMade]) -> None:
    (told,) = rows
    click.echo(safe(_headline(told)))
    for name, text in (("identity", told["identity"]), ("root", told["root"]), ("checkpoint", told["checkpoint"])):
        click.echo(f"{name:11} {safe(text)}")


def _headline(told: BackupMade) -> str:
    return (
        f"backed up {counted(told['events'], 'event')} to {told['backup']}, {told['bytes']:,} bytes; every seal holds"
    )


def root_text(root: bytes) -> str:
    """A root as checkpoints write it."""
    return base64.b64encode(root).decode()


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, for what tells how much is done and of how much."""
    with progress_bar(length=1, label=label) as bar:

        def tell(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield tell
