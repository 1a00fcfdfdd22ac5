"""The options of ``record TYPE`` by which an event starts from recorded ones."""

from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, NamedTuple, get_origin

import click

from policytracker.cli.completing import Named
from policytracker.cli.registering import NOT_CARRIED
from policytracker.events.describe import Field, fields
from policytracker.events.fields import Event
from policytracker.events.registry import Registration
from policytracker.status.entries import Fields

if TYPE_CHECKING:
    from policytracker.questions.reader import Reader

WITHOUT_OF = {
    True: "Leave out what is registered so far in this field, then take the other options; may be repeated",
    False: "With --like: do not take this field; may be repeated",
}


class Start(NamedTuple):
    """What an event starts from."""

    like: str | None
    report_of: str | None
    without: tuple[str, ...]
    """Fields that are not taken."""

    @property
    def is_recorded(self) -> bool:
        """Whether it takes something from a recorded event; a registration does so in any case, see ``registering``."""
        return self.like is not None or self.report_of is not None

    def filled(self, reader: "Reader", body: Fields, known: Mapping[str, object]) -> Fields:
        """The event with what it takes. Raises QuestionError or LedgerError."""
        from policytracker.questions.starting_points import started

        wanted = [name for name in known if name not in self.without]
        return started(reader, body, wanted, self.like, self.report_of) if self.is_recorded else body


def start_of(kind: type[Event], values: MutableMapping[str, Any]) -> Start:
    """What the options say of it; they are taken out of the values. Raises UsageError."""
    found = Start(values.pop("like", None), values.pop("report_of", None), values.pop("without", ()))
    if found.without and found.like is None and not issubclass(kind, Registration):
        raise click.UsageError("--without leaves out fields that --like takes; give --like with it")
    return found


def starting(kind: type[Event]) -> list[click.Parameter]:
    """The options of a type."""
    event, known, registers = Named("EVENT", "event"), fields(kind), issubclass(kind, Registration)
    like = "Take the fields of this recorded event that no option gives; its report too, unless options give another"
    report = "Take the report of this recorded event, but for its quote; the options of a report change it"
    left = [field.name for field in known.values() if field.name not in NOT_CARRIED and _may_be_left_out(field, kind)]
    found: list[click.Parameter] = [] if registers else [click.Option(["--like"], type=event, help=like)]
    if "report" in known:
        found.append(click.Option(["--report-of"], type=event, help=report))
    if left:
        found.append(click.Option(["--without"], type=click.Choice(left), multiple=True, help=WITHOUT_OF[registers]))
    return found


def _may_be_left_out(field: Field, kind: type[Event]) -> bool:
    return not field.required or (issubclass(kind, Registration) and get_origin(field.kind) is tuple)
