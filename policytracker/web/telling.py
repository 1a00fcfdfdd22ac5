"""What the operator of a server is told: a line on its standard error."""

import sys

from policytracker.questions.escaping import one_line


def tell(path: str, error: Exception) -> None:
    """That an answer could not be made, and why."""
    print(one_line(f"policytracker: {path}: {type(error).__name__}: {error}"), file=sys.stderr, flush=True)
