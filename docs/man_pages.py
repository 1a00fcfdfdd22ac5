"""The manual pages that the wheel installs, written from the help of each command.

``python -m docs.man_pages`` writes them anew in ``docs/man``. They are kept there, because a build of the wheel has
nothing installed that the commands need. click-man, the usual library, finds no command that is imported when it is
called, and does not escape what roff would take for a request.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import click

from policytracker.cli.main import cli

FOLDER = Path(__file__).parent / "man"
PROGRAM = "policytracker"
VERBATIM = "\b\n"
"""How click marks a paragraph whose lines stay as they are."""
WIDTH = 72
"""Columns of text in a page on a terminal of 80; roff indents it."""
NAMED = {"\\": "\\e", "-": "\\-", "'": "\\[aq]", "`": "\\[ga]", "^": "\\[ha]", "~": "\\[ti]"}
"""What roff would print as another character, or take for the beginning of an escape."""


def man_pages() -> dict[str, str]:
    """Each page by the name of its file: one of the program, one of each command and of each command of a command."""
    root = click.Context(cli, info_name=PROGRAM, **cli.context_settings)
    return {f"{_name(context)}.1": _page(context) for context in _contexts(root)}


def _contexts(context: click.Context) -> Iterator[click.Context]:
    yield context
    yield from (each for below in _below(context) for each in _contexts(below))


def _below(context: click.Context) -> list[click.Context]:
    """The contexts in which the commands of a group are called."""
    group = context.command
    if not isinstance(group, click.Group):
        return []
    found = ((name, group.get_command(context, name)) for name in group.list_commands(context))
    return [click.Context(command, info_name=name, parent=context) for name, command in found if command is not None]


def _name(context: click.Context) -> str:
    return context.command_path.replace(" ", "-")


def _page(context: click.Context) -> str:
    page = Roff(width=WIDTH)
    name = _name(context)
    page.write_line(f'.TH "{_escaped(name.upper())}" 1 "" "{PROGRAM} {version(PROGRAM)}" " "')
    page.write_line(".nh\n.ad l")  # a hyphen or wide spaces in what is to be typed would mislead
    page.write_heading("Name")
    page.write_line(f"{_escaped(name)} \\- {_prose(_purpose(context))}")
    context.command.format_help(context, page)
    near = [*([context.parent] if context.parent else []), *_below(context)]
    if near:
        page.write_heading("See also")
        page.write_line(",\n".join(f"\\fB{_escaped(_name(each))}\\fP(1)" for each in near))
    return page.getvalue()


def _purpose(context: click.Context) -> str:
    """What the command is for, in one sentence without its full stop."""
    words = context.command.short_help or " ".join((context.command.help or "").split("\n\n")[0].split())
    return words.removesuffix(".")


class Roff(click.HelpFormatter):
    """Takes what a command writes into its help, and writes it in the language of manual pages."""

    def write_line(self, line: str) -> None:
        self.write(f"{line}\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.write_heading("Synopsis")
        self.write_line(f"\\fB{_escaped(prog)}\\fP {_escaped(args)}".rstrip())
        self.write_heading("Description")

    def write_heading(self, heading: str) -> None:
        self.write_line(f'.SH "{_escaped(heading.upper())}"')

    def write_paragraph(self) -> None:
        """Nothing: whatever follows begins its own paragraph."""

    def write_text(self, text: str) -> None:
        for number, paragraph in enumerate(re.split(r"\n{2,}", text)):
            if number:
                self.write_line(".PP")
            if paragraph.startswith(VERBATIM):
                self.write_verbatim(paragraph.removeprefix(VERBATIM))
            else:
                self.write_line(_prose(paragraph))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        for term, meaning in rows:
            self.write_line(f".TP\n{_term(term)}\n{_prose(meaning)}")

    def write_verbatim(self, text: str) -> None:
        """Lines as they are, such as a command to type."""
        self.write_line("\n".join([".nf", *map(_line, text.rstrip().splitlines()), ".fi"]))

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        self.write_heading(name)
        yield


def _prose(text: str) -> str:
    """Text on one line, which roff fills; what stands between backticks is bold."""
    parts = re.split(r"`([^`]+)`", " ".join(text.split()))
    return _guarded("".join(f"\\fB{_escaped(part)}\\fP" if at % 2 else _escaped(part) for at, part in enumerate(parts)))


def _term(term: str) -> str:
    """The name of a command, or the flags of an option and what they take; a name and a flag are bold."""
    takes = term.startswith("-")
    words = [f"\\fB{_escaped(word)}\\fP" if word[0] == "-" or not takes else _escaped(word) for word in term.split()]
    return " ".join(words).replace("|", "|\\:")  # a long list of words may be broken there


def _line(text: str) -> str:
    return _guarded(_escaped(text))


def _guarded(line: str) -> str:
    """A line that roff does not take for a request, although it begins as one does."""
    return f"\\&{line}" if line.startswith((".", "'")) else line


def _escaped(text: str) -> str:
    """Text whose every character is printed as it is, also where roff is not told the encoding."""
    return "".join(NAMED.get(each) or (each if each.isascii() else f"\\[u{ord(each):04X}]") for each in text)


def write(folder: Path) -> None:
    """Write every page into a folder, and remove pages of commands that are no more. Raises OSError."""
    folder.mkdir(exist_ok=True)
    pages = man_pages()
    for path in folder.glob("*.1"):
        if path.name not in pages:
            path.unlink()
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="ascii")


if __name__ == "__main__":
    write(FOLDER)
