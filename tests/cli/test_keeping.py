"""``init``, ``where``, ``rebuild``, ``verify``, and the door itself."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from policytracker.cli.main import COMMANDS, cli
from policytracker.events.forms import id_of
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Entry, Recorded, Store
from policytracker.ledger.where import Where
from policytracker.projections.layout import place_of
from policytracker.questions.escaping import safe
from tests.demo import ask, rows, run
from tests.homes import change


@pytest.fixture
def copy(copied: Where) -> Where:
    """A ledger to damage."""
    return copied


def test_init_makes_an_empty_ledger_and_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "my.ledger"
    where = f"{path} in the new folder {path.parent}"
    assert run(path, "init").stdout == f"made {where}, with no events in it yet\n"
    assert rows(path, "state") == []
    again = run(path, "init")
    assert again.returncode == 1
    assert "is there already; choose another place with --ledger" in again.stderr


def test_init_demo_fills_a_ledger_without_events_and_no_other(tmp_path: Path, demo: Where) -> None:
    path = tmp_path / "my.ledger"
    run(path, "init")
    events = len(rows(demo, "log", "--limit", "1000"))

    assert run(path, "init", "--demo").stdout == f"filled {path}, which had no events, with {events} events\n"
    assert rows(path, "state") == rows(demo, "state")
    again = run(path, "init", "--demo")
    assert again.returncode == 1
    assert again.stderr == (
        f"Error: {path} is there already and holds {events} events; choose another place with --ledger, or use the "
        "ledger as it is\n"
    )
    assert run(path, "verify").returncode == 0


def test_a_damaged_ledger_without_events_is_not_filled(tmp_path: Path) -> None:
    path = tmp_path / "my.ledger"
    run(path, "init")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE another (name TEXT)")

    answer = run(path, "init", "--demo")

    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1


def test_the_ledger_is_found_by_option_then_environment_then_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("POLICYTRACKER_LEDGER", raising=False)
    said = CliRunner().invoke(cli, ["init"]).stdout
    assert said.startswith(f"made {tmp_path / 'data' / 'policytracker'}")
    monkeypatch.setenv("POLICYTRACKER_LEDGER", str(tmp_path / "env.ledger"))
    assert f"made {tmp_path / 'env.ledger'}" in CliRunner().invoke(cli, ["init"]).stdout
    assert f"made {tmp_path / 'given.ledger'}" in ask(tmp_path / "given.ledger", "init").stdout


def test_no_ledger_is_told_with_the_way_to_make_one(tmp_path: Path) -> None:
    answer = run(tmp_path / "none.ledger", "state")
    assert answer.returncode == 1
    assert answer.stderr == (
        f"Error: no ledger at {tmp_path}/none.ledger; make an empty one with "
        f"`policytracker --ledger {tmp_path}/none.ledger init`, or one of the history that comes with the program with "
        f"`policytracker --ledger {tmp_path}/none.ledger init --demo`, or name yours with --ledger\n"
    )


@pytest.mark.parametrize("content", [b"", b"some text, long enough to be no header of a database" * 100])
@pytest.mark.parametrize("command", ["state", "verify", "rebuild", "where", "log"])
def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path, content: bytes, command: str) -> None:
    path = tmp_path / "foreign"
    path.write_bytes(content)
    answer = run(path, command)
    assert answer.returncode == 1
    assert "is not a policytracker ledger" in answer.stderr
    assert path.read_bytes() == content
    assert "Traceback" not in answer.stderr


def test_where_says_what_the_ledger_holds(demo: Where) -> None:
    (found,) = rows(demo, "where")
    assert found["ledger"] == str(demo)
    assert Path(found["read_models"]).is_file()
    listed = tuple(len(rows(demo, kind)) for kind in ("companies", "chips", "log"))
    assert (found["companies"], found["chips"], found["events"]) == listed
    assert found["newest_report"] == "2026-10-09"
    assert len(found["head"]) == 64


def test_rebuild_makes_the_read_models_anew(copy: Where) -> None:
    with open_ledger(copy) as source:
        views = place_of(source)
    views.unlink(missing_ok=True)
    answer = run(copy, "rebuild")
    assert answer.stdout == f"read models made anew from {len(rows(copy, 'log')):,} events\n"
    assert views.exists()
    assert run(copy, "verify").returncode == 0


def test_a_whole_ledger_is_said_to_be_whole(demo: Where) -> None:
    answer = run(demo, "verify")
    assert answer.returncode == 0
    assert "every seal holds, read models equal a rebuild" in answer.stdout
    assert rows(demo, "verify") == []


DAMAGES = [
    ("UPDATE stored_events SET state = {Tencent, Tencemt} WHERE originator_id = 'company:tencent'",
     "its content does not match its id: it was changed after recording"),
    ("UPDATE ledger_entries SET position = 10000 WHERE position = 5", "stands at position 6 where 5 is due"),
    ("UPDATE ledger_entries SET recorded = 1 WHERE position = 5", "is recorded before the event that precedes it"),
    ("DELETE FROM stored_events WHERE originator_id = 'company:tencent'",
     "its content is missing: nothing is stored at version 1 of the stream 'company:tencent'"),
    ("UPDATE ledger_entries SET recorder = 'eve' WHERE position = 5", "one of them was changed"),
    ("UPDATE stored_events SET topic = 'os:system' WHERE originator_id = 'company:tencent'",
     "is stored as 'os:system', which this version does not know"),
    ("UPDATE stored_events SET topic = 'chip-registered/1' WHERE originator_id = 'company:tencent'",
     "is stored as chip-registered/1, and its content is a company-registered"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "told"), DAMAGES)
def test_damage_is_named_with_exit_code_5(copy: Where, statement: str, told: str) -> None:
    change(copy, statement)
    answer = run(copy, "verify")
    assert answer.returncode == 5
    assert told in answer.stdout
    assert "Traceback" not in answer.stderr


def test_an_unknown_form_stops_a_question_with_upgrade(copy: Where) -> None:
    """A newer version has recorded something."""
    state = b'{"type":"blocked"}'
    with Store(copy) as store, store.writing() as writer:
        head, new = writer.head, id_of(state)
        entry = Entry(head.position + 1, new, head.recorded, "tester", new[:32], 1, None)
        writer.put([Recorded(new[:32], 1, "blocked/9", state)], [entry])
    answer = run(copy, "state", "tencent", "h200")
    assert answer.returncode == 1
    assert "upgrade policytracker" in answer.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_has_an_example(command: str) -> None:
    answer = CliRunner().invoke(cli, [command, "--help"])
    assert answer.exit_code == 0
    assert "xample" in answer.stdout
    assert f"policytracker {command}" in answer.stdout or f" {command} " in answer.stdout


def test_the_help_of_the_program_lists_every_command() -> None:
    told = CliRunner().invoke(cli, ["--help"]).stdout
    assert [name for name in COMMANDS if f"\n  {name} " not in told] == []


def test_a_mistyped_command_is_told_with_the_nearest() -> None:
    answer = CliRunner().invoke(cli, ["stat"])
    assert answer.exit_code == 2
    assert "there is no command 'stat'; did you mean state?" in answer.output


@pytest.mark.parametrize(
    "text", ["\x1b[31m", "a\u202eb", "a\u200bb", "a\ufeffb", "\ue000", "\x9b", "\u2066", "a\x00b", "\U000e0041"]
)
def test_nothing_unsafe_passes_the_filter(text: str) -> None:
    assert safe(text).isprintable()


@pytest.mark.parametrize("text", ["腾讯", "Ümläut – “quoted”", "字节跳动 → H200", "a\tb\nc"])
def test_ordinary_text_passes_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_a_broken_pipe_ends_quietly(demo: Where) -> None:
    """``policytracker state | head -1``"""
    import subprocess

    command = f"{sys.executable} -m policytracker.cli.main --ledger {demo} state | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert "Traceback" not in done.stderr
