"""Texts and paths that people give: a text is UTF-8, a path may hold any bytes."""

from collections.abc import Iterable
from typing import Any

import click

from policytracker.events.refusals import shown

NOT_UTF_8 = "holds bytes that are not UTF-8; write it in UTF-8, as most terminals do"


class Text(click.types.StringParamType):
    """A text in UTF-8. A path may hold any bytes, and is a ``click.Path``."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        text = super().convert(value, param, ctx)
        try:
            text.encode()
        except UnicodeEncodeError:
            self.fail(f"{shown(text)} {NOT_UTF_8}", param, ctx)
        return text


TEXT = Text()
PATH = click.Path(readable=False)
"""A path as text; whoever opens it says what is wrong with it."""


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """The words nearest to one that is not known, as a question; ``otherwise`` where none is near."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=3)
    return f"did you mean {', '.join(close)}?" if close else otherwise


def in_utf_8(command: click.Command) -> click.Command:
    """Let the options and arguments of a command that are texts take UTF-8 only."""
    for parameter in command.params:
        if parameter.type is click.STRING:
            parameter.type = TEXT
    return command
