"""A ledger with a registry and two claims."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policytracker.ledger.store import Store
from tests.homes import new_place, on_both_homes
from tests.ledger.ground import REGISTRY, Ledger, batch, cleared


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_homes(metafunc, "empty", "function")


@pytest.fixture
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with nothing in it, in either home."""
    where = new_place(request, tmp_path)
    with Store.create(where) as store:
        yield Ledger(where, store)


@pytest.fixture
def ledger(empty: Ledger) -> Ledger:
    """A ledger with companies, chips, a clearance ("clear") and a cohort of two ("batch")."""
    empty.add(*REGISTRY, cleared(), batch())
    return empty
