"""``export`` at the door: to standard output or to a file that appears whole."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from policytracker.cli.export import write
from policytracker.ledger.appending import append_lines
from policytracker.ledger.lines import lines_of
from policytracker.ledger.store import Store
from policytracker.ledger.where import Where
from tests.cli.recording import content
from tests.demo import ask, run


def events(text: str) -> list[dict[str, object]]:
    """The exported events, but for when they were recorded."""
    return [{name: item for name, item in json.loads(line).items() if name != "recorded"} for line in text.splitlines()]


def test_the_shipped_history_goes_out_and_comes_back(demo: Where, tmp_path: Path) -> None:
    """Exported, imported into a new ledger, exported again: the same but for the time of recording."""
    first = run(demo, "export")
    assert first.returncode == 0
    other = tmp_path / "other.ledger"
    with Store.create(other) as store:
        append_lines(store, lines_of("first", first.stdout.encode()))
    second = run(other, "export")
    assert events(second.stdout) == events(first.stdout)
    assert events(first.stdout)


def test_a_file_holds_what_standard_output_would(demo: Where, tmp_path: Path) -> None:
    """What is said about it goes to standard error."""
    path = tmp_path / "ledger.jsonl"
    found = ask(demo, "export", "--output", str(path))
    assert (found.exit_code, found.stdout) == (0, "")
    assert f"events to {path}" in found.stderr
    assert path.read_text(encoding="utf-8") == ask(demo, "export").stdout
    assert list(tmp_path.iterdir()) == [path]


def test_a_dash_is_standard_output(demo: Where) -> None:
    """As everywhere."""
    assert ask(demo, "export", "-o", "-").stdout == ask(demo, "export").stdout


def test_a_file_that_is_there_is_left_alone_without_force(demo: Where, tmp_path: Path) -> None:
    """With --force it is overwritten."""
    path = tmp_path / "ledger.jsonl"
    path.write_text("mine\n", encoding="utf-8")
    found = run(demo, "export", "-o", str(path))
    assert (found.returncode, path.read_text(encoding="utf-8")) == (1, "mine\n")
    assert found.stderr == f"Error: {path} is there already; choose another name, or overwrite it with --force\n"
    assert ask(demo, "export", "-o", str(path), "--force").exit_code == 0
    assert path.read_text(encoding="utf-8").startswith('{"type": "authority-registered"')


def test_a_folder_is_no_file_to_write(demo: Where, tmp_path: Path) -> None:
    """Not even with --force."""
    found = ask(demo, "export", "-o", str(tmp_path), "--force")
    assert found.exit_code == 1
    assert "is no file" in found.stderr


def test_a_folder_that_is_not_there_is_one_line(demo: Where, tmp_path: Path) -> None:
    """With its path, and no traceback."""
    found = run(demo, "export", "-o", str(tmp_path / "none" / "ledger.jsonl"))
    assert found.returncode == 1
    assert found.stderr.count("\n") == 1
    assert "none" in found.stderr


def test_a_file_that_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    """The disk is full after one line."""

    def lines() -> Iterator[str]:
        yield "one"
        raise OSError("no space left on device")

    path = tmp_path / "ledger.jsonl"
    path.write_text("mine\n", encoding="utf-8")
    with pytest.raises(OSError, match="no space left"):
        write(path, lines())
    assert path.read_text(encoding="utf-8") == "mine\n"
    assert list(tmp_path.iterdir()) == [path]


def test_an_earlier_ledger_is_exported_as_it_was(demo: Where) -> None:
    """As recorded by the end of 2020: nothing."""
    assert ask(demo, "export", "--recorded", "2020").stdout == ""


@pytest.mark.files
@pytest.mark.parametrize("words", [("export",), ("checkpoint",), ("prove", "cn-2026-01-28-batch")], ids=" ".join)
def test_no_ledger_is_overwritten_by_force(copied: Path, words: tuple[str, ...]) -> None:
    before = content(copied)
    answer = ask(copied, *words, "-o", str(copied), "--force")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr == (
        f"Error: {copied} is a database, maybe a ledger, and --force overwrites none; choose another name\n"
    )
    assert content(copied) == before
