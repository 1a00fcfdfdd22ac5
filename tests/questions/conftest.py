"""The shipped history, opened for questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policytracker.events.dates import span
from policytracker.questions.reader import Reader
from tests.demo import demo as demo

TODAY = span("2026-02-01").first


@pytest.fixture(scope="session")
def reader(demo: Path) -> Iterator[Reader]:
    """The reader of the shipped history."""
    with Reader(demo, TODAY) as opened:
        yield opened
