"""A run of a watch in a process of its own, which is killed (SIGKILL) at one of its steps."""

import os
import signal
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from policytracker.alerts import mailing, webhooks
from policytracker.alerts.state import State
from policytracker.ledger.where import where_of
from policytracker.questions.asked import Since
from tests.alerts.running import Watching
from tests.faults.processes import FORKS

NEVER = 1_000_000


def run(ledger: str, file: str, state: str, now: int, since: int | None, kill_at: int, steps: str) -> None:
    """One run; before each step, a number is taken, and at one of them the process is killed.

    A step: just before and just after the state is written, and just before and just after a message is sent. The
    file ``steps`` has a byte for each.
    """
    taken = 0

    def step() -> None:
        nonlocal taken
        taken += 1
        Path(steps).write_text("." * taken)
        if taken == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def stepping(work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def stepped(*given: Any) -> Any:
            step()
            found = work(*given)
            step()
            return found

        return stepped

    State.write = stepping(State.write)  # type: ignore[method-assign]
    webhooks.post = stepping(webhooks.post)
    mailing.send = stepping(mailing.send)
    start = None if since is None else Since(None, since)
    Watching(where_of(ledger), Path(file), Path(state), [], []).run(now, start)


def killed_at(watch: Watching, now: int, kill_at: int, since: int | None = None) -> bool:
    """Whether a run was killed at a step; else it went to its end."""
    steps = watch.state.with_suffix(".steps")
    given = (str(watch.ledger), str(watch.file), str(watch.state), now, since, kill_at, str(steps))
    process = FORKS.Process(target=run, args=given)
    process.start()
    process.join(120)
    assert process.exitcode in (0, -signal.SIGKILL), "the run failed, see above"
    return process.exitcode == -signal.SIGKILL
