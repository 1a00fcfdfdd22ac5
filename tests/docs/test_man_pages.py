"""The manual pages that the wheel installs say what the commands say, and are read without a warning."""

import shutil
import subprocess
from pathlib import Path

import click
import pytest

from docs.man_pages import FOLDER, Roff, man_pages
from policytracker.cli.main import COMMANDS
from policytracker.events.catalogue import TYPES

WARNED = ["groff", "-man", "-Tutf8", "-ww"]
groff = pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed: apt-get install groff-base")


def test_there_is_a_page_of_the_program_of_each_command_and_of_each_type_of_event() -> None:
    commands = [*COMMANDS, *(f"record-{name}" for name in TYPES)]

    assert {"policytracker.1", *(f"policytracker-{name}.1" for name in commands)} <= set(man_pages())


def test_the_pages_that_are_kept_are_those_of_the_commands_of_today() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}

    assert kept == man_pages(), "`make docs` writes them anew"


@groff
def test_every_page_is_read_without_a_warning() -> None:
    for path in FOLDER.iterdir():
        read = subprocess.run([*WARNED, path], capture_output=True, text=True, encoding="utf-8")

        assert (path.name, read.returncode, read.stderr) == (path.name, 0, "")


@groff
def test_what_roff_would_take_for_its_own_is_printed_as_it_is(tmp_path: Path) -> None:
    texts = [
        ".TH at the beginning of a line",
        "'tis \\fBnot\\fP bold",
        "`--at 2026-01-28` ~ ^ … 华为",
        "\b\n.nf\n  'x\\n'",
    ]

    assert _printed(texts, tmp_path) == [
        ".TH at the beginning of a line",
        "'tis \\fBnot\\fP bold",
        "--at 2026-01-28 ~ ^ … 华为",
        ".nf",
        "'x\\n'",
    ]


def _printed(texts: list[str], folder: Path) -> list[str]:
    """The lines that groff makes of texts, as a reader without bold letters sees them."""
    page = Roff(width=72)
    page.write_line(".TH X 1")
    page.write_usage("x")
    page.write_text("\n\n".join(texts))
    path = folder / "x.1"
    path.write_text(page.getvalue(), encoding="ascii")
    read = subprocess.run([*WARNED, "-P-c", path], capture_output=True, text=True, encoding="utf-8", check=True)
    lines = [click.unstyle(_without_overstriking(line)).strip() for line in read.stdout.splitlines()]
    body = lines[lines.index("DESCRIPTION") + 1 : -1]
    return [line for line in body if line]


def _without_overstriking(line: str) -> str:
    """A line without the letters that were printed again, a step back, to make them bold."""
    kept: list[str] = []
    for letter in line:
        if letter == "\b":
            kept.pop()
        else:
            kept.append(letter)
    return "".join(kept)
