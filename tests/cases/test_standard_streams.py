"""Standard streams that are closed, full, or read by nobody: what was done is said, and nothing is a mistake."""

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from policytracker.projections.reading import meta, open_views
from tests.cases.ground import BASE, BLOCK, ledger_of
from tests.cli.recording import command, content, position, recorded, say

FULL = ">/dev/full"
CLOSED = ">&-"
WHY = {FULL: "No space left on device", CLOSED: "it is closed"}
CELL = ("alpha", "x20")
WHEN = ("--published", "2026-01-20")
QUESTION = ("state", *CELL, "--json")
MORE = {
    "type": "company-registered",
    "company": "omega",
    "name": "Omega",
    "jurisdiction": "CN",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return ledger_of(tmp_path, BASE)


def run(words: list[str], redirected: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command whose standard streams a shell redirects."""
    line = ["sh", "-c", f'exec "$@" {redirected}', "sh", *words]
    return subprocess.run(line, capture_output=True, text=True, env={**os.environ, "PYTHONUTF8": "1", **more})


def unread(words: list[str]) -> subprocess.CompletedProcess[str]:
    """A command whose standard output is a pipe that nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        return subprocess.run(words, stdin=subprocess.DEVNULL, stdout=writing, stderr=subprocess.PIPE, text=True)
    finally:
        os.close(writing)


def read_up_to(ledger: Path) -> int:
    """How many events the read models hold, without bringing them up to date."""
    with closing(open_views(Path(f"{ledger}.views").resolve())) as connection:
        return int(meta(connection)["position"])


def works(folder: Path, ledger: Path) -> list[tuple[list[str], str]]:
    """Commands that change or make something, and what each says of it where its output cannot be written."""
    more = folder / "more.jsonl"
    more.write_text(json.dumps(MORE))
    new, kept = folder / "new", folder / "kept.backup"
    made = rf"made {new}/a\.ledger in the new folder {new}, with no events in it yet"
    return [
        (command(new / "a.ledger", "init"), made),
        (
            command(ledger, *BLOCK, *WHEN, "--ref", "block-x20"),
            r"event block-x20 is recorded at position 10",
        ),
        (command(ledger, "import", str(more)), r"1 event appended, 0 were recorded already"),
        (command(ledger, "backup", str(kept)), rf"backed up 11 events to {kept}, [0-9,]+ bytes; every seal holds"),
        (command(new / "b.ledger", "restore", str(kept)), rf"restored 11 events from {kept} to .*; every seal holds"),
        (command(ledger, "copy", str(ledger), str(new / "c.ledger")), r"copied 11 events from .*; record in one of .*"),
        (command(ledger, "rebuild"), r"read models made anew from 11 events"),
        (command(ledger, "redact", "block-x20", "--reason", "order", "--yes"), r"event [0-9a-f]{12} is redacted"),
        (command(ledger, "refresh"), r"read models are up to date; import_status holds for [0-9-]+"),
        (
            command(ledger, "checkpoint", "--new-key", str(folder / "key"), "--name", "a.example"),
            rf"the new key is in {folder}/key; its public half is a\.example\+[0-9a-f]+\+[A-Za-z0-9+/=]+",
        ),
    ]


@pytest.mark.parametrize("redirected", [FULL, CLOSED])
def test_what_was_done_is_said_where_the_output_fails(ledger: Path, tmp_path: Path, redirected: str) -> None:
    for words, done in works(tmp_path, ledger):
        found = run(words, redirected)
        begin = re.escape(f"Error: standard output cannot be written ({WHY[redirected]}); what was done before stays: ")
        assert re.fullmatch(f"{begin}{done}\n", found.stderr), found.stderr
        assert found.returncode == 1

    assert position(ledger) == 12
    assert sorted(path.name for path in (tmp_path / "new").glob("*.ledger")) == ["a.ledger", "b.ledger", "c.ledger"]
    assert say(tmp_path / "new" / "b.ledger", "verify").startswith("whole: 11 events")


def test_what_was_done_is_said_where_nobody_reads_the_output(ledger: Path, tmp_path: Path) -> None:
    """And the read models are caught up, although nobody reads the output."""
    for words, done in works(tmp_path, ledger):
        found = unread(words)
        begin = re.escape("Error: standard output cannot be written (Broken pipe); what was done before stays: ")
        assert re.fullmatch(f"{begin}{done}\n", found.stderr), found.stderr
        assert found.returncode == -signal.SIGPIPE
        assert read_up_to(ledger) == position(ledger)


@pytest.mark.parametrize("redirected", [FULL, CLOSED])
@pytest.mark.parametrize("words", [QUESTION, ("--help",), ("--version",), ("state", "--help"), ("log", "--csv")])
def test_an_answer_that_cannot_be_written_is_a_failure_in_a_sentence(
    ledger: Path, words: tuple[str, ...], redirected: str
) -> None:
    found = run(command(ledger, *words), redirected)
    way_out = {FULL: "make room there, or send it elsewhere", CLOSED: "send it to a file, a pipe or a terminal"}
    told = f"Error: standard output cannot be written ({WHY[redirected]}); {way_out[redirected]}\n"
    assert (found.returncode, found.stderr) == (1, told)


@pytest.mark.parametrize("redirected", ["2>/dev/full", "2>&-"])
def test_messages_that_cannot_be_written_change_nothing(ledger: Path, redirected: str) -> None:
    """Neither the answer, nor the exit code, nor what is recorded; and no message gets into the answer."""
    whole = run(command(ledger, *QUESTION), "")
    assert whole.returncode == 0
    assert whole.stderr
    found = run(command(ledger, *QUESTION), redirected)
    assert (found.returncode, found.stdout, found.stderr) == (0, whole.stdout, "")
    for words, code in ((("no-such-command",), 2), (("show", "no-such-event"), 1), (("check", *CELL), 0)):
        found = run(command(ledger, *words), redirected)
        assert (found.returncode, found.stderr) == (code, "")
        assert bool(found.stdout) is (code == 0)
    before = position(ledger)
    assert run(command(ledger, *BLOCK, *WHEN), redirected).returncode == 0
    assert position(ledger) == before + 1


def test_a_closed_standard_input_is_said_where_it_is_read(ledger: Path) -> None:
    ref = recorded(ledger, *BLOCK[1:], *WHEN)["id"]
    before = content(ledger)
    found = run(command(ledger, "import", "-"), "<&-")
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr == (
        "Error: cannot read standard input (it is closed); nothing was added; name files that can be read\n"
    )
    found = run(command(ledger, "check", "--file", "-"), "<&-")
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr == "Error: cannot read <stdin> (it is closed); name a file that can be read\n"
    found = run(command(ledger, "redact", ref, "--reason", "order"), "<&-")
    assert "say so with --yes" in found.stderr
    assert run(command(ledger, *QUESTION), "<&-").returncode == 0
    assert content(ledger) == before


def test_with_all_of_them_closed_the_ledger_is_still_whole(ledger: Path) -> None:
    """No file gets the number of a closed stream, so nothing that is printed gets into the ledger."""
    closed = "<&- >&- 2>&-"
    before = position(ledger)
    for words, code in ((QUESTION, 1), (("no-such-command",), 2), ((*BLOCK, *WHEN), 1)):
        assert run(command(ledger, *words), closed).returncode == code
    assert position(ledger) == before + 1
    assert say(ledger, "verify").startswith(f"whole: {before + 1} events")


@pytest.mark.parametrize(
    "words",
    [("log",), ("state", "--nl"), ("matrix",), ("export",), ("timeline", *CELL), ("claims", "--json"), ("--help",)],
    ids=" ".join,
)
def test_a_question_ends_as_other_tools_do_where_the_reader_leaves(ledger: Path, words: tuple[str, ...]) -> None:
    found = unread(command(ledger, *words))
    assert (found.returncode, found.stderr) == (-signal.SIGPIPE, "")


def test_the_shell_sees_141_of_a_long_log_that_is_cut(ledger: Path, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("\n".join(json.dumps({**MORE, "company": f"n{n}", "name": f"N {n}"}) for n in range(2_000)))
    say(ledger, "import", str(many))
    line = '"$@" log | head -n 1; echo "${PIPESTATUS[@]}"'
    found = subprocess.run(["bash", "-c", line, "bash", *command(ledger)], capture_output=True, text=True)
    assert found.stdout.splitlines()[1:] == ["141 0"]
    assert found.stderr == ""


def test_a_pipe_that_does_not_wait_for_its_reader_gets_all_of_the_answer(ledger: Path, tmp_path: Path) -> None:
    """As some terminals and job runners make them."""
    many = tmp_path / "many.jsonl"
    many.write_text("\n".join(json.dumps({**MORE, "company": f"n{n}", "name": f"N {n}"}) for n in range(2_000)))
    say(ledger, "import", str(many))
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with subprocess.Popen(command(ledger, "log", "--nl"), stdout=writing, stderr=subprocess.PIPE) as process:
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as answer:
            lines = answer.read().splitlines()
    assert process.returncode == 0
    assert len(lines) == position(ledger)


def test_a_later_failure_says_what_was_done_before(ledger: Path, tmp_path: Path) -> None:
    """The read models cannot be made anew: the copy is there all the same."""
    copy = tmp_path / "copy.ledger"
    program = (
        "import policytracker.projections.catching_up as projections\n"
        "def broken(*_): raise OSError(28, 'No space left on device')\n"
        "projections.rebuild = broken\n"
        "from policytracker.cli.main import main\n"
        "main()\n"
    )
    words = [sys.executable, "-c", program, "copy", str(ledger), str(copy)]
    found = subprocess.run(words, capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr == (
        "Error: No space left on device; make room on the disk, and try again; what was done before stays: copied 9 "
        f"events from {ledger} to {copy}, and compared them; record in one of the two from now on\n"
    )
    assert say(copy, "verify").startswith("whole: 9 events")


@pytest.mark.parametrize("redirected", [FULL, CLOSED])
def test_a_server_that_cannot_say_its_address_says_it_as_a_message(ledger: Path, redirected: str) -> None:
    """It serves all the same: a service may be started without a standard output."""
    line = ["sh", "-c", f'exec "$@" {redirected}', "sh", *command(ledger, "serve", "--port", "0")]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = process.stderr.readline()
        process.terminate()
        assert process.stderr.read() == ""
    assert re.fullmatch(rf"note: standard output .*\({WHY[redirected]}\); .*; open http://127\.0\.0\.1:\d+/\n", told)
    assert process.returncode == 0


@pytest.mark.parametrize(("words", "number"), [("", ""), ("policytracker state t", "x"), ("\udcff", "")])
def test_a_completion_that_no_shell_asks_for_is_no_mistake(words: str, number: str) -> None:
    asked = {"_POLICYTRACKER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": number}
    program = [sys.executable, "-c", "from policytracker.cli.main import main; main()"]
    found = subprocess.run(program, capture_output=True, text=True, env={**os.environ, **asked})
    assert (found.returncode, found.stdout) == (1, "")
    assert found.stderr == ("Error: COMP_WORDS and COMP_CWORD do not say what is to be completed; a shell sets them\n")
