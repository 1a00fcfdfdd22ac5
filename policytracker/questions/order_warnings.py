"""What to look twice at in the order of a gate (semantics.md §6, §8): a permission and a restriction of one day, and a
duty that ends licences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product

from policytracker.questions.comparable import Comparable
from policytracker.questions.matters import ByScope, Matter
from policytracker.questions.telling import called, scope_in_words, short_source
from policytracker.status.claims import CLAIM_TYPES, DUTY, LICENCE, PREPARATORY, Claim, is_restriction
from policytracker.status.directory import Gate
from policytracker.status.entries import Entry
from policytracker.status.force import in_force
from policytracker.status.scope import Scopes
from policytracker.status.words import CONDITION_TYPE, PROHIBITED

MOST_NAMED = 3
_MOST_CELLS = 400
"""Cells of two claims that are looked at for one where the one is as specific as the other."""
ORDERED = tuple(name for name in CLAIM_TYPES if name != CONDITION_TYPE)


class OrderWarnings:
    """Looks at new claims one by one, each with those that were taken before it."""

    def __init__(self, comparable: Comparable) -> None:
        self._comparable = comparable
        self._scopes = Scopes(comparable.matter_of.directory)
        self._licences: dict[Gate, ByScope] = {}

    def of(self, entry: Entry) -> Iterator[str]:
        """Why to look twice at a new claim."""
        if entry.type not in ORDERED:
            return
        new = self._comparable.matter(entry)
        if new.gate is None or not new.claim.counts:
            return
        yield from self._of_one_day(new)
        if entry.type == DUTY:
            yield from self._ended(new, new.gate)

    def add(self, entry: Entry) -> None:
        """Take a new licence, which a later duty may end."""
        if entry.type == LICENCE:
            new = self._comparable.matter(entry)
            if new.gate is not None:
                self._at(new.gate).add(new)

    def _of_one_day(self, new: Matter) -> Iterator[str]:
        others = [old for old in self._comparable.matters.near(new, ORDERED) if _collide(new.claim, old.claim)]
        if not others:
            return
        own, theirs = ("restriction", "permission") if _restricts(new.claim) else ("permission", "restriction")
        yield (
            f"it is a {own} of the same day as {_named(others, theirs)} at {new.gate}, and their scopes meet: where "
            "dates and reports do not tell which came first, the restriction counts as the later; write an exception "
            "within a rule as except_companies or except_chips"
        )

    def _ended(self, new: Matter, gate: Gate) -> Iterator[str]:
        ended = [licence for licence in self._at(gate).meeting(new) if self._ends(new, licence)]
        if ended:
            them = "it" if len(ended) == 1 else "them"
            yield (
                f"this duty comes after {_named(ended, 'licence')} and ends {them} where their scopes meet; if it says "
                "again what held already, record it as corroborated"
            )

    def _at(self, gate: Gate) -> ByScope:
        if gate not in self._licences:
            self._licences[gate] = found = ByScope()
            for licence in self._comparable.licences(gate):
                found.add(licence)
        return self._licences[gate]

    def _ends(self, new: Matter, licence: Matter) -> bool:
        """Whether a duty overrides a licence that is in force when it begins, for some cell (§6, 1 and 2)."""
        day = new.start.last
        earlier = licence.claim.order(day) < new.claim.order(day) and licence.claim.id != new.claim.id
        if not earlier or in_force(licence.claim, day) is None:
            return False
        return _restricts(new.claim) or any(self._is_as_specific(new, licence, *cell) for cell in _shared(new, licence))

    def _is_as_specific(self, new: Matter, licence: Matter, company: str, chip: str) -> bool:
        one, other = (self._scopes.match(each.claim, company, chip) for each in (new, licence))
        return (
            one is not None
            and other is not None
            and one.company_level >= other.company_level
            and one.chip_level >= other.chip_level
        )


def _shared(one: Matter, other: Matter) -> Iterable[tuple[str, str]]:
    """Cells that two claims share."""
    return islice(product(sorted(one.companies & other.companies), sorted(one.chips & other.chips)), _MOST_CELLS)


def _restricts(claim: Claim) -> bool:
    return is_restriction(claim.type, claim.fields.get("review"))


def _collide(new: Claim, old: Claim) -> bool:
    """Whether one is a permission and one a restriction of one day, and it matters which of them is the later.

    A preparatory permission lifts no prohibition, and any restriction ends it: that one needs no order.
    """
    if new.day != old.day or _restricts(new) == _restricts(old) or not old.counts or new.id == old.id:
        return False
    permission, restriction = (old, new) if _restricts(new) else (new, old)
    return not (permission.type in PREPARATORY and restriction.rank(restriction.day) == PROHIBITED)


def _named(claims: list[Matter], kind: str) -> str:
    """Claims by what they are called, with their scopes and reports."""
    found = [_one(each) for each in claims[:MOST_NAMED]]
    more = f" and {len(claims) - MOST_NAMED:,} more" if len(claims) > MOST_NAMED else ""
    return f"the {kind}{'' if len(claims) == 1 else 's'} {', '.join(found)}{more}"


def _one(matter: Matter) -> str:
    report = matter.fields.get("report")
    source = f"; {short_source(report)}" if report else ""
    return f"{called(matter.claim.id, matter.fields.get('ref'))} ({scope_in_words(matter.fields)}{source})"
