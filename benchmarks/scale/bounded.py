"""Work in a process of its own, with bounds on its time and memory, so that a run of all figures always ends."""

import multiprocessing
import resource
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any, Protocol, TypeVar

Told = TypeVar("Told")
GIGABYTE = 1 << 30


class Unfinished(Exception):
    """Work that did not come to its end."""

    def __init__(self, why: str) -> None:
        """``why``: in what bound it did not, or what went wrong."""
        super().__init__(why)


class Running(Protocol):
    """Runs a function. Raises Unfinished."""

    def __call__(self, work: Callable[..., Told], *values: Any) -> Told: ...


class Bounds:
    """The most that pieces of work may take, each and together."""

    def __init__(self, seconds: float, gigabytes: float, minutes: float) -> None:
        """``seconds`` and ``gigabytes`` are for each piece, ``minutes`` for all from now on."""
        self.seconds, self.gigabytes, self.minutes = seconds, gigabytes, minutes
        self._end = monotonic() + minutes * 60

    def run(self, work: Callable[..., Told], *values: Any) -> Told:
        """Run a function of a module in a new process. Raises Unfinished."""
        left = self._end - monotonic()
        if left <= 0:
            raise Unfinished(f"not begun within {self.minutes:g} minutes")
        start = monotonic()
        try:
            return self._run(min(left, self.seconds), work, values)
        finally:
            name = getattr(work, "__qualname__", str(work))
            subjects = " ".join(str(getattr(value, "name", value)) for value in values[:2])
            print(f"{monotonic() - start:6.1f} s  {name} {subjects}", file=sys.stderr, flush=True)

    def _run(self, seconds: float, work: Callable[..., Told], values: tuple[Any, ...]) -> Told:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_work, args=(there, int(self.gigabytes * GIGABYTE), work, values))
        process.start()
        there.close()
        try:
            if not here.poll(seconds):
                raise Unfinished(f"more than {seconds:.0f} s")
            found, told = here.recv()
        except EOFError:
            raise Unfinished("the process was ended") from None
        finally:
            process.kill()
            process.join()
        if not found:
            raise Unfinished(told)
        result: Told = told
        return result


def unbounded(work: Callable[..., Told], *values: Any) -> Told:
    """Run a function here and now."""
    return work(*values)


def _work(there: Connection, most: int, work: Callable[..., Any], values: tuple[Any, ...]) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    try:
        told = True, work(*values)
    except MemoryError:
        told = False, f"more than {most / GIGABYTE:g} GB"
    except Exception as error:
        told = False, f"{type(error).__name__}: {error}"
    there.send(told)
