"""Options that several commands share: the three clocks, and where the ledger is."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policytracker.cli.notices import notice, step
from policytracker.cli.output import dim
from policytracker.cli.settings import setting
from policytracker.events.refusals import BadDate
from policytracker.ledger import clock
from policytracker.ledger.where import Where, where_of
from policytracker.questions import asked
from policytracker.questions.dates_used import dates_used, notes
from policytracker.questions.reader import Clocks, Reader

if TYPE_CHECKING:
    from policytracker.ledger.tables import Standby

Command = TypeVar("Command", bound=Callable[..., Any])


class Day(click.ParamType[Any]):
    """A day as an ordinal: today, yesterday, or a date; a month or year means its last day."""

    name = "DAY"
    read = staticmethod(asked.day)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return self.read(value, clock.today())
        except BadDate as error:
            self.fail(f"{error}", param, ctx)


class FirstDay(Day):
    """A day as an ordinal; a month or year means its first day."""

    read = staticmethod(asked.first_day)


class Moment(Day):
    """A published moment: a day means its end."""

    name = "DAY|INSTANT"
    read = staticmethod(asked.known)


class Instant(Day):
    """A recorded instant in microseconds since 1970: a day means its end."""

    name = "DAY|INSTANT"
    read = staticmethod(asked.recorded)


def known_and_recorded(command: Command) -> Command:
    """Add --known and --recorded."""
    recorded = click.option(
        "--recorded",
        type=Instant(),
        default=None,
        help="As this ledger stood then.  [default: everything recorded]",
    )
    known = click.option(
        "--known",
        type=Moment(),
        default=None,
        help="As publicly known then.  [default: everything published]",
    )
    return known(recorded(command))


def clock_options(command: Command) -> Command:
    """Add --at, --known and --recorded."""
    at = click.option("--at", type=Day(), default="today", help="What held on this day.  [default: today]")
    return at(known_and_recorded(command))


def start_of_news(context: click.Context, since: str, at: int) -> asked.Since:
    """After which day or position news begin that end with the day ``at`` (an ordinal). Raises BadParameter."""
    try:
        return asked.since(since, clock.today(), at)
    except BadDate as error:
        raise click.BadParameter(f"{error}", context, param_hint="'--since'") from None


def path_of(context: click.Context) -> Where:
    """The ledger that counts (``settings``); without one, a file in the user's data folder.

    Raises BadAddress, UsageError or BadConfiguration.
    """
    chosen, source = setting(context, "ledger")
    if chosen == "":
        raise click.UsageError("--ledger is empty; name a file or a postgresql:// URL, or leave it out")
    if chosen is not None:
        found = where_of(chosen)
    else:
        from platformdirs import user_data_path

        found = user_data_path("policytracker") / "policytracker.ledger"
    step(f"the ledger is {found}, from {source}")
    return found


def recorder_of(context: click.Context) -> str:
    """Who records (``settings``). Raises BadRecorder or BadConfiguration."""
    from policytracker.ledger.recorders import recorder_named

    given, source = setting(context, "recorder")
    found = recorder_named(given)
    step(f"the recorder is {found}, from {source}")
    return found


def name_part_argument(kind: click.ParamType[Any]) -> Callable[[Command], Command]:
    """Add TEXT, a part of a name; the command takes ``text`` (None: all). An empty one is refused."""
    return click.argument("text", required=False, type=kind, callback=_name_part)


def _name_part(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise click.UsageError("TEXT is empty; give a part of a name, or leave it out for all")
    return value


def open_reader(context: click.Context) -> Reader:
    """The reader of the ledger that the command line names, up to date."""
    found = Reader(path_of(context), clock.today())
    step(f"read models {found.views} are up to date: {found.head.position:,} events")
    return found


def tell_dates(reader: Reader, clocks: Clocks, form: str | None, at: bool = True) -> None:
    """Say which dates an answer used, and what a reader should know of them (to stderr beside machine-readable forms).

    ``at``: whether the answer is one for the day of the clocks.
    """
    tell_used(reader, dates_used(reader, clocks, at), notes(reader, clocks, at), form)


def tell_used(reader: Reader, dates: Iterable[str], notes: Iterable[str], form: str | None) -> None:
    """Say these dates, whether a standby answered, and these notes, below an answer."""
    parts = list(dates)
    if reader.standby is not None:
        parts.append(_standby(reader.standby))
    # For people the dates are part of the answer; beside what programs read they are notices.
    say = click.echo if form is None else notice
    say(dim("; ".join(parts)))
    for note in notes:
        say(dim(f"note: {note}"))


def _standby(standby: "Standby") -> str:
    """That a standby answers, and how far behind it is."""
    done = (
        "nothing since it was started"
        if standby.replayed is None
        else f"what was done by {clock.text(standby.replayed)}"
    )
    if not standby.connected:
        return f"answered by a standby that is cut off from its primary and has repeated {done}"
    if standby.current:
        return "answered by a standby that has repeated all it has received"
    seconds = (
        "" if standby.replayed is None else f"up to {max(1, (standby.asked - standby.replayed) // 1_000_000):,} s "
    )
    return f"answered by a standby {seconds}behind its primary; it has repeated {done}"
