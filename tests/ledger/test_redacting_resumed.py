"""``redact`` is killed after the removal and before the files are cleared: that is noted, told and done by the next."""

import subprocess
import sys
from pathlib import Path

import pytest

from policytracker.keeping.backups import backup
from policytracker.keeping.doctor import doctor
from policytracker.keeping.verify import unfinished_redactions
from policytracker.ledger import clock
from policytracker.ledger.clearing import unfinished
from policytracker.ledger.copying import copy
from policytracker.ledger.reading import open_ledger
from policytracker.ledger.store import Store
from policytracker.ledger.where import Where
from policytracker.projections.catching_up import catch_up
from tests.demo import ask
from tests.ledger.ground import Ledger, cleared
from tests.ledger.test_redacting import DAY, REASON, SECRET, bytes_of

KILLED = """
import os, signal, sys
from policytracker.cli.main import cli
from policytracker.ledger.store import Store
from policytracker.projections import catching_up

def killed(*_):
    os.kill(os.getpid(), signal.SIGKILL)

{what} = killed
cli(sys.argv[1:])
"""
MOMENTS = {
    "before the files are cleared": "Store.scrub",
    "before the read models are made anew": "catching_up.rebuild",
    "before it is noted that all is done": "Store.forget",
}


@pytest.fixture
def kept(ledger: Ledger) -> Ledger:
    """A claim that names a person, in a ledger with read models."""
    ledger.add(cleared("secret", note=SECRET))
    catch_up(ledger.path, DAY)
    ledger.store.close()
    return ledger


def killed(where: Where, name: str, what: str) -> None:
    """Redact an event in a process that is killed at a moment."""
    words = ["--ledger", str(where), "redact", name, "--reason", REASON, "--yes"]
    done = subprocess.run([sys.executable, "-c", KILLED.format(what=what), *words], capture_output=True, text=True)
    assert done.returncode == -9, done.stderr


def again(where: Where, name: str) -> str:
    answer = ask(where, "redact", name, "--reason", REASON, "--yes")
    assert answer.exit_code == 0, answer.output
    return answer.stdout.splitlines()[0]


@pytest.mark.parametrize("what", MOMENTS.values(), ids=MOMENTS)
def test_the_same_command_again_finishes_what_was_interrupted_and_says_so(kept: Ledger, what: str) -> None:
    """By the ref too, which was removed with the content."""
    event_id = kept.id("secret")
    killed(kept.path, "secret", what)

    said = again(kept.path, "secret")

    assert said == (
        f"event {event_id[:12]} was redacted already, and clearing the files was interrupted; "
        "its traces are cleared from the files now"
    )
    assert SECRET.encode() not in bytes_of(kept)
    assert len([row for row in kept.rows() if row.topic == "redacted/1"]) == 1
    assert ask(kept.path, "verify").stdout.count("unfinished") == 0
    assert again(kept.path, event_id).endswith("was redacted already; its traces are cleared from the files again")


def test_verify_and_doctor_say_that_it_is_unfinished(kept: Ledger) -> None:
    event_id = kept.id("secret")
    killed(kept.path, "secret", MOMENTS["before the files are cleared"])
    assert SECRET.encode() in bytes_of(kept)

    answer = ask(kept.path, "verify")
    found = [each for each in doctor(kept.path, clock.now()) if each.check == "redactions"]

    left = f"the redaction of event {event_id[:12]} was interrupted, so its text may still be in the files"
    way_out = f"run `policytracker redact {event_id[:12]} --reason TEXT` again, which clears them"
    assert answer.exit_code == 0
    assert f"unfinished: {left}: {way_out}\n" in answer.stdout
    assert left in ask(kept.path, "verify", "--json").stderr
    assert [(each.level, each.says, each.do) for each in found] == [("problem", left, way_out)]
    again(kept.path, event_id)
    assert [each.level for each in doctor(kept.path, clock.now()) if each.check == "redactions"] == ["ok"]


def test_another_redaction_finishes_it_too_and_says_so(kept: Ledger) -> None:
    event_id = kept.id("secret")
    killed(kept.path, "secret", MOMENTS["before the files are cleared"])

    answer = ask(kept.path, "redact", "clear", "--reason", REASON, "--yes")

    assert f"event {event_id[:12]} was redacted already, and clearing the files was interrupted" in answer.stdout
    assert SECRET.encode() not in bytes_of(kept)
    assert unfinished_redactions(kept.path) == []


def test_what_is_noted_of_a_ref_does_not_tell_it(kept: Ledger) -> None:
    killed(kept.path, "secret", MOMENTS["before it is noted that all is done"])

    with open_ledger(kept.path) as source:
        (mark,) = unfinished(source).values()

    assert len(mark) == 64
    assert b'"secret"' not in bytes_of(kept)
    answer = ask(kept.path, "redact", "another", "--reason", REASON, "--yes")
    assert "no event 'another' in the ledger" in answer.stderr


def test_a_backup_and_a_copy_of_before_the_clearing_are_clear(kept: Ledger, tmp_path: Path) -> None:
    """A backup is taken page by page, free pages too."""
    killed(kept.path, "secret", MOMENTS["before the files are cleared"])

    backup(kept.path, tmp_path / "a.backup")
    copy(kept.path, tmp_path / "a.copy")

    for file in (tmp_path / "a.backup", tmp_path / "a.copy"):
        assert SECRET.encode() not in file.read_bytes()
        assert unfinished_redactions(file) == []
    assert len(unfinished_redactions(kept.path)) == 1


def test_a_ledger_of_an_earlier_version_notes_nothing_and_is_cleared_again(kept: Ledger) -> None:
    """Version 0.1 did not note it, so nobody can say whether it is finished; running it again clears the files."""
    event_id = kept.id("secret")
    killed(kept.path, "secret", MOMENTS["before the files are cleared"])
    with Store(kept.path) as store:
        store.forget([f"unfinished-redaction:{event_id}"])

    assert unfinished_redactions(kept.path) == []
    assert again(kept.path, event_id).endswith("was redacted already; its traces are cleared from the files again")
    assert SECRET.encode() not in bytes_of(kept)
