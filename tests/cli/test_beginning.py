"""``policytracker`` without a command: the ways to begin, or the help."""

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from policytracker.cli.main import cli
from tests.demo import ask


def test_on_a_machine_without_a_ledger_it_says_three_ways_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("POLICYTRACKER_LEDGER", raising=False)

    answer = CliRunner().invoke(cli, [])

    assert answer.exit_code == 0
    assert answer.output.startswith(f"There is no ledger at {tmp_path}/policytracker/policytracker.ledger yet.")
    assert [line[:2] for line in answer.output.splitlines() if line[:1].isdigit()] == ["1.", "2.", "3."]
    assert not list(tmp_path.iterdir())


def test_the_commands_that_it_says_work_as_they_stand(tmp_path: Path) -> None:
    place = tmp_path / "a folder" / "my.ledger"
    said = [line.strip() for line in ask(place).output.splitlines() if line.startswith("     policytracker")]
    words = [shlex.split(line)[1:] for line in said]
    looked, made, asked, empty, recorded = words

    assert looked == ["serve", "--demo"]
    for command in (made, asked, recorded):
        assert CliRunner().invoke(cli, command).exit_code == 0, command
    place.unlink()
    assert CliRunner().invoke(cli, empty).exit_code == 0


def test_where_there_is_a_ledger_it_shows_the_commands(demo: Path) -> None:
    assert ask(demo).output == ask(demo, "--help").output


def test_where_says_where_a_ledger_was_looked_for_and_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("POLICYTRACKER_LEDGER", raising=False)
    place = tmp_path / "policytracker" / "policytracker.ledger"

    answer = CliRunner().invoke(cli, ["where"])

    assert answer.exit_code == 1
    assert answer.stdout.splitlines() == [
        f"ledger         {place}",
        "chosen_by      the default",
        f"configuration  none, {tmp_path}/policytracker/config.toml is not there",
    ]
    assert f"`policytracker --ledger {place} init --demo`" in answer.stderr
    assert not list(tmp_path.iterdir())


def test_where_in_another_form_has_no_row_without_a_ledger(tmp_path: Path) -> None:
    for form in ("--json", "--nl", "--csv", "--md"):
        answer = ask(tmp_path / "my.ledger", "where", form)

        assert (answer.exit_code, answer.stdout) == (1, "")
        assert answer.stderr.startswith(f"Error: no ledger at {tmp_path}/my.ledger; make an empty one with")
