"""How much was really done: counted by the tests, and printed at the end of a run."""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.soak import SOAK

Count = Callable[[str, int], None]

_MARK = "counted: "


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Count:
    """Adds to what is printed at the end of the run."""
    return lambda name, number: record_property(_MARK + name, number)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the sums; a test that runs on another worker has sent its numbers along with its report."""
    sums: Counter[str] = Counter()
    for report in terminalreporter.stats.get("passed", []):
        for name, number in getattr(report, "user_properties", ()):
            if name.startswith(_MARK):
                sums[name.removeprefix(_MARK)] += number
    if sums:
        terminalreporter.section("faults" + (", long form" if SOAK else ""))
        for name, number in sorted(sums.items()):
            terminalreporter.line(f"{number:>11,} {name}")
