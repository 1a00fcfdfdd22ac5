"""The entries of an edition: which rows count, the key of each, and what each says."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from policytracker.authoring.lists.columns import taken
from policytracker.authoring.lists.editions import Row, rows_of
from policytracker.authoring.lists.errors import BadEdition, NotMapped, SameKey
from policytracker.authoring.lists.maps import ClaimMap, ListMap
from policytracker.events.limits import LONGEST_QUOTE
from policytracker.events.refusals import Refused
from policytracker.status.entries import Fields
from policytracker.status.naming import folded

LONGEST_SLUG = 40
DIGITS = 10
"""Of the hash in a ref: two of a million keys have the same with a probability below one in two."""
NOWHERE = "XX"
_SEPARATOR = "\x1f"


class Entry:
    """One row that counts."""

    def __init__(self, of: ListMap, row: Row) -> None:
        self.map, self.row = of, row
        self.faults: list[Refused] = []
        parts = [taken(column, row, self.faults.append) for column in of.key]
        self.key = _SEPARATOR.join(folded(str(part or "")) for part in parts)
        if not self.key.replace(_SEPARATOR, ""):
            columns = ", ".join(column.column for column in of.key)
            self.faults.append(NotMapped(columns, "nothing in the columns of the key", "every row needs a key"))

    @cached_property
    def ref(self) -> str:
        """How the refs of its claims begin: the same in every edition."""
        digest = hashlib.sha256(self.key.encode()).hexdigest()[:DIGITS]
        return "-".join(part for part in (self.map.ref, slug(self.key.partition(_SEPARATOR)[0]), digest) if part)

    @cached_property
    def says(self) -> tuple[str, ...]:
        """All that the map reads of it: entries of two editions that say the same need not be compared."""
        return tuple(self.row.text(column) for column in self.map.columns)

    @cached_property
    def company(self) -> Fields:
        """What it says of the company, without an id."""
        found = {field: taken(value, self.row, self.faults.append) for field, value in self.map.company.items()}
        if not found.get("name"):
            self.faults.append(NotMapped("name", "no name of the company", "see [company] in the map"))
        found["jurisdiction"] = found.get("jurisdiction") or NOWHERE
        aliases = [alias for alias in found.get("aliases") or () if folded(alias) != folded(str(found.get("name")))]
        return {field: value for field, value in {**found, "aliases": aliases}.items() if value}

    @property
    def name(self) -> str:
        """What messages call it."""
        return str(self.company.get("name") or self.key.replace(_SEPARATOR, " "))

    @cached_property
    def claim_names(self) -> list[str]:
        """The names of its claims."""
        return [each.name for each in self.map.claims if all(test.passes(self.row) for test in each.when)]

    @cached_property
    def claims(self) -> Mapping[str, tuple[Fields, str]]:
        """Its claims by their names, each without its company and report, and the words that it rests on."""
        return {each.name: self._claim(each) for each in self.map.claims if each.name in self.claim_names}

    def _claim(self, claim: ClaimMap) -> tuple[Fields, str]:
        fields = {field: taken(value, self.row, self.faults.append) for field, value in claim.fields.items()}
        quote = str(taken(claim.quote, self.row, self.faults.append) or "")
        if len(quote) > LONGEST_QUOTE:
            # A quotation has an end; the whole wording is kept all the same.
            fields["note"] = "\n".join(filter(None, (fields.get("note"), quote)))
            quote = quote[:LONGEST_QUOTE].rstrip()
        return {field: value for field, value in fields.items() if value not in (None, [], "")}, quote


def entries_of(of: ListMap, name: str) -> dict[str, Entry]:
    """The entries of a file by their refs; the faults of the rows are with them. Raises BadEdition."""
    found: dict[str, Entry] = {}
    for entry in _counting(of, name):
        first = found.get(entry.ref)
        if first is None:
            found[entry.ref] = entry
        else:
            entry.faults.append(SameKey(entry.key.replace(_SEPARATOR, ", "), first.row.line))
            found[f"{entry.ref} {entry.row.line}"] = entry
    if not found:
        raise BadEdition(name, "no row passes the filters of the map", "check that it is the list of this map")
    return found


def _counting(of: ListMap, name: str) -> Iterator[Entry]:
    for row in rows_of(name, of.form, of.rows, of.columns):
        if all(test.passes(row) for test in of.where):
            yield Entry(of, row)


def slug(text: str) -> str:
    """A text as a part of an id; "" where it has no Latin letter and no digit.

    >>> slug("Société d'Exemple (HK) Ltd.")
    'societe-d-exemple-hk-ltd'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    whole = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    cut = whole[:LONGEST_SLUG]
    return (cut.rpartition("-")[0] or cut) if len(whole) > LONGEST_SLUG and whole[LONGEST_SLUG] != "-" else cut


def decisive(fields: Fields) -> dict[str, Any]:
    """What of a claim decides a status: where it changes, the authority has acted."""
    return {field: value for field, value in fields.items() if field not in CORRECTED}


CORRECTED = ("instrument", "effective", "until", "note")
"""Fields of a claim that a list may mend without an act of the authority."""
