"""How entities of FollowTheMoney are written and named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final, TypedDict

PREFIX: Final = "policytracker"


class Entity(TypedDict):
    """An entity as its JSON has it."""

    id: str
    schema: str
    properties: dict[str, list[str]]


def entity(name: str, schema: str, properties: Mapping[str, Sequence[str]]) -> Entity:
    """An entity with those of some properties that have a value, each value once."""
    kept = {key: list(dict.fromkeys(values)) for key, values in properties.items() if values}
    return {"id": name, "schema": schema, "properties": kept}


def joined(*parts: str) -> str:
    """A name for an entity: readable where its parts are ids, else by their hash.

    >>> joined("authority", "bis"), joined("set", "in:CN")
    ('policytracker-authority-bis', 'policytracker-set-bca82fa2fb3e1b4f')
    """
    kind, *rest = parts
    if len(rest) == 1 and not set(rest[0]) & set(": "):
        return f"{PREFIX}-{kind}-{rest[0]}"
    return f"{PREFIX}-{kind}-{sha256(chr(0).join(rest).encode()).hexdigest()[:16]}"


def company_id(company: str) -> str:
    """The name of the entity of a company."""
    return joined("company", company)


def set_id(selector: str) -> str:
    """The name of the entity of a set of companies, given its selector."""
    return joined("set", selector)
