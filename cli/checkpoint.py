"""``policytracker checkpoint``: write down what the ledger is now."""

from pathlib import Path

import click

from policytracker.cli.export import check_free, write
from policytracker.cli.notices import notice
from policytracker.cli.options import path_of
from policytracker.cli.output import file_name
from policytracker.cli.streams import done

FILE = click.Path(path_type=Path)


@click.command(short_help="Write down what the ledger is now, signed or not.")
@click.option("--key", "key_file", type=FILE, help="Sign with the key in this file.")
@click.option("--origin", metavar="NAME", help="What to call the ledger.  [default: policytracker/ and its identity]")
@click.option("-o", "--output", type=FILE, help="A file to write.  [default: standard output]")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@click.option("--new-key", type=FILE, metavar="FILE", help="Make a key in a new file, and print its public half.")
@click.option("--name", help="With --new-key: what the key is called, such as a host and a role.")
@click.pass_context
def checkpoint(
    context: click.Context,
    /,
    key_file: Path | None,
    origin: str | None,
    output: Path | None,
    force: bool,
    new_key: Path | None,
    name: str | None,
) -> None:
    """Write down what the ledger is now, in three lines: its name, how many events it has, and the root of the
    tree that seals them (a C2SP tlog-checkpoint). The whole ledger is checked first.

    Keep it where nobody who can write the ledger can write: `verify --against` proves later that the ledger
    still begins so. Whoever cannot keep it there signs it: with --key, or with ssh-keygen.

    \b
    Examples:
      policytracker checkpoint -o 2026-02.checkpoint
      policytracker checkpoint --new-key ledger.key --name example.com/compliance
      policytracker checkpoint --key ledger.key -o 2026-02.checkpoint
      ssh-keygen -Y sign -n policytracker -f ~/.ssh/id_ed25519 2026-02.checkpoint
    """
    if new_key is not None:
        _make_key(new_key, name, any((key_file, origin, output)))
        return
    if name is not None:
        raise click.UsageError("--name is the name of a new key; add --new-key FILE, or leave --name out")
    from policytracker.keeping.checkpoints import checkpoint as checkpoint_of
    from policytracker.keeping.keys import read_key

    if output is not None:
        check_free(output, force)
    kept = checkpoint_of(path_of(context), origin, read_key(key_file) if key_file else None)
    text = kept.to_bytes().decode()
    if output is None:
        click.echo(text, nl=False)
    else:
        write(output, text[:-1].split("\n"))
        events = kept.checkpoint.size
        notice(f"wrote a checkpoint of {events:,} events to {file_name(output)}")


def _make_key(path: Path, name: str | None, more: bool) -> None:
    from policytracker.keeping.keys import new_key

    if name is None:
        raise click.UsageError("a new key needs a name; add --name, such as example.com/compliance")
    if more:
        raise click.UsageError("--new-key only makes a key; leave out --key, --origin and -o, or --new-key")
    key = new_key(path, name)
    done(f"the new key is in {file_name(path)}; its public half is {key}")
    click.echo(str(key))
    notice(
        f"the secret half is in {file_name(path)}: keep it to yourself, and away from the ledger. "
        "Give the line above to whoever shall verify, with `policytracker verify --key`"
    )
