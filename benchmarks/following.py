"""Following a list, against the import of the events that come out: what reading and comparing two editions costs."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure, in_turn
from benchmarks.large.listing import NEW_DAY, OLD_DAY, ROWS, Listing, text_of

TURNS = 5
BOUND = 3
PROGRAM = (sys.executable, "-m", "policytracker.cli.main", "--quiet", "--ledger")


def figures(rows: int = ROWS, runs: int = TURNS) -> Iterator[Figure]:
    """What the command takes by the clock, beside ``import`` of the same events, each on a ledger of its own.

    Both begin with read models that are up to date, and bring them up to date again.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        first, following = _prepared(folder, rows)
        ledgers = [_copy(first, folder / f"list-{run}.ledger") for run in range(runs)]
        peers = [_copy(first, folder / f"import-{run}.ledger") for run in range(runs)]
        events = str(_events(folder, first, following))
        ours, theirs = in_turn(
            runs, lambda: _run(ledgers.pop(), *following), lambda: _run(peers.pop(), "import", events)
        )
    yield Figure(f"import-list, {rows:,} rows with 2 % changed", ours, "import of its events", theirs, BOUND)


def _prepared(folder: Path, rows: int) -> tuple[Path, tuple[str, ...]]:
    """A ledger with the older edition, and the words of the command that follows it to the newer one."""
    listing = Listing(rows)
    old, new, first = folder / "old.csv", folder / "new.csv", folder / "first.ledger"
    old.write_text(text_of(listing.old), encoding="utf-8")
    new.write_text(text_of(listing.new), encoding="utf-8")
    _run(first, "init", "--demo")
    _run(first, "import-list", str(old), "--map", "us-csl", "--published", OLD_DAY)
    of_new = ("--map", "us-csl", "--published", NEW_DAY, "--gone", "lifted")
    return first, ("import-list", str(old), str(new), *of_new)


def _events(folder: Path, first: Path, following: tuple[str, ...]) -> Path:
    """The events that come out, as an interchange file."""
    ledger, file = _copy(first, folder / "once.ledger"), folder / "events.jsonl"
    before = len(_run(ledger, "export").splitlines())
    _run(ledger, *following)
    file.write_text("".join(_run(ledger, "export").splitlines(keepends=True)[before:]), encoding="utf-8")
    return file


def _copy(first: Path, ledger: Path) -> Path:
    """A copy of a ledger, with read models of its own."""
    shutil.copy(first, ledger)
    _run(ledger, "refresh")
    return ledger


def _run(ledger: Path, *words: str) -> str:
    done = subprocess.run([*PROGRAM, str(ledger), *words], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout
