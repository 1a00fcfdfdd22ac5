"""``policytracker mcp``: let an assistant ask the ledger."""

import click

from policytracker.cli.options import path_of
from policytracker.installing import way_to_install

NEEDED = "mcp"


@click.command(short_help="Let an assistant ask the ledger, by the Model Context Protocol.")
@click.pass_context
def mcp_(context: click.Context) -> None:
    """Answer an assistant on standard input and output, by the Model Context Protocol (MCP). The assistant starts the
    command itself; it ends when its input ends.

    It has the tools `state`, `why`, `changes` and `search`, which only read. Every answer has the dates that it used,
    the newest report in the ledger, and the sources of each line. It needs the Python package mcp, version 2.

    \b
    Example of the command that the settings of an assistant name:
      policytracker --ledger team.ledger mcp
    """
    try:
        from policytracker.mcp_server.server import serve
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in (NEEDED, "mcp_types", "pydantic"):
            raise
        raise click.ClickException(
            f"assistants are answered with the package mcp, version 2; install it with: {way_to_install('mcp>=2,<3')}"
        ) from error
    serve(path_of(context))
