"""A small ledger in both homes, to be recorded in at times that a test sets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policytracker.ledger.store import Store
from tests.faults.counted import counted as counted
from tests.homes import new_place, on_both_homes
from tests.ledger.ground import Ledger
from tests.questions.test_changed_since import JANUARY, REGISTRY, claim


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_homes(metafunc, "ledger", "function")


@pytest.fixture
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """acme, h20, the gate, and that it is open."""
    from tests.alerts.running import noon

    path = new_place(request, tmp_path)
    with Store.create(path) as store:
        found = Ledger(path, store, noon(JANUARY))
        found.add(*REGISTRY, claim("cleared", "open"))
        yield found
