"""Hold the doors to the naive reading on many random ledgers: ``python -m tests.agreement LEDGERS SEED``.

The ledgers of seeds SEED, SEED + 1, … are asked, on one processor; start it twice with seeds far apart to use two.
Exit code 1 at the first difference, with the ledger as interchange lines (an empty line between two imports), which
becomes an explicit example as a file in ``tests/agreement/examples``. Exit code 2 where the arguments are no numbers.
"""

import gc
import sys
import time
from collections import Counter

from tests.agreement.asking import Some, ask
from tests.agreement.grown import written
from tests.agreement.made import made
from tests.agreement.shrinking import name_of, shrunk

USUAL, THOROUGH = Some(points=2, along=2, slow=False), Some(points=2, along=2, slow=True)
EVERY = 10
"""Of so many ledgers one is asked through the pages, the explorer and ``verify`` as well: these take longest."""
COLLECT = 200
COUNTS = ("ledgers", "events", "refused", "points")


def main(arguments: list[str]) -> int:
    """Ask, and tell what was compared. Gives the exit code."""
    if len(arguments) != 2 or not all(argument.isdecimal() for argument in arguments):
        print("usage: python -m tests.agreement LEDGERS SEED", file=sys.stderr)
        return 2
    ledgers, first = map(int, arguments)
    asked: Counter[str] = Counter()
    start = time.monotonic(), time.process_time()
    gc.disable()  # looking for garbage after every few hundred objects takes a tenth of the time
    for number, seed in enumerate(range(first, first + ledgers)):
        some = THOROUGH if seed % EVERY == 0 else USUAL
        try:
            ask(made(seed), seed, some, asked)
        except Exception as error:
            fail(seed, some, error)
            return 1
        if number % COLLECT == 0:
            gc.collect()
    tell(asked, time.monotonic() - start[0], time.process_time() - start[1])
    return 0


def fail(seed: int, some: Some, error: Exception) -> None:
    """Print a failure, and the ledger on which it is, as small as it still fails."""
    print(f"seed {seed}: {type(error).__name__}: {error}", flush=True)
    imports = shrunk(made(seed), seed, some, name_of(error))
    print(f"the ledger, as small as it fails; lines that an import refuses are to be left out:\n{written(imports)}")


def tell(asked: Counter[str], seconds: float, busy: float) -> None:
    """Print how much was compared, door by door; ``busy`` are the seconds that the processor worked for it."""
    counts = ", ".join(f"{asked[name]:,} {name}" for name in COUNTS)
    compared = {door: count for door, count in asked.items() if door not in COUNTS}
    rates = f"{asked['ledgers'] / seconds:.1f} ledgers/s, {asked['ledgers'] / busy:.1f} in a second of the processor"
    print(f"no difference in {sum(compared.values()):,} comparisons: {counts}; {seconds:,.0f} s, {rates}")
    print(f"the pages, the explorer and verify: for one ledger in {EVERY}; the other doors: for each")
    for door, count in sorted(compared.items(), key=lambda found: -found[1]):
        print(f"{count:12,}  {door}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
