"""Version 0.1 beside what is here, measured in the same run: each side runs the same probe, with its own ledger.

Version 0.1 is a commit of this repository, cloned to a temporary folder; the repository itself is left alone.
"""

import compileall
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

from benchmarks.scale.bounded import Unfinished

COMMIT = "b935ab07035fe7565af16fb6a51fdaeda5b45af8"
BEFORE, NOW = "0.1", "now"
ROOT = Path(__file__).resolve().parent.parent
PROBE = Path(__file__).with_name("probe.py")
SECONDS = 240.0


class NoBefore(Exception):
    """Version 0.1 is not there to be measured."""

    def __init__(self, why: str) -> None:
        super().__init__(f"version {BEFORE} is not measured: {why}")


class Side(NamedTuple):
    """One of the two versions: its checkout, and the folder in which its ledgers lie."""

    name: str
    root: Path
    folder: Path

    @property
    def ledger(self) -> Path:
        """Its ledger, which its own code has made."""
        return self.folder / "doubtful.ledger"

    @property
    def environment(self) -> dict[str, str]:
        """That of a process in which the package is this version."""
        return {**os.environ, "PYTHONPATH": str(self.root)}

    def run(self, work: str, *values: Any, seconds: float = SECONDS) -> dict[str, Any]:
        """What a work of ``probe.py`` tells of its ledger, in a new process; ``waited``: the seconds until it ended.

        Raises Unfinished after ``seconds``.
        """
        result = self.folder / "result.json"
        start = perf_counter()
        words = [sys.executable, "-P", str(PROBE), str(result), work, json.dumps([str(self.ledger), *values])]
        try:
            subprocess.run(
                words,
                env=self.environment,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=seconds,
            )
        except subprocess.TimeoutExpired:
            raise Unfinished(f"more than {seconds:.0f} s") from None
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip() or f"ended with {error.returncode}"
            raise Unfinished(said.splitlines()[-1]) from None
        taken = perf_counter() - start
        told: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
        result.unlink()
        return {**told, "waited": taken}


Sides = tuple[Side, Side]
Turns = list[dict[str, Any]]
Told = tuple[float | Unfinished, float | Unfinished]
"""What version 0.1 told, and what is here."""


class Pair(NamedTuple):
    """What both sides told, turn by turn; or why one did not finish."""

    before: Turns | Unfinished
    now: Turns | Unfinished

    def medians(self, what: str) -> Told:
        """Of ``cpu``, say: the median of each side."""
        return _median(self.before, what), _median(self.now, what)


def alternately(sides: Sides, runs: int, work: str, *values: Any, warm: int = 0, seconds: float = SECONDS) -> Pair:
    """Run a work of ``probe.py`` on both sides in turn; more in ``in_turns``."""
    return in_turns(sides, runs, lambda side: side.run(work, *values, seconds=seconds), warm)


def in_turns(sides: Sides, runs: int, work: Callable[[Side], dict[str, Any]], warm: int = 0) -> Pair:
    """Do some work for both sides in turn, so that a busy moment meets both.

    The first ``warm`` runs do not count: in a new checkout numba compiles its functions once. A side that does not
    finish is not run again.
    """
    told: list[Turns | Unfinished] = [[], []]
    for _ in range(warm + runs):
        for place, side in enumerate(sides):
            turns = told[place]
            if isinstance(turns, Unfinished):
                continue
            try:
                turns.append(work(side))
            except Unfinished as why:
                told[place] = why
    return Pair(*(each if isinstance(each, Unfinished) else each[warm:] for each in told))


@contextmanager
def both(commit: str = COMMIT) -> Iterator[Sides]:
    """Version 0.1 and what is here, each with an empty folder for its ledgers. Raises NoBefore."""
    with TemporaryDirectory() as place:
        root, folders = Path(place) / "checkout", [Path(place) / name for name in (BEFORE, NOW)]
        for folder in folders:
            folder.mkdir()
        _check_out(commit, root)
        # Both are compiled: otherwise the first process of a new checkout would be the one that does it.
        for each in (root, ROOT):
            for package in ("policytracker", "events", "cli", "benchmarks"):
                compileall.compile_dir(each / package, quiet=2)
        yield Side(BEFORE, root, folders[0]), Side(NOW, ROOT, folders[1])


def _check_out(commit: str, root: Path) -> None:
    """Make a clone of this repository at a commit; it shares what git has stored. Raises NoBefore."""
    clone = ["git", "clone", "--quiet", "--shared", "--no-checkout", str(ROOT), str(root)]
    for words in (clone, ["git", "-C", str(root), "switch", "--quiet", "--detach", commit]):
        try:
            subprocess.run(words, capture_output=True, check=True)
        except FileNotFoundError:
            raise NoBefore("git is not installed") from None
        except subprocess.CalledProcessError as error:
            said = error.stderr.decode(errors="replace").strip().splitlines()
            raise NoBefore(
                f"git gives no checkout of commit {commit[:8]} ({said[-1] if said else 'no word why'})"
            ) from None


def _median(turns: Turns | Unfinished, what: str) -> float | Unfinished:
    return turns if isinstance(turns, Unfinished) else float(median(each[what] for each in turns))
