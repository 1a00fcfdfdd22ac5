"""Long answers on a terminal go through a pager, as those of git do: less, which ends at once where all fits."""

import io
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from policytracker.cli.notices import notice
from policytracker.cli.settings import given, setting
from policytracker.questions.escaping import safe

if TYPE_CHECKING:
    import subprocess

    from _typeshed import ReadableBuffer

LESS = "FRX"
"""What less does unless $LESS says otherwise: end at once where all fits (F), show colours (R), leave the text (X)."""
NONE = ("", "cat")
"""What users set where they want no pager."""


class _ToPager(io.FileIO):
    """What a pager reads. When its user has seen enough, the rest goes nowhere: the command still ends as it would."""

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data) or 0
        except BrokenPipeError:
            return memoryview(data).nbytes


class _Screen(io.TextIOWrapper):
    """Text for a pager, which is for a terminal: it may have colours, and is folded to the terminal's width."""

    def isatty(self) -> bool:
        return True


def start() -> None:
    """Send what is printed from now on through the user's pager, until the command ends.

    Nothing is done where standard output is no terminal, or the user wants no pager. Raises BadConfiguration.
    """
    context = click.get_current_context(silent=True)
    if context is None or not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return
    command = [] if given(context, "no_pager") else _command(context)
    if command:
        _start(context.find_root(), command)


def _start(root: click.Context, command: list[str]) -> None:
    # Imported here: no answer that a program reads needs it.
    import subprocess

    environment = {"LESS": LESS, "LV": "-c", **os.environ}
    before = sys.stdout, sys.stderr
    sys.stdout.flush()
    pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
    assert pager.stdin is not None
    raw = _ToPager(os.dup(pager.stdin.fileno()), "w")
    pager.stdin.close()
    screen = _Screen(io.BufferedWriter(raw), sys.stdout.encoding, "backslashreplace")
    sys.stdout = screen
    if sys.stderr.isatty():  # else its lines would stand in the middle of what the pager shows
        sys.stderr = screen

    def end() -> None:
        sys.stdout, sys.stderr = before
        _wait(screen, pager)

    root.call_on_close(end)


def _wait(screen: _Screen, pager: "subprocess.Popen[bytes]") -> None:
    """Wait until the user has seen enough. Ctrl-C is for the pager, which reads the keyboard until then."""
    waiting = True
    while waiting:
        try:
            screen.close()
            pager.wait()
            waiting = False
        except KeyboardInterrupt:
            continue


def _command(context: click.Context) -> list[str]:
    """The pager and its arguments; none where there is no pager."""
    wanted = setting(context, "pager")
    text, source = wanted.value, wanted.source
    if text is None:
        text, source = _general(os.environ)
    if text.strip() in NONE:
        return []
    from shlex import split
    from shutil import which

    try:
        command = split(text)
    except ValueError:
        command = [text]
    if which(command[0]) is None:
        if source:
            notice(safe(f"warning: there is no program {command[0]!r}, which {source} names as the pager"))
        return []
    return command


def _general(environment: Mapping[str, str]) -> tuple[str, str]:
    """What is the pager of other programs too, and where that is said; nothing says it of less."""
    return (environment["PAGER"], "$PAGER") if "PAGER" in environment else ("less", "")
