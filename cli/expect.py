"""``policytracker expect``: hold a ledger to what an expert expects of it."""

from pathlib import Path

import click

from policytracker.cli.exit_codes import NOT_HELD
from policytracker.cli.options import path_of
from policytracker.cli.output import counted


@click.command(short_help="Hold the ledger to what an expert expects of it.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--junit", type=click.Path(path_type=Path, dir_okay=False), help="Write the results to this file, as JUnit XML."
)
@click.pass_context
def expect(context: click.Context, files: tuple[Path, ...], junit: Path | None) -> None:
    """Hold the ledger to FILEs of expectations, one a line, in CSV or JSONL.

    The columns are company, chip, at and expected; known, recorded, limited_by and note may be left out. `expected`
    is a status (conditional), the lowest and the highest possible one (in_principle..licensable), a bound
    (>=conditional, <=blocked), or unknown. `limited_by` names all gates that limit the cell, with spaces between.
    Where a line does not hold, the command prints the answer, the event that turned the cell, and what decides at
    each gate.

    \b
    Exit codes: 0 all hold; 3 one does not; 1 a file cannot be read; 2 wrong usage.

    \b
    Example:
      policytracker expect history.expect.csv --junit results.xml
    """
    from policytracker.api.ledger import Ledger
    from policytracker.testing.expectations import expectations_in, failure_of
    from policytracker.testing.junit import write_junit

    wanted = [each for file in files for each in expectations_in(file)]
    with Ledger(path_of(context)) as ledger:
        results = [(each, failure_of(ledger, each)) for each in wanted]
    failures = [failure for _, failure in results if failure]
    if junit:
        write_junit(junit, results)
    for failure in failures:
        click.echo(f"{failure.expectation.place}: {failure.text}")
    if failures:
        do = "does" if len(failures) == 1 else "do"
        click.echo(f"{len(failures):,} of {counted(len(results), 'expectation')} {do} not hold")
        context.exit(NOT_HELD)
    click.echo(f"{counted(len(results), 'expectation')} hold" + ("s" if len(results) == 1 else ""))
