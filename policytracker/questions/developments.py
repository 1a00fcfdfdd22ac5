"""Signals and developments: what is reported around an answer and changes no status (semantics.md §8)."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

from policytracker.events.dates import end_of_day, moment
from policytracker.status.directory import Gate
from policytracker.status.entries import Fields
from policytracker.status.knowledge import Standing
from policytracker.status.scope import Scopes
from policytracker.status.view import View

SIGNAL, DEVELOPMENT = "condition-signalled", "development-reported"
TYPES = (SIGNAL, DEVELOPMENT)


class Named(NamedTuple):
    """Whom an event names, as scopes are matched; a signal and a development have no exceptions."""

    fields: Fields
    named: frozenset[str]
    excluded: frozenset[str]


class Developments:
    """The signals and developments that are known, and not retracted, in a view that holds them; the newest first."""

    def __init__(self, view: View) -> None:
        self._directory = view.directory
        self._scopes = Scopes(view.directory)
        events = (event for event in view.standings.values() if event.type in TYPES)
        known = [event for event in events if event.known and not event.retracted]
        self._all = sorted(known, key=first_said, reverse=True)

    def signals(self, gate: Gate, company: str, chip: str) -> list[Standing]:
        """The conditions that an authority at a gate is said to talk about, for a cell."""
        return [event for event in self._all if event.type == SIGNAL and self._is_signal(event, gate, company, chip)]

    def signals_of(self, authority: str) -> list[Standing]:
        """The conditions that an authority is said to talk about."""
        return [event for event in self._all if event.type == SIGNAL and event.fields["authority"] == authority]

    def naming(self, company: str | None = None, chip: str | None = None) -> list[Standing]:
        """Signals and developments that name a company, or a chip, among others; all where none is given.

        Given both, those that name one of them, and the other as far as they name any.
        """
        sides = [side for side, given in (("companies", company), ("chips", chip)) if given is not None]
        found = (event for event in self._all if not sides or any(event.fields.get(side) for side in sides))
        return [event for event in found if self._names(event.fields, company, chip)]

    def developments_of(self, authority: str) -> list[Standing]:
        """The developments that name an authority."""
        return [
            event for event in self._all if event.type == DEVELOPMENT and event.fields.get("authority") == authority
        ]

    def about(self, events: Container[str]) -> list[Standing]:
        """The developments that are about one of these events."""
        return [event for event in self._all if event.fields.get("about") in events]

    def developments(
        self, company: str, chip: str, gates: Container[Gate | None], events: Container[str] = ()
    ) -> list[Standing]:
        """The developments that touch a cell.

        They are about one of the ``events``; or name companies and chips that the cell is among; or, where they name
        neither, an authority at one of the gates.
        """
        found = (event for event in self._all if event.type == DEVELOPMENT)
        return [
            event
            for event in found
            if event.fields.get("about") in events or self._touches(event.fields, company, chip, gates)
        ]

    def _is_signal(self, event: Standing, gate: Gate, company: str, chip: str) -> bool:
        at_gate = self._directory.gate(event.fields["authority"]) == gate
        return at_gate and self._names(event.fields, company, chip)

    def _touches(self, fields: Fields, company: str, chip: str, gates: Container[Gate | None]) -> bool:
        if fields.get("companies") or fields.get("chips"):
            return self._names(fields, company, chip)
        authority = fields.get("authority")
        return authority is not None and self._directory.gate(authority) in gates

    def _names(self, fields: Fields, company: str | None = None, chip: str | None = None) -> bool:
        return names_them(self._scopes, fields, company, chip)


def names_them(scopes: Scopes, fields: Fields, company: str | None, chip: str | None) -> bool:
    """Whether a company and a chip are among those that an event names, as far as it names any."""
    companies, chips = fields.get("companies"), fields.get("chips")
    cohort: Fields = companies if isinstance(companies, dict) else {}
    named = Named(fields, frozenset(cohort.get("named") or ()), frozenset(cohort.get("excluded") or ()))
    if company and companies and scopes.company_match(named, company) is None:
        return False
    return not (chip and chips) or scopes.chip_match(chips, chip) is not None


def nearest(events: Iterable[Standing], day: int) -> list[Standing]:
    """Events given the newest first: those published by a day (an ordinal), then the later ones."""
    return sorted(events, key=lambda event: first_said(event)[0] > end_of_day(day))


def first_said(event: Standing) -> tuple[int, int]:
    """What puts known events in the order in which they became known: the moment of the first known report."""
    return moment(event.reports[0]["published"]) if event.reports else 0, event.entry.position


def events_of(view: View, claims: Iterable[str]) -> set[str]:
    """The ids of claims, and of all that is known to be said about them."""
    entries = (entry.id for claim in claims for entry in view.threads[claim])
    return {event for event in entries if view.standings[event].known}
