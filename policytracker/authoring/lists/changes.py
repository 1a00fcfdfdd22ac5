"""The events that say what has changed in a list, as the lines of an import."""

from collections.abc import Iterator, Mapping
from typing import Any

from policytracker.authoring.blocks import Block
from policytracker.authoring.events import line_of
from policytracker.authoring.lists.companies import Companies
from policytracker.authoring.lists.differences import CLAIM, CORRECTION, END, WORDING, Difference, Editions, Step
from policytracker.authoring.lists.entries import Entry
from policytracker.authoring.lists.maps import ListMap
from policytracker.authoring.lists.recorded import Claimed, RecordedList
from policytracker.authoring.naming import NamesSoFar
from policytracker.events.dates import iso
from policytracker.ledger.line_files import LineFiles
from policytracker.ledger.lines import Line

LIFTED, RETRACTED = "lifted", "retracted"
ENDS = (LIFTED, RETRACTED)


class ListLines(LineFiles):
    """The lines of one import of a list. They are made once; ``size`` and ``read`` count lines."""

    def __init__(self, lines: list[Line]) -> None:
        super().__init__(())
        self._made, self._done = lines, 0
        self.size = len(lines)

    def __iter__(self) -> Iterator[Line]:
        for done, line in enumerate(self._made, start=1):
            self._done = done
            yield line

    @property
    def read(self) -> int:
        return self._done


class Changes:
    """Makes the events of the differences between two editions."""

    def __init__(self, of: ListMap, names: NamesSoFar, recorded: RecordedList, published: str, day: int) -> None:
        """``published`` is the day or moment of the newer edition, ``day`` the day of it."""
        self._map, self._names, self._recorded, self._day = of, names, recorded, day
        self._report = {**of.report, "published": published}
        self._companies = Companies(names, recorded, of.known, day)

    def lines(self, editions: Editions, ends: Mapping[str, str], effective: str | None) -> list[Line]:
        """The lines, in the order of the newer edition. Those of faulty entries carry the faults.

        ``ends`` says of each entry that is gone, by its ref, whether it was ``lifted`` or ``retracted``; of one that
        it does not name no event is made. ``effective`` is the day of additions without a day, changes and ends.
        """
        found = [self._faulty(entry) for entry in editions.faulty]
        if found:
            return found
        source = next(iter(editions.new.values())).row.source
        for authority in self._map.authorities:
            if authority["authority"] not in self._names.authorities:
                fields = {"type": "authority-registered", **authority}
                found.append(self._line(source, 1, "the authority of the map", fields, None))
        for each in editions.differences:
            found += self._of(each, ends, effective)
        return found

    def _of(self, each: Difference, ends: Mapping[str, str], effective: str | None) -> Iterator[Line]:
        steps, entry = list(each.steps()), each.entry
        company = self._companies.registered(entry, each.claim_refs) if each.claim_refs else None
        if entry.faults:
            yield self._faulty(entry)
            return
        if company is not None and each.old is not None and each.new is not None:
            anew = self._companies.renewed(company, each.old, each.new, effective or iso(self._day))
            if anew is not None:
                yield self._event(entry, "registration", anew)
        elif company is None and steps and each.new is not None:
            company = self._companies.new_id(entry)
            yield self._event(entry, "registration", self._companies.registration(company, entry))
        for step in steps:
            prior = self._recorded.before(step.ref, self._day)
            if step.kind == END:
                # Of an entry that is still listed, a claim that is gone was taken back by the authority.
                end = LIFTED if each.new is not None else ends.get(entry.ref)
                yield from self._end(entry, prior, end, effective)
            elif step.kind == CLAIM:
                yield from self._claim(entry, step, prior, str(company), effective)
            elif prior is not None and step.kind == CORRECTION:
                changes = {"type": "corrected", "target": prior.ref, **_changes(step)}
                yield self._event(entry, "correction", changes, step.quote)
            elif prior is not None and step.kind == WORDING:
                yield self._event(entry, "new wording", {"type": "corroborated", "target": prior.ref}, step.quote)

    def _claim(
        self, entry: Entry, step: Step, prior: Claimed | None, company: str, effective: str | None
    ) -> Iterator[Line]:
        """A claim; where it takes the place of another, the end of that one first."""
        fields = dict(step.new or {})
        if step.old is not None:
            # The day of the listing is not the day of the change: a list that gives no other says nothing of it.
            listed = fields.get("effective")
            since = effective or (listed if listed != step.old.get("effective") else None)
            fields["effective"] = since
            yield from self._end(entry, prior, LIFTED, since)
        else:
            fields["effective"] = fields.get("effective") or effective
        ref = step.ref if prior is None else f"{step.ref}-{iso(self._day)}"
        yield self._event(entry, "claim", {**fields, "ref": ref, "companies": [company]}, step.quote)

    def _end(self, entry: Entry, prior: Claimed | None, end: str | None, effective: str | None) -> Iterator[Line]:
        if end is None or prior is None:
            return
        dated = {"effective": effective} if effective and end == LIFTED else {}
        yield self._event(entry, "end", {"type": end, "target": prior.ref, **dated})

    def _event(self, entry: Entry, what: str, fields: Mapping[str, Any], quote: str = "") -> Line:
        report = {**self._report, **({"quote": quote} if quote else {})}
        given = {field: value for field, value in fields.items() if value is not None}
        return self._line(entry.row.source, entry.row.line, f"{entry.name}, {what}", given, report)

    def _line(
        self, source: str, number: int, called: str, fields: Mapping[str, Any], report: dict[str, Any] | None
    ) -> Line:
        line = line_of(source, Block(number, called, dict(fields), report), self._names)
        if fields["type"].endswith("-registered"):
            self._names.take(fields)
        return line

    def _faulty(self, entry: Entry) -> Line:
        return Line(entry.row.source, entry.row.line, b"{}", entry.name, (*entry.faults,))


def _changes(step: Step) -> dict[str, Any]:
    """What a correction changes; TOML-like ``without`` names what the list gives no more."""
    said = {field: value for field, value in step.changed.items() if value is not None}
    gone = [field for field, value in step.changed.items() if value is None]
    return {"changes": said, **({"without": gone} if gone else {})}
