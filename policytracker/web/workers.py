"""Threads that make pages while the event loop takes requests: each with the ledger opened for itself."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from policytracker.web.opened import Opened

Made = TypeVar("Made")

SMALL_WORKERS = 2
"""Threads for pages that ask about one cell, one event or a part of the log."""
WHOLE_WORKERS = 2
"""Threads for pages that may ask about all cells or all claims. More would only share the same processor: Python runs
one thread at a time, and each one slows small pages down by as much again."""
MOST_WAITING = 32
"""Requests that may wait for a thread of their kind; beyond it the server says that it is busy."""
SWITCH_INTERVAL = 0.0005
"""Seconds after which a thread that computes lets others run. Python's own 0.005 would be added several times to every
answer of the event loop while a page is made."""


class Busy(Exception):
    """Too many requests wait already."""


class Worker:
    """A thread, and the ledger as it is opened there. A connection of SQLite is for the thread that made it."""

    def __init__(self, opened: Opened, name: str) -> None:
        self.opened = opened
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._name = f"policytracker-{name}"
        self._thread: Thread | None = None

    def start(self, make: Callable[[Opened], Made]) -> "Future[Made]":
        """Run on the thread, after what it runs already."""
        made: Future[Made] = Future()

        def job() -> None:
            try:
                made.set_result(make(self.opened))
            except BaseException as error:
                made.set_exception(error)

        if self._thread is None:
            # A server that ends does not wait for a page that is still being made.
            self._thread = Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
        self._jobs.put(job)
        return made

    def close(self) -> None:
        """Let go of the files, once what runs there has ended; does not wait for it."""
        self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        self.opened.close()


class Lane:
    """Some workers, and the requests that wait for one of them, first come, first served."""

    def __init__(self, opened: Opened, name: str, workers: int, most_waiting: int = MOST_WAITING) -> None:
        self._workers = [Worker(opened.another(), name) for _ in range(workers)]
        # The one that was free last comes first: its caches are the warmest.
        self._free = list(self._workers)
        self._waiting: list[asyncio.Future[Worker]] = []
        self._most_waiting = most_waiting

    async def run(self, make: Callable[[Opened], Made], is_wanted: Callable[[], Awaitable[bool]]) -> Made | None:
        """What ``make`` makes on a thread of its own; None where nobody waits for it any more when its turn comes.

        Raises Busy, and whatever ``make`` raises. A request that is given up while it is made does not stop the
        thread, which is free for others as soon as it has ended.
        """
        worker = await self._worker()
        try:
            wanted = await is_wanted()
        except BaseException:
            self._hand_on(worker)
            raise
        if not wanted:
            self._hand_on(worker)
            return None
        loop, running = asyncio.get_running_loop(), worker.start(make)
        running.add_done_callback(lambda _: _soon(loop, lambda: self._hand_on(worker)))
        return await asyncio.shield(asyncio.wrap_future(running))

    async def _worker(self) -> Worker:
        if self._free:
            return self._free.pop()
        if len(self._waiting) >= self._most_waiting:
            raise Busy
        place: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            return await place
        except BaseException:
            if place.done() and not place.cancelled():
                self._hand_on(place.result())
            else:
                self._waiting.remove(place)
            raise

    def _hand_on(self, worker: Worker) -> None:
        """Give a worker to whoever has waited longest, else keep it free."""
        while self._waiting:
            place = self._waiting.pop(0)
            if not place.done():
                place.set_result(worker)
                return
        self._free.append(worker)

    def close(self) -> None:
        """Let go of the files."""
        for worker in self._workers:
            worker.close()


def _soon(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    """Call on the event loop, unless it has ended."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(call)


class Lanes:
    """All workers: one that looks how far the ledger goes, those for small pages, those for pages about everything."""

    def __init__(self, opened: Opened) -> None:
        self.at_once = opened.at_once()
        """For the event loop itself: to see that what was made before is still the answer."""
        self.looking = Lane(opened, "looking", 1, most_waiting=8 * MOST_WAITING)
        self.small = Lane(opened, "small", SMALL_WORKERS)
        self.whole = Lane(opened, "whole", WHOLE_WORKERS)

    def of(self, is_whole: bool) -> Lane:
        """The workers for a page."""
        return self.whole if is_whole else self.small

    def close(self) -> None:
        """Let go of the files."""
        for lane in (self.looking, self.small, self.whole):
            lane.close()
        if self.at_once is not None:
            self.at_once.close()
