"""What one process measures of itself, under any checkout of the project: ``python -P probe.py RESULT WORK VALUES``.

``before.py`` runs this file with ``PYTHONPATH`` at version 0.1 or at what is here, and with the same values but for
the ledger. So it imports nothing of ``benchmarks`` at the top, and only such names of the package as both versions
have; each work imports them before it starts to measure. The result is written to the file ``RESULT``, as JSON.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

Told = dict[str, Any]
Asked = list[Any]
"""A company, a chip, and the three clocks: a day, a moment, and microseconds since 1970."""


def cpu() -> float:
    """Seconds of processor time that this process, its threads and its ended children have taken."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def taken(action: Callable[[], object]) -> float:
    """Seconds of processor time that an action takes."""
    start = cpu()
    action()
    return cpu() - start


def peak() -> float:
    """The most memory that this process has had, in gigabytes.

    ``ru_maxrss`` is of no use: a child begins with that of the process that started it.
    """
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def record(ledger: str, file: str, batches: list[tuple[int, int]]) -> Told:
    """Make a ledger from the lines of a file, with its read models; each batch has so many lines, and an instant."""
    from policytracker.ledger.appending import append_lines
    from policytracker.ledger.lines import Line
    from policytracker.ledger.store import Store

    def append(store: Any, count: int, instant: int) -> None:
        found = [
            Line(file, number, text.rstrip(b"\n")) for number, text in zip(range(1, count + 1), lines, strict=False)
        ]
        append_lines(store, found, lambda: instant)

    with Path(file).open("rb") as lines, Store.create(Path(ledger)) as store:
        for batch in batches:
            append(store, *batch)
    import policytracker

    with _reader(ledger) as reader:
        return {"events": reader.head.position, "package": policytracker.__file__}


def command(ledger: str, *words: str) -> Told:
    """A command from the start of the process to its end: processor time and memory."""
    sys.argv = ["policytracker", "--ledger", ledger, *words]
    from policytracker.cli.main import main

    try:
        main()
    except SystemExit as ended:
        if ended.code:
            raise RuntimeError(f"{' '.join(words)} ended with {ended.code}") from None
    return {"cpu": cpu(), "peak": peak()}


def opening(ledger: str) -> Told:
    """Opening the ledger for questions; its peer is ``import click, sqlite3``. Medians, each in a fork of its own."""
    import policytracker.questions.state  # noqa: F401

    return {"cpu": median(_in_a_fork(partial(_open, ledger)) for _ in range(9)), "peer": _importing()}


def _open(ledger: str) -> None:
    with _reader(ledger) as reader:
        # Version 0.1 has no index to be mapped: it reads from its tables.
        getattr(reader, "index", None)


def _importing() -> float:
    """Seconds of processor time that the statement takes in a new process, the start of Python left out."""
    timed = "import time; start = time.process_time(); import click, sqlite3; print(time.process_time() - start)"
    words = [sys.executable, "-c", timed]
    return median(float(subprocess.run(words, check=True, capture_output=True).stdout) for _ in range(9))


def cells(ledger: str, questions: list[Asked]) -> Told:
    """Cells, each in a process of its own, from a file that was not open: opening it, and the answer.

    The processes are forked, so that each begins with the question imported and nothing else done.
    """
    import policytracker.questions.state  # noqa: F401

    return {"each": [_in_a_fork(partial(_cell, ledger, asked)) for asked in questions]}


def _in_a_fork(action: Callable[[], object]) -> float:
    """Seconds of processor time that an action takes in a process that ends with it."""
    here, there = os.pipe()
    child = os.fork()
    if child == 0:
        # Whatever goes wrong, the child must not go on with the work of its parent; it only says what it was.
        try:
            os.write(there, str(taken(action)).encode())
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(0)
    os.close(there)
    with os.fdopen(here) as answer:
        told = answer.read()
    os.waitpid(child, 0)
    if not told:
        sys.exit(1)
    return float(told)


def _cell(ledger: str, asked: Asked) -> None:
    from policytracker.questions.state import states

    with _reader(ledger) as reader:
        next(iter(states(reader, _clocks(asked), *asked[:2])))


def timelines(ledger: str, questions: list[Asked]) -> Told:
    """The timelines of cells over the effective clock: the median of them."""
    from policytracker.questions.timeline import over_days

    with _reader(ledger) as reader:

        def ask(asked: Asked) -> None:
            for _ in over_days(reader, _clocks(asked), *asked[:2]):
                pass

        ask(questions[0])
        return {"cpu": median(taken(partial(ask, asked)) for asked in questions[1:])}


def _all_cells() -> Callable[..., Any]:
    """What answers for all cells; version 0.1 has it under another name."""
    try:
        found: Any = import_module("policytracker.questions.all_cells").all_cells
    except ModuleNotFoundError:
        found = import_module("policytracker.questions.whole").whole
    function: Callable[..., Any] = found
    return function


def matrices(ledger: str, questions: list[Asked]) -> Told:
    """A diff of two matrices a year apart, and as its peer one matrix: the medians, after a first one of each."""
    from policytracker.questions.statuses import differing

    all_cells = _all_cells()

    with _reader(ledger) as reader:

        def ask(asked: Asked) -> Any:
            return all_cells(reader, _clocks(asked))

        def diff(asked: Asked) -> None:
            company, chip, at, *rest = asked
            differing(ask(asked), ask([company, chip, at - 365, *rest]))

        ask(questions[0])
        one, two = [], []
        for asked in questions[1:]:
            one.append(taken(partial(ask, asked)))
            two.append(taken(partial(diff, asked)))
        return {"cpu": median(two), "peer": median(one)}


def rebuild(ledger: str) -> Told:
    """Making the read models anew; its peer reads the same events and decodes them."""
    from contextlib import closing

    from policytracker.events.forms import stored_fields
    from policytracker.ledger import clock
    from policytracker.ledger.reading import open_ledger
    from policytracker.ledger.store import Store
    from policytracker.projections import catching_up

    def decode() -> None:
        with closing(open_ledger(Path(ledger))) as source:
            for row in source.rows():
                stored_fields(row.topic, row.state)

    today = clock.today()
    with TemporaryDirectory() as folder:
        # What a rebuild imports is not part of it, so one of an empty ledger comes first.
        empty = Path(folder) / "empty.ledger"
        Store.create(empty).close()
        catching_up.rebuild(empty, today)
    return {"cpu": taken(lambda: catching_up.rebuild(Path(ledger), today)), "peer": taken(decode)}


def store(ledger: str, file: str) -> Told:
    """Storing the lines of a file in a new ledger, sealed, and nothing else."""
    from policytracker.ledger.appending import append_lines
    from policytracker.ledger.line_files import LineFiles
    from policytracker.ledger.store import Store

    with Store.create(Path(ledger)) as opened, LineFiles([file]) as lines:
        return {"cpu": taken(lambda: append_lines(opened, lines))}


def append(ledger: str, world: list[int]) -> Told:
    """One event, its read models caught up; its peer is the same rows by sqlite3, as durable. Seconds, not of CPU.

    The checkout's own benchmark is asked: which rows these are is for it to know.
    """
    from benchmarks.large.world import World
    from benchmarks.scale.writing import appending

    ours, raw = appending(Path(ledger), World(*world))
    return {"cpu": ours, "peer": raw}


def seal(_: str) -> Told:
    """An import of 10,000 events, sealed; its peer is not sealed. By the checkout's own benchmark."""
    from benchmarks import sealing

    found = next(iter(sealing.figures()))
    return {"cpu": found.seconds, "peer": found.seconds / found.ratio}


def _reader(ledger: str) -> Any:
    from policytracker.ledger import clock

    module = _module()
    return getattr(module, "Reader" if hasattr(module, "Reader") else "Books")(Path(ledger), clock.today())


def _clocks(asked: Asked) -> Any:
    return _module().Clocks(*asked[2:])


def _module() -> Any:
    """The module that opens a ledger; version 0.1 calls it ``books``."""
    try:
        return import_module("policytracker.questions.reader")
    except ModuleNotFoundError:
        return import_module("policytracker.questions.books")


WORKS: dict[str, Callable[..., Told]] = {
    work.__name__: work for work in (record, command, opening, cells, timelines, matrices, rebuild, store, append, seal)
}

if __name__ == "__main__":
    result, name, values = sys.argv[1:]
    told = WORKS[name](*json.loads(values))
    Path(result).write_text(json.dumps(told), encoding="utf-8")
