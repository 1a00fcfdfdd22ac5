"""Long answers on a terminal go through the user's pager; nothing else does."""

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import termios
import time
from pathlib import Path

import pytest

from tests.demo import PROGRAM

pytestmark = pytest.mark.files
LOG = ("log", "--limit", "40")
"""Longer than a screen of 24 lines."""
SECONDS = 60
COUNTS = "sh -c 'echo paged; cat'"
"""A pager that says that it was one."""


def on_a_terminal(ledger: Path, *words: str, keys: str = "", **variables: str) -> tuple[str, int]:
    """What a terminal of 24 lines shows, and the exit code; each key is pressed once nothing moves any more."""
    main, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    environment = {**os.environ, "PYTHONUTF8": "1", "TERM": "xterm", **variables}
    command = ["setsid", "--ctty", "--wait", *PROGRAM, str(ledger), *words]
    process = subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal, env=environment)
    os.close(terminal)
    shown, until, left = b"", time.monotonic() + SECONDS, list(keys)
    while time.monotonic() < until:
        if not select.select([main], [], [], 1.0)[0]:
            if left and shown:
                os.write(main, left.pop(0).encode())
            continue
        try:
            part = os.read(main, 65_536)
        except OSError:  # all is read
            break
        if not part:
            break
        shown += part
    os.close(main)
    return shown.decode(), process.wait(SECONDS)


def test_an_answer_on_a_terminal_goes_through_the_pager_whole_and_in_colour(demo: Path) -> None:
    shown, code = on_a_terminal(demo, *LOG, PAGER=COUNTS)
    assert code == 0
    assert shown.startswith("paged\r\n")
    assert "\x1b[" in shown
    assert "newest report in the ledger" in shown.splitlines()[-1]


def test_the_exit_code_is_that_of_the_command_also_where_the_pager_stops_reading(demo: Path) -> None:
    shown, code = on_a_terminal(demo, "check", "tencent", "b200", "--at", "2026-01-28", PAGER="head -1")
    assert shown.startswith("tencent b200: no")
    assert (len(shown.splitlines()), code) == (1, 3)


@pytest.mark.parametrize(
    ("words", "variables"),
    [
        ((*LOG, "--no-pager"), {"PAGER": COUNTS}),
        (("--no-pager", *LOG), {"PAGER": COUNTS}),
        ((*LOG, "--json"), {"PAGER": COUNTS}),
        ((*LOG, "--nl"), {"PAGER": COUNTS}),
        ((*LOG, "--csv"), {"PAGER": COUNTS}),
        (LOG, {"PAGER": COUNTS, "TERM": "dumb"}),
        (LOG, {"PAGER": "cat"}),
        (LOG, {"PAGER": ""}),
        (LOG, {"PAGER": COUNTS, "POLICYTRACKER_PAGER": "cat"}),
    ],
)
def test_nothing_is_paged_that_its_user_or_a_program_reads_at_once(
    demo: Path, words: tuple[str, ...], variables: dict[str, str]
) -> None:
    shown, code = on_a_terminal(demo, *words, **variables)
    assert code == 0
    assert "paged" not in shown
    assert "newest report in the ledger" in shown


def test_where_the_output_is_no_terminal_there_is_no_pager(demo: Path) -> None:
    environment = {**os.environ, "TERM": "xterm", "PAGER": COUNTS}
    done = subprocess.run([*PROGRAM, str(demo), *LOG], capture_output=True, text=True, env=environment)
    assert "paged" not in done.stdout
    assert done.returncode == 0


def test_the_own_variable_goes_before_the_file_and_the_file_before_the_variable_of_all_programs(
    demo: Path, tmp_path: Path
) -> None:
    file = tmp_path / "policytracker" / "config.toml"
    file.parent.mkdir()
    file.write_text("pager = \"sh -c 'echo file; cat'\"\n")
    settings = {"XDG_CONFIG_HOME": str(tmp_path), "PAGER": COUNTS}
    assert on_a_terminal(demo, *LOG, **settings)[0].startswith("file\r\n")
    own = {**settings, "POLICYTRACKER_PAGER": "sh -c 'echo own; cat'"}
    assert on_a_terminal(demo, *LOG, **own)[0].startswith("own\r\n")
    file.write_text("pager = ''\ncolor = 'never'\n")
    plain = on_a_terminal(demo, *LOG, **settings)[0]
    assert plain.lstrip().startswith("recorded ")
    assert "\x1b" not in plain


def test_a_pager_that_is_not_there_is_told_and_the_answer_is_printed(demo: Path) -> None:
    shown, code = on_a_terminal(demo, *LOG, PAGER="no-such-pager -x")
    assert code == 0
    assert shown.startswith("warning: there is no program 'no-such-pager', which $PAGER names as the pager\r\n")
    assert "newest report in the ledger" in shown


@pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed")
def test_less_ends_at_once_where_all_fits_and_with_q_where_it_does_not_also_after_ctrl_c(demo: Path) -> None:
    shown, code = on_a_terminal(demo, "state", "tencent", "b200", "--at", "2026-01-28")
    assert ("prohibited" in shown, code) == (True, 0)
    for keys in ("q", "\x03q"):
        shown, code = on_a_terminal(demo, *LOG, keys=keys)
        assert code == 0
        assert "recorded " in shown
        assert "newest report in the ledger" not in shown
