"""The import path under any bytes: taken whole and given back the same, or refused by line number and nothing added.

A few seconds here; ten minutes with POLICYTRACKER_SOAK=1, which prints how many files were tried.
"""

import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz.files import FILES
from tests.fuzz.ground import SEEDS, Target
from tests.soak import often

SECONDS = often(short=4.0, long=600.0)
A_ROUND = 40


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Target:
    """The ledger that files are offered to."""
    return Target(tmp_path_factory.mktemp("fuzz"))


def test_any_file_is_taken_and_given_back_or_refused_by_its_lines(target: Target) -> None:
    """Both come about, or the target shows nothing."""
    tried: Counter[bool] = Counter()

    @settings(max_examples=A_ROUND, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(FILES)
    def offer(content: bytes) -> None:
        tried[target.offer(content)] += 1

    started = time.monotonic()
    while time.monotonic() - started < SECONDS or min(tried[True], tried[False]) == 0:
        offer()
    print(f"{sum(tried.values()):,} files: {tried[True]:,} taken, {tried[False]:,} refused")


def test_the_whole_history_is_taken(target: Target) -> None:
    assert target.offer(b"\n".join(SEEDS))


@pytest.mark.parametrize("content", [b"", b"\n\r\n \t", b"\x00", b"{}", b"[" * 100_000, b'{"type": "blocked"}\n\xff'])
def test_small_files_that_once_hurt_somebody(target: Target, content: bytes) -> None:
    assert target.offer(content) is (content.strip() == b"")
