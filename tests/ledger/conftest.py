"""A ledger with a registry and two claims."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policytracker.ledger.store import Store
from tests.ledger.ground import REGISTRY, Ledger, batch, cleared


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with nothing in it."""
    path = tmp_path / "test.ledger"
    with Store.create(path) as store:
        yield Ledger(path, store)


@pytest.fixture
def ledger(empty: Ledger) -> Ledger:
    """A ledger with companies, chips, a clearance ("clear") and a cohort of two ("batch")."""
    empty.add(*REGISTRY, cleared(), batch())
    return empty
