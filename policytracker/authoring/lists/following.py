"""One import of a list: both editions read, compared with each other, and held against the ledger."""

from collections.abc import Iterator, Mapping, Sequence

from policytracker.authoring.lists.changes import LIFTED, Changes, ListLines
from policytracker.authoring.lists.differences import (
    CLAIM,
    CORRECTION,
    END,
    Difference,
    Editions,
    check_recorded,
    compared,
)
from policytracker.authoring.lists.entries import Entry
from policytracker.authoring.lists.errors import UndecidedEnds
from policytracker.authoring.lists.maps import ListMap
from policytracker.authoring.lists.recorded import RecordedList
from policytracker.authoring.naming import NamesSoFar
from policytracker.events.dates import first_day, span
from policytracker.questions.escaping import one_line
from policytracker.questions.reader import Reader
from policytracker.status.entries import Fields
from policytracker.status.naming import folded

MANY_GONE = 0.1
"""From which part of a list on its loss may as well be that of a download."""


class Following:
    """What an import of a list would record. The lines are made by ``lines``, once it is known why entries are gone."""

    def __init__(self, of: ListMap, files: Sequence[str], published: str, effective: str | None) -> None:
        """``files`` are the older edition and the newer, or that alone. Raises Refused or BadEdition."""
        self.map, self.published, self.effective = of, published, effective
        self.day = first_day(published)
        if effective is not None:
            span(effective)
        self._has_older = len(files) > 1
        self.editions: Editions = compared(of, files[0] if self._has_older else None, files[-1])

    @property
    def undecided(self) -> list[Difference]:
        """The entries of which has to be said why they are gone; those that a claim alone has left are lifted."""
        return [] if self.editions.faulty else self.editions.gone

    @property
    def warnings(self) -> Iterator[str]:
        """What is to be looked at twice: much that is gone, and entries that may be gone under their old key alone."""
        gone, before = len(self.editions.gone), len(self.editions.old)
        if gone > 1 and gone > MANY_GONE * before:
            yield f"{gone:,} of {before:,} entries are gone: check that the newer file is whole"
        if gone and not self.editions.faulty:
            added = {name: each.entry for each in self.editions.added for name in _called(each.entry)}
            for each in self.editions.gone:
                twin = next((added[name] for name in _called(each.entry) if name in added), None)
                if twin is not None:
                    places = f"{_placed(each.entry)} is gone and {_placed(twin)} is added"
                    yield one_line(f"{places}: are they one entry whose key has changed?")

    def lines(self, reader: Reader, ends: Mapping[str, str], with_ends: bool = True) -> ListLines:
        """The lines of the import. ``ends`` says why each entry is gone; ``with_ends``: all of them are decided.

        Raises UndecidedEnds, NotRecordedBefore or RecordedAlready.
        """
        recorded = RecordedList(reader, self.map)
        if not self.editions.faulty:
            if self._has_older:
                check_recorded(self.editions, recorded, self.day)
            else:
                recorded.check_first(self.day)
            open_ends = [each.entry.name for each in self.undecided if each.entry.ref not in ends]
            if open_ends and with_ends:
                raise UndecidedEnds(open_ends)
        names = NamesSoFar(reader.directory)
        changes = Changes(self.map, names, recorded, self.published, self.day)
        return ListLines(changes.lines(self.editions, ends, self.effective))


def _placed(entry: Entry) -> str:
    return f"{entry.name} (line {entry.row.line})"


def _called(entry: Entry) -> list[str]:
    """The names of an entry, as names are compared."""
    return [folded(name) for name in (entry.name, *(entry.company.get("aliases") or ()))]


def described(each: Difference, ends: Mapping[str, str]) -> str:
    """A difference in one line: the entry, its line in the file, and what becomes of its claims."""
    steps = "; ".join(_step(each, step.kind, step.old, step.new, ends) for step in each.steps())
    told = steps or ("the registration of the company" if each.old and each.new else "no claim")
    return one_line(f"{_placed(each.entry)}: {told}")


def _step(each: Difference, kind: str, old: Fields | None, new: Fields | None, ends: Mapping[str, str]) -> str:
    if kind == END:
        return ends.get(each.entry.ref, LIFTED if each.new else "lifted or retracted?")
    if kind == CORRECTION:
        fields = [field for field in {**(old or {}), **(new or {})} if (old or {}).get(field) != (new or {}).get(field)]
        return f"corrected: {', '.join(fields)}"
    if kind != CLAIM:
        return "the same in other words"
    return _meaning(new) if old is None else f"{_meaning(old)} → {_meaning(new)}: lifted, and a new claim"


def _meaning(claim: Fields | None) -> str:
    fields = claim or {}
    review = f", review {fields['review']}" if "review" in fields else ""
    return f"{fields.get('type')}{review}"
