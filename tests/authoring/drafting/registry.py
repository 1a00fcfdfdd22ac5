"""The names of the shipped history, without a ledger."""

from collections.abc import Mapping
from functools import cache

from policytracker.authoring.drafting.mentions import Lexicon
from policytracker.authoring.naming import NamesSoFar
from policytracker.status.entries import Fields
from policytracker.status.registrations import REGISTRY_TYPES, Subject
from tests.shipped import shipped


class NoNames:
    """A ledger in which nothing is registered."""

    authorities: Mapping[str, Fields] = {}
    companies: Mapping[str, Fields] = {}
    chips: Mapping[str, Fields] = {}
    groups: Mapping[Subject, Fields] = {}

    def called(self, space: str, name: str) -> list[str]:
        return []

    def names(self, space: str) -> list[tuple[str, str]]:
        return []


@cache
def lexicon() -> Lexicon:
    """The names to be found in texts."""
    names = NamesSoFar(NoNames())
    for event in shipped():
        if event["type"] in REGISTRY_TYPES:
            names.take(event)
    return Lexicon(names)
