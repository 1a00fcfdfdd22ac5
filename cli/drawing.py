"""Drawings of commands: --svg, to standard output or to a file that appears whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class Drawing(NamedTuple):
    """Whether a drawing is asked for, and where it goes; None: to standard output."""

    is_asked_for: bool
    output: Path | None = None

    @property
    def form(self) -> str | None:
        """The form of the answer; None: a drawing is not asked for."""
        return "svg" if self.is_asked_for else None


def drawing_options(command: Command) -> Command:
    """Add --svg, -o and --force; the command takes what they give as ``drawing_of`` does."""
    for option in (
        click.option("--force", is_flag=True, help="With --output: overwrite the file."),
        click.option(
            "-o", "--output", type=click.Path(path_type=Path), help="With --svg: a file.  [default: standard output]"
        ),
        click.option("--svg", is_flag=True, help="Print a drawing, with its dates and source below it."),
    ):
        command = option(command)
    return command


def drawing_of(form: str | None, others: Mapping[str, bool], svg: bool, output: Path | None, force: bool) -> Drawing:
    """What is asked for. Raises UsageError for options that do not go together, and ClickException for a file there.

    ``others``: options that do not go with a drawing, and whether they are given.
    """
    if not svg and (output is not None or force):
        raise click.UsageError("-o and --force are for drawings; add --svg")
    given = [name for name, is_given in {**others, f"--{form}": form is not None}.items() if is_given]
    if svg and given:
        raise click.UsageError(f"--svg draws; leave out {' and '.join(given)}")
    if not svg or output is None:
        return Drawing(svg)
    from policytracker.cli.export import STANDARD_OUTPUT, check_free

    if output == STANDARD_OUTPUT:
        return Drawing(svg)
    check_free(output, force)
    return Drawing(svg, output)


def emit_drawing(svg: str, drawing: Drawing) -> None:
    """Print a drawing, or write it to the file asked for. Raises OSError."""
    lines = [line for line in svg.splitlines() if line.strip()]
    if drawing.output is None:
        click.echo("\n".join(lines))
        return
    from policytracker.cli.export import write
    from policytracker.cli.notices import notice
    from policytracker.cli.output import file_name

    write(drawing.output, lines)
    notice(f"wrote {file_name(drawing.output)}")
