"""``policytracker export``: write the ledger out, one event a line, or in another form."""

import importlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from policytracker.cli.export_forms import HELPS, WITH_RECORDERS, Lines
from policytracker.cli.log import recorded_option
from policytracker.cli.notices import notice
from policytracker.cli.options import open_reader, tell_dates
from policytracker.cli.output import file_name, form_options
from policytracker.cli.program_options import Commands
from policytracker.ledger.beside import beside, clear_left
from policytracker.ledger.placing import to_disk
from policytracker.questions.escaping import one_line
from policytracker.questions.reader import Clocks
from policytracker.questions.telling import SHORT_ID

STANDARD_OUTPUT = Path("-")
DATABASE = b"SQLite format 3\0"
"""How every file of SQLite begins."""
HEADER = 100
"""Bytes of its header."""
APPLICATION_ID = slice(68, 72)
"""Where the header says which program the database belongs to."""
FORMS = {
    "site": ("export_site", "The pages as static files."),
    "explorer": ("export_explorer", "One HTML file that answers for any two dates."),
    "sqlite": ("export_sqlite", "One SQLite file of plain tables, for Datasette and other programs."),
}
"""What else can be written: a module with a command of the same name, imported when it is called."""


class Forms(Commands):
    """The ledger's events, or another form."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(FORMS)

    def command_named(self, name: str) -> click.Command | None:
        if name not in FORMS:
            return None
        module, _ = FORMS[name]
        command: click.Command = getattr(importlib.import_module(f"policytracker.cli.{module}"), module)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in FORMS and not args[0].startswith("-"):
            raise click.UsageError(f"there is no form {args[0]!r}; there are: {', '.join(FORMS)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Other forms"):
            formatter.write_dl([(name, help_text) for name, (_, help_text) in FORMS.items()])


@click.group(
    cls=Forms,
    invoke_without_command=True,
    subcommand_metavar="[FORM ...]",
    short_help="Write the ledger out, one event a line.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file to write.  [default: standard output]")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@form_options(**HELPS)
@click.option("--show-recorders", "recorders", is_flag=True, help="With --cloudevents and --prov: name who recorded.")
@recorded_option
@click.pass_context
def export(
    context: click.Context,
    /,
    output: Path | None,
    force: bool,
    form: str | None,
    recorders: bool,
    recorded: int | None,
) -> None:
    """Write every event in ledger order as JSON lines, in the interchange format: `import` takes them again.

    A file appears whole or not at all. What was redacted, and what is about that, is left out. So is what an import
    would refuse without it.

    --cloudevents has the same events, each in an envelope. --prov has all events, also what is left of a redacted
    one. --ftm has what restricts whom, as it stands today.

    \b
    Examples:
      policytracker export > ledger.jsonl
      policytracker export -o ledger.jsonl --force
      policytracker export --toml -o ledger.toml
      policytracker export --cloudevents -o events.jsonl
      policytracker export --recorded 2027-01-31 -o january.jsonl
      policytracker export explorer tracker.html
      policytracker export sqlite tracker.db
    """
    if context.invoked_subcommand is not None:
        if (output, force, form, recorders, recorded) != (None, False, None, False, None):
            raise click.UsageError(f"give the options after `export {context.invoked_subcommand}`", context)
        return
    if recorders and form not in WITH_RECORDERS:
        raise click.UsageError("--show-recorders is for --cloudevents and --prov; give one of them, or leave it out")
    to_file = output is not None and output != STANDARD_OUTPUT
    if to_file and output is not None:
        check_free(output, force)
    with open_reader(context) as reader:
        found = Lines(reader, recorded, form, recorders)
        if to_file and output is not None:
            write(output, found)
            notice(f"wrote {found.written} to {file_name(output)}")
        else:
            for line in found:
                click.echo(line)
        if found.gone:
            what = "1 event that was" if found.gone == 1 else f"{found.gone:,} events that were"
            notice(f"left out: {what} redacted, or are about such")
        for event_id, why in found.refused.items():
            faults = "; ".join(why.split("\n"))
            told = f"event {event_id[:SHORT_ID]}, which rests on what was redacted, so that an import refuses it"
            notice(one_line(f"left out: {told} ({faults})"))
        at = form == "ftm"
        tell_dates(reader, Clocks(reader.today if at else 0, None, recorded), "nl", at=at)


def check_free(path: Path, force: bool, application_id: int | None = None) -> None:
    """Refuse to write where there is something already, unless by force. Raises ClickException.

    A link counts as something, wherever it leads: somebody else may have put it there. No database is overwritten, but
    for those of an ``application_id``. What a killed process has left beside the path is removed.
    """
    if path.parent.is_dir():
        clear_left(path)
    if path.is_symlink() and not force:
        raise click.ClickException(
            f"{path} is a link to {path.readlink()}; choose another name, or put a file in its place with --force"
        )
    if path.exists() and not path.is_file():
        raise click.ClickException(f"{path} is no file; name one")
    if path.exists() and not force:
        raise click.ClickException(f"{path} is there already; choose another name, or overwrite it with --force")
    if path.is_file() and not path.is_symlink() and _database_of(path) not in (None, application_id):
        raise click.ClickException(
            f"{path} is a database, maybe a ledger, and --force overwrites none; choose another name"
        )


def _database_of(path: Path) -> int | None:
    """The application id of a database, 0 where it gives none; None for any other file."""
    with path.open("rb") as file:
        head = file.read(HEADER)
    return int.from_bytes(head[APPLICATION_ID]) if head.startswith(DATABASE) else None


def write(path: Path, lines: Iterable[str]) -> int:
    """Write lines to a file that appears whole or not at all; return how many. Raises OSError."""
    count = 0
    with taking_the_place_of(path) as made, made.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(line + "\n")
            count += 1
    return count


@contextmanager
def failing_at(path: Path) -> Iterator[None]:
    """Let an OSError name the file that was to be written, and not the one beside it that is gone."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error


@contextmanager
def taking_the_place_of(path: Path) -> Iterator[Path]:
    """Where to write a file, beside the one named, whose place it takes once it is written and safe on the disk.

    Of a link it takes the place too; what the link led to stays as it is. Raises OSError.
    """
    path = path.parent.resolve() / path.name
    with failing_at(path), beside(path) as folder:
        made = folder / path.name
        yield made
        to_disk(made)
        if path.is_file() and not path.is_symlink():
            made.chmod(path.stat().st_mode & 0o777)
        made.replace(path)
