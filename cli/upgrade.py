"""``policytracker upgrade``: bring a ledger of an earlier version up to date."""

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from policytracker.cli.backup import FILE, DamageFound, progress, root_text
from policytracker.cli.options import path_of
from policytracker.cli.output import counted, emit, output_options
from policytracker.cli.streams import done
from policytracker.ledger.where import Where
from policytracker.questions import columns
from policytracker.questions.escaping import safe

if TYPE_CHECKING:
    from policytracker.keeping.upgrade import Upgraded


class LedgerUpgraded(TypedDict):
    """What an upgrade did, as of `upgrade --json`."""

    ledger: str
    """The ledger: a file, or a server without its password."""
    layout_before: int
    """The number of its layout before."""
    layout: int
    """The number of its layout now; the same as before where nothing was left to do."""
    identity: str
    """Of the ledger."""
    events: int
    """How many it holds; all of them stay as they were."""
    backup: str | None
    """The file of the backup; null: nothing was left to do."""
    checkpoint: str | None
    """The file of the checkpoint beside it; null: nothing was left to do."""
    root: str | None
    """Of the tree over all events, as checkpoints write it; null: nothing was left to do."""


@click.command(short_help="Bring a ledger of an earlier version up to date, in place.")
@click.option("--backup", "file", type=FILE, help="A new file for the backup.  [default: beside the ledger file]")
@output_options
@click.pass_context
def upgrade(context: click.Context, /, file: Path | None, form: str | None) -> None:
    """Bring a ledger that an earlier version made up to date, in place. Until then this version answers from it, and
    records nothing in it.

    First the program writes a backup and reads that again, as `backup` does. The backup lies beside the ledger file, as
    LEDGER.layout-2.backup, unless --backup names another place. Then it upgrades the ledger in one transaction. Every
    event keeps its id, place, recorded time, recorder and seal, so kept checkpoints and evidence still verify.
    Earlier versions of the program refuse the ledger from then on; they can use the backup. Damage is told with exit
    code 5, and nothing is upgraded.

    If the command was cut short, run it again. On a ledger that is up to date it does nothing. On a server only the
    owner of the ledger can do it.

    \b
    Examples:
      policytracker upgrade
      policytracker --ledger postgresql://owner@db.example/policy upgrade --backup policy.backup
    """
    from policytracker.keeping.backups import LedgerDamaged
    from policytracker.keeping.upgrade import upgrade as bring_up_to_date

    path = path_of(context)
    try:
        with progress("Backing up") as tell:
            upgraded = bring_up_to_date(path, file, tell)
    except LedgerDamaged as error:
        raise DamageFound(safe(str(error))) from error
    told = _told(path, upgraded)
    if upgraded.before != upgraded.layout:
        done(_headline(told))
    emit([told], form, lambda rows: _lines(rows[0], upgraded), columns.UPGRADE)


def _told(path: Where, upgraded: "Upgraded") -> LedgerUpgraded:
    made = upgraded.made
    return {
        "ledger": str(path.absolute() if isinstance(path, Path) else path),
        "layout_before": upgraded.before,
        "layout": upgraded.layout,
        "identity": upgraded.head.ledger,
        "events": upgraded.head.position,
        "backup": str(upgraded.backup) if made else None,
        "checkpoint": str(made.checkpoint) if made else None,
        "root": root_text(made.kept.checkpoint.root) if made else None,
    }


def _lines(told: LedgerUpgraded, upgraded: "Upgraded") -> None:
    if upgraded.made is None:
        click.echo(safe(f"nothing to do: {told['ledger']} has layout {told['layout']}, the newest"))
        return
    count = counted(told["events"], "event")
    how = "found the backup of an earlier attempt again" if upgraded.again else "backed up"
    click.echo(safe(f"{how}: {count} in {told['backup']}, {upgraded.made.size:,} bytes; every seal holds"))
    if upgraded.before == upgraded.layout:
        click.echo(safe(f"nothing was left to do: somebody else has upgraded {told['ledger']} meanwhile"))
    else:
        click.echo(safe(_headline(told)))
    for name in ("identity", "root", "checkpoint"):
        click.echo(f"{name:11} {safe(str(told[name]))}")


def _headline(told: LedgerUpgraded) -> str:
    return (
        f"upgraded {told['ledger']} from layout {told['layout_before']} to {told['layout']}; "
        f"its {counted(told['events'], 'event')} keep ids, places, recorded times and seals"
    )
