"""The companies of a list: those that the ledger knows, and registrations of the others."""

from collections.abc import Mapping, Sequence
from typing import Any

from policytracker.authoring.lists.entries import DIGITS, NOWHERE, Entry, slug
from policytracker.authoring.lists.errors import NotMapped
from policytracker.authoring.lists.recorded import RecordedList
from policytracker.authoring.naming import NamesSoFar
from policytracker.events.refusals import shown
from policytracker.status.entries import Fields
from policytracker.status.naming import folded

_JOINED = ("names", "identifiers")


class Companies:
    """Finds the company of each entry, or an id for it."""

    def __init__(self, names: NamesSoFar, recorded: RecordedList, known: Mapping[str, str], day: int) -> None:
        self._names, self._recorded, self._day = names, recorded, day
        self._known = {folded(name): company for name, company in known.items()}

    def registered(self, entry: Entry, refs: Sequence[str]) -> str | None:
        """The id of the company of an entry; None where it has to be registered. ``refs`` are those of its claims.

        First goes what an earlier import has found, then the map, then a name that one company of its jurisdiction has.
        """
        recorded = (self._recorded.company(ref, self._day) for ref in refs)
        found = next(filter(None, recorded), None) or self._known.get(folded(entry.name))
        if found is not None:
            return found
        called = [each for each in self._names.called("company", folded(entry.name)) if each in self._names.companies]
        same = [each for each in called if self._is_in(each, entry.company["jurisdiction"])]
        if len(same) > 1:
            way_out = f"say which it is in [company.known] of a map of your own: {shown(entry.name)} = {shown(same[0])}"
            entry.faults.append(NotMapped("name", f"could mean several: {', '.join(sorted(same))}", way_out))
        return same[0] if same else None

    def new_id(self, entry: Entry) -> str:
        """An id that nobody has."""
        name, place = slug(entry.name), str(entry.company["jurisdiction"]).lower()
        digest = entry.ref[-DIGITS:]
        for found in (name, f"{name}-{place}", f"{name}-{digest}" if name else f"{entry.map.ref}-{digest}"):
            if name and self._is_free(found):
                return found
        return found

    def registration(self, company: str, entry: Entry) -> dict[str, Any]:
        """The registration of a new company."""
        return {"type": "company-registered", "company": company, **entry.company}

    def renewed(self, company: str, old: Entry, new: Entry, effective: str) -> dict[str, Any] | None:
        """The whole registration of a company with what the list says anew; None where it says nothing new.

        What others have registered stays: the list's old name and aliases go on as aliases, and a name that is not the
        list's own is left alone. Only a new jurisdiction begins with a day.
        """
        now = dict(self._names.companies[company])
        before, wanted = old.company, new.company
        changed = {field for field in {**before, **wanted} if before.get(field) != wanted.get(field)}
        found = {field: value for field, value in now.items() if field != "report"}
        if "name" in changed and now["name"] == before["name"]:
            found["name"] = wanted["name"]
        if changed & {"name", "aliases"}:
            found["aliases"] = _aliases(found["name"], now.get("aliases") or [], before["name"], wanted)
        for field in _JOINED:
            if field in changed:
                found[field] = {**(now.get(field) or {}), **(wanted.get(field) or {})}
        if "jurisdiction" in changed and now["jurisdiction"] == before["jurisdiction"]:
            found |= {"jurisdiction": wanted["jurisdiction"], "effective": effective}
        found = {field: value for field, value in found.items() if value not in ([], {}) or field in now}
        return None if all(found.get(field) == now.get(field) for field in found) else found

    def _is_in(self, company: str, jurisdiction: str) -> bool:
        there: Fields = self._names.companies[company]
        return NOWHERE in (there["jurisdiction"], jurisdiction) or there["jurisdiction"] == jurisdiction

    def _is_free(self, company: str) -> bool:
        return (
            company != "all" and company not in self._names.companies and ("company", company) not in self._names.groups
        )


def _aliases(name: str, now: list[str], before: str, wanted: Fields) -> list[str]:
    """The aliases so far and those of the list, each once, with the names that are not the name any more."""
    every = [*now, before, wanted["name"], *(wanted.get("aliases") or ())]
    found = {folded(alias): alias for alias in reversed(every) if folded(alias) != folded(name)}
    return list(reversed(found.values()))
