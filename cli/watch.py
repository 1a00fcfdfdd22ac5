"""``policytracker watch``: tells what changed since the last run, for cron or as a loop."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from policytracker.cli.exit_codes import BUSY, FAILED, REPORTED
from policytracker.cli.notices import notice
from policytracker.cli.options import path_of, start_of_news
from policytracker.cli.output import counted
from policytracker.events.dates import iso
from policytracker.events.refusals import shown
from policytracker.ledger import clock
from policytracker.ledger.ledger_error import LedgerError
from policytracker.questions.errors import QuestionError
from policytracker.questions.escaping import one_line, safe

if TYPE_CHECKING:
    from policytracker.alerts.running import Outcome
    from policytracker.alerts.watch_file import WatchFile
    from policytracker.ledger.where import Where
    from policytracker.questions.asked import Since

UNITS: Final = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


class Duration(click.ParamType[Any]):
    """A time as a whole number and its unit, in seconds."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        found = re.fullmatch(r"([1-9][0-9]{0,5})([smhd])", value)
        if found is None:
            self.fail(f"{shown(value)} is no time; write a number and s, m, h or d, such as 15m", param, ctx)
        return int(found[1]) * UNITS[found[2]]


@click.command(short_help="Tell what changed since the last run: to a terminal, a program, a webhook or by mail.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="WATCH.toml")
@click.option("--every", type=Duration(), help="Go on, and look again after each 30s, 15m, 2h or 1d.")
@click.option(
    "--state",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="What was told already.  [default: beside the watch file, else in your folder for states]",
)
@click.option(
    "--since",
    metavar="DAY|position:N",
    help="Where the first run begins: after what was recorded by this day, or up to this position of the ledger. "
    "[default: it tells nothing, and remembers where the ledger ends]",
)
@click.option("--dry-run", is_flag=True, help="Print what would be told to whom; send nothing, remember nothing.")
@click.pass_context
def watch(
    context: click.Context,
    /,
    file: Path,
    every: int | None,
    state: Path | None,
    since: str | None,
    dry_run: bool,
) -> None:
    """Tell what changed since the last run, for what WATCH.toml asks for, each change once and with its source.

    It finds what was recorded since, however old it is, and changes that came because their day came.
    A message that could not be delivered is sent again by the next run, as it was and with the same key.
    Exit codes: 0 nothing changed; 10 something was told; 1 a destination was not told, or the run failed;
    11 another run of this watch is at work.

    \b
    A whole WATCH.toml; all lines may be left out, and so narrow nothing or tell nobody:
      name = "chips"                      # what messages are called
      companies = ["Tencent", "ai-labs"]  # names of companies or of groups of them
      chips = ["H200"]
      groups = ["hyperscalers"]           # of companies or of chips
      authorities = ["MOFCOM"]
      gates = ["US/export"]
      kinds = ["answers", "conditions", "amounts", "scheduled"]
      timeout = 30                        # seconds for each destination
      attempts = 4                        # tries of one run
      stdout = "text"                     # or "json"
      exec = "sh tell.sh"                 # gets JSON on its standard input
      [webhook]
      url = "https://example.org/hook"    # or url_env = "VARIABLE"
      format = "json"                     # or "slack"
      token_env = "HOOK_TOKEN"            # and token_header = "X-Token"
      [mail]
      host = "mail.example.org"
      port = 587
      from = "tracker@example.org"
      to = ["mia@example.org"]
      subject = "Chips"
      starttls = true                     # or tls = true
      user = "tracker"
      password_env = "MAIL_PASSWORD"      # or password_file = "PATH"

    \b
    Examples:
      policytracker watch chips.toml --dry-run --since 2026-09-01
      policytracker watch chips.toml --every 15m
    """
    from policytracker.alerts.errors import AnotherRun
    from policytracker.alerts.state import default_state, locked
    from policytracker.alerts.watch_file import read_watch_file

    if dry_run and every is not None:
        raise click.UsageError("--dry-run looks once; leave out --every")
    start = None if since is None else start_of_news(context, since, clock.today())
    watching, ledger = read_watch_file(file), path_of(context)
    if state is None:
        from platformdirs import user_state_path

        state = default_state(file, user_state_path("policytracker") / "watch")
    if dry_run:
        context.exit(_tell_dry_run(ledger, watching, state, start))
    try:
        with locked(state):
            if every is None:
                context.exit(_tell_once(ledger, watching, state, start))
            _go_on(ledger, watching, state, start, every)
    except AnotherRun as error:
        click.echo(f"Error: {safe(str(error))}", err=True)
        context.exit(BUSY)


def _print(text: str) -> None:
    click.echo(text)
    sys.stdout.flush()


def _tell_once(ledger: Where, watching: WatchFile, file: Path, since: Since | None) -> int:
    """One run; the exit code."""
    from policytracker.alerts.destinations import destinations
    from policytracker.alerts.running import Run
    from policytracker.alerts.state import State

    state = State(file)
    with Run(ledger, watching, state, clock.now(), since) as run:
        outcome = run.tell(destinations(watching, _print), time.sleep)
    if since is not None and not outcome.begun:
        notice("note: --since is for the first run; this one went on where the last one ended")
    _tell_outcome(outcome, file)
    if outcome.failed:
        return FAILED
    return REPORTED if outcome.told else 0


def _tell_outcome(outcome: Outcome, file: Path) -> None:
    for destination, mark in outcome.begun:
        place = f"position {mark.position:,} and {iso(mark.day)}"
        notice(one_line(f"{destination} is new: it is told what changes after {place}"))
    for destination, changes, failure in outcome.told:
        if failure is not None:
            told = f"{destination} was not told of {counted(changes, 'change')}: {failure}"
            click.echo(one_line(f"Error: {told}; the next run sends it again, from {file}"), err=True)
        elif destination != "stdout":
            notice(one_line(f"told {destination} of {counted(changes, 'change')}"))


def _go_on(ledger: Where, watching: WatchFile, file: Path, since: Since | None, every: int) -> None:
    """Run after run, until somebody ends it; what fails may work later."""
    from policytracker.alerts.errors import AlertError

    try:
        while True:
            try:
                _tell_once(ledger, watching, file, since)
            except (AlertError, LedgerError, QuestionError, OSError) as error:
                click.echo(f"Error: {safe(str(error))}; the next try is in {every:,} s", err=True)
            since = None
            time.sleep(every)
    except KeyboardInterrupt:
        notice("ended")


def _tell_dry_run(ledger: Where, watching: WatchFile, file: Path, since: Since | None) -> int:
    """What would be told; the exit code."""
    from policytracker.alerts.destinations import destinations
    from policytracker.alerts.running import Run
    from policytracker.alerts.state import State

    code = 0
    with Run(ledger, watching, State(file), clock.now(), since) as run:
        for destination in destinations(watching, _print):
            told = list(run.would_tell(destination))
            code = REPORTED if told else code
            notice(one_line(f"{destination.name} would be told {'this:' if told else 'nothing'}"))
            for payload in told:
                _print(safe(payload.replace("\r\n", "\n")))
    return code
