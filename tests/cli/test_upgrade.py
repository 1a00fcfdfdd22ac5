"""``upgrade`` at the door, and what every other command says of a ledger that version 0.1 made."""

import json
import os
import subprocess
from pathlib import Path
from shlex import quote

import pytest

from policytracker.ledger.where import Where
from tests.demo import PROGRAM, ask
from tests.homes import on_both_homes
from tests.keeping import old
from tests.keeping.old import DATA, IDENTITY, KEY, NOTE, everything, layout_of
from tests.ledger.ground import company

pytestmark = pytest.mark.filterwarnings("ignore::policytracker.ledger.ledger_error.OldLedgerWarning")
SIGNED = DATA / "2026-02-03.checkpoint"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_homes(metafunc, "ledger", "function")


@pytest.fixture
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Where:
    """The ledger of version 0.1, to be changed."""
    return old.old_ledger(request, tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The same as a file."""
    return old.old_file(tmp_path)


def test_it_answers_and_says_how_to_upgrade_it(ledger: Where) -> None:
    before = everything(ledger)

    answer = ask(ledger, "state", "tencent", "h200", "--at", "2026-01-28", "--recorded", "2026-02-02T12:00Z", "--json")

    assert answer.exit_code == 0
    (cell,) = json.loads(answer.stdout)
    assert [gate["gate"] for gate in cell["gates"]] == ["US/export", "CN/import"]
    assert answer.stderr.startswith(NOTE)
    assert answer.stderr.count("policytracker upgrade") == 1
    assert everything(ledger) == before
    assert layout_of(ledger) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("why", "tencent", "h200"),
        ("log",),
        ("where",),
        ("export",),
        ("rebuild",),
        ("refresh",),
        ("checkpoint",),
        ("verify", "--against", str(SIGNED), "--key", KEY),
        ("prove", "example-met"),
        ("backup", "{folder}/a.backup"),
        ("copy", "{ledger}", "{folder}/a.ledger"),
    ],
    ids=lambda words: words[0],
)
def test_every_command_that_finds_it_offers_the_upgrade(words: tuple[str, ...], file: Path, tmp_path: Path) -> None:
    answer = ask(file, *(word.format(folder=tmp_path, ledger=file) for word in words))

    assert answer.exit_code == 0, answer.output
    assert answer.stderr.count(NOTE) == 1
    assert answer.output.count("policytracker upgrade") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("record", "retracted", "example-shipped"),
        ("record", "retracted", "example-shipped", "--dry-run"),
        ("import", "{events}"),
        ("redact", "example-met", "--reason", "court order 2/2026", "--yes"),
    ],
    ids=lambda words: " ".join(words[:1] + words[3:4]),
)
def test_nothing_is_recorded_in_it(words: tuple[str, ...], ledger: Where, tmp_path: Path) -> None:
    before = everything(ledger)
    events = tmp_path / "events.jsonl"
    events.write_text(json.dumps(company("new")))

    answer = ask(ledger, *(word.format(events=events) for word in words))

    backup = "" if isinstance(ledger, Path) else " --backup FILE"
    assert answer.exit_code == 1
    assert answer.stderr.endswith(
        f"Error: an earlier version made the ledger {ledger} (layout 2), and nothing is recorded in it as it is; run "
        f"`policytracker --ledger {quote(str(ledger))} upgrade{backup}`, which makes a backup first\n"
    )
    assert everything(ledger) == before


def test_an_upgrade_says_what_it_did(file: Path) -> None:
    made = file.with_name("policy.ledger.layout-2.backup")

    first, second = ask(file, "upgrade"), ask(file, "upgrade")

    assert first.stdout == (
        f"backed up: 184 events in {made}, {made.stat().st_size:,} bytes; every seal holds\n"
        f"upgraded {file} from layout 2 to 3; its 184 events keep ids, places, recorded times and seals\n"
        f"identity    {IDENTITY}\n"
        "root        1mp3kYLksYv732onqHrSpvpQDlU2akXFL0p5ZEl9kpI=\n"
        f"checkpoint  {made}.checkpoint\n"
    )
    assert (second.exit_code, second.stdout) == (0, f"nothing to do: {file} has layout 3, the newest\n")
    assert Path(f"{made}.checkpoint").read_text().splitlines()[2] == "1mp3kYLksYv732onqHrSpvpQDlU2akXFL0p5ZEl9kpI="


def test_the_shell_completes_words_without_a_note(file: Path) -> None:
    settings = {**os.environ, "COMP_WORDS": f"policytracker --ledger {file} state tenc", "COMP_CWORD": "4"}
    settings["_POLICYTRACKER_COMPLETE"] = "bash_complete"
    done = subprocess.run(PROGRAM[:-1], capture_output=True, text=True, env=settings)

    assert (done.stdout, done.stderr) == ("plain,tencent\n", "")
