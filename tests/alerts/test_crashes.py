"""Runs are killed at every step: no receiver that heeds keys hears anything twice, and nothing is lost."""

from itertools import count
from pathlib import Path
from random import Random

import pytest

from tests.alerts import work
from tests.alerts.receivers import Receiver, mailbox, webhook
from tests.alerts.running import noon, watching
from tests.alerts.work import NEVER, killed_at
from tests.faults.counted import Count
from tests.faults.processes import FORKS
from tests.ledger.ground import Ledger
from tests.questions.test_changed_since import JANUARY, claim
from tests.soak import often

NOW = noon(JANUARY)


def refs(receiver: Receiver) -> list[str]:
    """The events that were told to one who heeds the keys, in the order in which they were heard."""
    return [
        entry["event"]["ref"]
        for message in receiver.messages
        for part in message["parts"]
        for entry in part["entries"]
        if entry["event"]
    ]


def test_a_run_that_is_killed_at_any_step_is_made_good(ledger: Ledger, tmp_path: Path, counted: Count) -> None:
    """Two webhooks and a mail; the run is killed at step 1, then the next one at step 1, 2, 3 ... of what is left.

    Each step is tried with a new event; in between more is recorded, so that a message that is sent again is not mixed
    with what is new.
    """
    with webhook() as one, webhook() as other, mailbox() as box:
        text = (
            f'kinds = ["restrictions"]\n[[webhook]]\nurl = "{one.url}"\n[[webhook]]\nurl = "{other.url}"\n'
            f'[mail]\nhost = "127.0.0.1"\nport = {box.port}\nfrom = "t@example.org"\nto = "mia@example.org"'
        )
        watch = watching(ledger.path, tmp_path, text)
        watch.run(NOW)
        recorded, kills = [], 0
        for at in count(1, 1 if isinstance(ledger.path, Path) else 5):
            recorded.append(f"ban-{at}")
            ledger.add(claim("prohibited", recorded[-1]))
            if not killed_at(watch, NOW, at):
                break
            kills += 1
            recorded.append(f"more-{at}")
            ledger.add(claim("prohibited", recorded[-1]))
            killed_at(watch, NOW, NEVER)
        # Three destinations: before and after the note, the sending, and the note that it was taken.
        assert kills == (18 if isinstance(ledger.path, Path) else 4)
        for receiver in (one, other):
            assert refs(receiver) == recorded
            bodies: dict[str, set[bytes]] = {}
            for key, body in receiver.heard:
                bodies.setdefault(key, set()).add(body)
            assert all(len(each) == 1 for each in bodies.values()), "the same key, the same bytes"
        heard, taken = (
            sum(len(found) for found in each) for each in ((one.heard, other.heard), (one.taken, other.taken))
        )
        assert heard > taken, "some were heard twice, and known by their keys"
        mails = {content for _, content in box.mails}
        names = [line for content in mails for line in content.splitlines() if line.startswith(b"Message-ID:")]
        assert len(names) == len(set(names)) == len(mails), "the same id, the same bytes"
        assert [sum(f"[{ref}]".encode() in content for content in mails) for ref in recorded] == [1] * len(recorded)
    counted("kills of runs of a watch, at each step", kills)


def test_a_run_that_is_killed_while_the_server_answers_is_made_good(
    ledger: Ledger, tmp_path: Path, counted: Count
) -> None:
    """Killed milliseconds after the request came, from outside."""

    chance, kills = Random("answering"), 0
    with webhook() as receiver:
        watch = watching(ledger.path, tmp_path, f'kinds = ["restrictions"]\n[webhook]\nurl = "{receiver.url}"')
        watch.run(NOW)
        recorded = []
        for turn in range(often(short=6, long=60)):
            recorded.append(f"ban-{turn}")
            ledger.add(claim("prohibited", recorded[-1]))
            given = (str(ledger.path), str(watch.file), str(watch.state), NOW, None, NEVER, str(tmp_path / "steps"))
            process = FORKS.Process(target=work.run, args=given)
            receiver.on_request = process.kill if chance.random() < 0.7 else None
            process.start()
            process.join(120)
            kills += process.exitcode != 0
            receiver.on_request = None
            watch.run(NOW)
        assert refs(receiver) == recorded
    assert kills
    counted("kills of runs of a watch, while a server answered", kills)


@pytest.mark.files
def test_a_state_file_is_never_half_written(ledger: Ledger, tmp_path: Path) -> None:
    """What a killed run left beside it is cleared by the next."""
    watch = watching(ledger.path, tmp_path, 'stdout = "text"')
    killed_at(watch, NOW, 2)
    before = watch.state.read_bytes()
    ledger.add(claim("prohibited", "ban"))
    assert killed_at(watch, NOW, 1)
    assert watch.state.read_bytes() == before
    watch.run(NOW)
    assert len(watch.printed) == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
