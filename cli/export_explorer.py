"""``policytracker export explorer``: one HTML file that answers for any two dates."""

from pathlib import Path
from typing import Any

import click

from policytracker.cli.export import check_free, write
from policytracker.cli.notices import notice
from policytracker.cli.options import clock_options, open_reader, tell_dates
from policytracker.cli.output import file_name
from policytracker.questions.reader import Clocks


@click.command(short_help="One HTML file that answers for any two dates.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite the file.")
@clock_options
@click.pass_context
def export_explorer(context: click.Context, /, file: Path, force: bool, **clocks: Any) -> None:
    """Write one HTML file to mail around: the board, and every cell, for any day, as known at any moment.

    It needs a browser and nothing else. It opens with the dates of --at and --known, and answers for all others;
    --recorded is fixed. The file appears whole or not at all.

    \b
    Examples:
      policytracker export explorer tracker.html
      policytracker export explorer tracker.html --force --at 2026-01-28 --known 2026-01-28T12:00Z
    """
    from policytracker.questions.explorer_data import explorer_data
    from policytracker.web.explorer import explorer

    check_free(file, force)
    asked = Clocks(**clocks)
    with open_reader(context) as reader:
        write(file, [explorer(explorer_data(reader, asked)).removesuffix("\n")])
        notice(f"wrote {file_name(file)}; open it in a browser")
        tell_dates(reader, asked, "nl")
