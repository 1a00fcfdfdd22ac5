"""``policytracker export``: write the ledger out, one event a line."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TextIO

import click

from policytracker.cli.log import recorded_option
from policytracker.cli.options import open_books, tell_dates
from policytracker.cli.output import json_text
from policytracker.questions.books import Clocks
from policytracker.questions.log import Export

STANDARD_OUTPUT = Path("-")


@click.command(short_help="Write the ledger out, one event a line.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file to write.  [default: standard output]")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@recorded_option
@click.pass_context
def export(context: click.Context, /, output: Path | None, force: bool, recorded: int | None) -> None:
    """Write every event in ledger order as JSON lines, in the interchange format: `import` takes them again.

    A file appears whole or not at all. What was redacted, and what is about that, is left out.

    \b
    Examples:
      policytracker export > ledger.jsonl
      policytracker export -o ledger.jsonl --force
      policytracker export --recorded 2027-01-31 -o january.jsonl
    """
    to_file = output is not None and output != STANDARD_OUTPUT
    if to_file and output is not None:
        check_free(output, force)
    with open_books(context) as books:
        found = Export(books, recorded)
        lines = (json_text(event) for event in found.lines())
        if output is None or not to_file:
            for line in lines:
                click.echo(line)
        else:
            count = write(output, lines)
            click.echo(f"wrote {count:,} events to {click.format_filename(output)}", err=True)
        if found.gone:
            count = len(found.gone)
            what = "1 event that was" if count == 1 else f"{count:,} events that were"
            click.echo(f"left out: {what} redacted, or are about such", err=True)
        tell_dates(books, Clocks(0, None, recorded), "nl", at=False)


def check_free(path: Path, force: bool) -> None:
    """Raise ClickException where something is that must not be overwritten."""
    if path.exists() and not path.is_file():
        raise click.ClickException(f"{path} is no file; name one, or leave --output out and redirect")
    if path.exists() and not force:
        raise click.ClickException(f"{path} is there already; choose another name, or overwrite it with --force")


def write(path: Path, lines: Iterable[str]) -> int:
    """Write lines to a file that appears whole or not at all; return how many. Raises OSError."""
    count = 0
    with _taking_the_place_of(path) as file:
        for line in lines:
            file.write(line + "\n")
            count += 1
    return count


@contextmanager
def _taking_the_place_of(path: Path) -> Iterator[TextIO]:
    """A file beside the one named, which takes its place once it is written and safe on the disk."""
    path = path.resolve()
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        beside = Path(file.name)
        try:
            yield file  # type: ignore[misc]
            file.flush()
            os.fsync(file.fileno())
            beside.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
