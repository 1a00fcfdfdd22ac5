"""``watch`` at the door, and ``digest --watch``."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from policytracker.alerts.state import locked
from policytracker.ledger.where import Where
from tests.alerts.receivers import webhook
from tests.cli.recording import say
from tests.demo import PROGRAM, ask

CHIPS = 'companies = ["Tencent"]\nchips = ["H200"]\n'
BAN = (
    "record", "prohibited", "--authority", "gacc", "--company", "Tencent", "--chip", "H200", "--publisher",
    "Example Daily", "--published", "2026-10-10", "--attribution", "anonymous", "--ref", "made-up-ban",
)  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A watch of Tencent's H200."""
    made = tmp_path / "chips.toml"
    made.write_text(CHIPS)
    return made


def test_a_run_tells_what_changed_with_a_code_of_its_own(copied: Where, file: Path) -> None:
    first = ask(copied, "watch", str(file))
    assert (first.exit_code, first.stdout) == (0, "")
    assert first.stderr.startswith("stdout is new: it is told what changes after position 352 and ")
    say(copied, *BAN)
    found = ask(copied, "watch", str(file))
    assert found.exit_code == 10
    assert "Tencent Holdings, H200: from “yes, with conditions” to “no”. [made-up-ban]" in found.stdout
    assert "unnamed people told Example Daily (10 October 2026)" in found.stdout
    again = ask(copied, "watch", str(file))
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "")


def test_a_dry_run_shows_and_remembers_nothing(demo: Where, file: Path) -> None:
    with webhook() as receiver:
        file.write_text(f'{CHIPS}[webhook]\nurl = "{receiver.url}"')
        found = ask(demo, "watch", str(file), "--dry-run", "--since", "position:345")
        assert found.exit_code == 10
        assert json.loads(found.stdout)["since_position"] == 345
        assert found.stderr.startswith("webhook 127.0.0.1 ") and "would be told this:" in found.stderr
        assert receiver.heard == []
        assert list(file.parent.glob("*.state*")) == []
        nothing = ask(demo, "watch", str(file), "--dry-run")
        assert (nothing.exit_code, nothing.stdout) == (0, "")


def test_a_destination_that_fails_is_an_error_and_the_next_run_makes_it_good(copied: Where, file: Path) -> None:
    with webhook() as receiver:
        file.write_text(f'attempts = 1\n{CHIPS}[webhook]\nurl = "{receiver.url}"')
        ask(copied, "watch", str(file))
        say(copied, *BAN)
        receiver.script = [500]
        failed = ask(copied, "-q", "watch", str(file))
        assert failed.exit_code == 1
        assert failed.stderr.startswith("Error: webhook 127.0.0.1 ")
        assert "it answered 500; the next run sends it again, from " in failed.stderr
        assert receiver.url not in failed.stderr
        good = ask(copied, "watch", str(file))
        assert (good.exit_code, good.stdout) == (10, "")
        assert good.stderr.startswith("told webhook 127.0.0.1 ")


def test_the_second_run_at_once_says_so(demo: Where, file: Path) -> None:
    state = file.with_name("elsewhere.json")
    with locked(state):
        found = ask(demo, "watch", str(file), "--state", str(state))
    assert found.exit_code == 11
    assert found.stderr.startswith("Error: another run of this watch is at work")
    assert ask(demo, "watch", str(file), "--state", str(state)).exit_code == 0
    assert state.exists()


def test_a_beginning_is_for_the_first_run(demo: Where, file: Path) -> None:
    assert ask(demo, "watch", str(file), "--since", "position:345").exit_code == 10
    again = ask(demo, "watch", str(file), "--since", "position:345")
    assert again.exit_code == 0
    assert again.stderr == "note: --since is for the first run; this one went on where the last one ended\n"


def test_wrong_words_are_refused_with_the_way_out(demo: Where, file: Path) -> None:
    for words, code, told in (
        (("--every", "15"), 2, "'15' is no time; write a number and s, m, h or d, such as 15m"),
        (("--every", "1h", "--dry-run"), 2, "--dry-run looks once; leave out --every"),
        (("--since", "position:x"), 2, "'x' is no position"),
        (("--since", "position:9999"), 1, "no event has position 9,999"),
    ):
        found = ask(demo, "watch", str(file), *words)
        assert (found.exit_code, told in found.stderr) == (code, True), found.stderr
    file.write_text('compnies = ["Tencent"]')
    found = ask(demo, "watch", str(file))
    assert (found.exit_code, "did you mean companies?" in found.stderr) == (1, True)
    assert "Traceback" not in found.stderr


@pytest.mark.files
def test_a_loop_tells_again_and_again_until_it_is_ended(copied: Path, file: Path) -> None:
    """With a look each second; Ctrl-C ends it."""
    words = [*PROGRAM, str(copied), "watch", str(file), "--every", "1s"]
    loop = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)
    state = file.with_name("chips.state.json")
    try:
        _until(state.exists)
        for number in range(2):
            say(copied, *BAN[:-1], f"ban-{number}", "--anyway")
            _until(partial(_was_told, state, 353 + number))
        loop.send_signal(signal.SIGINT)
        out, err = loop.communicate(timeout=60)
    finally:
        loop.kill()
    assert loop.returncode == 0, err
    assert out.count("What changed: chips") == 2
    assert "[ban-0]" in out and "[ban-1]" in out
    assert err.endswith("ended\n")


def _was_told(state: Path, position: int) -> bool:
    place = json.loads(state.read_text())["destinations"]["stdout"]
    return bool(place["position"] == position and place["outgoing"] is None)


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
    assert done()


def test_a_digest_for_a_watch_tells_what_it_asks_for(demo: Where, file: Path) -> None:
    file.write_text('name = "US on H200"\nchips = ["H200"]\ngates = ["US/export"]\nkinds = ["licences"]')
    found = ask(demo, "digest", "--since", "2026-05-10", "--at", "2026-10-09", "--watch", str(file))
    lines = found.stdout.splitlines()
    assert found.exit_code == 0
    assert lines[2] == "Only what the watch “US on H200” asks for."
    assert [line for line in lines if line and not line.startswith(" ")][3:-1] == [
        "Licences, approvals and steps towards them",
        "Nothing else that it asks for was recorded.",
    ]
    assert "licensed exports of H200 to 9 to 11 companies in China" in found.stdout
    both = ask(demo, "digest", "--since", "2026", "--at", "2027-01-01", "--watch", str(file), "--chip", "H200")
    assert (both.exit_code, "--watch says for whom" in both.stderr) == (2, True)


def test_a_digest_after_a_position_in_an_import_tells_what_it_changed(demo: Where) -> None:
    """All of the demo was recorded in one instant; the lots of August are among its last events."""
    found = ask(demo, "log", "--nl").stdout.splitlines()
    position = next(each["position"] for each in map(json.loads, found) if each.get("ref") == "cn-2026-08-18-lots")
    words = ("digest", "--since", f"position:{position - 1}", "--at", "2026-10-09", "--company", "Tencent")
    assert "Answers that changed" in ask(demo, *words).stdout
