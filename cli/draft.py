"""``policytracker draft``: from an article to a report file that a person reviews."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click

from policytracker.cli.export import check_free, write
from policytracker.cli.notices import notice
from policytracker.cli.options import open_reader
from policytracker.cli.output import counted
from policytracker.cli.texts import PATH
from policytracker.events.refusals import BadDate
from policytracker.questions.escaping import one_line

SECONDS = 120.0


@click.command(short_help="Draft a report file from an article.")
@click.argument("article", type=PATH, metavar="ARTICLE")
@click.option("--publisher", help="Who published it, in place of what the text says.")
@click.option("--published", metavar="DAY|INSTANT", help="When it was published, in place of what the text says.")
@click.option("--url", help="Where it can be read, in place of what the page says.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file to write.  [default: standard output]")
@click.option("--force", is_flag=True, help="Overwrite the file.")
@click.option("--with", "command", metavar="COMMAND", help="Let this program propose the events (docs/howto-draft.md).")
@click.option(
    "--seconds",
    type=click.FloatRange(0, min_open=True),
    default=SECONDS,
    show_default=True,
    help="How long the program of --with may take.",
)
@click.pass_context
def draft(
    context: click.Context,
    /,
    article: str,
    publisher: str | None,
    published: str | None,
    url: str | None,
    output: Path | None,
    force: bool,
    command: str | None,
    seconds: float,
) -> None:
    """Write a report file that says what ARTICLE reports: a text or an HTML file; - is standard input.

    The draft names the publisher, the date, whom it cites and on whose word it rests, and the events that the text
    supports. Each event has the passage that it rests on, and comments that say what led to it. An event that is
    recorded already becomes `corroborated` of it. Sentences that could not be placed are comments.

    Nothing is recorded. `import` refuses the file until a person has deleted the lines `draft = true`.

    The draft is made offline, from the names of the ledger and a table of phrases. With --with, another program
    proposes the events: it gets JSON on standard input, and answers {"events": […]}. What the text does not support
    is refused, with the reason.

    \b
    Examples:
      policytracker draft article.html -o report.toml
      policytracker draft - --publisher 'Example Wire' --published 2026-05-14 < article.txt
      policytracker draft article.txt --with 'my-model --json'
    """
    from policytracker.authoring.drafting.article import read_article, with_report
    from policytracker.authoring.drafting.asking import ask
    from policytracker.authoring.drafting.draft_file import draft_file
    from policytracker.authoring.drafting.drafting import draft as drafted

    if output is not None:
        check_free(output, force)
    content = sys.stdin.buffer.read() if article == "-" else Path(article).read_bytes()
    read = read_article("standard input" if article == "-" else article, content)
    try:
        read = with_report(read, publisher, published, url)
    except BadDate as error:
        raise click.BadParameter(f"{error}", context, param_hint="'--published'") from None
    with open_reader(context) as reader:
        found = drafted(reader, read, partial(ask, command, seconds) if command is not None else None)
    for refusal in found.refused:
        notice(one_line(f"refused: {refusal.proposal.fields.get('type')}: {'; '.join(refusal.reasons)}"))
    if output is None:
        for line in draft_file(found):
            click.echo(line)
        return
    write(output, draft_file(found))
    notice(f"{counted(len(found.events), 'event')} drafted in {output}; review them, then import the file")
