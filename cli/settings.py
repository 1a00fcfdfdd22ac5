"""Where a setting comes from: an option, else an environment variable, else the configuration file, else a default.

The module of the configuration file is imported when the file is needed.
"""

import os
import sys
from typing import Any, NamedTuple

import click

VARIABLES = {"ledger": "POLICYTRACKER_LEDGER", "recorder": "POLICYTRACKER_RECORDER", "pager": "POLICYTRACKER_PAGER"}
CONFIGURATION = "the configuration file"
DEFAULT = "the default"
_GIVEN = "policytracker.given"
"""Where the contexts of a command line keep its options: they share what ``meta`` holds."""


class Setting(NamedTuple):
    """The value of a setting."""

    value: str | None
    """None: the default."""
    source: str
    """Where it comes from, in words."""


def keep(context: click.Context, name: str | None, value: Any) -> None:
    """Keep the value of an option of the whole program, wherever it stands on the command line; the last one counts."""
    context.meta.setdefault(_GIVEN, {})[name] = value


def given(context: click.Context | None, name: str) -> Any:
    """The value that an option of the whole program was given; None where it was not."""
    return None if context is None else context.meta.get(_GIVEN, {}).get(name)


def setting(context: click.Context, name: str) -> Setting:
    """What a setting is: one of the keys of ``VARIABLES``. Raises BadConfiguration."""
    chosen: str | None = given(context, name)
    if chosen is not None:
        return Setting(chosen, f"--{name}")
    variable = VARIABLES[name]
    if os.environ.get(variable):
        return Setting(os.environ[variable], f"${variable}")
    value = _configured(context, name)
    return Setting(value, DEFAULT if value is None else CONFIGURATION)


def _configured(context: click.Context, name: str) -> str | None:
    from policytracker.cli.configuration import configuration_of

    return configuration_of(context).values.get(name)


def use_colour(context: click.Context) -> None:
    """Let a command colour what it prints, or not, as its user wants. Raises BadConfiguration."""
    try:
        context.color = context.find_root().color = _colour(context)
    except click.ClickException:
        # A group may be about to show its help only; its command is asked too, and says what is wrong.
        if not isinstance(context.command, click.Group):
            raise


def _colour(context: click.Context) -> bool | None:
    """Whether to colour; None: where the output is a terminal."""
    wanted = given(context, "color")
    if wanted is None and os.environ.get("NO_COLOR"):
        wanted = "never"
    if wanted is None and os.environ.get("FORCE_COLOR"):
        wanted = "always"
    # Without a terminal nothing is coloured, whatever the file says: it need not be read.
    if wanted is None and (sys.stdout.isatty() or sys.stderr.isatty()):
        wanted = _configured(context, "color")
    if wanted in (None, "auto") and os.environ.get("TERM") == "dumb":
        return False
    return {"always": True, "never": False}.get(wanted)
