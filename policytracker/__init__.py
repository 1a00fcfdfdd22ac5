"""What export and import policy on AI chips held on any day, as known on any day.

The public names are those of ``__all__``; docs/library.md has examples. They are loaded when they are first used: a
question from the shell should not wait for parts that it does not need.
"""

TYPE_CHECKING = False
"""True for type checkers. It is not taken from ``typing``, whose import takes longer than all of this module."""

if TYPE_CHECKING:
    from policytracker.api import (
        AmbiguousName as AmbiguousName,
    )
    from policytracker.api import (
        Answer as Answer,
    )
    from policytracker.api import (
        Answers as Answers,
    )
    from policytracker.api import (
        Appended as Appended,
    )
    from policytracker.api import (
        BadDate as BadDate,
    )
    from policytracker.api import (
        Brief as Brief,
    )
    from policytracker.api import (
        CellChange as CellChange,
    )
    from policytracker.api import (
        CellInterval as CellInterval,
    )
    from policytracker.api import (
        CellState as CellState,
    )
    from policytracker.api import (
        CellStep as CellStep,
    )
    from policytracker.api import (
        CheckedCell as CheckedCell,
    )
    from policytracker.api import (
        Conflict as Conflict,
    )
    from policytracker.api import (
        Digest as Digest,
    )
    from policytracker.api import (
        Event as Event,
    )
    from policytracker.api import (
        GateExplanation as GateExplanation,
    )
    from policytracker.api import (
        Ledger as Ledger,
    )
    from policytracker.api import (
        LedgerError as LedgerError,
    )
    from policytracker.api import (
        MatrixRow as MatrixRow,
    )
    from policytracker.api import (
        NoLedger as NoLedger,
    )
    from policytracker.api import (
        QuantityRange as QuantityRange,
    )
    from policytracker.api import (
        QuestionError as QuestionError,
    )
    from policytracker.api import (
        Refused as Refused,
    )
    from policytracker.api import (
        RefusedLines as RefusedLines,
    )
    from policytracker.api import (
        Step as Step,
    )
    from policytracker.api import (
        UnknownName as UnknownName,
    )

__all__ = [
    "AmbiguousName",
    "Answer",
    "Answers",
    "Appended",
    "BadDate",
    "Brief",
    "CellChange",
    "CellInterval",
    "CellState",
    "CellStep",
    "CheckedCell",
    "Conflict",
    "Digest",
    "Event",
    "GateExplanation",
    "Ledger",
    "LedgerError",
    "MatrixRow",
    "NoLedger",
    "QuantityRange",
    "QuestionError",
    "Refused",
    "RefusedLines",
    "Step",
    "UnknownName",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'policytracker' has no attribute {name!r}")
    from policytracker import api

    return getattr(api, name)


def __dir__() -> list[str]:
    return [*__all__]
