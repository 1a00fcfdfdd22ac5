"""How long the tests may take: short forms in every run, long ones with POLICYTRACKER_SOAK=1 (`make soak`)."""

import os
from typing import Final, TypeVar

_T = TypeVar("_T")

SOAK: Final = os.environ.get("POLICYTRACKER_SOAK", "") not in ("", "0")


def often(short: _T, long: _T) -> _T:
    """What a test takes in every run (`short`), and what it takes in a soak run (`long`).

    >>> often(short=100, long=5_000) == (5_000 if SOAK else 100)
    True
    """
    return long if SOAK else short
