"""``policytracker restore``: make a ledger from a backup."""

from pathlib import Path
from typing import TypedDict

import click

from policytracker.cli.backup import FILE, DamageFound, progress, root_text
from policytracker.cli.options import path_of
from policytracker.cli.output import counted, emit, output_options
from policytracker.cli.streams import done
from policytracker.cli.verify import Verifier, extends
from policytracker.ledger import clock
from policytracker.questions import columns
from policytracker.questions.escaping import safe
from policytracker.seals.notes import VerifierKey


class LedgerRestored(TypedDict):
    """A ledger made from a backup, as of `restore --json`."""

    ledger: str
    """The ledger that was made: a file, or a server without its password."""
    backup: str
    """The file."""
    identity: str
    """Of the ledger."""
    events: int
    """How many it holds."""
    root: str
    """Of the tree over all of them, as checkpoints write it."""
    recorded: str | None
    """The instant at which the last of them was recorded, in UTC; null: it holds none."""
    extends: list[str]
    """The kept checkpoints that it extends, in words."""


@click.command(short_help="Make a ledger from a backup.")
@click.argument("file", type=FILE)
@click.argument("files", nargs=-1, metavar="[CHECKPOINT]...", type=FILE)
@click.option("--against", multiple=True, metavar="CHECKPOINT", type=FILE, help="A kept one, which it must extend.")
@click.option("--key", "keys", type=Verifier(), multiple=True, help="One of these must have signed each checkpoint.")
@output_options
@click.pass_context
def restore(
    context: click.Context,
    /,
    file: Path,
    files: tuple[Path, ...],
    against: tuple[Path, ...],
    keys: tuple[VerifierKey, ...],
    form: str | None,
) -> None:
    """Make the ledger that --ledger names from a backup: a file, or a database on a PostgreSQL server. Nothing may
    be there yet: move a broken ledger away first, with the files -wal and -shm beside it.

    The backup is checked before, with --against for being what a kept checkpoint says, and what was written is
    checked again before it takes its place. Damage, and a checkpoint that it does not extend, are told with exit
    code 5, and nothing is restored. The read models are made anew.

    \b
    Examples:
      policytracker --ledger policy.ledger restore /mnt/stick/2026-02-28.backup
      policytracker restore 2026-02-28.backup --against kept/*.checkpoint
      policytracker --ledger postgresql://owner@db.example/policy restore 2026-02-28.backup
    """
    if (files or keys) and not against:
        raise click.UsageError("checkpoints are given with --against CHECKPOINT...")
    from policytracker.cli import bounded
    from policytracker.keeping.backups import BackupDamaged, NotProven, RestoredDamaged
    from policytracker.keeping.backups import restore as make
    from policytracker.projections.catching_up import rebuild

    path = path_of(context)
    kept = [(str(name), bounded.checkpoint(name)) for name in (*against, *files)]
    try:
        with progress("Restoring") as tell:
            made = make(file, path, kept, keys, tell)
    except (BackupDamaged, NotProven, RestoredDamaged) as error:
        raise DamageFound(safe(str(error))) from error
    ledger = str(path.absolute() if isinstance(path, Path) else path)
    done(_headline(made.head.position, str(file), ledger))
    rebuild(path, clock.today())
    told: LedgerRestored = {
        "ledger": ledger,
        "backup": str(file),
        "identity": made.head.ledger,
        "events": made.head.position,
        "root": root_text(made.kept.checkpoint.root),
        "recorded": clock.text(made.head.recorded) if made.head.position else None,
        "extends": [each.name for each in made.compared],
    }
    emit([told], form, lambda rows: _lines(rows[0], [extends(each) for each in made.compared]), columns.RESTORE)


def _lines(told: LedgerRestored, proven: list[str]) -> None:
    click.echo(safe(_headline(told["events"], told["backup"], told["ledger"])))
    for name, text in (("identity", told["identity"]), ("root", told["root"])):
        click.echo(f"{name:9} {safe(text)}")
    if told["recorded"]:
        click.echo(f"{'newest':9} recorded {told['recorded']}; record anew what came after it")
    for line in proven:
        click.echo(line)


def _headline(count: int, backup: str, ledger: str) -> str:
    return f"restored {counted(count, 'event')} from {backup} to {ledger}; every seal holds"
