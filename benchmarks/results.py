"""``RESULTS.md`` and ``BESIDE.md``: what one run has measured, where, with which versions, and why some is missed."""

import os
import platform
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.figures import Beside, Figure, Share, Unmeasured, written
from benchmarks.reasons import REASONS
from benchmarks.scale.asking import Measured
from benchmarks.scale.bounded import Unfinished
from benchmarks.scale.sized import Sized
from benchmarks.scale.tracker import NAME

FILE = Path(__file__).with_name("RESULTS.md")
BESIDE_FILE = FILE.with_name("BESIDE.md")
DISTRIBUTIONS = ("policytracker", "eventsourcing", "msgspec", "sqlite-utils", "click", "numba")
QUESTIONS = {
    "state": "a cell",
    "timeline": "its timeline",
    "matrix": "the matrix",
    "diff": "a diff of two matrices",
    "anew": "a cell, the ledger opened anew",
}
WRITTEN = {"append": "append, caught up", "import": "import", "rebuild": "rebuild", "start": "from the shell"}
BESIDE_HEAD = "figure | ledger | 0.1 | now | ratio | bound | verdict"
HEAD = "figure | measured | against | ratio | bound | verdict"
BESIDE = """Both versions in the same run, in turn, each with a ledger that it has made from the same lines. Seconds of
processor time, but for appending, for pages and for the matrix that pages are told by: these are waited for. The ratio
is that of the medians. Where a figure is told *by* something else, each version is told by its own (in brackets), and
the ratio is that of what is here. "The matrix" is the command `matrix --json` of the same ledger. "For each company" is
how many times as much a company takes in the longest list as in the shortest: 1 is growth in proportion. A figure
without a bound is told for comparison."""


def results(
    command: str,
    day: str,
    figures: Sequence[Figure | Share | Unmeasured],
    sizes: Sequence[Sized],
    beside: Sequence[Beside] = (),
) -> str:
    """The whole page. ``command`` is what was run, ``day`` when; what was not measured has no part in it."""
    parts = [_top("Results" if figures else "Beside version 0.1", command, day)]
    if figures:
        parts += ["## Figures", table(HEAD, map(str, figures)), *_growth(sizes), *_peers(sizes)]
    if beside:
        parts += [*(["## Beside version 0.1"] if figures else []), BESIDE, table(BESIDE_HEAD, map(str, beside))]
    missed = [(figure.name, figure.against) for figure in figures if figure.missed]
    missed += [(row.name, row.ledger) for row in beside if row.missed]
    if missed:
        parts += [
            "## What was missed, and why",
            "\n".join(f"- {name} ({of}): {_reason(name)}" for name, of in missed),
        ]
    return "\n\n".join(parts) + "\n"


def table(head: str, rows: Iterable[str]) -> str:
    """A table of rows whose columns are parted by bars."""
    return "\n".join(f"| {row} |" for row in (head, rule(head), *rows))


def rule(head: str) -> str:
    """What stands below the head of a table."""
    return " | ".join("---" for _ in head.split(" | "))


def _top(title: str, command: str, day: str) -> str:
    used = ", ".join(map(_version, DISTRIBUTIONS))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"""# {title}

This page shows what one run of `{command}` measured on {day}. The run wrote it: do not edit.

- machine: {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()}
- versions: Python {platform.python_version()}, {used}

Medians; a question is asked in a warm process, at random (at, known, recorded), never the same twice, unless something
else is said. The ledgers are made up (`benchmarks/large`): ten years, reports up to two
years late, recorded in 100 batches."""


def _version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"no {name}"


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    names = (line.partition(":")[2].strip() for line in told.splitlines() if line.startswith("model name"))
    return next(names, platform.machine())


def _growth(sizes: Sequence[Sized]) -> Iterator[str]:
    """What grows with the ledger, and what does not."""
    ordered = sorted(sizes, key=lambda sized: sized.size)
    yield "## Growth"
    yield "Ledgers with doubts of every kind. In brackets, how many times as long as the least that must be done."
    rows = [f"claims on the scopes of a cell | {' | '.join(sized.claims for sized in ordered)}"]
    for kind, name in QUESTIONS.items():
        rows.append(f"{name} | {' | '.join(_asked(sized.asked[kind]) for sized in ordered)}")
    for kind, name in WRITTEN.items():
        rows.append(f"{name} | {' | '.join(_pair(sized.written[kind]) for sized in ordered)}")
    yield table(f"what | {' | '.join(f'{sized.size:,} events' for sized in ordered)}", rows)


def _peers(sizes: Sequence[Sized]) -> Iterator[str]:
    yield "## The same answers from other engines"
    yield (
        "Certain claims alone (`benchmarks/large/certain.py`), for which the plain reading gives the same answers; all"
        " answers were compared first. Peers hold the claims as flat tables with covering indexes"
        " (`benchmarks/scale/peers`); in brackets, how many times as long as policytracker."
    )
    for sized in sorted(sizes, key=lambda sized: sized.size):
        ours = sized.peers[NAME].asked
        rows = [
            f"{name} | {peer.version} | {_beside(peer.asked['cell'], ours['cell'])}"
            f" | {_beside(peer.asked['matrix'], ours['matrix'])}"
            for name, peer in sized.peers.items()
        ]
        rows += [f"{name} | not installed | – | –" for name in sized.absent]
        matrix = f"matrix {sized.world.companies:,} × {sized.world.chips}"
        yield table(f"{sized.size:,} events | version | status | {matrix}", rows)


def _asked(asked: Measured | Unfinished) -> str:
    return str(asked) if isinstance(asked, Unfinished) else written(asked.median)


def _pair(pair: tuple[float, float] | Unfinished) -> str:
    return str(pair) if isinstance(pair, Unfinished) else f"{written(pair[0])} ({pair[0] / pair[1]:.2g} ×)"


def _beside(theirs: Measured | Unfinished, ours: Measured | Unfinished) -> str:
    if isinstance(theirs, Unfinished) or isinstance(ours, Unfinished) or theirs is ours:
        return _asked(theirs)
    return f"{_asked(theirs)} ({theirs.median / ours.median:.3g} ×)"


def _reason(name: str) -> str:
    """What profiling has found of a figure, by the beginning of its name."""
    found = (why for begin, why in REASONS.items() if name.startswith(begin))
    return next(found, "not looked into yet")


def command_line() -> str:
    """What was run, as one would write it."""
    return " ".join(["python -m benchmarks", *sys.argv[1:]])
