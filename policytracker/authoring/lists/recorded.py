"""What the ledger has of a list: the claims of each entry, in the order in which they were published."""

import re
from collections import defaultdict
from typing import NamedTuple

from policytracker.authoring.lists.errors import RecordedAlready
from policytracker.authoring.lists.maps import ListMap
from policytracker.events.dates import first_day, iso
from policytracker.projections.reading import with_refs_between
from policytracker.questions.reader import Reader
from policytracker.status.entries import Fields
from policytracker.status.words import CLAIM_TYPES

_DATED = re.compile(r"(.+)-[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Claimed(NamedTuple):
    """One claim that was recorded of an entry."""

    published: int
    """A day."""
    ref: str
    fields: Fields


class RecordedList:
    """The claims that editions of a list have led to."""

    def __init__(self, reader: Reader, of: ListMap) -> None:
        self._map = of
        self._claims: dict[str, list[Claimed]] = defaultdict(list)
        for entry in with_refs_between(reader.connection, f"{of.ref}-", f"{of.ref}."):
            fields = entry.fields
            if fields["type"] in CLAIM_TYPES:
                dated = _DATED.fullmatch(fields["ref"])
                published = first_day(fields["report"]["published"])
                self._claims[dated[1] if dated else fields["ref"]].append(Claimed(published, fields["ref"], fields))
        for claims in self._claims.values():
            claims.sort(key=lambda claim: claim.published)

    def before(self, ref: str, day: int) -> Claimed | None:
        """The last claim of an entry that was published before a day."""
        return next((claim for claim in reversed(self._claims.get(ref, [])) if claim.published < day), None)

    def company(self, ref: str, day: int) -> str | None:
        """The company of an entry, as far as it was recorded by a day."""
        claims = [claim for claim in self._claims.get(ref, []) if claim.published <= day]
        found = claims[-1].fields["companies"] if claims else None
        return found[0] if isinstance(found, list) else None

    def check_first(self, day: int) -> None:
        """Raise RecordedAlready where an earlier edition of the list is recorded."""
        earlier = [claim.published for claims in self._claims.values() for claim in claims if claim.published < day]
        if earlier:
            raise RecordedAlready(self._map.ref, iso(max(earlier)))
