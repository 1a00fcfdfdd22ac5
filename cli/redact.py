"""``policytracker redact``: remove the content of an event, for legal reasons."""

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from policytracker.cli import streams
from policytracker.cli.completing import Named
from policytracker.cli.options import open_reader, path_of, recorder_of
from policytracker.ledger import clock
from policytracker.projections.log import Logged
from policytracker.questions.escaping import one_line
from policytracker.questions.reader import Reader
from policytracker.questions.show import show
from policytracker.questions.telling import SHORT_ID, summary

if TYPE_CHECKING:
    from policytracker.keeping.traces import Copies, Traces
    from policytracker.ledger.redacting import Redaction


@click.command(short_help="Remove the content of an event, for legal reasons.")
@click.argument("event", type=Named("ID", "event"), metavar="ID")
@click.option("--reason", required=True, help="Why, in a text that may be read by everybody; it is sealed.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def redact(context: click.Context, /, event: str, reason: str, yes: bool) -> None:
    """Remove the content of an event for good, because the law demands it. To mend a mistake use `record corrected`
    or `record retracted`, which lose nothing.

    Its place, id, type, recorded time and recorder stay, so the tree still verifies; who removed it, when and why is
    recorded and sealed as an event of its own. What is about it does nothing any more. A registration is redacted
    once the subject is registered anew. On a server only the owner of the ledger can do it.

    Then the files are cleared of it. If that is interrupted, run the command again: it finishes the clearing.

    The command names the events about it, other events that hold one of its texts, and files beside the ledger that
    may hold one, such as backups and exports. It does not know of copies elsewhere, and removes none.

    \b
    Example:
      policytracker redact cn-2026-01-28-batch --reason "court order 12/2026" --yes
    """
    from policytracker.keeping.traces import copies_beside, traces_of
    from policytracker.ledger.redacting import redact as remove
    from policytracker.ledger.store import Store
    from policytracker.projections.catching_up import rebuild

    path, recorder = path_of(context), recorder_of(context)
    with open_reader(context) as reader:
        found = show(reader, None, None, _name_of_before(reader, event))[0].event
        traces = traces_of(reader.connection, found.id)
    if not yes and found.fields["type"] != "removed":
        _ask(context, one_line(f"{found.id[:SHORT_ID]}, {summary(found.fields)}"))
    with Store(path) as store:
        done = remove(store, found.id, reason, recorder=recorder, clear=lambda: rebuild(path, clock.today()))
        streams.done("; ".join(_what_was_done(done)))
    for line in (*_what_was_done(done), *_elsewhere(traces, copies_beside(path, found.id, traces.texts))):
        click.echo(one_line(line))


def _name_of_before(reader: Reader, name: str) -> str:
    """The id of an event whose redaction was interrupted, by the ref that was removed with its content."""
    from policytracker.ledger import clearing
    from policytracker.ledger.reading import open_ledger

    with open_ledger(reader.ledger) as source:
        return clearing.named(clearing.unfinished(source), name) or name


def _what_was_done(done: "Redaction") -> Iterator[str]:
    if not done.again:
        yield f"event {done.target[:SHORT_ID]} is redacted"
    elif done.target not in done.finished:
        yield f"event {done.target[:SHORT_ID]} was redacted already; its traces are cleared from the files again"
    for each in done.finished:
        yield (
            f"event {each[:SHORT_ID]} was redacted already, and clearing the files was interrupted; "
            "its traces are cleared from the files now"
        )


def _elsewhere(traces: "Traces", copies: "Copies | None") -> Iterator[str]:
    """What else may hold the text, as far as this program can find it, and what it cannot."""
    for event in traces.about:
        yield f"about it, and keeps what it says: {_named(event)}"
    for event in traces.repeating:
        yield f"holds a text of it: {_named(event)}"
    if copies is not None:
        for place, count in Counter(copies.found).items():
            yield f"may hold a text of it: {place if count == 1 else f'{count:,} files in {place}'}"
        files = "1 file" if copies.looked == 1 else f"{copies.looked:,} files"
        some = "" if copies.all else "; there are more, or some that cannot be read"
        yield f"looked through {files} in {copies.folder}, as they are, not unpacked{some}"
    yield (
        "not looked at: copies, backups, exports, sites and evidence elsewhere"
        + (", and the server's log, archives and backups" if copies is None else "")
        + "; remove what is there yourself"
    )


def _named(event: Logged) -> str:
    return f"event {event.id[:SHORT_ID]}, {summary(event.fields, event.target_ref)}"


def _ask(context: click.Context, says: str) -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.ClickException(f"this would remove the content of {says}; say so with --yes")
    click.echo(f"this removes the content of {says}", err=True)
    if not click.confirm("Remove it for good?", err=True):
        click.echo("nothing was redacted", err=True)
        context.exit(1)
