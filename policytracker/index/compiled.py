"""The same functions, compiled by numba where it is installed (extra ``fast``).

Nothing is written twice: the modules below are plain Python over flat sequences of numbers, and what is compiled are
copies of their functions that call each other. They make no arrays, so they are compiled without reference counting:
counting the arrays that each call hands on made a matrix fifty times slower.

What numba compiled is kept in the user's cache directory, in a folder for this source, this numba and this Python; so a
change of one function never meets an outdated copy of another.
"""

import sys
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

from policytracker.index import along, at_point, board_walk, selection
from policytracker.status import layers, prevails, walk

MODULES: tuple[ModuleType, ...] = (prevails, layers, walk, selection, at_point, board_walk, along)
"""Each may call functions of those before it."""


def is_there() -> bool:
    """Whether numba is installed."""
    return find_spec("numba") is not None


@cache
def compiled() -> Any:
    """The functions of all these modules, by name, as ``module.function``, each compiled when it is first called.

    Raises ImportError where numba is not installed.
    """
    njit = _compiler()
    copies: dict[object, object] = {}
    found = SimpleNamespace()
    for module in MODULES:
        names = {name: copies.get(value, value) if callable(value) else value for name, value in vars(module).items()}
        here = SimpleNamespace()
        for name, function in vars(module).items():
            if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                copy = FunctionType(function.__code__, names, name, function.__defaults__)
                names[name] = copies[function] = njit(copy)
                setattr(here, name, names[name])
        setattr(found, module.__name__.rpartition(".")[2], here)
    return found


def _compiler() -> Callable[[FunctionType], object]:
    """What compiles a function, and keeps what it made where there is a place to keep it."""
    import numba
    from numba.core import config as settings

    config: Any = settings
    options: dict[str, Any] = {"nogil": True, "_nrt": False}
    folder = _folder(numba.__version__)

    def njit(function: FunctionType) -> object:
        if folder is None:
            return numba.njit(**options)(function)
        before, config.CACHE_DIR = config.CACHE_DIR, str(folder)
        try:
            return numba.njit(cache=True, **options)(function)
        except RuntimeError:  # numba can keep nothing there
            return numba.njit(**options)(function)
        finally:
            config.CACHE_DIR = before

    return njit


def _folder(version: str) -> Path | None:
    """Where compiled code is kept; None where nothing can be."""
    from platformdirs import user_cache_path

    told = sha256(f"{sys.version} numba {version}".encode())
    for module in MODULES:
        told.update(Path(str(module.__file__)).read_bytes())
    folder = user_cache_path("policytracker") / "compiled" / told.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder
