"""Why a request is not answered, and who says so."""

from collections.abc import Callable
from typing import NamedTuple

from starlette.responses import Response


class Refusal(NamedTuple):
    """Why a request is not answered."""

    status: int
    message: str
    headers: dict[str, str]


Refuse = Callable[[str, Refusal], Response]
"""Makes the answer to a refused request for a path."""
Broken = Callable[[str, Exception], Response]
"""Tells the operator of what nobody foresaw, and makes an answer for the reader."""
