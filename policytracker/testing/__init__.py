"""What users import in their own tests: expectations of a ledger, fixtures for pytest, and an independent oracle.

The oracle is ``naive_state``, a literal reading of docs/semantics.md that shares no code with the program. The
strategies ``ledgers`` and ``questions`` make up what to ask it; they need hypothesis (extra ``testing``). The whole
reading is in ``policytracker.testing.naive``, and more strategies are in ``policytracker.testing.strategies``.

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
    from policytracker.testing.naive import NaiveState as NaiveState
    from policytracker.testing.naive import TooManyWorlds as TooManyWorlds
    from policytracker.testing.naive import naive_state as naive_state
    from policytracker.testing.strategies.ledgers import ledgers as ledgers
    from policytracker.testing.strategies.questions import Question as Question
    from policytracker.testing.strategies.questions import questions as questions

_MODULES = {
    "expectations": ("BadExpectations", "Expectation", "Failure", "expectations_in", "failure_of"),
    "naive": ("NaiveState", "TooManyWorlds", "naive_state"),
    "strategies": ("Question", "ledgers", "questions"),
}
__all__ = [
    "BadExpectations",
    "Expectation",
    "Failure",
    "NaiveState",
    "Question",
    "TooManyWorlds",
    "expectations_in",
    "failure_of",
    "ledgers",
    "naive_state",
    "questions",
]


def __getattr__(name: str) -> object:
    """A public name. Raises ImportError for a strategy where hypothesis is not installed."""
    for module, names in _MODULES.items():
        if name in names:
            from importlib import import_module

            try:
                return getattr(import_module(f"policytracker.testing.{module}"), name)
            except ModuleNotFoundError as error:
                if error.name != "hypothesis":
                    raise
                from policytracker.installing import way_to_install

                way = way_to_install("hypothesis")
                raise ImportError(f"{name} needs hypothesis; install it with: {way}") from None
    raise AttributeError(f"module 'policytracker.testing' has no attribute {name!r}")
