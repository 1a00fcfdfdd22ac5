"""What users import in their own tests: expectations of a ledger, and fixtures for pytest.

Its names are loaded when they are first used: pytest loads the plugin at every start, also where nobody uses it.
"""

TYPE_CHECKING = False
"""True for type checkers."""

if TYPE_CHECKING:
    from policytracker.testing.expectations import BadExpectations as BadExpectations
    from policytracker.testing.expectations import Expectation as Expectation
    from policytracker.testing.expectations import Failure as Failure
    from policytracker.testing.expectations import expectations_in as expectations_in
    from policytracker.testing.expectations import failure_of as failure_of

__all__ = ["BadExpectations", "Expectation", "Failure", "expectations_in", "failure_of"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'policytracker.testing' has no attribute {name!r}")
    from policytracker.testing import expectations

    return getattr(expectations, name)
