"""Names, paths and files whose bytes are not UTF-8: a text is refused in a sentence, a path works as any other."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from policytracker.cli.main import cli
from tests.cases.ground import BASE, BLOCK, ledger_of
from tests.cli.recording import ask, content
from tests.demo import run

BAD = os.fsdecode(b"Ten\xff")
"""A word as the operating system hands it over."""
REFUSED = r"'Ten\udcff' holds bytes that are not UTF-8; write it in UTF-8, as most terminals do"
WHEN = ("--published", "2026-01-20")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return ledger_of(tmp_path, BASE)


@pytest.mark.parametrize(
    "words",
    [
        ("state", BAD),
        ("check", "alpha", BAD),
        ("why", BAD, "x20"),
        ("timeline", "alpha", BAD),
        ("diff", BAD, "x20", "--at", "2019", "--to-at", "2020"),
        ("matrix", "--company", BAD),
        ("claims", "--chip", BAD),
        ("quantities", BAD),
        ("companies", BAD),
        ("chips", BAD),
        ("search", BAD),
        ("show", BAD),
        ("prove", BAD),
        ("redact", BAD, "--reason", "order", "--yes"),
        ("redact", "us-base", "--reason", BAD, "--yes"),
        ("checkpoint", "--origin", BAD),
        (*BLOCK, *WHEN, "--note", BAD),
        (*BLOCK, *WHEN, "--authority", BAD),
        ("record", "company-registered", "--company", "omega", "--name", BAD, "--jurisdiction", "CN"),
    ],
    ids=lambda words: " ".join(words).replace(BAD, "BAD"),
)
def test_a_text_that_is_not_utf_8_is_refused_in_a_sentence(ledger: Path, words: tuple[str, ...]) -> None:
    before = content(ledger)
    found = ask(ledger, *words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.splitlines()[-1].endswith(REFUSED)
    assert content(ledger) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("state", "--at", BAD), r"'Ten\udcff' is not a date this ledger knows; write a day"),
        (("log", "--type", BAD), r"'Ten\udcff' is not one of"),
        (("record", BAD), r"'Ten\udcff' is no type of event; `policytracker record --help` lists the types"),
        ((BAD,), r"there is no command 'Ten\udcff'; `policytracker --help` lists the commands"),
        (("export", BAD), r"there is no form 'Ten\udcff'; there are: site, explorer"),
        (("schema", BAD), r"'Ten\udcff' is no type of event; "),
        (("verify", "--against", "x", "--key", BAD), "this is no verifier key: it has not the form name+id+base64"),
        (("state", f"--{BAD}"), r"No such option '--Ten\udcff'"),
    ],
    ids=lambda case: " ".join(case).replace(BAD, "BAD") if isinstance(case, tuple) else "",
)
def test_a_word_of_a_list_that_is_not_utf_8_is_refused_as_any_other(
    ledger: Path, words: tuple[str, ...], told: str
) -> None:
    found = ask(ledger, *words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert told in found.stderr


def test_a_pair_that_is_not_utf_8_is_refused_as_a_line_would_be(ledger: Path) -> None:
    before = content(ledger)
    words = ("record", "condition-imposed", "--condition", f"test={BAD}", *BLOCK[2:], *WHEN)
    found = ask(ledger, *words)
    assert (found.exit_code, found.stdout) == (1, "")
    assert "half a character" in found.stderr
    assert content(ledger) == before


def test_a_recorder_in_the_environment_that_is_not_utf_8_is_refused(ledger: Path) -> None:
    before = content(ledger)
    words = ["--ledger", str(ledger), *BLOCK, *WHEN]
    found = CliRunner(env={"POLICYTRACKER_RECORDER": BAD}).invoke(cli, words)
    assert (found.exit_code, found.stdout) == (1, "")
    assert "half a character; give another with --recorder" in found.stderr
    assert content(ledger) == before


def test_a_ledger_whose_path_is_not_utf_8_works_as_any_other(tmp_path: Path) -> None:
    folder = tmp_path / BAD
    folder.mkdir()
    ledger = ledger_of(folder, BASE)
    more, kept = folder / f"more{BAD}.jsonl", folder / f"kept{BAD}"
    assert run(ledger, "export", "-o", str(more)).returncode == 0
    assert run(ledger, "import", str(more)).stdout == "0 events appended, 9 were recorded already\n"
    assert run(ledger, "backup", str(kept)).returncode == 0
    assert run(folder / f"new{BAD}", "restore", str(kept)).returncode == 0
    assert run(ledger, "copy", str(ledger), str(folder / f"copy{BAD}")).returncode == 0
    assert run(ledger, "export", "explorer", str(folder / f"page{BAD}")).returncode == 0
    assert run(ledger, "verify", "--against", f"{kept}.checkpoint").returncode == 0
    (where,) = json.loads(run(ledger, "where", "--json").stdout)
    assert where["ledger"] == str(ledger)
    found = CliRunner(env={"POLICYTRACKER_LEDGER": str(ledger)}).invoke(cli, ["state", "alpha", "x20", "--json"])
    assert found.exit_code == 0


def test_a_path_that_is_not_utf_8_is_shown_as_codes_where_it_fails(tmp_path: Path, ledger: Path) -> None:
    for words, told in (
        (("import", BAD), r"Error: cannot read Ten\udcff (No such file or directory); nothing was added; "),
        (("verify", "--against", BAD), r"Error: No such file or directory Ten\udcff; check the path"),
        (("check", "--file", BAD), "'Ten\ufffd': No such file or directory"),
    ):
        found = ask(ledger, *words)
        assert found.exit_code in (1, 2)
        assert told in found.stderr
    assert run(tmp_path / BAD, "log").stderr.startswith(
        rf"Error: no ledger at {tmp_path}/Ten\udcff; make an empty one with "
    )


def test_a_file_that_is_not_utf_8_is_refused_by_its_lines(ledger: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"company,chip\nalpha,x\xff\n")
    before = content(ledger)
    for words in (("import", str(file)), ("check", "--file", str(file)), ("verify", "--against", str(file))):
        found = ask(ledger, *words)
        assert found.exit_code in (1, 5)
        assert str(file) in found.output
    assert content(ledger) == before


def test_a_home_that_nobody_has_is_the_name_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = ask(Path("~no-such-user"), "log")
    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr.startswith("Error: no ledger at ~no-such-user; make an empty one with ")
