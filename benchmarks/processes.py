"""What a running process and those that it has started have used, as Linux tells it."""

import os
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")


class Used(NamedTuple):
    """What processes have used until now."""

    cpu: float
    """Seconds of processor time, with that of children that have ended."""
    peak: float
    """Gigabytes: the most that one of them has had in memory."""


def used(process: int) -> Used:
    """Of a process, by its number, and of all that it has started. Raises OSError where it has ended."""
    family = [process, *_below(process)]
    return Used(sum(map(_cpu, family)), max(map(_peak, family)))


def _below(process: int) -> list[int]:
    children = (PROC / f"{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [each for child in map(int, children) for each in (child, *_below(child))]


def _cpu(process: int) -> float:
    # The name of the program, in brackets, may have any sign in it. The rest begins with the third field of proc(5).
    fields = (PROC / f"{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICK


def _peak(process: int) -> float:
    lines = (PROC / f"{process}/status").read_text(encoding="utf-8").splitlines()
    (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(peak) / 2**20
