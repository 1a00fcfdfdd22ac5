"""``policytracker record``: append one event. A subcommand for each type, made from the type's own fields."""

import shlex
from functools import partial
from typing import Any

import click

from policytracker.cli.completing import Named, no_such_type
from policytracker.cli.program_options import Commands
from policytracker.cli.record_options import DATES, Spec, specs
from policytracker.cli.record_starting import starting
from policytracker.cli.record_types import Pair, Range, Whole
from policytracker.cli.record_values import example_of
from policytracker.cli.registering import SUBJECT_FIELDS
from policytracker.cli.texts import TEXT
from policytracker.events.catalogue import GROUPS, TYPES, name_of
from policytracker.events.fields import Event
from policytracker.events.registry import Registration
from policytracker.questions.escaping import safe

REPEATED = ("list", "codes", "tests", "map", "numbers", "shares", "changes")
METAVARS = {"text": "TEXT", "list": "TEXT", "codes": "CODE", "tests": "TESTS"}
REGISTERED = {"authority": "authority", "company": "a-company", "chip": "a-chip", "group": "group"}
"""The fields that say what is registered, and the name spaces that complete them."""
TARGET = "target_argument"
TARGET_FIELD = ("target",)
"""The field that this argument is for."""


class Types(Commands):
    """The types of events as commands, each made when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(TYPES)

    def command_named(self, name: str) -> click.Command | None:
        return TypeCommand(TYPES[name]) if name in TYPES else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in TYPES and not args[0].startswith("-"):
            raise click.UsageError(no_such_type(args[0]), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for heading, names in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([(name, _line_of(TYPES[name])) for name in names])


class TypeCommand(click.Command):
    """``record TYPE``: the options of its fields, and those of recording."""

    def __init__(self, kind: type[Event]) -> None:
        self.kind = kind
        takes_target = any(spec.path == TARGET_FIELD for spec in specs(kind))
        target: list[click.Parameter] = [_target()] if takes_target else []
        super().__init__(
            name_of(kind),
            params=[
                *target,
                *(_option(kind, spec) for spec in specs(kind)),
                *starting(kind),
                *_recording(),
            ],
            help=_words_of(kind),
            callback=click.pass_context(partial(_record, kind)),
        )

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the event says, what its report is, how it is recorded: apart."""
        titles = {spec.parameter: "Report" if spec.path[0] == "report" else "Event" for spec in specs(self.kind)}
        rows: dict[str, list[tuple[str, str]]] = {"Event": [], "Report": [], "Recording": []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx) if isinstance(parameter, click.Option) else None
            if record is not None:
                rows[titles.get(parameter.name or "", "Recording")].append(record)
        for title, found in rows.items():
            if found:
                with formatter.section(title):
                    formatter.write_dl(found)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        example = example_of(name_of(self.kind))
        if example:
            with formatter.section("Example, on the history that comes with the program"):
                formatter.write_text("\b\n" + "\n".join(_folded(example, formatter.width - 6)))


@click.group(
    cls=Types, short_help="Append one event.", subcommand_metavar="[TYPE [OPTIONS]]", invoke_without_command=True
)
@click.pass_context
def record(context: click.Context) -> None:
    """Append one event. `record` alone lists the types; `record TYPE --help` tells what each TYPE takes.

    Companies, chips and authorities may be given by id, name or alias, in any language registered. With
    --dry-run nothing is written: the event is shown, and which cells would change today. An event that looks
    like one recorded already is pointed out, and recorded with --anyway only. A registration starts from the
    current one, and changes what its options name. Other events may start from a recorded one: with --like from
    its fields, with --report-of from its report.

    \b
    Example, on the history that comes with the program:
      policytracker record lifted cn-2026-01-14-customs --publisher Caixin --published 2026-02-03 \\
        --attribution official --dry-run
    """
    if context.invoked_subcommand is None:
        _list_types(context)


def _list_types(context: click.Context) -> None:
    formatter = context.make_formatter()
    formatter.write_text("Give the type of the event:")
    record.format_commands(context, formatter)
    formatter.write_paragraph()
    formatter.write_text("`policytracker record TYPE --help` tells what a type takes, and shows an example.")
    click.echo(formatter.getvalue(), nl=False)


def _record(kind: type[Event], context: click.Context, /, **values: Any) -> None:
    from policytracker.cli.recording import record_event

    target = values.pop(TARGET, None)
    if target is not None:
        if values["target"] is not None:
            raise click.UsageError("TARGET and --target are the same; give one of them")
        values["target"] = target
    record_event(context, kind, values)


def _target() -> click.Argument:
    return click.Argument([TARGET], required=False, metavar="[TARGET]", type=Named("EVENT", "event"))


def _option(kind: type[Event], spec: Spec) -> click.Option:
    return click.Option(
        [spec.flag, spec.parameter],
        type=_registered(spec, kind) or _type(spec),
        is_flag=spec.style == "flag",
        multiple=spec.style in REPEATED,
        default=None if spec.style != "flag" else False,
        metavar=None if spec.space else METAVARS.get(spec.style),
        help=_help(spec, issubclass(kind, Registration)),
    )


def _registered(spec: Spec, kind: type[Event]) -> click.ParamType[Any] | None:
    """What is registered, which may be registered already."""
    space = REGISTERED.get(spec.path[0]) if issubclass(kind, Registration) else None
    return Named("TEXT", space) if space else None


def _type(spec: Spec) -> click.ParamType[Any] | None:
    if spec.space:
        return Named(spec.space.upper(), spec.space)
    match spec.style:
        case "choice":
            return click.Choice(spec.choices)
        case "whole":
            return Whole()
        case "map":
            return Pair("KEY=TEXT")
        case "numbers":
            return Pair("KEY=NUMBER", ranges=True)
        case "shares":
            return Pair("COMPANY=PERCENT", number=True)
        case "range":
            return Range()
        case "changes":
            return Pair("FIELD=JSON")
        case "flag":
            return None
        case _:
            return TEXT


def _line_of(kind: type[Event]) -> str:
    """What a type is for, in one line: its details are in its own help."""
    first, more, _ = _words_of(kind).partition(";")
    return f"{first}." if more else first


def _words_of(kind: type[Event]) -> str:
    return (kind.__doc__ or "").replace("`", "")


def _help(spec: Spec, may_be_kept: bool) -> str:
    """What an option is for; ``may_be_kept`` of a registration, which starts from the current one."""
    text = spec.description
    if spec.style == "codes":
        text += "; none where there is none"
    if spec.style in REPEATED and spec.style != "tests":
        text += "; may be repeated"
    if spec.path[-1] in DATES:
        text += "; also today or yesterday"
    if spec.space == "event":
        text += ", or the beginning of its id"
    if spec.path == TARGET_FIELD:
        text += "; TARGET is the same"
    if spec.required and may_be_kept and spec.path[0] not in SUBJECT_FIELDS:
        return f"{text}  [required for what is not registered so far]"
    if spec.required:
        return f"{text}  [required{', or ' if spec.others else ''}{', '.join(spec.others)}]"
    if spec.within:
        return f"{text}  [required with any other {'of a report' if 'report' in spec.path else 'of a cohort'}]"
    return text


def _recording() -> list[click.Option]:
    return [
        click.Option(["--dry-run"], is_flag=True, help="Show the event and what it would change; write nothing."),
        click.Option(["--anyway"], is_flag=True, help="Record it although it looks like one recorded already."),
        click.Option(["--json", "as_json"], is_flag=True, help="Print the recorded event as a JSON array."),
    ]


def _folded(arguments: list[str], width: int) -> list[str]:
    """A command line over several lines, broken between options."""
    words = [safe(shlex.quote(word)) for word in ["policytracker", "record", *arguments]]
    pairs: list[str] = []
    for word in words:
        if pairs and (not word.startswith("--")) and (pairs[-1].startswith("--") or len(pairs) == 1):
            pairs[-1] += f" {word}"
        else:
            pairs.append(word)
    lines = [pairs[0]]
    for pair in pairs[1:]:
        if len(lines[-1]) + len(pair) + 3 <= width:
            lines[-1] += f" {pair}"
        else:
            lines[-1] += " \\"
            lines.append(f"    {pair}")
    return lines
