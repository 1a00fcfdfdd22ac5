"""The options of the whole program: before the command and after it, what they do, and what they leave alone."""

import json
import logging
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from policytracker.cli.main import cli
from policytracker.cli.program_options import ProgramOption
from policytracker.ledger.where import Where
from tests.cli.recording import say
from tests.cli.test_completing import commands, completed

CELL = ("state", "tencent", "h200", "--at", "2026-01-28")


def call(*words: str, **variables: str) -> Result:
    """The program with all its words given here."""
    return CliRunner(env=variables).invoke(cli, list(words), prog_name="policytracker")


def test_every_command_takes_the_options_of_the_program_and_none_has_another_of_that_name() -> None:
    own = {flag for each in cli.params if isinstance(each, ProgramOption) for flag in each.opts}
    assert own == {"--ledger", "--recorder", "-q", "--quiet", "-v", "--verbose", "--color", "--no-pager"}
    found = [(path, command) for path, command in commands(cli) if path]
    assert len(found) > 60
    for path, command in found:
        flags = [flag for each in command.params if isinstance(each, ProgramOption) for flag in each.opts]
        others = {flag for each in command.params if not isinstance(each, ProgramOption) for flag in each.opts}
        assert (path, set(flags), len(flags)) == (path, own, len(own))
        assert (path, others & own) == (path, set())


def test_the_ledger_may_be_named_after_the_command_and_the_last_one_counts(demo: Where, tmp_path: Path) -> None:
    before = call("--ledger", str(demo), *CELL, "--json")
    assert before.exit_code == 0
    for words in (
        (*CELL, "--json", "--ledger", str(demo)),
        ("state", "--ledger", str(demo), *CELL[1:], "--json"),
        ("--ledger", str(tmp_path / "none"), *CELL, "--json", "--ledger", str(demo)),
    ):
        assert call(*words).stdout == before.stdout


@pytest.mark.files
def test_groups_of_commands_and_their_commands_take_it_too(demo: Path, tmp_path: Path) -> None:
    whole = call("--ledger", str(demo), "export").stdout
    assert call("export", "--ledger", str(demo)).stdout == whole != ""
    blocked = ("blocked", "--company", "tencent", "--chip", "h20", "--authority", "gacc")
    report = ("--publisher", "Caixin", "--published", "2026-02-03", "--attribution", "official", "--dry-run")
    assert call("record", *blocked, *report, "--ledger", str(demo)).exit_code == 0
    assert call("record", "--ledger", str(demo), *blocked, *report).exit_code == 0
    written = tmp_path / "tracker.html"
    assert call("export", "explorer", str(written), "--ledger", str(demo)).exit_code == 0
    assert written.stat().st_size > 100_000


def test_the_recorder_may_be_named_after_the_command(copied: Where) -> None:
    lift = ("record", "lifted", "cn-2026-01-14-customs", "--publisher", "Caixin", "--published", "2026-02-03")
    done = call("--ledger", str(copied), *lift, "--attribution", "official", "--recorder", "mia")
    assert done.exit_code == 0, done.output
    assert json.loads(say(copied, "log", "--limit", "1", "--json"))[0]["recorder"] == "mia"


def test_an_empty_name_of_a_ledger_is_refused_and_does_not_mean_another(demo: Where) -> None:
    answer = call(*CELL, "--ledger", "", POLICYTRACKER_LEDGER=str(demo))
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "--ledger is empty; name a file or a postgresql:// URL, or leave it out" in answer.stderr


def test_names_are_completed_from_the_ledger_that_stands_after_the_command(demo: Where, tmp_path: Path) -> None:
    assert completed(tmp_path / "none", ("state", "--ledger", str(demo)), "ten") == ["tencent", "tencent-hk"]
    assert completed(tmp_path / "none", ("state",), "ten") == []
    assert "--ledger" in completed(demo, ("state",), "--")


def test_the_help_of_a_command_has_one_line_on_the_options_of_the_program() -> None:
    for words in (("state",), ("record", "blocked"), ("export",), ("export", "site")):
        told = " ".join(call(*words, "--help").stdout.split())
        line = "--ledger WHERE … This, and other options of the whole program; see `policytracker --help`."
        assert told.count(line) == 1
        assert "--recorder" not in told.replace("--recorders", "")
    assert "--recorder NAME" in call("--help").stdout


def test_quiet_silences_what_stands_beside_an_answer_and_leaves_the_answer(demo: Where) -> None:
    loud, quiet = call("--ledger", str(demo), *CELL, "--json"), call("--ledger", str(demo), *CELL, "--json", "-q")
    assert "held on 2026-01-28" in loud.stderr
    assert (quiet.stdout, quiet.stderr) == (loud.stdout, "")
    table = call("--ledger", str(demo), *CELL, "--quiet")
    assert "held on 2026-01-28" in table.stdout


@pytest.mark.files
def test_quiet_silences_warnings_of_what_is_recorded_and_notes_of_what_is_written(copied: Path, tmp_path: Path) -> None:
    fields = {"type": "company-registered", "name": "Tencеnt", "jurisdiction": "CN"}  # its second e is Cyrillic
    lines = tmp_path / "lines.jsonl"
    for name, flags, is_told in (("one", (), True), ("two", ("--quiet",), False)):
        lines.write_text(json.dumps({**fields, "company": name}), encoding="utf-8")
        done = call("--ledger", str(copied), "import", str(lines), *flags)
        assert (done.exit_code, "1 event appended" in done.stdout) == (0, True)
        assert ("warning: " in done.stderr) is is_told
        written = call("--ledger", str(copied), "export", "-o", str(tmp_path / name), *flags)
        assert ("wrote " in written.stderr) is is_told


def test_quiet_leaves_errors(demo: Where) -> None:
    answer = call("--ledger", str(demo), "--quiet", "state", "Tencnt", "h200")
    assert answer.exit_code == 1
    assert answer.stderr.startswith("Error: no company is called 'Tencnt'; did you mean tencent")


@pytest.mark.parametrize("option", ["--quiet", "--verbose"])
@pytest.mark.parametrize("words", [("state",), ("state", "--no-such-option"), ("--quiet", "--verbose", "state")])
def test_a_program_that_calls_the_command_line_keeps_its_logger(
    demo: Where, option: str, words: tuple[str, ...]
) -> None:
    logger = logging.getLogger("policytracker")
    before = logger.level, logger.propagate, list(logger.handlers)

    call("--ledger", str(demo), option, *words)

    assert (logger.level, logger.propagate, logger.handlers) == before


def test_quiet_and_verbose_exclude_each_other() -> None:
    for words in (("-q", "-v", "state"), ("-q", "state", "-v"), ("state", "--verbose", "--quiet")):
        answer = call(*words)
        assert answer.exit_code == 2
        assert "--quiet and --verbose exclude each other; give one of them" in answer.stderr


@pytest.mark.files
def test_verbose_says_which_ledger_counts_what_is_made_anew_and_when(copied: Path) -> None:
    views = copied.with_name(f"{copied.name}.views")
    views.unlink()
    made = call("--ledger", str(copied), *CELL, "--json", "--verbose")
    steps = [re.sub(r"^ *[0-9]+\.[0-9]{3} s  ", "", line) for line in made.stderr.splitlines()]
    assert steps[0] == f"the ledger is {copied}, from --ledger"
    assert re.fullmatch(rf"the read models {re.escape(str(views))} were made anew from \d+ events", steps[1])
    assert steps[2].startswith(f"read models {views} are up to date: ")
    assert steps[-1] == "done"
    seconds = [float(line.split()[0]) for line in made.stderr.splitlines() if re.match(r" *[0-9]+\.[0-9]{3} s  ", line)]
    assert seconds == sorted(seconds)

    again = call("--ledger", str(copied), *CELL, "--json", "-v")
    assert again.stdout == made.stdout
    assert "anew" not in again.stderr
    assert " s  " not in call("--ledger", str(copied), *CELL, "--json").stderr


def test_colour_is_chosen_by_option_then_environment_then_terminal(demo: Where) -> None:
    cell = ("--ledger", str(demo), *CELL)
    for words, variables, coloured in (
        ((), {}, False),
        (("--color", "always"), {}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": ""}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
        (("--color", "auto"), {"FORCE_COLOR": "1"}, False),
    ):
        told = call(*cell, *words, **variables).stdout
        assert (words, variables, "\x1b[" in told) == (words, variables, coloured)
    for form in ("--json", "--nl", "--csv", "--md"):
        assert "\x1b" not in call(*cell, form, "--color", "always").stdout


@pytest.mark.parametrize("words", [("why",), ("record", "blocked"), ("export", "site"), ("record",), ()])
def test_help_is_a_command_that_shows_the_same_as_the_option(words: tuple[str, ...]) -> None:
    assert call("help", *words).stdout == call(*words, "--help").stdout != ""


def test_help_refuses_what_is_no_command_with_the_nearest() -> None:
    for words, why in (
        (("tate",), "there is no command 'tate'; did you mean state"),
        (("record", "blockd"), "'blockd' is no type of event; did you mean blocked"),
        (("state", "x"), "`policytracker state` has no commands of its own; leave out 'x'"),
    ):
        answer = call("help", *words)
        assert answer.exit_code == 2
        assert why in answer.stderr


def test_what_help_is_asked_for_is_completed(demo: Where) -> None:
    assert completed(demo, ("help",), "ti") == ["timeline"]
    assert completed(demo, ("help", "record"), "block") == ["blocked"]
    assert completed(demo, ("help", "state"), "") == []


def test_the_context_of_a_command_line_keeps_nothing_for_the_next(demo: Where, tmp_path: Path) -> None:
    call("--ledger", str(demo), "--quiet", *CELL)
    assert isinstance(cli.make_context("policytracker", ["schema"]), click.Context)
    assert "held on" in call("--ledger", str(demo), *CELL, "--json").stderr
