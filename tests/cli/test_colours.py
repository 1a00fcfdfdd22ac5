"""Colours at the door: on a terminal alone, never where they are not wanted, and never instead of a word."""

import os
import pty
import subprocess
from pathlib import Path

import pytest

from policytracker.cli.output import STATUS_COLOURS, status_word
from policytracker.ledger.where import Where
from policytracker.status.words import STATUSES
from tests.demo import PROGRAM

CELL = ("state", "tencent", "b200", "--at", "2026-01-28")


def on_a_terminal(ledger: Where, **settings: str) -> str:
    """What the program prints on a terminal."""
    main, terminal = pty.openpty()
    environment = {**os.environ, "PYTHONUTF8": "1", "TERM": "xterm", **settings}
    environment.pop("NO_COLOR", None) if "NO_COLOR" not in settings else None
    done = subprocess.run([*PROGRAM, str(ledger), *CELL], stdout=terminal, stderr=subprocess.DEVNULL, env=environment)
    os.close(terminal)
    told = b""
    try:
        while part := os.read(main, 65_536):
            told += part
    except OSError:  # all is read
        pass
    os.close(main)
    assert done.returncode == 0
    return told.decode()


@pytest.mark.files
@pytest.mark.parametrize(("settings", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_a_terminal_gets_colours_unless_it_wants_none(demo: Path, settings: dict[str, str], coloured: bool) -> None:
    told = on_a_terminal(demo, **settings)
    assert ("\x1b[31m" in told) == coloured
    assert "prohibited" in told


def test_each_of_the_seven_statuses_has_a_colour_and_keeps_its_word() -> None:
    for word in (*STATUSES, "uncertain", "unknown"):
        assert word in STATUS_COLOURS
        assert word in status_word(word)
