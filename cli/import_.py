"""``policytracker import``: append many events, all or nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import click

from policytracker.cli.notices import notice, progress_bar
from policytracker.cli.options import open_reader, path_of, recorder_of, tell_dates
from policytracker.cli.output import counted
from policytracker.cli.streams import done
from policytracker.cli.texts import PATH
from policytracker.ledger import clock
from policytracker.questions.escaping import one_line
from policytracker.questions.reader import Clocks

if TYPE_CHECKING:
    from policytracker.authoring.files import ImportFiles
    from policytracker.ledger.appending import Outcome
    from policytracker.ledger.line_files import LineFiles
    from policytracker.ledger.lines import Line
    from policytracker.questions.pointed_out import PointedOut

MOST_TRIED = 20_000
"""For how many events a dry run tells which cells would change: it needs all of them in memory."""
MOST_WARNINGS = 1_000
MOST_ALIKE = 20
"""Lines of which the same is pointed out, and which are named one by one."""
MOST_REFUSED = 200
"""Warnings that are told where they are refusals."""


class Warned(NamedTuple):
    """What is pointed out of a line."""

    position: int
    """Of the event that the line is."""
    why: str


@click.command("import", short_help="Append many, all or nothing.")
@click.argument("files", nargs=-1, required=True, type=PATH, metavar="FILE...")
@click.option("--dry-run", is_flag=True, help="Check every line and show which cells would change; write nothing.")
@click.option("--strict", is_flag=True, help="Add nothing if there is any warning: each one refuses the import.")
@click.option("--correct", is_flag=True, help="Record the corrections that edited events of report files mean.")
@click.pass_context
def import_(context: click.Context, /, files: tuple[str, ...], dry_run: bool, strict: bool, correct: bool) -> None:
    """Append the events of interchange files, one a line, or of report files (.toml, .csv, .xlsx); - is standard input.

    All or nothing: with one refused line nothing is added, and every refused line is named. Lines that are
    recorded already add nothing, so a file that has grown may be imported again. What `record` points out is
    pointed out of each line: events that look like one recorded already, figures that would be counted twice,
    claims that can never apply, names that could be taken for another's.

    A sheet (.csv, .xlsx) has one event a row, and columns named like the fields: type, report.publisher, companies.
    In a report file or sheet, names, aliases and tickers may stand wherever an id may. An event of it whose ref is
    recorded with other content is refused, and the correction that this means is shown; --correct records it.

    \b
    Examples:
      policytracker import january.jsonl february.jsonl
      policytracker import --dry-run report.toml
      policytracker import --dry-run - < january.jsonl
      policytracker import --strict january.jsonl
    """
    from policytracker.authoring.files import ImportFiles, is_report_file

    if correct and not any(map(is_report_file, files)):
        raise click.UsageError(
            "--correct is for report files, whose names end in .toml, .csv or .xlsx; here is none", context
        )
    with ImportFiles(files, lambda: open_reader(context), correct) as lines:
        _tell_corrections(lines)
        append_all(context, lines, dry_run, strict)


def append_all(context: click.Context, lines: "LineFiles", dry_run: bool, strict: bool) -> None:
    """Append all lines or none, and tell what was done, or would be done, and what is to be looked at twice."""
    outcome = _append(context, lines, dry_run or strict)
    if strict:
        _refuse_warnings(context, outcome, lines)
    if dry_run:
        _tell_dry_run(context, outcome, lines)
        return
    tell_imported(context, _append(context, lines, dry=False) if strict else outcome, lines)


def _tell_corrections(lines: "ImportFiles") -> None:
    for place, ref, words in lines.corrections:
        notice(one_line(f"{place}: corrects {ref}: {words}"))


def _append(context: click.Context, lines: "LineFiles", dry: bool) -> "Outcome":
    """Append with a bar that grows with the bytes read."""
    from policytracker.keeping.verify import check_to_append
    from policytracker.ledger.appending import append_lines
    from policytracker.ledger.store import Store

    check_to_append(path_of(context))
    recorder = recorder_of(context)
    with (
        Store(path_of(context)) as store,
        progress_bar(length=lines.size, label="Importing") as bar,
    ):
        outcome = append_lines(
            store,
            lines,
            recorder=recorder,
            dry=dry,
            progress=lambda _: bar.update(max(0, lines.read - bar.pos)),
            keep=MOST_TRIED if dry else 0,
        )
        if not dry:
            done(_appended(outcome))
        return outcome


def _refuse_warnings(context: click.Context, outcome: "Outcome", lines: "LineFiles") -> None:
    """Refuse an import of which anything is pointed out, or that is too long to be looked at beforehand."""
    from policytracker.questions.dry_run import entries_of, registry_with
    from policytracker.questions.pointed_out import of_new

    if outcome.appended > MOST_TRIED:
        most = counted(MOST_TRIED, "event")
        raise click.ClickException(
            f"--strict looks at {most} at the most; nothing was added; import the lines in parts"
        )
    new = entries_of(outcome)
    with open_reader(context) as reader:
        found = of_new(reader, registry_with(reader, new), clock.today(), new) if new else iter(())
        warned = list(islice(_warned(found), MOST_REFUSED + 1))
    if warned:
        told = "".join(f"\n  {place}: {why}" for place, why in _placed(warned[:MOST_REFUSED], outcome, lines))
        more = f"\n  and more; the first {MOST_REFUSED:,} are told" if len(warned) > MOST_REFUSED else ""
        raise click.ClickException(
            f"nothing was added, as these lines are to be looked at twice; mend them or leave out --strict:{told}{more}"
        )


def tell_imported(context: click.Context, outcome: "Outcome", lines: "Iterable[Line]") -> None:
    """What was appended; then bring the read models up to date, and point out what is to be looked at twice."""
    try:
        click.echo(_appended(outcome))
    finally:
        _catch_up(context, outcome, lines)


def _catch_up(context: click.Context, outcome: "Outcome", lines: "Iterable[Line]") -> None:
    """Bring the read models up to date, whoever reads the output, and point out what is to be looked at twice."""
    from policytracker.cli.recording import caught_up
    from policytracker.questions.pointed_out import MOST_COMPARED, of_recorded

    if outcome.appended and caught_up(path_of(context), clock.today()):
        with open_reader(context) as reader:
            _warn(of_recorded(reader, clock.today(), outcome.position), outcome, lines)
    if outcome.appended > MOST_COMPARED:
        notice(f"note: the first {counted(MOST_COMPARED, 'event')} were compared with others, the rest were not")


def _tell_dry_run(context: click.Context, outcome: "Outcome", lines: "LineFiles") -> None:
    from policytracker.cli.supposed_output import tell_supposed
    from policytracker.questions.dry_run import entries_of
    from policytracker.questions.pointed_out import of_new

    day = clock.today()
    click.echo(
        f"{counted(outcome.appended, 'event')} would be appended, {_already(outcome.repeated)}; no line is refused"
    )
    if outcome.appended > MOST_TRIED:
        click.echo(
            f"which cells would change is told for {counted(MOST_TRIED, 'event')} at the most; try a part of the file"
        )
        return
    with open_reader(context) as reader:
        more = entries_of(outcome)
        after = tell_supposed(reader, more, day)
        if more:
            _warn(of_new(reader, after.registry, day, more), outcome, lines)
        tell_dates(reader, Clocks(day), None)


def _warn(found: "Iterable[PointedOut]", outcome: "Outcome", lines: "Iterable[Line]") -> None:
    """Tell line by line what is pointed out."""
    from policytracker.cli.record_output import warn

    told = list(islice(_warned(found), MOST_WARNINGS + 1))
    times: Counter[str] = Counter()
    for place, why in _placed(told[:MOST_WARNINGS], outcome, lines):
        times[why] += 1
        if times[why] <= MOST_ALIKE:
            warn(why, f"{place}: ")
    for why, count in times.items():
        if count > MOST_ALIKE:
            warn(why, f"{counted(count - MOST_ALIKE, 'more line')} of this import: ")
    if len(told) > MOST_WARNINGS:
        warn(f"there is more to look at twice in this import; the first {MOST_WARNINGS:,} warnings are told")


def _warned(found: "Iterable[PointedOut]") -> Iterator[Warned]:
    from policytracker.questions.pointed_out import likeness_line

    for each in found:
        yield from (Warned(each.entry.position, why) for why in each.warnings)
        if each.alike:
            yield Warned(each.entry.position, likeness_line(each.entry, each.alike))


def _placed(warned: Iterable[Warned], outcome: "Outcome", lines: "Iterable[Line]") -> Iterator[tuple[str, str]]:
    """Where each warned line stands, and why; the lines are gone through once more, and not decoded."""
    numbered = enumerate(lines if warned else ())
    at, name = -1, ""
    for position, why in warned:
        wanted = outcome.places[position - outcome.position]
        while at < wanted:
            at, line = next(numbered)
            name = line.place
        yield name, why


def _appended(outcome: "Outcome") -> str:
    return f"{counted(outcome.appended, 'event')} appended, {_already(outcome.repeated)}"


def _already(count: int) -> str:
    return f"{count:,} {'was' if count == 1 else 'were'} recorded already"
