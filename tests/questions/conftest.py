"""The shipped history, opened for questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policytracker.events.dates import span
from policytracker.questions.books import Books
from tests.demo import demo as demo

TODAY = span("2026-02-01").first


@pytest.fixture(scope="session")
def books(demo: Path) -> Iterator[Books]:
    """The books of the shipped history."""
    with Books(demo, TODAY) as opened:
        yield opened
