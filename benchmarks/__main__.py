"""``python -m benchmarks``: every figure, as a ratio beside what it is measured against.

It writes ``RESULTS.md``, and ``BESIDE.md`` with what is measured beside version 0.1.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import appending, drafting, drawing, following, importing, sealing, serving, starting
from benchmarks.before import NoBefore, both
from benchmarks.figures import Beside, Figure, Share, Unmeasured
from benchmarks.large.lines import WORLD
from benchmarks.large.world import World
from benchmarks.results import BESIDE_FILE, BESIDE_HEAD, FILE, HEAD, command_line, results, rule
from benchmarks.scale import bounds
from benchmarks.scale.beside import comparisons
from benchmarks.scale.bounded import Bounds
from benchmarks.scale.listed import Listed
from benchmarks.scale.servers import peers
from benchmarks.scale.sized import Sized, measured
from policytracker.events.dates import iso
from policytracker.ledger import clock

SIZES = (1_000_000, 100_000, 10_000)
SMALL_SIZES = (3_000, 1_000)
SMALL_WORLD = World(companies=100, chips=30, company_groups=10, chip_groups=5)
SMALL_LISTED = Listed((50, 100, 200), 10)
PARTS = (starting, importing, following, appending, sealing, drawing, serving)


def main() -> None:
    """Measure, print, and write the results."""
    asked = _arguments()
    figures: list[Figure | Share | Unmeasured] = []
    sizes: list[Sized] = []
    if not asked.beside_only:
        print(HEAD, rule(HEAD), sep="\n", flush=True)
        for figure in _figures(asked, sizes):
            print(figure, flush=True)
            figures.append(figure)
    rows = [] if asked.figures_only else list(_beside(asked))
    command, day = command_line(), iso(clock.today())
    if asked.results or asked.small:
        page = results(command, day, figures, sizes, rows)
        _write(asked.results, page) if asked.results else print(f"\n{page}")
    else:
        if figures:
            _write(FILE, results(command, day, figures, sizes))
        if rows:
            _write(BESIDE_FILE, results(command, day, [], [], rows))


def _write(place: Path, page: str) -> None:
    place.write_text(page, encoding="utf-8")
    print(f"written to {place}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="measure, beside peers, in one run")
    parser.add_argument(
        "--events", type=int, nargs="+", help="sizes of the large ledgers; 10⁶, 10⁵ and 10⁴ if not given"
    )
    parser.add_argument("--small", action="store_true", help="a minute's try: small ledgers of a small world")
    parser.add_argument("--seed", type=int, default=1, help="another one makes other ledgers and questions")
    parser.add_argument(
        "--seconds", type=float, default=240, help="the most for one figure; beyond it counts as missed"
    )
    parser.add_argument("--gigabytes", type=float, default=14, help="the same for its memory")
    parser.add_argument("--minutes", type=float, default=25, help="the most for all figures of large ledgers together")
    half = parser.add_mutually_exclusive_group()
    half.add_argument("--beside-only", action="store_true", help="only what is measured beside version 0.1")
    half.add_argument("--figures-only", action="store_true", help="all but what is measured beside version 0.1")
    parser.add_argument(
        "--results", type=Path, help="one file to write, if not RESULTS.md and BESIDE.md; of small ones, none"
    )
    return parser.parse_args()


def _figures(asked: argparse.Namespace, sizes: list[Sized]) -> Iterator[Figure | Share | Unmeasured]:
    """The figures of all parts; ``sizes`` grows."""
    if not asked.small:
        for part in PARTS:
            yield from part.figures()
    yield from drafting.figures()
    sizes += _sizes(asked, _wanted(asked), _world(asked))
    yield from bounds.figures(sizes)


def _beside(asked: argparse.Namespace) -> Iterator[Beside]:
    """The rows of the table beside version 0.1, printed as they come; none where that version is not there."""
    try:
        with both() as sides:
            print(f"\n{BESIDE_HEAD}", rule(BESIDE_HEAD), sep="\n", flush=True)
            for row in comparisons(
                sides,
                sorted(_wanted(asked)),
                _world(asked),
                SMALL_LISTED if asked.small else Listed(),
                asked.seed,
                asked.seconds,
            ):
                print(row, flush=True)
                yield row
    except NoBefore as why:
        print(why, file=sys.stderr)


def _wanted(asked: argparse.Namespace) -> Sequence[int]:
    return asked.events or (SMALL_SIZES if asked.small else SIZES)


def _world(asked: argparse.Namespace) -> World:
    return SMALL_WORLD if asked.small else WORLD


def _sizes(asked: argparse.Namespace, wanted: Sequence[int], world: World) -> Iterator[Sized]:
    limits = Bounds(asked.seconds, asked.gigabytes, asked.minutes)
    with peers() as engines:
        for size in sorted(wanted, reverse=True):
            with TemporaryDirectory() as folder:
                yield measured(size, world, asked.seed, Path(folder), limits.run, engines)


if __name__ == "__main__":
    main()
