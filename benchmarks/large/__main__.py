"""``python -m benchmarks.large {certain,doubtful} EVENTS [--seed N]``: write a large ledger as an interchange file."""

import argparse
import sys

from benchmarks.large.lines import WORKLOADS, lines


def main() -> None:
    """Write to standard output."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large", description="write a large ledger, made up")
    parser.add_argument("workload", choices=sorted(WORKLOADS))
    parser.add_argument("events", type=int, help="how many lines, the registrations included")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same lines")
    asked = parser.parse_args()
    for line in lines(asked.workload, asked.events, asked.seed):
        sys.stdout.buffer.write(line + b"\n")


if __name__ == "__main__":
    main()
