"""``policytracker export site``: the pages as static files, for any web server or none."""

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from policytracker.cli.export import failing_at
from policytracker.cli.notices import notice, progress_bar
from policytracker.cli.options import clock_options, open_reader, path_of, tell_dates
from policytracker.cli.output import file_name
from policytracker.cli.publishing import publishing_options
from policytracker.ledger import clock
from policytracker.ledger.beside import beside, clear_left
from policytracker.ledger.placing import put_back, take_place
from policytracker.questions.reader import Clocks

MARK = "made-by-policytracker.txt"
MOST_CELLS = 50_000


@click.command(short_help="The pages as static files.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a site that an earlier export made.")
@publishing_options("will find FOLDER", "relative links", takes_path=True)
@clock_options
@click.pass_context
def export_site(
    context: click.Context, /, folder: Path, force: bool, base: str | None, recorders: bool, **clocks: Any
) -> None:
    """Write the pages that `serve` shows into FOLDER, to be opened from there or put on any web server.

    The board answers for any two dates; the other pages show those of --at and --known. FOLDER appears whole or
    not at all.

    \b
    Examples:
      policytracker export site tracker
      policytracker export site tracker --force --at 2026-01-28 --known 2026-01-28
    """
    from policytracker.web.opened import Opened
    from policytracker.web.options import Options
    from policytracker.web.site import write_site

    asked = Clocks(**clocks)
    _check_free(folder, force)
    with open_reader(context) as reader:
        cells = len(reader.directory.companies) * len(reader.directory.chips)
        if cells > MOST_CELLS:
            raise click.ClickException(
                f"a page for each of {cells:,} companies and chips is too much for a folder; "
                "`policytracker export explorer` or `policytracker serve` answer for all of them"
            )
        folder.parent.mkdir(parents=True, exist_ok=True)
        with failing_at(folder), beside(folder) as place, closing(Opened(path_of(context), clock.today)) as opened:
            site = place / "site"
            site.mkdir()
            written = write_site(opened, asked, site, Options(base, recorders))
            with progress_bar(written, 2 * cells, "Writing") as names:
                count = sum(1 for _ in names)
            (site / MARK).write_text("This folder is written anew by `policytracker export site --force`.\n")
            take_place(site, folder)
        notice(f"wrote {count:,} files; open {file_name(folder / 'index.html')}")
        tell_dates(reader, asked, "nl")


def _check_free(folder: Path, force: bool) -> None:
    if folder.parent.is_dir():
        put_back(folder)
        clear_left(folder)
    if not folder.exists():
        return
    if not (folder / MARK).is_file():
        raise click.ClickException(f"{folder} is there already and is no exported site; choose another name")
    if not force:
        raise click.ClickException(f"{folder} is there already; choose another name, or replace it with --force")
