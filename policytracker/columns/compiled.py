"""Functions over arrays that numba compiles when they are called first; what it compiles is kept beside the sources.

Arrays that are handed over in a tuple are counted, one by one, by each function that may make arrays. For a function
that is called for each of millions of cells this takes far longer than its work; so those make none, and do not count.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])
HERE = Path(__file__).parent
COUNTED: dict[str, Any] = {"nogil": True, "_nrt": True}
UNCOUNTED: dict[str, Any] = {"nogil": True, "_nrt": False}


def compiled(function: Function) -> Function:
    """The same function, compiled; other threads run beside it."""
    return _kept(function, COUNTED)


def bare(function: Function) -> Function:
    """The same for one that makes no arrays: that many are handed over costs it nothing."""
    return _kept(function, UNCOUNTED)


def inlined(function: Function) -> Function:
    """The same for a short one, which becomes a part of those that call it."""
    return cast(Function, numba.njit(forceinline=True, **UNCOUNTED)(function))


def _kept(function: Function, options: dict[str, Any]) -> Function:
    try:
        made = numba.njit(cache=True, **options)(function)
    except RuntimeError:  # There is no folder to keep it in.
        made = numba.njit(**options)(function)
    return cast(Function, made)


def forget_outdated(folder: Path = HERE) -> None:
    """Remove what was compiled before any of the sources changed: numba looks at the source of each function alone."""
    newest = max(source.stat().st_mtime_ns for source in folder.glob("*.py"))
    for index in folder.glob("__pycache__/*.nbi"):
        if index.stat().st_mtime_ns < newest:
            index.unlink(missing_ok=True)


forget_outdated()
