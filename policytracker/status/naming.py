"""What the registered are called, and how names are compared."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any


def folded(text: str) -> str:
    """A name as names are compared: without case, compatibility forms folded, spaces as one.

    >>> folded(" Ｔencent  Holdings")
    'tencent holdings'
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def names_of(fields: Mapping[str, Any]) -> Iterator[str]:
    """Every name of a registered subject: its own, its aliases, and those in other languages."""
    yield fields["name"]
    yield from fields.get("aliases") or ()
    yield from (fields.get("names") or {}).values()


def called_by(fields: Mapping[str, Any]) -> Iterator[str]:
    """All by which a registered subject is found beside its id: its names, and its identifiers, as a ticker or LEI."""
    yield from names_of(fields)
    yield from (fields.get("identifiers") or {}).values()
