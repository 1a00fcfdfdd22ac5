"""What is registered so far, with what an import has registered before the event at hand."""

from collections import ChainMap
from collections.abc import Mapping
from typing import TypeVar, cast

from policytracker.questions.names import Names
from policytracker.status.entries import Fields
from policytracker.status.naming import called_by, folded
from policytracker.status.registrations import REGISTRY_TYPES, Subject, subject_of

Key = TypeVar("Key")


class NamesSoFar:
    """The names that lead to an id: those of the ledger, and those that ``take`` has added."""

    def __init__(self, ledger: Names) -> None:
        self._ledger = ledger
        self._new: dict[str, dict[str, Fields]] = {kind: {} for kind in REGISTRY_TYPES.values()}
        """Registrations by what they register and by its id."""
        self._groups: dict[Subject, Fields] = {}
        self._called: dict[Subject, dict[str, None]] = {}
        """The ids by name space and name."""

    @property
    def authorities(self) -> Mapping[str, Fields]:
        return _both(self._new["authority"], self._ledger.authorities)

    @property
    def companies(self) -> Mapping[str, Fields]:
        return _both(self._new["company"], self._ledger.companies)

    @property
    def chips(self) -> Mapping[str, Fields]:
        return _both(self._new["chip"], self._ledger.chips)

    @property
    def groups(self) -> Mapping[Subject, Fields]:
        return _both(self._groups, self._ledger.groups)

    def called(self, space: str, name: str) -> list[str]:
        """The ids of those that have, or had, a name, given folded."""
        return sorted({*self._ledger.called(space, name), *self._called.get((space, name), ())})

    def names(self, space: str) -> list[tuple[str, str]]:
        """Every name, folded, with the id it leads to."""
        new = ((name, each) for (of, name), ids in self._called.items() if of == space for each in ids)
        return [*self._ledger.names(space), *new]

    def take(self, registration: Fields) -> None:
        """One more registration."""
        space, subject = subject_of(registration)
        kind = REGISTRY_TYPES[registration["type"]]
        if kind == "group":
            self._groups[space, subject] = registration
        else:
            self._new[kind][subject] = registration
        for name in called_by(registration):
            self._called.setdefault((space, folded(name)), {})[subject] = None


def _both(new: dict[Key, Fields], ledger: Mapping[Key, Fields]) -> Mapping[Key, Fields]:
    # A chain writes into its first part alone, and nobody writes into this one.
    return ChainMap(new, cast("dict[Key, Fields]", ledger))
