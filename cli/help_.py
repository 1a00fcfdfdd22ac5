"""``policytracker help``: the help of the program, of a command, or of a type of event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from policytracker.cli.texts import Text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class CommandName(Text):
    """A word that leads to a command."""

    name = "COMMAND"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        try:
            group = _context_of(ctx.find_root(), ctx.params.get("words") or ()).command
        except click.UsageError:
            return []
        names = group.list_commands(ctx) if isinstance(group, click.Group) else []
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


@click.command("help", short_help="The help of the program or of a command.")
@click.argument("words", nargs=-1, metavar="[COMMAND]...", type=CommandName())
@click.pass_context
def help_(context: click.Context, words: tuple[str, ...]) -> None:
    """Show the help of the program, or that of COMMAND: the same as `policytracker COMMAND --help`.

    \b
    Examples:
      policytracker help why
      policytracker help record blocked
    """
    found = _context_of(context.find_root(), words)
    click.echo(found.command.get_help(found))


def _context_of(root: click.Context, words: tuple[str, ...]) -> click.Context:
    """The context in which a command would be called. Raises UsageError."""
    context = root
    for word in words:
        group = context.command
        if not isinstance(group, click.Group):
            raise click.UsageError(f"`{context.command_path}` has no commands of its own; leave out {word!r}", context)
        name, command, _ = group.resolve_command(context, [word])
        if command is None:
            raise click.UsageError(f"{word!r} is no command", context)
        context = click.Context(command, info_name=name, parent=context)
    return context
