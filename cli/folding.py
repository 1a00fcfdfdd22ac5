"""Long lines: folded to a terminal's width with a hanging indent, and left whole everywhere else."""

import sys

import click

NARROWEST = 40


def terminal_width() -> int:
    """How many columns the terminal has."""
    import shutil

    return shutil.get_terminal_size().columns


def fold(text: str, indent: int = 0) -> str:
    """A line of safe text, its later lines indented; whole where the output is no terminal."""
    if not sys.stdout.isatty():
        return text
    return fold_to(max(terminal_width(), NARROWEST), text, indent)


def fold_to(width: int, text: str, indent: int = 0) -> str:
    """Fold at spaces to a number of columns; a word that is longer stays whole (an address can be copied).

    >>> print(fold_to(12, "  struck by the rule", 4))
      struck by
        the rule
    """
    from wcwidth import wcswidth

    lines: list[str] = []
    first, *words = text.split(" ")
    line = first
    for word in words:
        longer = f"{line} {word}"
        if line.strip() and word and wcswidth(click.unstyle(longer)) > width:
            lines.append(line.rstrip())
            line = " " * indent + word
        else:
            line = longer
    return "\n".join([*lines, line])
