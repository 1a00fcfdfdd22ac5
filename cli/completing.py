"""Shell completion from the ledger: ids, refs and selectors. A ledger that cannot be read completes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from policytracker.cli.options import open_reader
from policytracker.cli.texts import Text
from policytracker.ledger.errors import LedgerError
from policytracker.questions.escaping import one_line, safe

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Named(Text):
    """A text that names something registered or recorded."""

    def __init__(self, name: str, space: str) -> None:
        self.name = name
        self.space = space

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        import sqlite3

        from click.shell_completion import CompletionItem

        from policytracker.questions.completions import completions

        try:
            with open_reader(ctx) as reader:
                found = completions(reader, self.space, incomplete)
        except (LedgerError, click.ClickException, sqlite3.Error, OSError):
            return []
        return [CompletionItem(word, help=one_line(meaning)) for word, meaning in found if word == safe(word)]


class EventType(click.ParamType[Any]):
    """The stored name of a type of event."""

    name = "TYPE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from policytracker.events.catalogue import TYPES

        if value not in TYPES:
            self.fail(no_such_type(value), param, ctx)
        return value

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from policytracker.events.catalogue import TYPES

        return [CompletionItem(name, help=kind.__doc__) for name, kind in TYPES.items() if name.startswith(incomplete)]


def no_such_type(word: str) -> str:
    """That there is no such type, and the nearest ones."""
    from difflib import get_close_matches

    from policytracker.events.catalogue import TYPES
    from policytracker.events.refusals import shown

    parts = [name for name in TYPES if word and (word in name or name in word)]
    close = list(dict.fromkeys([*get_close_matches(word, TYPES, n=3), *parts]))
    hint = f"did you mean {', '.join(close)}?" if close else "`policytracker record --help` lists the types"
    return f"{shown(word)} is no type of event; {hint}"
