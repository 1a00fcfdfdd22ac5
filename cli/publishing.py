"""Options of the commands that publish a ledger's pages."""

from collections.abc import Callable

import click


def base_url(takes_path: bool) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
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
