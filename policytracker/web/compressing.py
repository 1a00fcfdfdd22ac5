"""Answers made smaller on the way, for clients that take gzip (RFC 9110 §12.5.3, RFC 1952).

No page holds a secret beside what its reader asked for, and a cookie stands for the token that no other site's request
carries (SameSite=Strict): the size of a compressed answer tells a stranger nothing (BREACH).
"""

import gzip
from collections.abc import Iterable
from typing import NamedTuple

LEAST_BYTES = 1_000
"""A smaller body fits into one packet as it is."""
LEVEL = 6
"""Levels above it cost twice the time for a hundredth of the size."""
SUFFIX = "-gzip"
"""In the ETag of a compressed answer: its bytes are others, so its tag has to be another."""
VARY = {"vary": "Accept-Encoding"}


class Packed(NamedTuple):
    """A body, and the headers that tell how it is compressed."""

    body: bytes
    headers: dict[str, str]


def takes_gzip(headers: Iterable[str]) -> bool:
    """Whether a client takes gzip, by its Accept-Encoding headers.

    >>> takes_gzip(["br, gzip;q=0.8"]), takes_gzip(["gzip;q=0, *"]), takes_gzip(["*"]), takes_gzip([])
    (True, False, True, False)
    """
    weights = {}
    for part in ",".join(headers).lower().split(","):
        name, *more = (each.strip() for each in part.split(";"))
        weights[name] = next((each[2:].strip() for each in more if each.startswith("q=")), "1")
    return _is_positive(weights.get("gzip", weights.get("x-gzip", weights.get("*", "0"))))


def _is_positive(weight: str) -> bool:
    try:
        return float(weight) > 0
    except ValueError:
        return False


def packed(body: bytes, wanted: bool) -> Packed:
    """A body, compressed if that is wanted and makes it smaller. The same body always gives the same bytes."""
    if not wanted or len(body) < LEAST_BYTES:
        return Packed(body, {})
    smaller = gzip.compress(body, LEVEL, mtime=0)
    return Packed(smaller, {"content-encoding": "gzip"}) if len(smaller) < len(body) else Packed(body, {})


def of_packed(tag: str) -> str:
    """The ETag of the compressed form of an answer.

    >>> of_packed('"1f"')
    '"1f-gzip"'
    """
    return f'{tag[:-1]}{SUFFIX}"'
