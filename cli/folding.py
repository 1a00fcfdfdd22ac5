"""Long lines: folded to a terminal's width with a hanging indent, and left whole everywhere else."""

import sys

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
    r"""Fold at spaces to a number of columns; a word that is longer stays whole.

    So an address can be copied, and what stands for a character that is not shown, such as ``\u202e``, is never cut.

    >>> print(fold_to(12, "  struck by the rule", 4))
      struck by
        the rule
    """
    from wcwidth import wrap

    return "\n".join(wrap(text, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False))
