"""The words of an atlas: who is registered, what was published, what claims say from which moment on, on whose word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypedDict

from policytracker.events.dates import moment, span
from policytracker.questions import accounts, names
from policytracker.questions.corrections import in_own_words
from policytracker.questions.escaping import one_line
from policytracker.questions.sources import line_and_address, texts
from policytracker.questions.telling import called, summary
from policytracker.questions.values import until_in_words
from policytracker.status.changes import own_report
from policytracker.status.claims import claim_from
from policytracker.status.directory import Directory
from policytracker.status.entries import Fields, Thread
from policytracker.status.knowledge import stand
from policytracker.status.periods import BEFORE_ALL, publications
from policytracker.status.view import View

if TYPE_CHECKING:
    from policytracker.questions.claim_answers import ClaimAccount, EventAccount, SourceReport


class RegisteredTables(TypedDict):
    """Who and what is registered from a day on, each list in the order of ids; the ids are the same on all days."""

    since: int
    """An ordinal; 0: from the beginning on."""
    companies: list[list[str]]
    """The id of each, what to call it, and its jurisdiction."""
    chips: list[list[object]]
    """The id of each, what to call it, its vendor, and the first day of its launch (an ordinal; null: not told)."""
    groups: list[list[object]]
    """``company`` or ``chip``, the id, the name, and the members by their places in the list of these."""


class ClaimVersions(TypedDict):
    """A claim, as it was told from which moment on."""

    id: str
    called: str
    versions: list[list[object]]
    """The place of a moment; the authority, what the claim says, its scope, its start, its sources, the events about
    it, how it counts, and on whose word."""


class ClaimTables(TypedDict):
    """Claims, and what more than one of them needs, by number."""

    claims: list[ClaimVersions]
    events_about: list[list[object]]
    """What to call each, what it says, how it counts, and its sources."""
    sources: list[list[object]]
    """A report on one line, its address, and what it says, if any."""


def registered(directory: Directory, since: int) -> RegisteredTables:
    """Companies, chips and groups of them from a day on, each in the order of ids."""
    companies, chips = sorted(directory.companies.items()), sorted(directory.chips.items())
    places = {
        "company": {company: place for place, (company, _) in enumerate(companies)},
        "chip": {chip: place for place, (chip, _) in enumerate(chips)},
    }
    return {
        "since": since,
        "companies": [[name, _label(fields), fields["jurisdiction"]] for name, fields in companies],
        "chips": [[name, _label(fields), one_line(fields["vendor"]), _launch(fields)] for name, fields in chips],
        "groups": [
            [kind, group, one_line(fields["name"]), [places[kind][n] for n in fields["members"] if n in places[kind]]]
            for (kind, group), fields in sorted(directory.groups.items())
        ],
    }


def _launch(chip: Fields) -> int | None:
    launched = chip.get("launched")
    return None if launched is None else span(launched).first


def _label(fields: Fields) -> str:
    return one_line(names.label(fields))


def published(threads: Iterable[Thread], moments: Sequence[int]) -> list[list[str]]:
    """For each moment, what was then published, in a line for each event, as its own report says it."""
    found: dict[int, list[tuple[int, str]]] = {}
    for thread in threads:
        known = {entry.id: entry for entry in thread}
        for event in stand(thread, None).values():
            report = own_report(event)
            if report is not None:
                aim = known.get(event.entry.target or "")
                said = summary(in_own_words(event), aim and called(aim.id, aim.fields.get("ref")))
                line = one_line(f"{called(event.entry.id, event.fields.get('ref'))}: {said}")
                found.setdefault(moment(report["published"]), []).append((event.entry.position, line))
    return [[line for _, line in sorted(found.get(when, ()))] for when in moments]


class Table:
    """Things that are told more than once, each kept once, by number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, thing: object) -> int:
        """The number of a thing made of JSON."""
        return self._numbers.setdefault(json.dumps(thing), len(self._numbers))

    def all(self) -> list[list[object]]:
        """The things, by number."""
        return [json.loads(text) for text in self._numbers]


class ClaimWords:
    """What claims say, told at every moment at which that changes."""

    def __init__(self, view: View, moments: Sequence[int]) -> None:
        self._view = view
        self._moment = {moment: place for place, moment in enumerate(moments)}
        self._sources, self._events = Table(), Table()

    def tables(self, claims: Iterable[str]) -> ClaimTables:
        """Claims in the order given, none twice, with the events about them and the sources of both."""
        told = [self._told(claim) for claim in dict.fromkeys(claims)]
        return {"claims": told, "events_about": self._events.all(), "sources": self._sources.all()}

    def _told(self, claim_id: str) -> ClaimVersions:
        """A claim's name, and its versions: each with the place of the moment from which on it is so told."""
        thread = self._view.threads[claim_id]
        moments = sorted({BEFORE_ALL, *(when for entry in thread for when in publications(entry))})
        versions: list[list[object]] = []
        for when in moments:
            standing = stand(thread, when)[claim_id]
            if not standing.known:
                continue
            claim = claim_from(standing, self._view.zone_of(standing.fields["authority"]))
            account = accounts.claim_account(claim, standing, claim.start.first)
            version = [one_line(account["authority"]), *self._version(account)]
            if not versions or versions[-1][1:] != version:
                versions.append([self._moment[when], *version])
        return {"id": claim_id, "called": one_line(called(claim_id, thread[0].fields.get("ref"))), "versions": versions}

    def _version(self, account: ClaimAccount) -> list[object]:
        return [
            one_line(account["says"]),
            one_line(account["scope"]),
            f"{account['start']} {until_in_words(account['until'])}" if account["until"] else account["start"],
            self._numbers(account["sources"]),
            [self._events.number(self._event(event)) for event in account["events"]],
            account["counts"],
            one_line(account["word"]),
        ]

    def _event(self, event: EventAccount) -> list[object]:
        return [
            one_line(accounts.called(event)),
            one_line(event["says"]),
            event["counts"],
            self._numbers(event["sources"]),
        ]

    def _numbers(self, sources: Iterable[SourceReport]) -> list[int]:
        return [self._sources.number(_source(report)) for report in sources]


def _source(report: Fields) -> list[str | None]:
    """A report on one line, its address, and what it says."""
    line, address = line_and_address(report)
    says = " ".join(texts(report))
    return [one_line(line), None if address is None else one_line(address), one_line(says) if says else None]
