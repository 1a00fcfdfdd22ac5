"""Processes that start fast, forked from one that has imported everything; some of them to be killed."""

import signal
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.faults.work"])


class Killed(NamedTuple):
    """What a process has told before it was killed."""

    told: list[str]
    """Its whole lines, but for the first, which says that it has begun."""
    killed: bool
    """Whether it was killed, and had not ended before."""


def kill_during(work: Callable[..., None], arguments: tuple[Any, ...], told: Path, chance: Random) -> Killed:
    """Start some work in a process of its own, and kill it (SIGKILL) milliseconds after it has told a thing or two.

    So it is killed in the course of its work, however fast the machine is.
    """
    least, after = 1 + chance.choice((0, 1, 1, 2)), chance.uniform(0, 0.03)
    process = FORKS.Process(target=work, args=(str(told), *arguments))
    process.start()
    while process.is_alive() and len(lines_of(told)) < least:
        time.sleep(0.001)
    time.sleep(after)
    process.kill()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL), f"{work.__name__} failed, see above"
    return Killed(lines_of(told)[1:], process.exitcode == -signal.SIGKILL)


def lines_of(path: Path) -> list[str]:
    """The whole lines of a file; none where there is no file."""
    return path.read_text().split("\n")[:-1] if path.exists() else []


def run(work: Callable[..., None], *arguments: Any) -> None:
    """Do some work in a process of its own, to its end."""
    run_each(work, [arguments], seconds=120)


def run_each(work: Callable[..., None], given: Sequence[tuple[Any, ...]], seconds: float) -> None:
    """The same for several arguments at once, all to their ends, each within so many seconds."""
    processes = [FORKS.Process(target=work, args=arguments) for arguments in given]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=seconds)
    assert [process.exitcode for process in processes] == [0] * len(processes), f"{work.__name__} failed, see above"
