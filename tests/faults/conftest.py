"""Ledgers to do harm to."""

from tests.faults.counted import counted as counted
from tests.ledger.conftest import empty as empty
from tests.ledger.conftest import ledger as ledger
from tests.ledger.conftest import pytest_generate_tests as pytest_generate_tests
