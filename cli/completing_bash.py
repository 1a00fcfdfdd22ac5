"""Completion in bash of words that hold a colon: instants, selectors such as under:tencent, and postgresql:// URLs.

Bash takes a colon for the end of a word, so that a word arrives here in parts, and replaces the last part alone.
"""

import os
from typing import Any

from click.shell_completion import BashComplete, CompletionItem, add_completion_class, split_arg_string

LINE = "COMP_LINE"
"""By which bash gives the whole line; the script below cuts it at the cursor."""
BREAKS = "COMP_WORDBREAKS"
"""The characters that end a word for bash; users may have taken the colon out."""


class Bash(BashComplete):
    """Reads the words from the line, and answers with what bash replaces."""

    source_template = BashComplete.source_template.replace(
        "$(env ", f'$(env {LINE}="${{{LINE}:0:COMP_POINT}}" {BREAKS}="${BREAKS}" ', 1
    )
    _replaced_from = ""
    """The part of the word that bash leaves as it is."""

    def get_completion_args(self) -> tuple[list[str], str]:
        words, begun = super().get_completion_args()
        line = os.environ.get(LINE)
        if line is not None:
            _, *words = split_arg_string(line)
            begun = "" if line.endswith((" ", "\t")) or not words else words.pop()
        if ":" in os.environ.get(BREAKS, ""):
            value = begun.partition("=")[2] if begun.startswith("--") else begun
            self._replaced_from = value[: value.rfind(":") + 1]
        return words, begun

    def format_completion(self, item: CompletionItem[Any]) -> str:
        return f"{item.type},{str(item.value).removeprefix(self._replaced_from)}"


def register() -> None:
    """Let this take the place of click's completion in bash."""
    add_completion_class(Bash, "bash")
