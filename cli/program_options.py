"""The options of the whole program: they may stand before the command or after it."""

from typing import Any

import click
from click.core import ParameterSource

from policytracker.cli import notices
from policytracker.cli.settings import given, keep, use_colour
from policytracker.cli.texts import PATH

COLORS = ("auto", "always", "never")
_FROM_FILE = "else that of the configuration file, else"


class ProgramOption(click.Option):
    """An option of the whole program. Every command takes it too; the help of the program alone describes it."""

    def __init__(self, *flags: str, **attributes: Any) -> None:
        super().__init__(flags, expose_value=False, callback=_keep, **attributes)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        if ctx.parent is None:
            return super().get_help_record(ctx)
        if self.name != "ledger":
            return None
        return "--ledger WHERE …", "This, and other options of the whole program; see `policytracker --help`."


def program_options() -> list[click.Parameter]:
    """The options, made anew. The values are kept (``given``), wherever the options stand."""
    return [
        ProgramOption(
            "--ledger",
            type=PATH,
            metavar="WHERE",
            help="A ledger file, or a postgresql:// URL.  "
            f"[default: $POLICYTRACKER_LEDGER, {_FROM_FILE} your data folder]",
        ),
        ProgramOption(
            "--recorder",
            type=click.UNPROCESSED,  # whoever records is checked wherever the name comes from
            metavar="NAME",
            help=f"Who records; sealed with every event.  [default: $POLICYTRACKER_RECORDER, {_FROM_FILE} somebody]",
        ),
        ProgramOption(
            *("-q", "--quiet"),
            is_flag=True,
            help="Print no notes, warnings, dates and progress on standard error: only errors and questions. "
            "Standard output stays as it is.",
        ),
        ProgramOption(
            *("-v", "--verbose"),
            is_flag=True,
            help="Print on standard error what is done, and at which second: which ledger and recorder count and who "
            "says so, read models that are brought up to date or made anew.",
        ),
        ProgramOption(
            "--color",
            type=click.Choice(COLORS),
            help="Colour what is printed.  [default: never with $NO_COLOR, always with $FORCE_COLOR, "
            f"{_FROM_FILE} auto: on a terminal, unless $TERM is dumb]",
        ),
        ProgramOption(
            "--no-pager",
            is_flag=True,
            help="Print an answer on a terminal at once, not through a pager.  "
            f"[default: $POLICYTRACKER_PAGER, {_FROM_FILE} $PAGER, else less]",
        ),
    ]


class Commands(click.Group):
    """A group whose commands take the options of the whole program too."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = self.command_named(cmd_name)
        if found is not None and not any(isinstance(each, ProgramOption) for each in found.params):
            found.params.extend(program_options())
        return found

    def command_named(self, name: str) -> click.Command | None:
        """The command of a name, with its own options."""
        raise NotImplementedError


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Keep what was given. This is called for each option of each command, given or not."""
    root = context.find_root()
    if context.get_parameter_source(parameter.name) is ParameterSource.COMMANDLINE:
        keep(context, parameter.name, value)
    if given(context, "quiet") and given(context, "verbose"):
        raise click.UsageError("--quiet and --verbose exclude each other; give one of them")
    if parameter.name == "verbose" and value:
        notices.be_verbose(root)
    if parameter.name == "quiet" and value:
        notices.be_quiet(root)
    if parameter.name == "color" and context is not root:
        use_colour(context)
