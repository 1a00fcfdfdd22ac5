"""The door: ``policytracker [--ledger WHERE] COMMAND …``. Commands are imported when they are called."""

import gc
import importlib
import os
import sys
import warnings
from typing import Any

import click

from policytracker.cli import streams
from policytracker.cli.notices import LedgerWarning, ledger_warnings_told, restore_logger
from policytracker.cli.program_options import Commands, program_options
from policytracker.cli.texts import did_you_mean, in_utf_8
from policytracker.events.refusals import shown

SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "Asking": {
        "state": ("state", "The status of every matching cell, and what limits it."),
        "matrix": ("matrix", "Companies and chips at a glance."),
        "check": ("check", "One line a pair and an exit code, for scripts."),
        "why": ("why", "Gate by gate: what stands, what is overridden, what would settle it."),
        "timeline": ("timeline", "Intervals of equal status, over either clock."),
        "diff": ("diff", "What changed between two points: the world, our knowledge, the ledger."),
        "conflicts": ("conflicts", "Where reports differ, each side with its source."),
        "claims": ("claims", "The claims in force."),
        "quantities": ("quantities", "Ordered, licensed, approved and shipped, as ranges, by chip."),
        "companies": ("companies", "The companies registered, and by which names they are found."),
        "chips": ("chips", "The chips registered, who controls them, and what rules test."),
        "authorities": ("authorities", "Who guards which gate, how much each has said, and when it last did."),
        "log": ("log", "The ledger's events, in order."),
        "show": ("show", "One event, with everything said about it."),
        "search": ("search", "Events that contain a text, in any language."),
        "digest": ("digest", "What is new since a day or a position, in sentences, for a weekly mail."),
        "watch": (
            "watch",
            "Tell what changed since the last run: to a terminal, a program, a webhook or by mail.",
        ),
        "brief": ("brief", "One company and chip in sentences, a paragraph for each gate."),
        "expect": ("expect", "Hold the ledger to what an expert expects of it."),
    },
    "Recording": {
        "record": ("record", "Append one event."),
        "import": ("import_", "Append many, all or nothing."),
        "edit": ("edit", "Correct recorded events in your editor."),
        "review": ("review", "Go through the drafts of a report file, one by one."),
        "draft": ("draft", "Draft a report file from an article or a rule."),
        "import-list": ("import_list", "Follow an official list, from edition to edition."),
    },
    "Keeping": {
        "init": ("init", "Make a ledger."),
        "rebuild": ("rebuild", "Make the read models anew from the events."),
        "refresh": ("refresh", "Bring the read models up to date, and their table import_status to today."),
        "upgrade": ("upgrade", "Bring a ledger of an earlier version up to date, in place."),
        "verify": ("verify", "Check the ledger for damage, and against kept checkpoints."),
        "checkpoint": ("checkpoint", "Write down what the ledger is now, signed or not."),
        "prove": ("prove", "Write evidence of one event, for a stranger to check."),
        "backup": ("backup", "Write a checked backup, while others record."),
        "restore": ("restore", "Make a ledger from a backup."),
        "doctor": ("doctor", "Look at all that the ledger rests on, and say what to do."),
        "redact": ("redact", "Remove the content of an event, for legal reasons."),
        "where": ("where", "Say where the ledger is, and what it holds."),
        "schema": ("schema", "Print the JSON Schema of events, or of answers."),
    },
    "Sharing": {
        "export": ("export", "Write the ledger out, one event a line."),
        "serve": ("serve", "Show it in a browser."),
        "mcp": ("mcp_", "Let an assistant ask the ledger, by the Model Context Protocol."),
        "copy": ("copy", "Make the same ledger in another place."),
    },
    "Help": {
        "help": ("help_", "The help of the program or of a command."),
    },
}
COMPLETING = "_POLICYTRACKER_COMPLETE"
"""The variable by which a shell asks how a word may go on."""
COMMANDS = {name: place for section in SECTIONS.values() for name, place in section.items()}


class Door(Commands):
    """Knows every command by name, imports it when it is called, and gives every error one line."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().main(*args, **kwargs)
        finally:
            restore_logger()

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def command_named(self, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _ = COMMANDS[name]
        return in_utf_8(getattr(importlib.import_module(f"policytracker.cli.{module}"), module))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = did_you_mean(args[0], COMMANDS, otherwise="`policytracker --help` lists the commands")
            raise click.UsageError(f"there is no command {shown(args[0])}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name, help_text) for name, (_, help_text) in commands.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with ledger_warnings_told():
                return super().invoke(ctx)
        except click.exceptions.Exit:
            raise
        except (Exception, KeyboardInterrupt) as error:
            from policytracker.cli.failures import told

            failure = told(error, streams.done_by(ctx))
            if failure is error:
                raise
            raise failure from error


@click.group(
    cls=Door,
    invoke_without_command=True,
    params=program_options(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="policytracker")
@click.pass_context
def cli(context: click.Context) -> None:
    """May this company import this chip, on that day, as far as was known by then, and on whose word?

    The options may also stand after the command.

    \b
    Example, on the history that comes with the program:
      policytracker --ledger demo.ledger init --demo
      policytracker --ledger demo.ledger why Tencent H200 --at 2026-01-28
    """
    if context.invoked_subcommand is None:
        from policytracker.cli.beginning import begin

        begin(context)


def main() -> None:
    """The console script. Whatever happens, a user reads a sentence, and with POLICYTRACKER_DEBUG a traceback too."""
    streams.prepare()
    warnings.simplefilter("ignore", LedgerWarning)  # while a shell completes words
    if COMPLETING in os.environ:
        from policytracker.cli import completing_bash

        completing_bash.register()
    try:
        cli(prog_name="policytracker")
    except streams.NotWritten as error:
        streams.end_unwritten(error)
    except MemoryError:
        click.echo("Error: there is not enough memory for this; ask for less, or import in smaller files", err=True)
        sys.exit(1)
    except Exception as error:
        if os.environ.get("POLICYTRACKER_DEBUG"):
            raise
        if COMPLETING in os.environ:
            sys.exit("Error: COMP_WORDS and COMP_CWORD do not say what is to be completed; a shell sets them")
        from policytracker.cli.failures import mistake

        click.echo(f"Error: {mistake(error)}", err=True)
        sys.exit(1)
    finally:
        # The process ends; else Python would look for circles in all that was imported, longer than an answer takes.
        gc.freeze()


if __name__ == "__main__":
    main()
