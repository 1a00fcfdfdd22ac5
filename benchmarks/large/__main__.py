"""``python -m benchmarks.large WORKLOAD EVENTS [--seed N]``: write a large ledger as an interchange file.

``doubtful`` has every kind of doubt, ``doubtful-0.1`` those that version 0.1 can record too, ``certain`` none.

``python -m benchmarks.large --entity-list COMPANIES`` writes one with a claim for each company.
"""

import argparse
import sys

from benchmarks.large.entity_list import EntityList
from benchmarks.large.lines import WORKLOADS, lines


def main() -> None:
    """Write to standard output."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large", description="write a large ledger, made up")
    parser.add_argument("workload", nargs="?", choices=sorted(WORKLOADS))
    parser.add_argument("events", nargs="?", type=int, help="how many lines, the registrations included")
    parser.add_argument(
        "--entity-list", type=int, metavar="COMPANIES", help="instead: so many companies, each named by one claim"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same lines")
    asked = parser.parse_args()
    if [asked.workload, asked.events].count(None) != (0 if asked.entity_list is None else 2):
        parser.error("give a workload and how many events, or --entity-list")
    if asked.entity_list is None:
        made = lines(asked.workload, asked.events, asked.seed)
    else:
        made = EntityList(asked.entity_list).lines(asked.seed)
    for line in made:
        sys.stdout.buffer.write(line + b"\n")


if __name__ == "__main__":
    main()
