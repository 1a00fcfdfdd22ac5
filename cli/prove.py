"""``policytracker prove``: write evidence of one event."""

from pathlib import Path

import click

from policytracker.cli.completing import Named
from policytracker.cli.export import check_free, write
from policytracker.cli.notices import notice
from policytracker.cli.options import path_of
from policytracker.cli.output import file_name
from policytracker.cli.verify import Verifier
from policytracker.seals.notes import VerifierKey

FILE = click.Path(path_type=Path)


@click.command(short_help="Write evidence of one event, for a stranger to check.")
@click.argument("event", type=Named("ID", "event"), metavar="ID")
@click.option("-o", "--output", type=FILE, help="A file to write.  [default: standard output]")
@click.option("--key", "key_file", type=FILE, help="Sign the checkpoint in it with the key in this file.")
@click.option("--checkpoint", type=FILE, help="Use this kept checkpoint.  [default: one made now]")
@click.option("--signed-by", type=Verifier(), multiple=True, help="With --checkpoint: a verifier key of its signer.")
@click.option("--verifier", type=FILE, help="Write the program that checks it here, too.")
@click.option("--force", is_flag=True, help="Overwrite files.")
@click.pass_context
def prove(
    context: click.Context,
    /,
    event: str,
    output: Path | None,
    key_file: Path | None,
    checkpoint: Path | None,
    signed_by: tuple[VerifierKey, ...],
    verifier: Path | None,
    force: bool,
) -> None:
    """Write evidence that an event stands in the ledger: what it says, who recorded it when, and the proof that
    this is part of a checkpoint. ID is a ref, an id, or the beginning of an id.

    Whoever gets it needs neither the ledger nor this program to check it: the verifier is one file, for any
    Python from 3.9 on. They trust the checkpoint by its signature, or because they have kept one themselves.

    \b
    Examples:
      policytracker prove cn-2026-01-28-batch -o evidence.json --verifier verify_evidence.py
      policytracker prove cn-2026-01-28-batch --checkpoint 2026-02.checkpoint -o evidence.json
      python3 verify_evidence.py evidence.json
    """
    from policytracker.cli import bounded
    from policytracker.keeping.keys import read_key
    from policytracker.keeping.proof import VERIFIER
    from policytracker.keeping.proof import prove as evidence_of

    if key_file and checkpoint:
        raise click.UsageError("--key signs a checkpoint made now; with --checkpoint name its signers by --signed-by")
    if signed_by and not checkpoint:
        raise click.UsageError("--signed-by is for a kept checkpoint; add --checkpoint FILE, or leave --signed-by out")
    for path in (path for path in (output, verifier) if path):
        check_free(path, force)
    key = read_key(key_file) if key_file else None
    kept = bounded.checkpoint(checkpoint) if checkpoint else None
    text = evidence_of(path_of(context), event, key, kept, signed_by).decode()
    if output is None:
        click.echo(text, nl=False)
    else:
        write(output, text[:-1].split("\n"))
        notice(f"wrote the evidence to {file_name(output)}")
    if verifier is not None:
        write(verifier, VERIFIER.read_text(encoding="utf-8")[:-1].split("\n"))
        notice(f"check it with: python3 {file_name(verifier)} EVIDENCE")
