"""The configuration file: which one is read, what it can say, and what goes before it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policytracker.cli.main import cli
from policytracker.ledger.where import Where
from tests.cli.recording import say
from tests.demo import rows

BLOCK = ("record", "lifted", "cn-2026-01-14-customs", "--publisher", "Caixin", "--published", "2026-02-03")


class Home:
    """A user's configuration folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "policytracker" / "config.toml"

    def says(self, text: str | bytes) -> None:
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def call(self, *words: str, **variables: str) -> Result:
        """The program, as this user calls it."""
        environment = {"XDG_CONFIG_HOME": str(self.folder), **variables}
        return CliRunner(env=environment).invoke(cli, list(words), prog_name="policytracker")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    folder = tmp_path / "settings"
    folder.mkdir()
    return Home(folder)


def test_a_ledger_is_named_by_option_then_variable_then_file(home: Home, demo: Where, tmp_path: Path) -> None:
    none = str(tmp_path / "none.ledger")
    question = ("where", "--json")
    home.says(f"ledger = '{demo}'")
    assert home.call(*question).exit_code == 0
    assert none in home.call(*question, POLICYTRACKER_LEDGER=none).stderr
    home.says(f"ledger = '{none}'")
    assert none in home.call(*question).stderr
    assert home.call(*question, POLICYTRACKER_LEDGER=str(demo)).exit_code == 0
    assert none in home.call(*question, "--ledger", none, POLICYTRACKER_LEDGER=str(demo)).stderr


@pytest.mark.files
def test_where_says_which_file_counts_and_who_has_chosen_the_ledger(
    home: Home, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def chosen(*words: str, **variables: str) -> list[str]:
        answer = home.call("where", *words, **variables)
        assert answer.exit_code == 0, answer.output
        return [line.partition(" ")[2].strip() for line in answer.stdout.splitlines()[1:3]]

    absent = f"none, {home.file} is not there"
    assert chosen("--ledger", str(demo)) == ["--ledger", absent]
    assert chosen(POLICYTRACKER_LEDGER=str(demo)) == ["$POLICYTRACKER_LEDGER", absent]
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    say(tmp_path / "data" / "policytracker" / "policytracker.ledger", "init")
    assert chosen() == ["the default", absent]
    home.says(f"ledger = '{demo}'")
    assert chosen() == ["the configuration file", str(home.file)]
    (found,) = rows(demo, "where")
    assert (found["chosen_by"], found["configuration"]) == ("--ledger", None)


def test_a_recorder_is_named_by_option_then_variable_then_file(home: Home, copied: Where) -> None:
    home.says("recorder = 'from the file'")
    lift = ("--ledger", str(copied), *BLOCK, "--attribution", "official")
    for number, (words, variables) in enumerate(
        (((), {}), ((), {"POLICYTRACKER_RECORDER": "variable"}), (("--recorder", "option"), {}))
    ):
        done = home.call(*lift, "--note", f"no. {number}", "--anyway", *words, **variables)
        assert done.exit_code == 0, done.output
    assert [each["recorder"] for each in rows(copied, "log", "--limit", "3")] == ["from the file", "variable", "option"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ledgr = '/x'", "has an unknown key 'ledgr'; the keys are ledger, recorder, color, pager"),
        ("[ledger]\nplace = '/x'", "gives no text for the key ledger; write ledger = '…', or leave the line out"),
        ("ledger = ''", "gives no text for the key ledger; "),
        (
            "ledger = 'my.ledger'",
            "gives 'my.ledger' for the key ledger; give a path from the root (/…) or from ",
        ),
        ("color = true", "gives no text for the key color; "),
        ("color = 'always'", "gives 'always' for the key color; give auto or never"),
        ('recorder = "a\\u0000b"', "gives no recorder: the name of who records holds a control character"),
        ("ledger", "is not TOML ("),
        (b"recorder = '\xff'", "is not UTF-8; write it in UTF-8"),
        ("x = " + "[" * 5_000, "is not TOML ("),
    ],
)
def test_what_the_file_cannot_say_is_one_error_that_names_the_file(home: Home, text: str | bytes, why: str) -> None:
    home.says(text)
    answer = home.call("where", "--ledger", "none")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.startswith(f"Error: the configuration file {home.file} {why}")
    assert len(answer.stderr.splitlines()) == 1


def test_a_file_that_cannot_be_read_is_an_error_and_no_silence(home: Home) -> None:
    home.file.mkdir(parents=True)
    answer = home.call("where", "--ledger", "none")
    assert answer.exit_code == 1
    assert answer.stderr.startswith(f"Error: the configuration file {home.file} cannot be read (Is a directory)")


def test_help_is_shown_whatever_the_file_says(home: Home) -> None:
    home.says("nonsense")
    for words in (("--help",), ("state", "--help"), ("help", "state"), ("record",)):
        assert home.call(*words).exit_code == 0


def test_with_a_bad_file_completion_offers_nothing_and_does_not_fail(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    from click.shell_completion import BashComplete

    home.says("nonsense")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home.folder))
    assert BashComplete(cli, {}, "policytracker", "_P").get_completions(["state"], "ten") == []
