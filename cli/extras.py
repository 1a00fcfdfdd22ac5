"""Parts of the program that are installed on demand."""

from importlib.util import find_spec

import click


def need_web(*modules: str) -> None:
    """Refuse where the pages lack what they are made with. Raises ClickException."""
    if not all(find_spec(name) for name in modules):
        raise click.ClickException("the pages need more than was installed; pip install 'policytracker[web]'")
