"""``policytracker verify``: check the ledger for damage."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import click

from policytracker.cli.exit_codes import DAMAGED
from policytracker.cli.notices import notice
from policytracker.cli.options import open_reader, path_of
from policytracker.cli.output import emit, output_options
from policytracker.questions import columns
from policytracker.questions.escaping import one_line
from policytracker.seals.errors import NotAKey
from policytracker.seals.notes import VerifierKey, verifier_key

if TYPE_CHECKING:
    from policytracker.keeping.checkpoints import Compared
    from policytracker.keeping.verify import Damage


class DamageAnswer(TypedDict):
    """One thing that is wrong, as of `verify --json`."""

    position: int
    """The place of the event in the ledger; 0: it is not about one event."""
    event: str
    """The id of the event; empty: it is not about one event."""
    what: str
    """What is wrong, in words."""


class Verifier(click.ParamType[VerifierKey]):
    """The public half of a key."""

    name = "VERIFIER-KEY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> VerifierKey:
        try:
            return value if isinstance(value, VerifierKey) else verifier_key(value)
        except NotAKey as error:
            self.fail(f"{error}", param, ctx)


@click.command(short_help="Check the ledger for damage, and against kept checkpoints.")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--against", multiple=True, metavar="FILE", type=click.Path(path_type=Path), help="A kept checkpoint.")
@click.option("--key", "keys", type=Verifier(), multiple=True, help="One of these must have signed each checkpoint.")
@output_options
@click.pass_context
def verify(
    context: click.Context,
    /,
    files: tuple[Path, ...],
    against: tuple[Path, ...],
    keys: tuple[VerifierKey, ...],
    form: str | None,
) -> None:
    """Check that every event is as it was recorded, and that the read models equal a rebuild.

    Every content must match its id, every seal its event, the trees kept with them the seals; nothing may be
    missing, moved or added. With --against, the ledger must also extend each checkpoint that was kept, which is
    what finds somebody who has rewritten all of it. What is wrong is told event by event, the first one first,
    with exit code 5. A redaction that was interrupted is told too; it is no damage.

    \b
    Examples:
      policytracker --ledger demo.ledger verify
      policytracker verify --against kept/*.checkpoint
      policytracker verify --against 2026-02.checkpoint --key example.com/compliance+9f3c…
    """
    if (files or keys) and not against:
        raise click.UsageError("checkpoints are given with --against FILE...")
    from policytracker.cli import bounded
    from policytracker.keeping.health.redactions import clear_them, left_in_the_files
    from policytracker.keeping.verify import Damage, ledger_damage, loss, unfinished_redactions, views_damage
    from policytracker.questions.log import log
    from policytracker.questions.telling import SHORT_ID, summary

    path = path_of(context)
    kept = [(str(name), bounded.checkpoint(name)) for name in (*against, *files)]
    found = list(ledger_damage(path)) or list(loss(path))
    events, redacted = 0, list[str]()
    if not found:
        with open_reader(context) as reader:
            events = reader.head.position
            removed = log(reader, event_type="removed")
            redacted = [f"event {each.id[:SHORT_ID]}: {summary(each.fields)}" for each in removed]
            found = list(views_damage(path, reader.views))
    compared = _compare(context, kept, keys) if kept else []
    unlike = [Damage(0, "", f"{each.name}: {each.wrong}") for each in compared if each.wrong]
    rows = [_as_object(wrong) for wrong in found + unlike]
    emit(rows, form, lambda _: _lines(found, events, redacted, compared), columns.VERIFY)
    for event in unfinished_redactions(path):
        say = click.echo if form is None else notice
        say(f"unfinished: {left_in_the_files(event)}: {clear_them(event)}")
    context.exit(DAMAGED if found or unlike else 0)


def _as_object(wrong: "Damage") -> DamageAnswer:
    return {"position": wrong.position, "event": wrong.event, "what": wrong.what}


def _compare(context: click.Context, kept: list[tuple[str, bytes]], keys: tuple[VerifierKey, ...]) -> "list[Compared]":
    from policytracker.keeping.checkpoints import compare

    return compare(path_of(context), kept, keys)


def _lines(found: list["Damage"], events: int, redacted: list[str], compared: "list[Compared]") -> None:
    for wrong in found:
        place = f"event {one_line(wrong.event[:12])} at position {wrong.position}: " if wrong.position else ""
        click.echo(f"damaged: {place}{one_line(wrong.what)}")
    if not found:
        click.echo(f"whole: {events:,} events, every seal holds, read models equal a rebuild")
    for line in redacted:
        click.echo(f"redacted: {one_line(line)}")
    for each in compared:
        click.echo(f"not proven: {one_line(f'{each.name}: {each.wrong}')}" if each.wrong else extends(each))


def extends(each: "Compared") -> str:
    """That the ledger extends a kept checkpoint, and who has signed that."""
    return one_line(f"extends {each.name}: its {each.size:,} events are the first of this ledger; {_by(each)}")


def _by(each: "Compared") -> str:
    if each.signers:
        return f"signed by {', '.join(each.signers)}"
    return "its signature was not checked, as no --key was given" if each.signed else "it is unsigned"
