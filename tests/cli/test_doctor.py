"""``doctor`` at the door: lines for people, forms for machines, and an exit code for scripts."""

import sqlite3
from pathlib import Path

import pytest

from policytracker.ledger.where import Where
from tests.demo import ask, rows, run


def test_every_line_is_ok_a_note_or_a_problem_and_tells_what_to_do(demo: Where) -> None:
    answer = ask(demo, "doctor")

    *lines, last = answer.stdout.splitlines()
    assert answer.exit_code == 0, answer.output
    assert {line.split()[0] for line in lines} <= {"ok", "note", "→"}
    assert sum(line.startswith("note") for line in lines) == sum(line.lstrip().startswith("→") for line in lines)
    assert last.startswith("no problems, ")


def test_what_is_found_is_told_in_a_machines_words(demo: Where) -> None:
    found = rows(demo, "doctor")

    assert {tuple(row) for row in found} == {("level", "check", "says", "do")}
    assert {row["check"] for row in found} >= {"python", "packages", "sqlite", "ledger", "clock", "read-models"}


@pytest.mark.files
def test_a_problem_ends_with_code_1(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.34.1")

    answer = ask(copied, "doctor")

    assert answer.exit_code == 1
    assert (
        "problem sqlite       SQLite 3.34.1 is older than 3.35.0\n" + " " * 21 + "→ use a newer Python" in answer.stdout
    )
    assert answer.stdout.splitlines()[-1].startswith("1 problem, ")


@pytest.mark.files
def test_a_path_cannot_paint_on_the_terminal(tmp_path: Path) -> None:
    answer = run(tmp_path / "a\x1b[31mb", "doctor")

    assert answer.returncode == 1
    assert "\x1b" not in answer.stdout
    assert "a\\u001b[31mb" in answer.stdout
