"""What users import in their own tests: expectations of a ledger, and fixtures for pytest."""

from policytracker.testing.expectations import BadExpectations as BadExpectations
from policytracker.testing.expectations import Expectation as Expectation
from policytracker.testing.expectations import Failure as Failure
from policytracker.testing.expectations import expectations_in as expectations_in
from policytracker.testing.expectations import failure_of as failure_of
