"""``policytracker draft``: from an article, or a rule, to a report file that a person reviews."""

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
from policytracker.questions.escaping import one_line, safe

SECONDS = 120.0
EVENT = "[[report.event]]"


@click.command(short_help="Draft a report file from an article or a rule.")
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
    """Write a report file that says what ARTICLE reports: a text, an HTML file, or the JSON of a document of the
    Federal Register; - is standard input.

    The draft names the publisher, the date, whom it cites and on whose word it rests, and the events that the text
    supports. Each event has the passage that it rests on, and comments that say what led to it. An event that is
    recorded already becomes `corroborated` of it. Sentences that could not be placed are comments.

    Nothing is recorded. `import` refuses the file until a person has accepted the drafts: see `review`.

    The draft is made offline, from the names of the ledger and a table of phrases. With --with, another program
    proposes the events: it gets JSON on standard input, and answers {"events": […]}. What the text does not support
    is refused, with the reason.

    The API of the Federal Register gives the JSON of one document at
    https://www.federalregister.gov/api/v1/documents/NUMBER.json. Each sentence of its abstract that has a known phrase
    becomes an event.

    \b
    Examples:
      policytracker draft article.html -o report.toml
      policytracker draft - --publisher 'Example Wire' --published 2026-05-14 < article.txt
      policytracker draft article.txt --with 'my-model --json'
      policytracker draft 2026-00789.json -o rule.toml
    """
    if output is not None:
        check_free(output, force)
    content = sys.stdin.buffer.read() if article == "-" else Path(article).read_bytes()
    given = {"publisher": publisher, "published": published, "url": url}
    lines = _of_document(context, content, {**given, "with": command}) if content.lstrip()[:1] == b"{" else None
    if lines is None:
        name = "standard input" if article == "-" else article
        lines = _of_article(context, name, content, given, command, seconds)
    if output is None:
        for line in lines:
            click.echo(line)
        return
    write(output, lines)
    count = sum(line == EVENT for line in lines)
    notice(
        f"{counted(count, 'event')} drafted in {output}; review {'it' if count == 1 else 'them'}, then import the file"
    )


def _of_document(context: click.Context, content: bytes, given: dict[str, str | None]) -> list[str]:
    """The draft of a document of the Federal Register."""
    from policytracker.authoring.federal_register import drafted_rule

    for name, value in given.items():
        if value is not None:
            raise click.UsageError(f"--{name} is for articles; a document of the Federal Register says it", context)
    return safe(drafted_rule(content)).splitlines()


def _of_article(
    context: click.Context,
    name: str,
    content: bytes,
    given: dict[str, str | None],
    command: str | None,
    seconds: float,
) -> list[str]:
    """The draft of an article; what the text does not support is told beside it."""
    from policytracker.authoring.drafting.article import read_article, with_report
    from policytracker.authoring.drafting.asking import ask
    from policytracker.authoring.drafting.draft_file import draft_file
    from policytracker.authoring.drafting.drafting import draft as drafted

    read = read_article(name, content)
    try:
        read = with_report(read, **given)
    except BadDate as error:
        raise click.BadParameter(f"{error}", context, param_hint="'--published'") from None
    with open_reader(context) as reader:
        found = drafted(reader, read, partial(ask, command, seconds) if command is not None else None)
    for refusal in found.refused:
        notice(one_line(f"refused: {refusal.proposal.fields.get('type')}: {'; '.join(refusal.reasons)}"))
    return list(draft_file(found))
