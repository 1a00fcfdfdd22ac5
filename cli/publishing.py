"""Options of the commands that publish a ledger's pages."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def publishing_options(readers_find: str, otherwise: str, takes_path: bool) -> Callable[[Command], Command]:
    """Add --base-url (``base``) and --show-recorders (``recorders``)."""

    def add(command: Command) -> Command:
        base = click.option(
            "--base-url",
            "base",
            metavar="URL",
            callback=_base_url(takes_path),
            help=f"Where readers {readers_find}, for the links of feeds.  [default: {otherwise}]",
        )
        recorders = click.option("--show-recorders", "recorders", is_flag=True, help="Show who recorded each event.")
        return base(recorders(command))

    return add


def _base_url(takes_path: bool) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """Reads the address under which readers find the pages, without a last slash."""

    def read(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
        if value is None:
            return None
        from policytracker.web.options import BadBase, base_of

        try:
            return base_of(value, takes_path)
        except BadBase as error:
            raise click.BadParameter(str(error), context, parameter) from None

    return read
