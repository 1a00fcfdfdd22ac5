"""How this installation of the program gets another package: the message of what is missing says what works here."""

import sys
from importlib.util import find_spec
from pathlib import Path

OURSELVES = "policytracker"


def way_to_install(*packages: str) -> str:
    """The command that adds packages to the environment in which this program runs.

    The packages are named, and not an extra of policytracker: no index has policytracker yet, so that
    ``pip install 'policytracker[web]'`` finds nothing. The files by which an environment is known are those that
    pipx (``pipx_metadata.json``) and uv (``uv-receipt.toml``) write into it.
    """
    from shlex import join  # here: hardly any process needs it

    environment = Path(sys.prefix)
    if (environment / "pipx_metadata.json").is_file():
        return join(["pipx", "inject", OURSELVES, *packages])
    if (environment / "uv-receipt.toml").is_file() or find_spec("pip") is None:
        return join(["uv", "pip", "install", "--python", _python(), *packages])
    return join([_python(), "-m", "pip", "install", *packages])


def _python() -> str:
    """This Python, as short as it works from the folder in which the user is."""
    try:
        return str(Path(sys.executable).relative_to(Path.cwd()))
    except (ValueError, OSError):
        return sys.executable
