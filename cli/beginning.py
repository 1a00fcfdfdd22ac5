"""What ``policytracker`` says where it is called without a command."""

from pathlib import Path
from shlex import quote

import click

from policytracker.cli.options import path_of
from policytracker.cli.output import file_name
from policytracker.cli.settings import given


def named(context: click.Context) -> str:
    """The option by which the next command finds the same ledger; nothing where it finds that by itself."""
    return f" --ledger {quote(file_name(path_of(context)))}" if given(context, "ledger") else ""


def begin(context: click.Context) -> None:
    """Print the help; on a machine without a ledger, the three ways to begin."""
    place = path_of(context)
    if not isinstance(place, Path) or place.exists():
        click.echo(context.get_help())
        return
    option = named(context)
    click.echo(
        f"""There is no ledger at {file_name(place)} yet. Three ways to begin:

1. Look at the history that comes with the program, in a browser. Nothing is kept.
     policytracker serve --demo

2. Make a ledger of that history, and ask it who may import what.
     policytracker{option} init --demo
     policytracker{option} why Tencent H200 --at 2026-01-28

3. Make a ledger of your own, and record in it what you read.
     policytracker{option} init
     policytracker{option} record blocked --help

A ledger in another place is named by --ledger or $POLICYTRACKER_LEDGER.
`policytracker --help` lists all commands."""
    )
