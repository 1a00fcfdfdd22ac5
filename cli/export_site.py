"""``policytracker export site``: the pages as static files, for any web server or none."""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.completing import Named
from policytracker.cli.export import failing_at
from policytracker.cli.notices import notice, progress_bar
from policytracker.cli.options import clock_options, open_reader, path_of, tell_dates
from policytracker.cli.output import file_name
from policytracker.cli.publishing import publishing_options
from policytracker.ledger import clock
from policytracker.ledger.beside import beside, clear_left
from policytracker.ledger.placing import put_back, take_place
from policytracker.questions import names
from policytracker.questions.reader import Clocks
from policytracker.status.directory import Directory

if TYPE_CHECKING:
    from policytracker.web.site_places import Extent

MARK = "made-by-policytracker.txt"
MOST_CELLS = 50_000


@click.command(short_help="The pages as static files.")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--company",
    "companies",
    type=Named("NAME", "a-company"),
    multiple=True,
    help="Write the pages of this company alone.",
)
@click.option(
    "--chip", "chips", type=Named("NAME", "a-chip"), multiple=True, help="Write the pages of this chip alone."
)
@click.option("--all-cells", is_flag=True, help="Write a page for each company with each chip.")
@click.option("--with-json", "answers", is_flag=True, help="Write the answer of each page as JSON beside it.")
@click.option("--force", is_flag=True, help="Replace a site that an earlier export made.")
@publishing_options("will find FOLDER", "relative links", takes_path=True)
@clock_options
@click.pass_context
def export_site(
    context: click.Context,
    /,
    folder: Path,
    companies: tuple[str, ...],
    chips: tuple[str, ...],
    all_cells: bool,
    answers: bool,
    force: bool,
    base: str | None,
    recorders: bool,
    **clocks: Any,
) -> None:
    """Write the pages that `serve` shows into FOLDER, to be opened from there or put on any web server.

    Without --company, --chip and --all-cells, every page is written but those of one company with one chip. Their
    links lead to the board, which shows any of them at any two dates. The other pages show the dates of --at and
    --known.

    --company and --chip may be given several times. Then only the pages of these companies and of these chips are
    written, and one for each of the companies with each of the chips. With --company alone, every chip has its page.
    The home page tells of the first --chip. FOLDER appears whole or not at all.

    \b
    Examples:
      policytracker export site tracker
      policytracker export site tracker --force --at 2026-01-28 --known 2026-01-28
      policytracker export site tencent --company Tencent --chip H20 --chip H200
    """
    from policytracker.web.opened import Opened
    from policytracker.web.options import Options
    from policytracker.web.site import write_site
    from policytracker.web.site_places import Extent

    if all_cells and (companies or chips):
        raise click.UsageError("--company and --chip name the cells that are written; leave them out, or --all-cells")
    asked = Clocks(**clocks)
    _check_free(folder, force)
    with open_reader(context) as reader:
        directory = reader.directory_at(asked.recorded, asked.at)
        named = _each(companies, partial(names.company, directory)), _each(chips, partial(names.chip, directory))
        extent = Extent(*named, cells=all_cells or bool(companies or chips), answers=answers)
        cells = _cells(extent, directory)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with failing_at(folder), beside(folder) as place, closing(Opened(path_of(context), clock.today)) as opened:
            site = place / "site"
            site.mkdir()
            written = write_site(opened, asked, site, Options(base, recorders), extent)
            pages = cells + reader.head.position + len(directory.companies) + len(directory.chips)
            with progress_bar(written, pages * (1 + answers), "Writing") as files:
                count = sum(1 for _ in files)
            (site / MARK).write_text("This folder is written anew by `policytracker export site --force`.\n")
            take_place(site, folder)
        notice(f"wrote {count:,} files; open {file_name(folder / 'index.html')}")
        tell_dates(reader, asked, "nl")


def _cells(extent: "Extent", directory: Directory) -> int:
    """How many pages of cells are written."""
    if not extent.cells:
        return 0
    cells = len(extent.companies or directory.companies) * len(extent.chips or directory.chips)
    if cells > MOST_CELLS:
        raise click.ClickException(
            f"a page for each of {cells:,} companies and chips is too much for a folder; name some with --company and "
            "--chip, or leave out --all-cells: the board of the site shows all of them"
        )
    return cells


def _each(given: tuple[str, ...], find: Callable[[str], str]) -> tuple[str, ...] | None:
    """The ids of those who are named, each once; None where nobody is."""
    return tuple(dict.fromkeys(map(find, given))) or None


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
