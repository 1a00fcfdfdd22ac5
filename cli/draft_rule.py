"""``policytracker draft-rule``: from a document of the Federal Register to a drafted report file."""

import sys
from pathlib import Path

import click

from policytracker.cli.texts import PATH


@click.command("draft-rule", short_help="Draft a report file from a Federal Register document.")
@click.argument("document", type=PATH)
def draft_rule(document: str) -> None:
    """Print a report file that is drafted from DOCUMENT, the JSON of one document; - is standard input.

    The register's API gives it: https://www.federalregister.gov/api/v1/documents/NUMBER.json. Each sentence of
    the abstract that has a known phrase becomes an event, with the sentence as its quote. Comments say why, and
    what is missing. Compare the drafts with the rule, fill them in, and delete `draft = true`: until then an
    import refuses them.

    \b
    Examples:
      policytracker draft-rule 2026-00789.json > rule.toml
      policytracker import --dry-run rule.toml
    """
    from policytracker.authoring.federal_register import drafted_rule
    from policytracker.questions.escaping import safe

    content = sys.stdin.buffer.read() if document == "-" else Path(document).read_bytes()
    click.echo(safe(drafted_rule(content)), nl=False)
